package shards

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"hoagiai/internal/charint"
	"hoagiai/internal/rank"
)

// Index is the browser's index, read by Go. It is safe for concurrent use.
type Index struct {
	*rank.Index
	fsys       fs.FS
	boundaries [2][]string // of syllables, bigrams
	texts      []int       // first page of each text file
}

// Open reads the core of the index in a portal.
func Open(portal fs.FS) (*Index, error) {
	x := &Index{fsys: portal}
	var core rank.Core
	var dir directory
	if err := x.read("core", &[]any{&core, &dir}); err != nil {
		return nil, err
	}
	if core.Spec != rank.Spec {
		return nil, fmt.Errorf("search files have version %d, this program reads %d", core.Spec, rank.Spec)
	}
	for i, list := range []string{dir.Singles, dir.Pairs} {
		var err error
		if x.boundaries[i], err = rank.FrontDecode(list); err != nil {
			return nil, err
		}
	}
	first := 0
	for list := dir.Pages; list != ""; {
		n, rest, err := charint.Next(list)
		if err != nil {
			return nil, err
		}
		x.texts = append(x.texts, first)
		first, list = first+n, rest
	}
	if first != core.Pages {
		return nil, fmt.Errorf("search files hold %d pages of %d", first, core.Pages)
	}
	x.Index = rank.New(&core, x)
	return x, nil
}

// read decodes the data of one file.
func (x *Index) read(name string, to any) error {
	raw, err := fs.ReadFile(x.fsys, path.Join(Folder, name+".js"))
	if err != nil {
		return fmt.Errorf("read search file: %w", err)
	}
	text := strings.TrimSuffix(string(raw), ")\n")
	data, ok := strings.CutPrefix(text, `hg("`+name+`",`)
	if !ok || len(text) == len(raw) {
		return fmt.Errorf("search file %s: not written by this program", name)
	}
	if err := json.Unmarshal([]byte(data), to); err != nil {
		return fmt.Errorf("search file %s: %w", name, err)
	}
	return nil
}

// kind is 1 for bigrams.
func kind(pair bool) int {
	if pair {
		return 1
	}
	return 0
}

// Spellings implements rank.Source.
func (x *Index) Spellings(_ context.Context, folded string, pair bool) ([]rank.Spelling, error) {
	k := key(folded)
	n := file(x.boundaries[kind(pair)], k)
	if n < 0 {
		return nil, nil
	}
	list, err := x.shard(pair, n)
	if err != nil {
		return nil, err
	}
	if i, ok := slices.BinarySearchFunc(list, k, func(t term, k string) int { return strings.Compare(t.key, k) }); ok {
		return list[i].spellings, nil
	}
	return nil, nil
}

// file is the number of the file that has a key, -1 when no file can.
func file(boundaries []string, key string) int {
	n, ok := slices.BinarySearch(boundaries, key)
	if ok {
		return n
	}
	return n - 1
}

// Following implements rank.Source.
func (x *Index) Following(_ context.Context, prefix string, pair bool, f func(folded, exact string, listed int)) error {
	boundaries, k := x.boundaries[kind(pair)], key(prefix)
	for n := max(0, file(boundaries, k)); n < len(boundaries); n++ {
		if boundaries[n] > k && !strings.HasPrefix(boundaries[n], k) {
			return nil
		}
		list, err := x.shard(pair, n)
		if err != nil {
			return err
		}
		for _, t := range list {
			if !strings.HasPrefix(t.key, k) {
				continue
			}
			for i := range t.spellings {
				f(t.folded, t.spellings[i].Exact, rank.Listed(t.spellings[i:i+1]))
			}
		}
	}
	return nil
}

// Terms calls f for every folded term with its spellings, in the order of the
// keys: all syllables, or all bigrams.
func (x *Index) Terms(pair bool, f func(folded string, spellings []rank.Spelling) error) error {
	for n := range x.boundaries[kind(pair)] {
		list, err := x.shard(pair, n)
		if err != nil {
			return err
		}
		for _, t := range list {
			if err := f(t.folded, t.spellings); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *Index) shard(pair bool, n int) ([]term, error) {
	var data [4]string
	name := fileName(family(pair), x.boundaries[kind(pair)][n])
	if err := x.read(name, &data); err != nil {
		return nil, err
	}
	list, err := unpack(data)
	if err != nil {
		return nil, fmt.Errorf("search file %s: %w", name, err)
	}
	return list, nil
}

// unpack reads what pack wrote.
func unpack(data [4]string) (list []term, err error) {
	counts, steps, times := data[1], data[2], data[3]
	next := func(s *string) (n int) {
		if err == nil {
			n, *s, err = charint.Next(*s)
		}
		return n
	}
	seen := 0
	postings := func() []rank.Posting {
		var list []rank.Posting
		page := -1
		for range next(&counts) {
			page += next(&steps) + 1
			if err != nil || seen/4 >= len(times) {
				err = charint.ErrFormat
				return nil
			}
			four, _ := charint.Value(times[seen/4])
			code := four / [4]int{27, 9, 3, 1}[seen%4] % 3
			seen++
			list = append(list, rank.Posting(page<<2|code))
		}
		return list
	}
	last := ""
	for names := data[0]; names != ""; {
		end := strings.IndexFunc(names[1:], func(r rune) bool { return 'A' <= r && r <= 'Z' }) + 1
		if end == 0 {
			end = len(names)
		}
		parts := strings.Split(names[1:end], "=")
		n := int(names[0]) - 'A'
		if n < 0 || n > len(last) {
			return nil, charint.ErrFormat
		}
		t := term{key: last[:n] + parts[0]}
		last, names = t.key, names[end:]
		if t.folded, err = folded(t.key); err != nil {
			return nil, err
		}
		for _, exact := range parts[1:] {
			if exact == "" {
				exact = t.folded
			}
			s := rank.Spelling{Exact: exact}
			s.Fields[rank.Title] = postings()
			s.Fields[rank.Text] = postings()
			t.spellings = append(t.spellings, s)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

// Entry implements rank.Source.
func (x *Index) Entry(page int) (*rank.Entry, error) {
	n, ok := slices.BinarySearch(x.texts, page)
	if !ok {
		n--
	}
	var block []json.RawMessage
	if err := x.read(textName(x.texts[n]), &block); err != nil {
		return nil, err
	}
	if page-x.texts[n] >= len(block) {
		return nil, fmt.Errorf("search file %s: page %d is missing", textName(x.texts[n]), page)
	}
	e, err := decodeEntry(block[page-x.texts[n]])
	if err != nil {
		return nil, err
	}
	core := x.Core()
	e.Kind = core.Facets[0].Names[core.Facets[0].Of[page]]
	e.Field = core.Facets[1].Names[core.Facets[1].Of[page]]
	return e, nil
}
