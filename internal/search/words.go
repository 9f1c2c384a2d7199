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
	idf           float64 // of the folded form in texts, set by the first stage
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
	known := map[string]bool{}
	add := func(exact string, pair bool) {
		if known[exact] {
			return
		}
		known[exact] = true
		c := &clause{exact: exact, folded: viet.Fold(exact), pair: pair}
		w.accents = w.accents || c.exact != c.folded
		w.clauses = append(w.clauses, c)
	}
	last := ""
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
		add(tok.Term, false)
		if tok.Joined && last != "" {
			add(last+" "+tok.Term, true)
		}
		last = tok.Term
	}
	return w
}
