package diag

import (
	"testing"
	"unicode/utf8"
)

func TestAt(t *testing.T) {
	s := NewSource("x", []byte("ab\nđường\r\nc\rd"))
	for offset, want := range map[int]string{-1: "x:1:1", 0: "x:1:1", 2: "x:1:3", 3: "x:2:1", 5: "x:2:2", 14: "x:3:1", 16: "x:4:1", 17: "x:4:2", 99: "x:4:2"} {
		if got := s.At(offset).String(); got != want {
			t.Errorf("%d: got %s, want %s", offset, got, want)
		}
	}
	if got := s.File().String(); got != "x" {
		t.Errorf("got %s", got)
	}
}

func FuzzAt(f *testing.F) {
	f.Add("a\nb", 2)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		if p := NewSource("x", []byte(text)).At(offset); p.Line < 1 || p.Col < 1 || p.Col > utf8.RuneCountInString(text)+1 {
			t.Errorf("%q at %d: %v", text, offset, p)
		}
	})
}

func TestList(t *testing.T) {
	var l List
	l.Add(RawHTML, Pos{"b", 1, 1}, "", "x")
	l.Add(BrokenLink, Pos{"a", 2, 1}, "h", "%s", "y")
	l.Add(RawHTML, Pos{"b", 1, 1}, "", "x")
	l.Sort()
	if len(l) != 2 || l[0].File != "a" || l.Faults() != 1 || l.Strict().Faults() != 2 || l.Faults() != 1 {
		t.Errorf("got %v", l)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"title", "tags", "summary"}
	for word, want := range map[string]string{"titel": "title", "tag": "tags", "summ": "summary", "xyz": "", "": ""} {
		if got := Nearest(word, known); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}
