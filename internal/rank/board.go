package rank

import (
	"cmp"
	"math"
	"slices"
)

// board is the score sheet of one search, a line a page.
type board struct {
	score   []float64
	titles  []uint16 // clauses found in the title
	folded  []uint16 // frequency of the clause at hand, all spellings
	exact   []uint16 // and of the spelling asked for
	touched []int    // pages of the clause at hand
	matched []int    // pages with a score
	seen    []bool
	clauses int // that some page has
	why     func(page int, p Part)
}

func newBoard(pages int) *board {
	return &board{score: make([]float64, pages), titles: make([]uint16, pages), folded: make([]uint16, pages), exact: make([]uint16, pages), seen: make([]bool, pages)}
}

func (b *board) reset() {
	for _, p := range b.matched {
		b.score[p], b.titles[p], b.seen[p] = 0, 0, false
	}
	b.matched, b.clauses = b.matched[:0], 0
}

// add adds a clause's parts to the pages that have it: for each field
//
//	weight · idf · (k1+1) · tf / (tf + k1 · (1 - b + b · length/mean))
//
// (BM25, Robertson & Zaragoza 2009) with idf = ln(1 + (N-df+½)/(df+½)). When
// the accents are known, a share of that counts the exact spelling alone.
func (b *board) add(c *clause, core *Core) {
	w := &core.Weights
	if len(c.spellings) == 0 {
		return
	}
	if c.folded[:1] != OwnNumber {
		b.clauses++
	}
	for field := range 2 {
		for i := range c.spellings {
			s := &c.spellings[i]
			exact := s.Exact == c.exact
			for _, p := range s.Fields[field] {
				page, times := p.Page(), uint16(p.Times())
				if b.folded[page] == 0 {
					b.touched = append(b.touched, page)
				}
				b.folded[page] += times
				if exact {
					b.exact[page] = times
				}
			}
		}
		weight := c.weight * w.Single[field]
		if c.pair {
			weight = c.weight * w.Pair[field]
		}
		weight *= (w.K1 + 1) * inverse(float64(core.Pages), float64(len(b.touched)))
		flat, slope := w.K1*(1-w.B[field]), w.K1*w.B[field]/core.Mean[field]
		for _, page := range b.touched {
			norm := flat + slope*stepLength(core.Sizes[field][page])
			tf := float64(b.folded[page])
			part := (1 - c.share) * (tf / (tf + norm))
			if tf := float64(b.exact[page]); tf > 0 {
				part += c.share * (tf / (tf + norm))
			}
			if !b.seen[page] {
				b.seen[page] = true
				b.matched = append(b.matched, page)
			}
			if field == Title {
				b.titles[page]++
			}
			b.score[page] += weight * part
			if b.why != nil {
				b.why(page, Part{c.folded, c.exact, [2]string{"title", "text"}[field], weight * part})
			}
			b.folded[page], b.exact[page] = 0, 0
		}
		b.touched = b.touched[:0]
	}
}

// match is a page with its score in the first stage.
type match struct {
	page  int
	exact bool // every clause is in a title as long as the query
	score float64
	why   []Part // when asked for
}

func (m match) compare(o match) int {
	if m.exact != o.exact {
		if m.exact {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(o.score, m.score), cmp.Compare(m.page, o.page))
}

// best filters the pages with a score, counts facets, and returns the first
// pages in order. Scores are rounded to nine decimals, so that every reader of
// the index sees the same ties; equal pages are ordered by number.
func (b *board) best(core *Core, size, keep int, filter [3]string) (list []match, total int, counts [3][]int) {
	want := [3]int{-1, -1, -1}
	for i, name := range filter {
		names := core.Facets[i].Names
		counts[i] = make([]int, len(names))
		if name != "" {
			n, ok := slices.BinarySearch(names, name)
			if !ok {
				n = len(names) // no page has it
			}
			want[i] = n
		}
	}
	step := LengthStep(size)
	for _, page := range b.matched {
		misses, missed := 0, 0
		for i, n := range want {
			if n >= 0 && core.Facets[i].Of[page] != n {
				misses, missed = misses+1, i
			}
		}
		for i := range want {
			if misses == 0 || misses == 1 && missed == i {
				counts[i][core.Facets[i].Of[page]]++
			}
		}
		if misses > 0 {
			continue
		}
		total++
		m := match{
			page:  page,
			exact: int(b.titles[page]) == b.clauses && core.Sizes[Title][page] == step,
			score: math.Round(b.score[page]*1e9) / 1e9,
		}
		list = insert(list, m, keep)
	}
	return list, total, counts
}

// insert keeps the best matches in order.
func insert(list []match, m match, keep int) []match {
	if len(list) == keep {
		if m.compare(list[keep-1]) > 0 {
			return list
		}
		list = list[:keep-1]
	}
	i, _ := slices.BinarySearchFunc(list, m, match.compare)
	return slices.Insert(list, i, m)
}
