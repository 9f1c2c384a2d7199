package viet

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is one term of a text.
type Token struct {
	Term       string // canonical form (Key); a document number keeps its slashes and hyphens
	Start, End int    // bytes in the text
	Joined     bool   // only spaces stand between this syllable and the one before
	Whole      bool   // a whole document number, "35/2013/qh13"; its parts follow as tokens of their own
}

// A Scanner cuts texts into tokens. It remembers the canonical form of each
// spelling it has met, since a language has few syllables, so one Scanner
// should serve many texts. It must not be used by two goroutines at once.
type Scanner struct {
	keys map[string]string
}

// NewScanner returns an empty Scanner.
func NewScanner() *Scanner { return &Scanner{keys: map[string]string{}} }

// maxKeys bounds what a Scanner remembers; ordinary text stays far below.
const maxKeys = 1 << 17

func (s *Scanner) key(raw string) string {
	if k, ok := s.keys[raw]; ok {
		return k
	}
	if len(s.keys) >= maxKeys {
		clear(s.keys)
	}
	k := Key(raw)
	s.keys[strings.Clone(raw)] = k
	return k
}

// Tokens yields the terms of a text in reading order.
//
// A run of letters, digits and marks is a syllable. Syllables tied by single
// slashes and hyphens are a document number when a slash and a digit are among
// them: the whole comes first, then the parts.
func (s *Scanner) Tokens(text string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		var run []word // syllables tied together
		flush := func() bool {
			if len(run) == 0 {
				return true
			}
			if isNumber(text, run) {
				if !yield(Token{Term: s.number(text, run), Start: run[0].start, End: run[len(run)-1].end, Whole: true}) {
					return false
				}
			}
			for _, w := range run {
				if !yield(Token{Term: s.key(text[w.start:w.end]), Start: w.start, End: w.end, Joined: w.joined}) {
					return false
				}
			}
			run = run[:0]
			return true
		}
		for w := range words(text) {
			if len(run) > 0 && !tied(text[run[len(run)-1].end:w.start]) && !flush() {
				return
			}
			run = append(run, w)
		}
		flush()
	}
}

func tied(gap string) bool { return gap == "/" || gap == "-" }

func isNumber(text string, run []word) bool {
	if len(run) < 2 {
		return false
	}
	whole := text[run[0].start:run[len(run)-1].end]
	return strings.Contains(whole, "/") && strings.ContainsFunc(whole, unicode.IsNumber)
}

func (s *Scanner) number(text string, run []word) string {
	var b strings.Builder
	for i, w := range run {
		if i > 0 {
			b.WriteString(text[run[i-1].end:w.start])
		}
		b.WriteString(s.key(text[w.start:w.end]))
	}
	return b.String()
}

// word is a run of letters, digits and marks.
type word struct {
	start, end int
	joined     bool
}

// words yields the syllables of a text; joined tells that only spaces separate
// one from the syllable before.
func words(text string) iter.Seq[word] {
	return func(yield func(word) bool) {
		start, joined := -1, false
		for i := 0; i <= len(text); {
			r, n := rune(-1), 1
			if i < len(text) {
				r, n = rune(text[i]), 1
				if r >= utf8.RuneSelf {
					r, n = utf8.DecodeRuneInString(text[i:])
				}
			}
			switch {
			case inSyllable(r):
				if start < 0 {
					start = i
				}
			case start >= 0:
				if !yield(word{start, i, joined}) {
					return
				}
				start, joined = -1, isSpace(r)
			default:
				joined = joined && isSpace(r)
			}
			i += n
		}
	}
}

func inSyllable(r rune) bool {
	switch {
	case r < 0:
		return false
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	default:
		return unicode.In(r, unicode.L, unicode.M, unicode.N)
	}
}

// isSpace is the white space that may stand inside a phrase. A line break in a
// paragraph is such a space; blocks are scanned one by one.
func isSpace(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00a0'
}
