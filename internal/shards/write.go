package shards

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"slices"
	"strings"

	"hoagiai/internal/charint"
	"hoagiai/internal/rank"
	"hoagiai/internal/terms"
)

// Write hands every file of the index to put, by its path in the portal.
func Write(v *terms.Inverted, put func(name string, data []byte) error) error {
	w := &writer{put: put, sum: sha256.New()}
	var dir directory
	var err error
	if dir.Singles, err = w.terms(v, false); err != nil {
		return err
	}
	if dir.Pairs, err = w.terms(v, true); err != nil {
		return err
	}
	if dir.Pages, err = w.pages(v.Docs); err != nil {
		return err
	}
	core, err := json.Marshal(v.Core)
	if err != nil {
		return fmt.Errorf("encode core of the search files: %w", err)
	}
	w.sum.Write(core)
	dir.Version = hex.EncodeToString(w.sum.Sum(nil)[:4])
	if err := w.file("core", []any{json.RawMessage(core), dir}); err != nil {
		return err
	}
	return w.file("api", 0)
}

type writer struct {
	put func(string, []byte) error
	sum hash.Hash
	buf bytes.Buffer
}

// file writes one script.
func (w *writer) file(name string, data any) error {
	w.buf.Reset()
	fmt.Fprintf(&w.buf, `hg("%s",`, name)
	enc := json.NewEncoder(&w.buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(data); err != nil {
		return fmt.Errorf("encode search file %s: %w", name, err)
	}
	w.buf.Truncate(w.buf.Len() - 1) // the line break of the encoder
	w.buf.WriteString(")\n")
	w.sum.Write(w.buf.Bytes())
	return w.put(Folder+"/"+name+".js", w.buf.Bytes())
}

// term is a folded term with its key.
type term struct {
	key, folded string
	spellings   []rank.Spelling
}

// terms writes the files of all syllables or all bigrams and returns their
// directory.
func (w *writer) terms(v *terms.Inverted, pair bool) (string, error) {
	groups := v.Groups(pair)
	keys := make([]sized, len(groups))
	order := make([]int, len(groups))
	for i, g := range groups {
		keys[i] = sized{key(g.Folded), 0}
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(keys[a].key, keys[b].key) })
	slices.SortFunc(keys, func(a, b sized) int { return strings.Compare(a.key, b.key) })
	at := func(i int) term {
		g := groups[order[i]]
		return term{keys[i].key, g.Folded, v.Spellings(pair, g)}
	}
	for i := range keys {
		t := at(i)
		keys[i].size = t.size()
	}
	var starts []int
	var boundaries []string
	split(keys, fileSize(v.Core.Pages), func(first int, boundary string) {
		starts, boundaries = append(starts, first), append(boundaries, boundary)
	})
	var dir []byte
	var list []term
	last := ""
	for n, boundary := range boundaries {
		dir = rank.FrontCode(dir, last, boundary)
		last = boundary
		end := len(keys)
		if n+1 < len(starts) {
			end = starts[n+1]
		}
		list = list[:0]
		for i := starts[n]; i < end; i++ {
			list = append(list, at(i))
		}
		if err := w.file(fileName(family(pair), boundary), pack(list)); err != nil {
			return "", err
		}
	}
	return string(dir), nil
}

// size is about what the term takes in a file.
func (t *term) size() int {
	size := len(t.key) / 2
	for _, s := range t.spellings {
		size += 4 + len(s.Exact) + (len(s.Fields[0])+len(s.Fields[1]))*5/4
	}
	return size
}

// pack encodes terms as four streams, which compress better apart: keys with
// their spellings, how many postings each spelling has in titles and texts,
// steps from page to page, and frequencies, four to a character.
func pack(list []term) [4]string {
	var names, counts, steps, times []byte
	last := ""
	four, n := 0, 0
	for _, t := range list {
		names = rank.FrontCode(names, last, t.key)
		last = t.key
		for _, s := range t.spellings {
			names = append(names, '=')
			if s.Exact != t.folded {
				names = append(names, s.Exact...)
			}
			for _, postings := range s.Fields {
				counts = charint.Append(counts, len(postings))
				page := -1
				for _, p := range postings {
					steps = charint.Append(steps, p.Page()-page-1)
					page = p.Page()
					four = four*3 + int(p&3)
					if n++; n%4 == 0 {
						times = append(times, charint.Char(four))
						four = 0
					}
				}
			}
		}
	}
	for ; n%4 != 0; n++ {
		if four *= 3; n%4 == 3 {
			times = append(times, charint.Char(four))
		}
	}
	return [4]string{string(names), string(counts), string(steps), string(times)}
}

// Short pages share a file while they are at most this many bytes together,
// which is about 1 kB compressed.
const (
	sharedSize  = 2500
	sharedPages = 8
)

// pages writes the texts and returns how many pages each file holds. Files are
// cut at fixed page numbers: eight pages that fit together, else four, two,
// one.
func (w *writer) pages(docs []*terms.Doc) (string, error) {
	var dir []byte
	var write func(first int, block []json.RawMessage) error
	write = func(first int, block []json.RawMessage) error {
		size := 0
		for _, raw := range block {
			size += len(raw)
		}
		if n := half(len(block)); size > sharedSize && n > 0 {
			if err := write(first, block[:n]); err != nil {
				return err
			}
			return write(first+n, block[n:])
		}
		dir = charint.Append(dir, len(block))
		return w.file(textName(first), block)
	}
	for first := 0; first < len(docs); first += sharedPages {
		var block []json.RawMessage
		for _, d := range docs[first:min(first+sharedPages, len(docs))] {
			e, err := d.Entry()
			if err != nil {
				return "", err
			}
			raw, err := encodeEntry(e)
			if err != nil {
				return "", err
			}
			block = append(block, raw)
			d.Release()
		}
		if err := write(first, block); err != nil {
			return "", err
		}
	}
	return string(dir), nil
}

// half is the largest power of two below n.
func half(n int) int {
	h := 1
	for h*2 < n {
		h *= 2
	}
	if h >= n {
		return 0
	}
	return h
}
