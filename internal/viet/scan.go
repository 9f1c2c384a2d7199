package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is one term of a text.
type Token struct {
	*Word
	Start, End int  // bytes in the text
	Joined     bool // only spaces stand between this syllable and the one before
	Whole      bool // a whole document number, "35/2013/qh13"; its parts follow as tokens of their own
}

// Word is a term as a Scanner knows it; each term has one.
type Word struct {
	Term   string // canonical form (Key); a document number keeps its slashes and hyphens
	Folded string
	Number int // counts from 0 in the order in which the scanner met the terms
}

// A Scanner cuts texts into tokens. It remembers each spelling that it has
// met, since a language has few syllables, so one Scanner should serve many
// texts. It must not be used by two goroutines at once.
type Scanner struct {
	frequent  [4096]spelling // the last met of each hash: most of a text, without a look into the map
	spellings map[string]*Word
	words     map[string]*Word // by canonical form
}

type spelling struct {
	raw  string
	word *Word
}

// NewScanner returns an empty Scanner.
func NewScanner() *Scanner {
	return &Scanner{spellings: map[string]*Word{}, words: map[string]*Word{}}
}

// Len returns how many terms the scanner has met. One that serves texts of
// strangers should be replaced when there are too many.
func (s *Scanner) Len() int { return len(s.words) }

// spelled is what the scanner knows of a syllable.
func (s *Scanner) spelled(raw string) *Word {
	hash := uint32(0)
	for i := 0; i < len(raw); i++ {
		hash = hash*31 + uint32(raw[i])
	}
	f := &s.frequent[hash%uint32(len(s.frequent))]
	if f.raw == raw {
		return f.word
	}
	w := s.spellings[raw]
	if w == nil {
		raw = strings.Clone(raw)
		w = s.Word(Key(raw))
		s.spellings[raw] = w
		f.raw = raw
	} else {
		f.raw = strings.Clone(raw) // not the whole text it is part of
	}
	f.word = w
	return w
}

// Word returns what the scanner knows of a term in canonical form.
func (s *Scanner) Word(canonical string) *Word {
	w := s.words[canonical]
	if w == nil {
		canonical = strings.Clone(canonical)
		w = &Word{canonical, Fold(canonical), len(s.words)}
		s.words[canonical] = w
	}
	return w
}

// Scan appends the terms of a text to a list, in reading order.
//
// A run of letters, digits and marks is a syllable. Syllables tied by single
// slashes and hyphens are a document number when a slash and a digit are among
// them: the whole comes first, then the parts.
func (s *Scanner) Scan(list []Token, text string) []Token {
	joined := false
	for i := 0; i < len(text); {
		end := syllable(text, i)
		if end == i {
			r, n := rune(text[i]), 1
			if r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(text[i:])
			}
			joined = joined && isSpace(r)
			i += n
			continue
		}
		run := tied(text, end)
		if run == end {
			list = append(list, Token{Word: s.spelled(text[i:end]), Start: i, End: end, Joined: joined})
		} else {
			list = s.number(list, text[:run], i, joined)
		}
		i, joined = run, true
	}
	return list
}

// number appends syllables that are tied together, and the whole of them when
// they are a document number.
func (s *Scanner) number(list []Token, text string, i int, joined bool) []Token {
	whole := -1
	if run := text[i:]; strings.Contains(run, "/") && strings.ContainsFunc(run, unicode.IsNumber) {
		whole = len(list)
		list = append(list, Token{Start: i, End: len(text), Whole: true})
	}
	var canonical strings.Builder
	for i < len(text) {
		end := syllable(text, i)
		w := s.spelled(text[i:end])
		canonical.WriteString(w.Term)
		list = append(list, Token{Word: w, Start: i, End: end, Joined: joined})
		if joined = false; end < len(text) {
			canonical.WriteByte(text[end])
		}
		i = end + 1
	}
	if whole >= 0 {
		list[whole].Word = s.Word(canonical.String())
	}
	return list
}

// tied returns the end of the syllables that follow, each behind one slash or
// hyphen; end itself without any.
func tied(text string, end int) int {
	for end < len(text) && (text[end] == '/' || text[end] == '-') {
		next := syllable(text, end+1)
		if next == end+1 {
			break
		}
		end = next
	}
	return end
}

// syllable returns where the run of letters, digits and marks ends that begins
// at i; i itself when none does.
func syllable(text string, i int) int {
	for i < len(text) {
		c := text[i]
		if c < utf8.RuneSelf {
			if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9') {
				break
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if !inSyllable(r) {
			break
		}
		i += n
	}
	return i
}

// inSyllable knows the letters of Vietnamese without a search in tables.
func inSyllable(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	case '\u1e00' <= r && r <= '\u1eff' || '\u00c0' <= r && r <= '\u024f' && r != '×' && r != '÷' || '\u0300' <= r && r <= '\u036f':
		return true
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// isSpace is the white space that may stand inside a phrase. A line break in a
// paragraph is such a space; blocks are scanned one by one.
func isSpace(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00a0'
}
