package rank

import (
	"cmp"
	"slices"
	"strings"

	"hoagiai/internal/viet"
)

// reader knows the clauses of a query by their terms. It is made anew for
// each query; what it learns of the language it borrows from the index.
type reader struct {
	*lexicon
	query   *query
	weights *Weights
	clauses map[string]int // by folded term
	pairs   map[[2]int]int // bigrams by the clauses of their syllables
	explain bool
	parts   []Part // of the last paragraph's worth, when explain is set
}

// lexicon is what one reader after the other uses.
type lexicon struct {
	*Lexer
	tokens  []viet.Token
	singles []int // by word: 0 not looked up, 1 no clause, else the clause and 2
}

// maxWords is how many terms a lexicon may know before it is replaced;
// ordinary text stays far below.
const maxWords = 1 << 16

func (x *Index) newReader(q *query) *reader {
	r := &reader{lexicon: x.lexica.get(), query: q, weights: &x.core.Weights, clauses: map[string]int{}, pairs: map[[2]int]int{}}
	clear(r.singles)
	for i, c := range q.clauses {
		r.clauses[c.folded] = i
	}
	last := 0
	for _, s := range q.syllables {
		n := r.clauses[s.folded]
		if s.pair != nil {
			r.pairs[[2]int{last, n}] = r.clauses[s.pair.folded]
		}
		if !s.whole {
			last = n
		}
	}
	return r
}

// release gives a lexicon back.
func (x *Index) release(l *lexicon) {
	if l.Len() <= maxWords {
		x.lexica.put(l)
	}
}

// single is the clause of a syllable or number, -1 when the query has none.
func (r *reader) single(w *viet.Word) int {
	if w.Number >= len(r.singles) {
		r.singles = append(r.singles, make([]int, w.Number+1-len(r.singles))...)
	}
	n := r.singles[w.Number]
	if n == 0 {
		n = 1
		if i, ok := r.clauses[w.Folded]; ok {
			n = i + 2
		}
		r.singles[w.Number] = n
	}
	return n - 2
}

// found is where a clause occurs in a text.
type found struct {
	clause     int
	start, end int
	exact      bool
}

// scan lists the clauses of the query in a text and counts its syllables.
// Where a word has other names, their clauses are found in its place.
func (r *reader) scan(text string, list []found) (hits []found, size int) {
	hits = list
	r.tokens = r.Scan(r.tokens[:0], text)
	note := func(lastNumber, n int, last, term string, joined bool, lastStart, start, end int) {
		if n < 0 {
			return
		}
		hits = append(hits, found{n, start, end, r.query.clauses[n].exact == term})
		if !joined || lastNumber < 0 {
			return
		}
		if p, ok := r.pairs[[2]int{lastNumber, n}]; ok {
			hits = append(hits, found{p, lastStart, end, r.query.clauses[p].exact == last+" "+term})
		}
	}
	last, lastNumber, lastStart := "", -1, 0
	for i, tok := range r.tokens {
		n := r.single(tok.Word)
		note(lastNumber, n, last, tok.Term, tok.Joined && !tok.Whole, lastStart, tok.Start, tok.End)
		if !tok.Whole {
			last, lastNumber, lastStart = tok.Term, n, tok.Start
			size++
		}
		form := r.Find(text, r.tokens[i:])
		if form == nil {
			continue
		}
		end := r.tokens[i+len(form.Words)-1].End
		for _, other := range form.Others {
			before, beforeNumber := "", -1
			for _, word := range other.Words {
				n := r.single(r.Word(word.Term))
				note(beforeNumber, n, before, word.Term, word.Joined, tok.Start, tok.Start, end)
				before, beforeNumber = word.Term, n
			}
		}
	}
	return hits, size
}

// candidate is one of the first pages.
type candidate struct {
	entry *Entry
	rank  int     // in the first stage; after the second, in the answer
	tier  int     // 2: its title or number is the query; 1: but for accents
	score float64 // of the first stage; after the second, of both
	block int     // the best paragraph, -1 when no paragraph has a clause
	best  float64
	why   []Part // of the first stage; after the second, of both; nil when nobody asks
}

// read finds the best paragraph. Each clause counts once as often as it is in
// the paragraph or the title.
func (c *candidate) read(r *reader) {
	names := append([]string{c.entry.Title}, c.entry.Names...)
	title, titleSize := r.scan(strings.Join(names, ". "), nil)
	for _, name := range names {
		c.tier = max(c.tier, r.same(name))
	}
	if r.query.numbered && c.entry.Number != "" && r.isNumber(c.entry.Number) && r.all(title) {
		c.tier = 2
	}
	c.block, c.best = -1, r.worth(title, nil, titleSize)
	best := slices.Clone(r.parts)
	var hits []found
	for i, b := range c.entry.Blocks {
		var size int
		hits, size = r.scan(b.Text, hits[:0])
		if len(hits) == 0 {
			continue
		}
		if w := r.worth(title, hits, titleSize+size); c.block < 0 || w > c.best {
			c.block, c.best = i, w
			best = append(best[:0], r.parts...)
		}
	}
	if r.explain && c.rank < reranked {
		for i := range c.why {
			c.why[i].Score *= r.weights.Second.Page
		}
		c.why = append(c.why, best...)
	}
}

// same compares a name with the query: 2 when they are alike, 1 when they are
// but for accents that were not typed.
func (r *reader) same(name string) int {
	list := r.query.syllables
	tier := 2
	r.tokens = r.Scan(r.tokens[:0], name)
	for _, tok := range r.tokens {
		if len(list) == 0 || tok.Folded != list[0].folded {
			return 0
		}
		if tok.Term != list[0].typed && tok.Term != list[0].exact {
			if list[0].typed != list[0].folded {
				return 0 // "má" is not "mà"
			}
			tier = 1
		}
		list = list[1:]
	}
	if len(list) > 0 {
		return 0
	}
	return tier
}

// isNumber tells whether the query has this document's number or its
// beginning.
func (r *reader) isNumber(number string) bool {
	for _, form := range NumberForms(number) {
		if _, ok := r.clauses[OwnNumber+form]; ok {
			return true
		}
	}
	return false
}

// all tells whether every syllable of the query is among those found.
func (r *reader) all(list []found) bool {
	for _, s := range r.query.syllables {
		i := r.clauses[s.folded]
		if !s.part && !s.whole && !slices.ContainsFunc(list, func(f found) bool { return f.clause == i }) {
			return false
		}
	}
	return true
}

func (r *reader) worth(title, text []found, size int) float64 {
	w := &r.weights.Second
	frequency := make([]float64, len(r.query.clauses))
	exact := make([]float64, len(r.query.clauses))
	count := func(list []found, times float64) {
		for _, f := range list {
			frequency[f.clause] += times
			if f.exact {
				exact[f.clause] += times
			}
		}
	}
	count(title, w.Title)
	count(text, 1)
	r.parts = r.parts[:0]
	norm := w.K1 * (1 - w.B + w.B*float64(size)/w.Mean)
	sum := 0.0
	for i, c := range r.query.clauses {
		if frequency[i] == 0 {
			continue
		}
		weight := c.weight * c.idf * (w.K1 + 1)
		if c.pair {
			weight *= w.Pair
		}
		part := (1 - c.share) * (frequency[i] / (frequency[i] + norm))
		if exact[i] > 0 {
			part += c.share * (exact[i] / (exact[i] + norm))
		}
		sum += weight * part
		if r.explain {
			r.parts = append(r.parts, Part{c.folded, c.exact, "paragraph", weight * part})
		}
	}
	return sum
}

// secondStage puts the first pages in order by their best paragraph.
func (x *Index) secondStage(list []candidate) {
	for i := range list {
		list[i].score = list[i].best + x.core.Weights.Second.Page*list[i].score
	}
	slices.SortStableFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.tier, a.tier), cmp.Compare(b.score, a.score))
	})
	for i := range list {
		list[i].rank = i
	}
}

// NumberForms returns what of a document's number, in canonical form, readers
// type for the whole: "35/2013/qh13", "35/2013", "35".
func NumberForms(number string) []string {
	number = viet.Fold(viet.Canon(number))
	forms := []string{number}
	for i := len(number) - 1; i > 0; i-- {
		if number[i] == '/' || number[i] == '-' {
			forms = append(forms, number[:i])
		}
	}
	return forms
}
