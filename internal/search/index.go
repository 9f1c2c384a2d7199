// Package search keeps a portal's prebuilt Bleve index: it writes it, and
// opens it as a rank.Source. It is the only package that imports Bleve.
//
// Four fields hold the terms of a page: syllables and bigrams of its title and
// of its text. A term of the index is "folded=exact" ("hoa giai=hòa giải";
// nothing behind the sign when the two are alike), so that all spellings of a
// folded term are one range of the dictionary: the index holds exact terms
// only, and a query typed without accents costs a range scan.
//
// Bleve's own scorer is not used, because its average field length counts
// distinct terms and changes with the layout of segments; query text never
// reaches its query-string parser.
package search

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hoagiai/internal/rank"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"
)

// Index is an opened index. It is safe for concurrent use.
type Index struct {
	*rank.Index
	bleve  bleve.Index // nil for an empty portal
	reader index.IndexReader
	pages  []uint32 // of Bleve's document numbers
	recent *recent
}

// Open checks the index in dir against its list of files and opens it for
// reading.
func Open(dir string) (*Index, error) {
	list, err := readList(dir)
	if err != nil {
		return nil, err
	}
	x := &Index{recent: newRecent()}
	if list.Pages == 0 {
		x.Index = rank.New(rank.NewCore(nil), x)
		return x, nil
	}
	x.bleve, err = bleve.OpenUsing(dir, map[string]any{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return nil, fmt.Errorf("open search index %s: %w", filepath.Base(dir), err)
	}
	if err := x.load(); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// Close releases the index. No search may be running.
func (x *Index) Close() error {
	if x.bleve == nil {
		return nil
	}
	if x.reader != nil {
		return errors.Join(x.reader.Close(), x.bleve.Close())
	}
	return x.bleve.Close()
}

func (x *Index) load() error {
	raw, err := x.bleve.GetInternal([]byte(coreKey))
	if err != nil {
		return fmt.Errorf("read core of the index: %w", err)
	}
	var core rank.Core
	if err := json.Unmarshal(raw, &core); err != nil {
		return fmt.Errorf("%w: core: %v", ErrDamaged, err)
	}
	x.Index = rank.New(&core, x)
	advanced, err := x.bleve.Advanced()
	if err != nil {
		return err
	}
	if x.reader, err = advanced.Reader(); err != nil {
		return err
	}
	ids, err := x.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer ids.Close() // only read from
	for {
		id, err := ids.Next()
		if err != nil || id == nil {
			break
		}
		name, err := x.reader.ExternalID(id)
		if err != nil {
			return err
		}
		page, err := strconv.Atoi(name)
		if err != nil || page >= core.Pages || int(id.Value()) != len(x.pages) {
			return fmt.Errorf("%w: unexpected page %q", ErrDamaged, name)
		}
		x.pages = append(x.pages, uint32(page))
	}
	if len(x.pages) != core.Pages {
		return fmt.Errorf("%w: %d pages of %d", ErrDamaged, len(x.pages), core.Pages)
	}
	return nil
}

// Spellings implements rank.Source.
func (x *Index) Spellings(ctx context.Context, folded string, pair bool) ([]rank.Spelling, error) {
	if known, ok := x.recent.get(folded); ok { // only a bigram has a space
		return known, nil
	}
	spellings, err := x.spellings(ctx, folded, pair)
	if err == nil {
		x.recent.put(folded, spellings)
	}
	return spellings, err
}

func (x *Index) spellings(ctx context.Context, folded string, pair bool) ([]rank.Spelling, error) {
	var list []rank.Spelling
	for field := range 2 {
		name := fieldName(field, pair)
		dict, err := x.reader.FieldDictPrefix(name, []byte(folded+separator))
		if err != nil {
			return nil, err
		}
		for {
			entry, err := dict.Next()
			if err != nil {
				return nil, errors.Join(err, dict.Close())
			}
			if entry == nil {
				break
			}
			exact := strings.TrimPrefix(entry.Term, folded+separator)
			if exact == "" {
				exact = folded
			}
			postings, err := x.postings(ctx, name, entry.Term)
			if err != nil {
				return nil, errors.Join(err, dict.Close())
			}
			i, ok := slices.BinarySearchFunc(list, exact, func(s rank.Spelling, exact string) int { return strings.Compare(s.Exact, exact) })
			if !ok {
				list = slices.Insert(list, i, rank.Spelling{Exact: exact})
			}
			list[i].Fields[field] = postings
		}
		if err := dict.Close(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func fieldName(field int, pair bool) string {
	if pair {
		return scoredFields[2*field+1]
	}
	return scoredFields[2*field]
}

// postings reads one term of one field, in the order of Bleve's documents,
// which is none.
func (x *Index) postings(ctx context.Context, field, term string) ([]rank.Posting, error) {
	r, err := x.reader.TermFieldReader(ctx, []byte(term), field, true, false, false)
	if err != nil {
		return nil, err
	}
	list := make([]rank.Posting, 0, r.Count())
	var doc index.TermFieldDoc
	for {
		p, err := r.Next(doc.Reset())
		if err != nil {
			return nil, errors.Join(err, r.Close())
		}
		if p == nil {
			break
		}
		list = append(list, rank.NewPosting(int(x.pages[p.ID.Value()]), int(p.Freq)))
	}
	return list, r.Close()
}

// Following implements rank.Source.
func (x *Index) Following(ctx context.Context, prefix string, pair bool, f func(folded, exact string, listed int)) error {
	pages := map[string]int{}
	for field := range 2 {
		name := fieldName(field, pair)
		dict, err := x.reader.FieldDictPrefix(name, []byte(prefix))
		if err != nil {
			return err
		}
		for {
			entry, err := dict.Next()
			if err != nil {
				return errors.Join(err, dict.Close())
			}
			if entry == nil {
				break
			}
			n, err := x.count(ctx, name, entry.Term)
			if err != nil {
				return errors.Join(err, dict.Close())
			}
			pages[entry.Term] = max(pages[entry.Term], n)
		}
		if err := dict.Close(); err != nil {
			return err
		}
	}
	for term, n := range pages {
		folded, exact, _ := strings.Cut(term, separator)
		f(folded, cmp.Or(exact, folded), n)
	}
	return nil
}

// count is how many pages have a term. The dictionary's own counts are not
// true in a merged index: behind a term of a single page all have one.
func (x *Index) count(ctx context.Context, field, term string) (int, error) {
	r, err := x.reader.TermFieldReader(ctx, []byte(term), field, false, false, false)
	if err != nil {
		return 0, err
	}
	return int(r.Count()), r.Close()
}

// Entry implements rank.Source.
func (x *Index) Entry(page int) (*rank.Entry, error) {
	id := documentID(page)
	doc, err := x.bleve.Document(id)
	if err != nil {
		return nil, fmt.Errorf("read page %s of the index: %w", id, err)
	}
	packed := ""
	if doc != nil {
		doc.VisitFields(func(f index.Field) {
			if f.Name() == fieldEntry {
				packed = string(f.Value())
			}
		})
	}
	e, err := rank.DecodeEntry(packed)
	if err != nil {
		return nil, fmt.Errorf("%w: page %s: %v", ErrDamaged, id, err)
	}
	return e, nil
}

// documentID is the name of a page in the index.
func documentID(page int) string { return fmt.Sprintf("%08d", page) }
