package rank

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"hoagiai/internal/viet"
)

// query is a text cut into syllables and clauses.
type query struct {
	text      string // what was read
	syllables []*syllable
	clauses   []*clause
	size      int  // syllables that stand in texts, numbers in parts
	numbered  bool // nothing but a document's number and words for its type
	read      bool // the syllables differ from what was typed
	cut       bool // the text was too long
}

// syllable is one word of the query, a document number being one of its own.
type syllable struct {
	original   string // canonical form of what was typed
	typed      string // the same, keystrokes read
	folded     string
	exact      string // with the accents it has or likely has; "" when unsure
	start, end int    // bytes in text
	joined     bool   // to the one before
	whole      bool
	part       bool // of a whole document number
	asking     bool // a question word
	document   bool // names a type of document
	single     *clause
	pair       *clause // with the syllable before; nil without one
}

// clause is a term to look up: a syllable, a number or a bigram. Each term
// stands once.
type clause struct {
	folded, exact string
	pair          bool
	weight        float64
	spellings     []Spelling
	loaded        bool
	idf           float64
	share         float64 // of the exact spelling in the score
}

// known tells whether pages have the clause, as far as was looked up.
func (c *clause) known() bool { return len(c.spellings) > 0 }

// OwnNumber marks the terms that only a document's own page has: "#35/2013".
const OwnNumber = "#"

// glued finds the type of a document typed in one with its number: "NĐ15/2014".
var glued = regexp.MustCompile(`(?i)(^|[\t\n\f\r ])(nđ|nd|qđ|qd|nq|tt|ct|luật|luat)(\d)`)

// cut trims a text to what a query may have.
func cut(text string) (kept string, shorter bool) {
	text = strings.TrimSpace(strings.ToValidUTF8(text, " "))
	if len(text) <= MaxBytes {
		return text, false
	}
	end := MaxBytes
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return strings.TrimSpace(text[:end]), true
}

// readQuery cuts a query; what is beyond the limits is left out. Unless it is
// to be taken as it is, keystrokes of syllables that no page has become the
// syllables they are meant for.
func (x *Index) readQuery(text string, asIs bool) *query {
	q := &query{}
	q.text, q.cut = cut(text)
	q.text = glued.ReplaceAllString(q.text, "$1$2 $3")
	l := x.lexica.get()
	defer x.release(l)
	var whole *syllable
	count := 0
	for _, tok := range l.Scan(nil, q.text) {
		if count == MaxSyllables {
			q.text, q.cut = strings.TrimSpace(q.text[:tok.Start]), true
			break
		}
		s := &syllable{original: tok.Term, typed: tok.Term, folded: tok.Folded, start: tok.Start, end: tok.End, joined: tok.Joined, whole: tok.Whole}
		if tok.Whole {
			whole = s
		} else {
			s.part = whole != nil && tok.Start < whole.end
			count++
		}
		if _, ok := x.core.Words[s.folded]; !ok && !asIs && !s.whole && !s.part {
			if meant, ok := viet.Typed(s.typed); ok {
				if folded := viet.Fold(meant); x.core.Words[folded] > 0 {
					s.typed, s.folded, q.read = meant, folded, true
				}
			}
		}
		q.syllables = append(q.syllables, s)
	}
	q.size = count
	// A query of nothing but question words is taken at its word.
	if q.mark(x.asking, func(s *syllable) { s.asking = true }) == 0 {
		q.mark(x.asking, func(s *syllable) { s.asking = false })
	}
	q.mark(x.types, func(s *syllable) { s.document = true })
	q.makeClauses(&x.core.Weights)
	return q
}

// mark finds the phrases in the query, calls f for each syllable in one, and
// returns how many syllables are in none.
func (q *query) mark(p phrases, f func(*syllable)) (others int) {
	for i := 0; i < len(q.syllables); {
		n := p.match(q.syllables[i:])
		for _, s := range q.syllables[i : i+n] {
			f(s)
		}
		if n == 0 {
			n = 1
			others++
		}
		i += n
	}
	return others
}

// phrases are lists of folded syllables by the first.
type phrases map[string][][]string

func newPhrases(list []string) phrases {
	p := phrases{}
	for _, text := range list {
		words := strings.Fields(text)
		p[words[0]] = append(p[words[0]], words)
	}
	return p
}

// match returns how many syllables the longest phrase has that begins here.
func (p phrases) match(list []*syllable) int {
	longest := 0
next:
	for _, words := range p[list[0].folded] {
		if len(words) <= longest || len(words) > len(list) {
			continue
		}
		for i, word := range words {
			if list[i].folded != word || list[i].whole {
				continue next
			}
		}
		longest = len(words)
	}
	return longest
}

// makeClauses lists the terms to look up, in reading order.
func (q *query) makeClauses(w *Weights) {
	known := map[string]*clause{}
	get := func(folded string, pair bool, weight float64) *clause {
		c := known[folded]
		if c == nil {
			c = &clause{folded: folded, pair: pair}
			known[folded] = c
			q.clauses = append(q.clauses, c)
		}
		c.weight = max(c.weight, weight)
		return c
	}
	weight := func(s *syllable) float64 {
		if s.asking {
			return w.Asking
		}
		return 1
	}
	var last *syllable
	numbers, others := 0, 0
	for i, s := range q.syllables {
		s.single = get(s.folded, false, weight(s))
		switch {
		case s.part || s.document:
		case s.whole || i > 0 && q.syllables[i-1].document && strings.Trim(s.folded, "0123456789") == "":
			get(OwnNumber+s.folded, false, w.Number)
			numbers++
		default:
			others++
		}
		if s.whole {
			continue
		}
		if s.joined && last != nil {
			s.pair = get(last.folded+" "+s.folded, true, (weight(last)+weight(s))/2)
		}
		last = s
	}
	q.numbered = numbers > 0 && others == 0
}
