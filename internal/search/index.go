package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"hoagiai/internal/viet"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"
)

// Index is an opened index. It is safe for concurrent use.
type Index struct {
	bleve    bleve.Index // nil for an empty portal
	settings settings
	ordinals []uint32 // of Bleve's document numbers
	boards   sync.Pool
}

// Open checks the index in dir against its list of files and opens it for
// reading.
func Open(dir string) (*Index, error) {
	list, err := readList(dir)
	if err != nil {
		return nil, err
	}
	x := &Index{}
	if list.Pages == 0 {
		return x, nil
	}
	x.bleve, err = bleve.OpenUsing(dir, map[string]any{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return nil, fmt.Errorf("open search index %s: %w", filepath.Base(dir), err)
	}
	if err := x.load(); err != nil {
		return nil, errors.Join(err, x.bleve.Close())
	}
	x.boards.New = func() any { return newBoard(len(x.ordinals)) }
	return x, nil
}

// Close releases the index. It waits for running searches.
func (x *Index) Close() error {
	if x.bleve == nil {
		return nil
	}
	return x.bleve.Close()
}

// Pages returns how many pages the index holds.
func (x *Index) Pages() int { return x.settings.Pages }

func (x *Index) load() error {
	raw, err := x.bleve.GetInternal([]byte(settingsKey))
	if err != nil {
		return fmt.Errorf("read index settings: %w", err)
	}
	if err := json.Unmarshal(raw, &x.settings); err != nil {
		return fmt.Errorf("%w: settings: %v", ErrDamaged, err)
	}
	return x.read(func(r index.IndexReader) error {
		ids, err := r.DocIDReaderAll()
		if err != nil {
			return err
		}
		defer ids.Close() // only read from
		for {
			id, err := ids.Next()
			if err != nil || id == nil {
				break
			}
			name, err := r.ExternalID(id)
			if err != nil {
				return err
			}
			ordinal, err := strconv.Atoi(name)
			if err != nil || ordinal >= x.settings.Pages || int(id.Value()) != len(x.ordinals) {
				return fmt.Errorf("%w: unexpected page %q", ErrDamaged, name)
			}
			x.ordinals = append(x.ordinals, uint32(ordinal))
		}
		if len(x.ordinals) != x.settings.Pages {
			return fmt.Errorf("%w: %d pages of %d", ErrDamaged, len(x.ordinals), x.settings.Pages)
		}
		return nil
	})
}

func (x *Index) read(f func(index.IndexReader) error) error {
	advanced, err := x.bleve.Advanced()
	if err != nil {
		return err
	}
	r, err := advanced.Reader()
	if err != nil {
		return err
	}
	return errors.Join(f(r), r.Close())
}

// Search answers a query. Values of the query that are out of range are moved
// to the nearest that is allowed.
func (x *Index) Search(ctx context.Context, q Query) (*Answer, error) {
	start := time.Now()
	a := newAnswer(q.Text)
	q = q.clean()
	words := readQuery(viet.NewScanner(), q.Text)
	if words.text != a.Query {
		a.Understood = words.text
	}
	if x.bleve != nil && len(words.clauses) > 0 {
		if err := x.answer(ctx, q, words, a); err != nil {
			return nil, err
		}
	}
	a.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return a, nil
}

func newAnswer(query string) *Answer {
	return &Answer{
		Query: query, Suggest: []string{}, Hits: []Hit{},
		Facets: Facets{Kind: map[string]int{}, Field: map[string]int{}, Year: map[string]int{}},
	}
}

func (q Query) clean() Query {
	if q.Limit <= 0 {
		q.Limit = 10
	}
	q.Limit = min(q.Limit, MaxLimit)
	q.Offset = max(0, min(q.Offset, MaxOffset))
	return q
}

// reranked is how many pages the second stage reads.
const reranked = 10

func (x *Index) answer(ctx context.Context, q Query, words *words, a *Answer) error {
	first := &additive{index: x, words: words, filter: [3]string{q.Kind, q.Field, q.Year}, keep: max(reranked, q.Offset+q.Limit)}
	req := bleve.NewSearchRequestOptions(first, first.keep, 0, false)
	req.SortBy([]string{"-_score", "_id"})
	res, err := x.bleve.SearchInContext(ctx, req)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	a.Total = first.total
	for i, counts := range []map[string]int{a.Facets.Kind, a.Facets.Field, a.Facets.Year} {
		for n, count := range first.facets[i] {
			if name := x.settings.Facets[i].Names[n]; name != "" && count > 0 {
				counts[name] = count
			}
		}
	}
	reader := newReader(words)
	var list []candidate
	for i, hit := range res.Hits {
		if i >= reranked && (i < q.Offset || i >= q.Offset+q.Limit) {
			continue // neither put in order by its text nor shown
		}
		e, err := x.entry(hit.ID)
		if err != nil {
			return err
		}
		c := candidate{entry: e, rank: i, score: hit.Score}
		c.read(reader)
		list = append(list, c)
	}
	list = secondStage(list)
	for _, c := range list {
		if c.rank >= q.Offset && c.rank < q.Offset+q.Limit {
			a.Hits = append(a.Hits, c.hit(reader))
		}
	}
	return nil
}

// entry reads a page as it was stored.
func (x *Index) entry(id string) (*Entry, error) {
	doc, err := x.bleve.Document(id)
	if err != nil {
		return nil, fmt.Errorf("read page %s of the index: %w", id, err)
	}
	var e Entry
	found := false
	if doc != nil {
		doc.VisitFields(func(f index.Field) {
			if f.Name() == fieldEntry {
				found = json.Unmarshal(f.Value(), &e) == nil
			}
		})
	}
	if !found {
		return nil, fmt.Errorf("%w: page %s has no entry", ErrDamaged, id)
	}
	return &e, nil
}
