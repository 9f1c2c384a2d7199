package rank

import (
	"slices"
	"strings"

	"hoagiai/internal/viet"
)

// A query typed without accents, or with half of them, gets the likeliest
// accents back. The syllables are a chain: each has as states the spellings
// that were looked up, the bigrams' counts say how likely two neighbours are,
// and the forward-backward algorithm (Rabiner 1989) gives the share of all
// readings that have a state. Only sums, products and quotients are used, so
// that every reader of the index comes to the same numbers.
const (
	sure    = 0.6  // a reading with this share is taken
	unseen  = 0.05 // weight of a bigram that no page has
	asTyped = 20   // how much likelier a bare syllable stands as typed beside accented ones
)

// spell sets the spelling of every syllable, and the exact form and share of
// every clause from them. It returns the query as it was then understood.
func (x *Index) spell(q *query, asIs bool) {
	accented := false
	for _, s := range q.syllables {
		s.exact = s.typed
		accented = accented || s.typed != s.folded
	}
	for _, c := range q.clauses {
		c.exact, c.share = "", 0
	}
	if !asIs {
		x.restore(q, accented)
	}
	var last *syllable
	for _, s := range q.syllables {
		if s.whole || s.part || asIs && !accented {
			s.exact = "" // numbers are the same in any spelling
		}
		x.settle(s.single, s.exact)
		if s.pair != nil {
			exact := ""
			if last.exact != "" && s.exact != "" {
				exact = last.exact + " " + s.exact
			}
			x.settle(s.pair, exact)
		}
		if !s.whole {
			last = s
		}
	}
}

// settle gives a clause its exact form, when pages have that.
func (x *Index) settle(c *clause, exact string) {
	if exact == "" || c.exact != "" || c.weight <= x.core.Weights.Asking {
		return
	}
	i := slices.IndexFunc(c.spellings, func(s Spelling) bool { return s.Exact == exact })
	if c.loaded && i < 0 {
		return
	}
	c.exact = exact
	c.share = x.core.Weights.Exact[0]
	if c.pair {
		c.share = x.core.Weights.Exact[1]
	}
}

// state is one spelling of a syllable.
type state struct {
	exact             string
	weight            float64
	forward, backward float64
}

// restore reads each run of joined syllables.
func (x *Index) restore(q *query, accented bool) {
	var run []*syllable
	for _, s := range q.syllables {
		if s.whole {
			continue
		}
		if len(run) > 0 && s.pair == nil {
			q.restoreRun(run, accented)
			run = run[:0]
		}
		run = append(run, s)
	}
	if len(run) > 0 {
		q.restoreRun(run, accented)
	}
}

func (q *query) restoreRun(run []*syllable, accented bool) {
	chain := make([][]state, len(run))
	for i, s := range run {
		var next *clause
		if i+1 < len(run) {
			next = run[i+1].pair
		}
		chain[i] = states(s, i > 0, next, accented)
	}
	for i := range chain {
		for j := range chain[i] {
			st := &chain[i][j]
			st.forward = st.weight
			if i > 0 {
				st.forward *= sum(chain[i-1], func(u *state) float64 { return u.forward * link(run[i].pair, u.exact, st.exact) })
			}
		}
		normalise(chain[i], func(st *state) *float64 { return &st.forward })
	}
	for i := len(chain) - 1; i >= 0; i-- {
		for j := range chain[i] {
			st := &chain[i][j]
			st.backward = 1
			if i+1 < len(chain) {
				st.backward = sum(chain[i+1], func(u *state) float64 { return u.backward * u.weight * link(run[i+1].pair, st.exact, u.exact) })
			}
		}
		normalise(chain[i], func(st *state) *float64 { return &st.backward })
	}
	for i, s := range run {
		all := sum(chain[i], func(st *state) float64 { return st.forward * st.backward })
		likeliest := &chain[i][0]
		for j := range chain[i] {
			if st := &chain[i][j]; st.forward*st.backward > likeliest.forward*likeliest.backward {
				likeliest = st
			}
		}
		s.exact = ""
		if likeliest.forward*likeliest.backward >= sure*all {
			s.exact = likeliest.exact
			q.read = q.read || s.exact != s.typed
		}
	}
}

func sum(list []state, f func(*state) float64) (total float64) {
	for i := range list {
		total += f(&list[i])
	}
	return total
}

// normalise keeps products of long chains within a float's range.
func normalise(list []state, f func(*state) *float64) {
	total := sum(list, func(s *state) float64 { return *f(s) })
	for i := range list {
		*f(&list[i]) /= total
	}
}

// states lists the spellings that a syllable may stand for: what was typed
// alone when it has accents and pages have it so, otherwise all spellings that
// keep the accents typed.
func states(s *syllable, joined bool, next *clause, accented bool) []state {
	var list []state
	add := func(exact string, weight float64) {
		for i := range list {
			if list[i].exact == exact {
				list[i].weight += weight
				return
			}
		}
		list = append(list, state{exact: exact, weight: weight})
	}
	fromPairs := false
	if joined {
		for _, p := range s.pair.spellings {
			_, second, _ := strings.Cut(p.Exact, " ")
			add(second, 0)
			fromPairs = true
		}
	}
	if next != nil {
		for _, p := range next.spellings {
			first, _, _ := strings.Cut(p.Exact, " ")
			add(first, 0)
			fromPairs = true
		}
	}
	for i := range s.single.spellings {
		add(s.single.spellings[i].Exact, float64(Listed(s.single.spellings[i:i+1])))
	}
	if fromPairs { // their links weigh the states
		for i := range list {
			list[i].weight = 1
		}
	}
	kept := list[:0]
	for _, st := range list {
		if st.exact == s.typed && s.typed != s.folded {
			return []state{{exact: s.typed, weight: 1}}
		}
		if keeps(s.typed, st.exact) {
			kept = append(kept, st)
		}
	}
	if len(kept) == 0 {
		return []state{{exact: s.typed, weight: 1}}
	}
	if accented && s.typed == s.folded {
		for i := range kept {
			if kept[i].exact == s.typed {
				kept[i].weight *= asTyped
			}
		}
	}
	return kept
}

// link is how often two spellings follow one another.
func link(pair *clause, first, second string) float64 {
	if !pair.known() {
		return 1
	}
	for i := range pair.spellings {
		if e := pair.spellings[i].Exact; len(e) == len(first)+1+len(second) && strings.HasPrefix(e, first) && strings.HasSuffix(e, second) {
			return float64(Listed(pair.spellings[i : i+1]))
		}
	}
	return unseen
}

// keeps tells whether a spelling has every accent that was typed: "châp" may
// become "chấp" or "chậm", never "chap".
func keeps(typed, spelling string) bool {
	if typed == viet.Fold(typed) {
		return true
	}
	marks := func(s string) map[rune]int {
		set := map[rune]int{}
		for _, r := range viet.Marks(s) {
			set[r]++
		}
		return set
	}
	have := marks(spelling)
	for r, n := range marks(typed) {
		if have[r] < n {
			return false
		}
	}
	return true
}
