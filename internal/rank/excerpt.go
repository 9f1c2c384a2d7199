package rank

import (
	"cmp"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// excerptLength is how many UTF-16 units of a paragraph an answer shows.
const excerptLength = 240

// hit makes the answer's entry: the best paragraph is the excerpt, its heading
// the place to link to.
func (c *candidate) hit(r *reader) Hit {
	e := c.entry
	h := Hit{URL: e.URL, Title: e.Title, Kind: e.Kind, Field: e.Field, Date: e.Date, Score: c.score, Marks: [][2]int{}, Why: c.why}
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
	h.Excerpt, h.Marks = excerpt(b.Text, r.worthMarking(hits))
	return h
}

// worthMarking leaves out question words, and single syllables that the query
// has as part of a bigram which is found as well: of "hòa giải" nobody wants
// every "giải" marked.
func (r *reader) worthMarking(hits []found) []found {
	has := make([]bool, len(r.query.clauses))
	for _, h := range hits {
		has[h.clause] = true
	}
	part := make([]bool, len(has))
	last := -1
	for _, s := range r.query.syllables {
		i := r.clauses[s.folded]
		if s.pair != nil && has[r.clauses[s.pair.folded]] {
			part[i], part[last] = true, true
		}
		if !s.whole {
			last = i
		}
	}
	return slices.DeleteFunc(hits, func(h found) bool {
		return part[h.clause] || r.query.clauses[h.clause].weight <= r.weights.Asking
	})
}

// excerpt cuts a paragraph around its hits and gives the hits as ranges. All
// counting is in UTF-16 units, as in the browser.
func excerpt(paragraph string, hits []found) (string, [][2]int) {
	text := toUnits(paragraph, hits)
	slices.SortFunc(hits, func(a, b found) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	from, to := window(text, hits)
	var out []uint16
	if from > 0 {
		out = append(out, '…', ' ')
	}
	shift := len(out) - from
	out = append(out, text[from:to]...)
	if to < len(text) {
		out = append(out, ' ', '…')
	}
	marks := [][2]int{}
	end := from
	for _, h := range hits {
		if h.start < from || h.end > to || h.end <= end {
			continue
		}
		start := max(h.start, end)
		// Neighbouring hits with a space between them are one mark.
		if n := len(marks); n > 0 && (start == end || start == end+1 && text[end] == ' ') {
			marks[n-1][1] = h.end + shift
		} else {
			marks = append(marks, [2]int{start + shift, h.end + shift})
		}
		end = h.end
	}
	return string(utf16.Decode(out)), marks
}

// toUnits encodes a text in UTF-16 and moves the hits from bytes to its units.
func toUnits(s string, hits []found) []uint16 {
	text := make([]uint16, 0, len(s))
	at := make([]int, len(s)+1)
	for i, r := range s {
		at[i] = len(text)
		text = utf16.AppendRune(text, r)
		for j := i + 1; j <= min(len(s), i+max(1, utf8.RuneLen(r))); j++ {
			at[j] = len(text)
		}
	}
	for i := range hits {
		hits[i].start, hits[i].end = at[hits[i].start], at[hits[i].end]
	}
	return text
}

// window chooses the part of a paragraph with the most different clauses in
// it, cut between words.
func window(text []uint16, hits []found) (from, to int) {
	if len(text) <= excerptLength {
		return 0, len(text)
	}
	first, most := 0, 0
	for i := range hits {
		seen := map[int]bool{}
		for _, h := range hits[i:] {
			if h.start > hits[i].start+excerptLength*3/4 {
				break
			}
			seen[h.clause] = true
		}
		if len(seen) > most {
			first, most = hits[i].start, len(seen)
		}
	}
	from = max(0, min(first-excerptLength/4, len(text)-excerptLength))
	if from > 0 {
		from = min(first, next(text, from))
	}
	if to = from + excerptLength; to >= len(text) {
		return from, len(text)
	}
	for to > from+excerptLength/2 && text[to] != ' ' {
		to--
	}
	if text[to] != ' ' { // one long word
		if to = from + excerptLength; utf16.IsSurrogate(rune(text[to])) {
			to--
		}
	}
	return from, to
}

// next is the start of the next word.
func next(text []uint16, from int) int {
	for from < len(text) && text[from] != ' ' {
		from++
	}
	return from + 1
}
