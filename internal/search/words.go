package search

import (
	"strings"
	"unicode/utf8"

	"hoagiai/internal/viet"
)

// words is a query cut into clauses.
type words struct {
	text    string // what was read
	clauses []*clause
	accents bool // the query has accents, so exact forms count
}

// clause is one syllable, number or bigram of the query; each stands once.
type clause struct {
	folded, exact string
	pair          bool
	parts         [2]*clause // of a pair
	covered       bool       // a pair that was found says more
	idf           float64    // of the folded form in texts, set by the first stage
	exactIDF      float64
}

// readQuery cuts a query; what is beyond the limits is left out.
func readQuery(s *viet.Scanner, text string) *words {
	text = strings.TrimSpace(strings.ToValidUTF8(text, " "))
	if len(text) > MaxBytes {
		cut := MaxBytes
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = strings.TrimSpace(text[:cut])
	}
	w := &words{text: text}
	known := map[string]*clause{}
	add := func(exact string, pair bool) *clause {
		if c := known[exact]; c != nil {
			return c
		}
		c := &clause{exact: exact, folded: viet.Fold(exact), pair: pair}
		w.accents = w.accents || c.exact != c.folded
		known[exact] = c
		w.clauses = append(w.clauses, c)
		return c
	}
	var last *clause
	syllables := 0
	for tok := range s.Tokens(text) {
		if tok.Whole {
			add(tok.Term, false)
			continue
		}
		if syllables == MaxSyllables {
			w.text = strings.TrimSpace(text[:tok.Start])
			break
		}
		syllables++
		c := add(tok.Term, false)
		if tok.Joined && last != nil {
			p := add(last.exact+" "+c.exact, true)
			p.parts = [2]*clause{last, c}
		}
		last = c
	}
	return w
}
