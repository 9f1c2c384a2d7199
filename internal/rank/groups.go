package rank

import (
	"slices"
	"strings"
	"unicode"

	"hoagiai/internal/viet"
)

// Groups find, in a text, words that have another name: where one form of a
// group stands, a page is indexed under the other forms as well, so that
// "UBND" finds "ủy ban nhân dân" and the other way round, on every path to a
// reader and for bigrams too.
type Groups struct {
	first map[string][]*Form // by first term, longest first
}

// Form is one way to say what its group means.
type Form struct {
	Words  []Word
	Others []*Form // of its group
	capped bool    // an abbreviation: in texts it stands in capitals
}

// Word is a syllable of a form; Joined says that it makes a bigram with the
// one before.
type Word struct {
	Term   string
	Joined bool
}

// NewGroups reads the forms of each group. Abbreviations are written in
// capitals.
func NewGroups(groups [][]string) *Groups {
	g := &Groups{first: map[string][]*Form{}}
	scanner := viet.NewScanner()
	for _, group := range groups {
		var forms []*Form
		for _, text := range group {
			f := &Form{capped: capitals(text) > 1 && !strings.Contains(text, " ")}
			for _, tok := range scanner.Scan(nil, text) {
				if !tok.Whole {
					f.Words = append(f.Words, Word{tok.Term, tok.Joined})
				}
			}
			if len(f.Words) > 0 {
				forms = append(forms, f)
			}
		}
		for i, f := range forms {
			f.Others = append(append(f.Others, forms[:i]...), forms[i+1:]...)
			list := append(g.first[f.Words[0].Term], f)
			slices.SortStableFunc(list, func(a, b *Form) int { return len(b.Words) - len(a.Words) })
			g.first[f.Words[0].Term] = list
		}
	}
	return g
}

func capitals(s string) (n int) {
	for _, r := range s {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// A Lexer cuts texts into tokens and finds the forms in them. It must not be
// used by two goroutines at once.
type Lexer struct {
	*viet.Scanner
	groups *Groups
	forms  [][]*Form // by the number of their first word; nil before it was looked up
}

// NewLexer returns a lexer for the groups.
func NewLexer(g *Groups) *Lexer { return &Lexer{Scanner: viet.NewScanner(), groups: g} }

// Find returns the longest form that begins at the first token, or nil. Its
// words may have a comma between them: "phổ biến, giáo dục pháp luật".
func (l *Lexer) Find(text string, tokens []viet.Token) *Form {
	n := tokens[0].Number
	if n >= len(l.forms) {
		l.forms = append(l.forms, make([][]*Form, n+1-len(l.forms))...)
	}
	forms := l.forms[n]
	if forms == nil {
		if forms = l.groups.first[tokens[0].Term]; forms == nil {
			forms = []*Form{}
		}
		l.forms[n] = forms
	}
	for _, f := range forms {
		if f.at(text, tokens) {
			return f
		}
	}
	return nil
}

func (f *Form) at(text string, tokens []viet.Token) bool {
	if len(tokens) < len(f.Words) || f.capped && capitals(text[tokens[0].Start:tokens[0].End]) < 2 {
		return false
	}
	for i, word := range f.Words {
		t := tokens[i]
		if t.Term != word.Term || t.Whole || i > 0 && !t.Joined && text[tokens[i-1].End:t.Start] != ", " {
			return false
		}
	}
	return true
}
