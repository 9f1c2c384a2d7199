package diag

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// Source is the text of one file, with a table of its lines.
type Source struct {
	Name  string
	Text  []byte
	lines []int // offsets of line starts
}

// NewSource prepares a text for At. A line ends with LF, CRLF or a lone CR.
func NewSource(name string, text []byte) *Source {
	s := &Source{Name: name, Text: text, lines: make([]int, 1, 2+len(text)/60)}
	for i := 0; i < len(text); {
		n := bytes.IndexAny(text[i:], "\r\n")
		if n < 0 {
			break
		}
		i += n + 1
		if text[i-1] == '\r' && i < len(text) && text[i] == '\n' {
			i++
		}
		s.lines = append(s.lines, i)
	}
	return s
}

// At turns a byte offset into a place; an offset outside the text is moved to
// its nearer end.
func (s *Source) At(offset int) Pos {
	offset = max(0, min(offset, len(s.Text)))
	line := sort.SearchInts(s.lines, offset+1)
	start := s.lines[line-1]
	return Pos{s.Name, line, 1 + utf8.RuneCount(s.Text[start:offset])}
}

// File is the place that stands for the whole file.
func (s *Source) File() Pos { return Pos{File: s.Name} }
