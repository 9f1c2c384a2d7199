package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"
)

// Weights of both stages, tuned on 252 real questions over 2,249 articles of
// law (ALQAC). What was tried, with the share of questions whose article comes
// first / among the first ten (without accents within 0.005 of that):
//
//	title ½ syllables, 1 bigrams; text 1, 2; k1 0.6          0.817  0.944
//	title and text alike: syllables 1, bigrams 1.5; k1 0.5   0.833  0.956
//	the same, bigrams 2.5                                    0.833  0.960
//	second stage: the title counted twice, k1 1, b 0.5,
//	a fifth of the page's score                              0.857  0.960
//	syllables left out where a bigram covers them, in both
//	stages                                                   0.845  0.940
//
// Steps under 0.01 mean nothing, and no question was held out.
//
// In the first stage a clause adds, for each field it is found in,
//
//	weight · idf · (k1+1) · tf / (tf + k1 · (1 - b + b · length/mean))
//
// (BM25, Robertson & Zaragoza 2009) with idf = ln(1 + (N-df+½)/(df+½)) and
// stepped lengths. The exact form adds its own part when the query has
// accents.
type weights struct {
	K1     float64
	Folded [4]float64 // of scoredFields
	Exact  [4]float64
	B      [2]float64 // length normalisation of title and text
	Second paragraphWeights
}

// paragraphWeights are those of the second stage: a page is worth its best
// paragraph, read together with the title, plus a share of its own score.
type paragraphWeights struct {
	K1, B float64
	Mean  float64 // length that counts as usual, in syllables
	Pair  float64 // of a bigram; a syllable weighs 1
	Title float64 // how often a term of the title counts
	Exact float64 // share of the exact form
	Page  float64 // share of the first stage's score
}

var tuned = weights{
	K1:     0.5,
	Folded: [4]float64{1, 2.5, 1, 2.5},
	Exact:  [4]float64{0.1, 0.25, 0.1, 0.25},
	B:      [2]float64{0.75, 0.5},
	Second: paragraphWeights{K1: 1, B: 0.5, Mean: 40, Pair: 2, Title: 2, Exact: 0.1, Page: 0.2},
}

// additive is the first stage as a Bleve query: it adds up the clauses' parts
// for every page, and hands Bleve the best.
type additive struct {
	index  *Index
	words  *words
	filter [3]string // kind, field, year; "" for any
	keep   int

	total  int
	facets [3][]int
}

// Searcher implements query.Query.
func (q *additive) Searcher(ctx context.Context, r index.IndexReader, _ mapping.IndexMapping, _ search.SearcherOptions) (search.Searcher, error) {
	b := q.index.boards.Get().(*board)
	defer q.index.boards.Put(b)
	b.reset()
	for _, c := range q.words.clauses {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := q.add(ctx, r, b, c); err != nil {
			return nil, err
		}
	}
	return &best{matches: q.pick(b)}, nil
}

// add adds one clause's parts to the board.
func (q *additive) add(ctx context.Context, r index.IndexReader, b *board, c *clause) error {
	for f, name := range scoredFields {
		if c.pair != (f%2 == 1) {
			continue
		}
		dict, err := r.FieldDictPrefix(name, []byte(c.folded+separator))
		if err != nil {
			return err
		}
		var variants []string
		for {
			entry, err := dict.Next()
			if err != nil {
				return err
			}
			if entry == nil {
				break
			}
			variants = append(variants, entry.Term)
		}
		if err := dict.Close(); err != nil {
			return err
		}
		want := ""
		if q.words.accents {
			want = indexKey(c.folded, c.exact)
		}
		for _, v := range variants {
			if err := b.count(ctx, r, name, v, v == want); err != nil {
				return err
			}
		}
		idf, exactIDF := q.index.settle(b, f)
		if f >= 2 || c.idf == 0 {
			c.idf, c.exactIDF = idf, exactIDF
		}
	}
	return nil
}

// board is the score sheet of one search: a line a page, by Bleve's document
// number.
type board struct {
	score   []float64
	folded  []uint16 // frequency of the clause at hand, all spellings
	exact   []uint16 // and of the spelling asked for
	touched []uint32 // pages of the clause at hand
	matched []uint32 // pages with a score
	inMatch []bool
	doc     index.TermFieldDoc
}

func newBoard(pages int) *board {
	return &board{score: make([]float64, pages), folded: make([]uint16, pages), exact: make([]uint16, pages), inMatch: make([]bool, pages)}
}

func (b *board) reset() {
	for _, d := range b.matched {
		b.score[d], b.inMatch[d] = 0, false
	}
	for _, d := range b.touched {
		b.folded[d], b.exact[d] = 0, 0
	}
	b.matched, b.touched = b.matched[:0], b.touched[:0]
}

// count adds the postings of one spelling to the clause at hand.
func (b *board) count(ctx context.Context, r index.IndexReader, field, term string, exact bool) error {
	postings, err := r.TermFieldReader(ctx, []byte(term), field, true, false, false)
	if err != nil {
		return err
	}
	for {
		p, err := postings.Next(b.doc.Reset())
		if err != nil {
			return err
		}
		if p == nil {
			return postings.Close()
		}
		d := p.ID.Value()
		if b.folded[d] == 0 {
			b.touched = append(b.touched, uint32(d))
		}
		b.folded[d] += uint16(p.Freq)
		if exact {
			b.exact[d] = uint16(p.Freq)
		}
	}
}

// settle turns the counts of the clause at hand into scores and clears them.
// f is the field, as in weights. It returns the clause's idf in this field, 0
// when no page has it.
func (x *Index) settle(b *board, f int) (idf, exactIDF float64) {
	if len(b.touched) == 0 {
		return 0, 0
	}
	exact := 0
	for _, d := range b.touched {
		if b.exact[d] > 0 {
			exact++
		}
	}
	n := float64(x.settings.Pages)
	idf = inverse(n, float64(len(b.touched)))
	if exact > 0 {
		exactIDF = inverse(n, float64(exact))
	}
	sizes, mean, lengthB := x.settings.Sizes[f/2], x.settings.Mean[f/2], tuned.B[f/2]
	for _, d := range b.touched {
		norm := tuned.K1 * (1 - lengthB + lengthB*stepLengths[sizes[x.ordinals[d]]]/mean)
		s := tuned.Folded[f] * idf * saturate(float64(b.folded[d]), norm)
		if b.exact[d] > 0 {
			s += tuned.Exact[f] * exactIDF * saturate(float64(b.exact[d]), norm)
		}
		if !b.inMatch[d] {
			b.inMatch[d] = true
			b.matched = append(b.matched, d)
		}
		b.score[d] += s
		b.folded[d], b.exact[d] = 0, 0
	}
	b.touched = b.touched[:0]
	return idf, exactIDF
}

var stepLengths = func() (all [92]float64) {
	for i := range all {
		all[i] = steppedLength(byte(i))
	}
	return all
}()

func inverse(n, df float64) float64     { return math.Log(1 + (n-df+0.5)/(df+0.5)) }
func saturate(tf, norm float64) float64 { return (tuned.K1 + 1) * tf / (tf + norm) }

// pick filters the pages with a score, counts facets and returns the best.
// Scores are rounded to nine decimals, so that every reader of the index sees
// the same ties; equal scores are ordered by address.
func (q *additive) pick(b *board) []match {
	x := q.index
	want := [3]int{-1, -1, -1}
	for i, name := range q.filter {
		q.facets[i] = make([]int, len(x.settings.Facets[i].Names))
		if name == "" {
			continue
		}
		n, ok := slices.BinarySearch(x.settings.Facets[i].Names, name)
		if !ok {
			n = len(x.settings.Facets[i].Names) // no page has it
		}
		want[i] = n
	}
	var matches []match
	for _, d := range b.matched {
		ordinal := x.ordinals[d]
		misses, missed := 0, 0
		for i := range want {
			if want[i] >= 0 && int(x.settings.Facets[i].Of[ordinal]) != want[i] {
				misses, missed = misses+1, i
			}
		}
		for i := range want {
			if misses == 0 || misses == 1 && missed == i {
				q.facets[i][x.settings.Facets[i].Of[ordinal]]++
			}
		}
		if misses == 0 {
			q.total++
			matches = append(matches, match{d, ordinal, math.Round(b.score[d]*1e9) / 1e9})
		}
	}
	slices.SortFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.ordinal, b.ordinal))
	})
	matches = matches[:min(q.keep, len(matches))]
	slices.SortFunc(matches, func(a, b match) int { return cmp.Compare(a.doc, b.doc) })
	return matches
}

// match is a page with its score.
type match struct {
	doc     uint32
	ordinal uint32
	score   float64
}

// best hands the picked pages to Bleve in the order of its document numbers.
// It implements search.Searcher.
type best struct {
	matches []match
	next    int
}

func (s *best) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	if s.next >= len(s.matches) {
		return nil, nil
	}
	m := s.matches[s.next]
	s.next++
	hit := ctx.DocumentMatchPool.Get()
	hit.IndexInternalID = index.NewIndexInternalID(hit.IndexInternalID, uint64(m.doc))
	hit.Score = m.score
	return hit, nil
}

func (s *best) Advance(ctx *search.SearchContext, id index.IndexInternalID) (*search.DocumentMatch, error) {
	for s.next < len(s.matches) && uint64(s.matches[s.next].doc) < id.Value() {
		s.next++
	}
	return s.Next(ctx)
}

func (s *best) Close() error               { return nil }
func (s *best) Weight() float64            { return 1 }
func (s *best) SetQueryNorm(float64)       {}
func (s *best) Count() uint64              { return uint64(len(s.matches)) }
func (s *best) Min() int                   { return 0 }
func (s *best) Size() int                  { return 24 * len(s.matches) }
func (s *best) DocumentMatchPoolSize() int { return 1 }
