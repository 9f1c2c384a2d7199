package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf16"

	"hoagiai/internal/viet"
)

// reader knows the clauses of a query by their terms.
type reader struct {
	words   *words
	scanner *viet.Scanner
	folds   map[string]string
	clauses map[string]int // folded term → clause
}

func newReader(w *words) *reader {
	r := &reader{words: w, scanner: viet.NewScanner(), folds: map[string]string{}, clauses: map[string]int{}}
	for i, c := range w.clauses {
		if _, ok := r.clauses[c.folded]; !ok {
			r.clauses[c.folded] = i
		}
	}
	return r
}

func (r *reader) fold(exact string) string {
	f, ok := r.folds[exact]
	if !ok {
		f = viet.Fold(exact)
		r.folds[exact] = f
	}
	return f
}

// found is where a clause occurs in a text.
type found struct {
	clause     int
	start, end int
	exact      bool
}

// scan lists the clauses of the query in a text and counts its syllables.
func (r *reader) scan(text string, list []found) (hits []found, syllables int) {
	hits = list
	var last viet.Token
	lastFold := ""
	note := func(folded, exact string, start, end int) {
		if i, ok := r.clauses[folded]; ok {
			hits = append(hits, found{i, start, end, r.words.clauses[i].exact == exact})
		}
	}
	for tok := range r.scanner.Tokens(text) {
		folded := r.fold(tok.Term)
		note(folded, tok.Term, tok.Start, tok.End)
		if tok.Whole {
			continue
		}
		if tok.Joined && lastFold != "" {
			note(lastFold+" "+folded, last.Term+" "+tok.Term, last.Start, tok.End)
		}
		last, lastFold = tok, folded
		syllables++
	}
	return hits, syllables
}

// candidate is one of the first pages.
type candidate struct {
	entry *Entry
	rank  int     // in the first stage; after the second, in the answer
	score float64 // of the first stage; after the second, of both
	block int     // the best paragraph, -1 when no paragraph has a clause
	best  float64
}

// read finds the best paragraph. Each clause counts once as often as it is in
// the paragraph or the title.
func (c *candidate) read(r *reader) {
	title, titleSize := r.scan(c.entry.Title+". "+c.entry.Names, nil)
	c.block, c.best = -1, r.worth(title, nil, titleSize)
	var hits []found
	for i, b := range c.entry.Blocks {
		var size int
		hits, size = r.scan(b.Text, hits[:0])
		if len(hits) == 0 {
			continue
		}
		if w := r.worth(title, hits, titleSize+size); c.block < 0 || w > c.best {
			c.block, c.best = i, w
		}
	}
}

func (r *reader) worth(title, text []found, size int) float64 {
	p := &tuned.Second
	frequency := make([]float64, len(r.words.clauses))
	exact := make([]float64, len(r.words.clauses))
	count := func(list []found, times float64) {
		for _, f := range list {
			frequency[f.clause] += times
			if f.exact {
				exact[f.clause] += times
			}
		}
	}
	count(title, p.Title)
	count(text, 1)
	norm := p.K1 * (1 - p.B + p.B*float64(size)/p.Mean)
	sum := 0.0
	for i, c := range r.words.clauses {
		weight := 1.0
		if c.pair {
			weight = p.Pair
		}
		if frequency[i] > 0 {
			sum += weight * c.idf * (p.K1 + 1) * frequency[i] / (frequency[i] + norm)
		}
		if exact[i] > 0 && r.words.accents {
			sum += p.Exact * weight * c.exactIDF * (p.K1 + 1) * exact[i] / (exact[i] + norm)
		}
	}
	return sum
}

// secondStage puts the first pages in order by their best paragraph and leaves
// the others behind them.
func secondStage(list []candidate) []candidate {
	n := min(reranked, len(list))
	for i := range list[:n] {
		list[i].score = list[i].best + tuned.Second.Page*list[i].score
	}
	slices.SortStableFunc(list[:n], func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	for i := range list[:n] {
		list[i].rank = i
	}
	return list
}

// excerptLength is about how many bytes of a paragraph an answer shows.
const excerptLength = 320

// hit makes the answer's entry: the best paragraph is the excerpt, its heading
// the place to link to.
func (c *candidate) hit(r *reader) Hit {
	e := c.entry
	h := Hit{URL: e.URL, Title: e.Title, Kind: e.Kind, Field: e.Field, Date: e.Date, Score: c.score, Marks: [][2]int{}}
	block := max(0, c.block)
	if block >= len(e.Blocks) {
		return h
	}
	b := e.Blocks[block]
	if b.Heading >= 0 && b.Heading < len(e.Headings) {
		h.Anchor, h.Heading = e.Headings[b.Heading].ID, e.Headings[b.Heading].Text
	}
	// A heading alone says little: what stands under it is shown.
	if next := block + 1; b.Text == h.Heading && next < len(e.Blocks) && e.Blocks[next].Heading == b.Heading {
		b = e.Blocks[next]
	}
	hits, _ := r.scan(b.Text, nil)
	h.Excerpt, h.Marks = excerpt(b.Text, hits)
	return h
}

// excerpt cuts a paragraph around its hits and gives the hits as ranges in
// UTF-16 units.
func excerpt(text string, hits []found) (string, [][2]int) {
	slices.SortFunc(hits, func(a, b found) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	from, to := window(text, hits)
	var b strings.Builder
	if from > 0 {
		b.WriteString("… ")
	}
	shift := b.Len() - from
	b.WriteString(text[from:to])
	if to < len(text) {
		b.WriteString(" …")
	}
	out := b.String()
	marks := [][2]int{}
	units, at := 0, 0 // UTF-16 units up to byte at
	advance := func(offset int) int {
		for _, r := range out[at:offset] {
			units += utf16.RuneLen(r)
		}
		at = offset
		return units
	}
	end := 0
	for _, h := range hits {
		if h.start < from || h.end > to || h.end <= end {
			continue
		}
		start := max(h.start, end)
		// Neighbouring hits with a space between them are one mark.
		joined := len(marks) > 0 && strings.TrimSpace(text[end:start]) == ""
		first, last := advance(start+shift), advance(h.end+shift)
		if joined {
			marks[len(marks)-1][1] = last
		} else {
			marks = append(marks, [2]int{first, last})
		}
		end = h.end
	}
	return out, marks
}

// window chooses the part of a paragraph with the most different clauses in
// it, cut between words.
func window(text string, hits []found) (from, to int) {
	if len(text) <= excerptLength {
		return 0, len(text)
	}
	bestStart, bestCount := 0, -1
	for i := range hits {
		seen := map[int]bool{}
		for _, h := range hits[i:] {
			if h.end > hits[i].start+excerptLength*3/4 {
				break
			}
			seen[h.clause] = true
		}
		if len(seen) > bestCount {
			bestStart, bestCount = hits[i].start, len(seen)
		}
	}
	from = max(0, min(bestStart-excerptLength/4, len(text)-excerptLength))
	to = min(len(text), from+excerptLength)
	if from > 0 {
		if i := strings.IndexByte(text[from:], ' '); i >= 0 && from+i < bestStart {
			from += i + 1
		} else {
			from = bestStart
		}
	}
	if to < len(text) {
		if i := strings.LastIndexByte(text[from:to], ' '); i > 0 {
			to = from + i
		} else {
			to = len(text)
		}
	}
	return from, to
}
