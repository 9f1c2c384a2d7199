package search

import (
	"container/list"
	"sync"

	"hoagiai/internal/rank"
)

// recent remembers the terms looked up last: queries share theirs, and reading
// a long list from Bleve takes ten times as long as using it. On 10,000 pages
// it takes a third off a query's time. An index never changes, so nothing in
// it grows old.
type recent struct {
	mu    sync.Mutex
	order list.List // of *lookup, the last used first
	terms map[string]*list.Element
	size  int // postings
}

type lookup struct {
	folded    string
	spellings []rank.Spelling
	size      int
}

// maxRecent bounds the memory: 4 million postings are 16 MB.
const maxRecent = 4 << 20

func (r *recent) get(folded string) ([]rank.Spelling, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.terms[folded]
	if !ok {
		return nil, false
	}
	r.order.MoveToFront(e)
	return e.Value.(*lookup).spellings, true
}

func (r *recent) put(folded string, spellings []rank.Spelling) {
	l := &lookup{folded, spellings, 64} // what an empty answer takes
	for _, s := range spellings {
		l.size += 32 + len(s.Fields[rank.Title]) + len(s.Fields[rank.Text])
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.terms[folded]; ok {
		return
	}
	r.terms[folded] = r.order.PushFront(l)
	for r.size += l.size; r.size > maxRecent; {
		last := r.order.Remove(r.order.Back()).(*lookup)
		delete(r.terms, last.folded)
		r.size -= last.size
	}
}

func newRecent() *recent { return &recent{terms: map[string]*list.Element{}} }
