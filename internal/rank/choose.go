package rank

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
)

// What one query looks up at most at first, and how many pages it should find.
const (
	maxPairs   = 24
	maxSingles = 12
	enough     = 10
)

// estimate is what the core knows of a clause's idf.
func (x *Index) estimate(folded string) float64 {
	n := float64(x.core.Pages)
	if step, ok := x.core.Words[folded]; ok {
		return inverse(n, min(n, wordPages(step)))
	}
	return inverse(n, 1)
}

// isDense tells whether so many pages have a syllable that its list is worth
// loading only for want of better: 2,500 of 10,000, none of 2,000.
func (x *Index) isDense(folded string) bool {
	step, ok := x.core.Words[folded]
	return ok && wordPages(step) > 2000+0.05*float64(x.core.Pages)
}

// lookUp loads the clauses that matter. Bigrams say most; those whose commoner
// syllable is the rarest come first. A syllable that few pages have is loaded
// too; one that many have only where no bigram covers it, since its list is
// long and says little. Question words and the parts of a document's number
// are left out: if too few pages are found, the caller loads everything.
func (x *Index) lookUp(ctx context.Context, q *query) error {
	var pairs, singles, late []*clause
	value := map[*clause]float64{}
	content := map[*clause]bool{} // syllables that are more than question words and parts of numbers
	for _, s := range q.syllables {
		content[s.single] = content[s.single] || !s.part && !s.asking
	}
	for _, c := range q.clauses {
		if !c.pair {
			c.idf = x.estimate(c.folded)
		}
	}
	var last *syllable
	for _, s := range q.syllables {
		if s.pair != nil {
			s.pair.idf = max(last.single.idf, s.single.idf)
			value[s.pair] = min(last.single.idf, s.single.idf)
		}
		if !s.whole {
			last = s
		}
	}
	for _, c := range q.clauses {
		switch {
		case c.pair && c.weight == x.core.Weights.Asking:
		case c.pair:
			pairs = append(pairs, c)
		case strings.HasPrefix(c.folded, OwnNumber):
			value[c] = math.Inf(1)
			singles = append(singles, c)
		case !content[c]:
		case x.isDense(c.folded):
			late = append(late, c)
		default:
			value[c] = c.idf
			singles = append(singles, c)
		}
	}
	best := func(list []*clause, most int) []*clause {
		slices.SortStableFunc(list, func(a, b *clause) int { return cmp.Compare(value[b], value[a]) })
		return list[:min(most, len(list))]
	}
	if err := x.load(ctx, append(best(pairs, maxPairs), best(singles, maxSingles)...)); err != nil {
		return err
	}
	return x.load(ctx, x.uncovered(q, late))
}

// uncovered returns those dense clauses that stand, somewhere in the query,
// beside no bigram that pages have.
func (x *Index) uncovered(q *query, late []*clause) []*clause {
	need := map[*clause]bool{}
	for i, s := range q.syllables {
		covered := s.pair != nil && (s.pair.known() || !s.pair.loaded)
		if i+1 < len(q.syllables) {
			if p := q.syllables[i+1].pair; p != nil {
				covered = covered || p.known() || !p.loaded
			}
		}
		need[s.single] = need[s.single] || !covered
	}
	var list []*clause
	for _, c := range late {
		if need[c] {
			list = append(list, c)
		}
	}
	return list
}

// load looks the clauses up that were not yet.
func (x *Index) load(ctx context.Context, list []*clause) error {
	for _, c := range list {
		if c.loaded {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		var err error
		if c.spellings, err = x.source.Spellings(ctx, c.folded, c.pair); err != nil {
			return err
		}
		c.loaded = true
		if pages := Listed(c.spellings); pages > 0 {
			c.idf = inverse(float64(x.core.Pages), float64(min(pages, x.core.Pages)))
		}
	}
	return nil
}

// Listed is about how many pages have one of the spellings.
func Listed(spellings []Spelling) int {
	var sum [2]int
	for _, s := range spellings {
		sum[Title] += len(s.Fields[Title])
		sum[Text] += len(s.Fields[Text])
	}
	return max(sum[Title], sum[Text])
}

func inverse(n, df float64) float64 { return math.Log(1 + (n-df+0.5)/(df+0.5)) }
