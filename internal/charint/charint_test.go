package charint

import (
	"strings"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	var all []byte
	numbers := []int{0, 1, one - 1, one, most2 - 1, most2, most3 - 1, most3, 1 << 20, 1 << 32, limit - 1}
	for _, n := range numbers {
		all = Append(all, n)
	}
	if strings.ContainsAny(string(all), "\"\\<") {
		t.Errorf("got %q, which JSON or HTML would escape", all)
	}
	rest := string(all)
	for _, want := range numbers {
		var got int
		var err error
		if got, rest, err = Next(rest); err != nil || got != want {
			t.Errorf("got %d, %v, want %d", got, err, want)
		}
	}
	if rest != "" {
		t.Errorf("%q is left over", rest)
	}
}

func TestSymbols(t *testing.T) {
	seen := map[byte]bool{}
	for v := range Symbols {
		c := Char(v)
		if got, ok := Value(c); !ok || got != v || seen[c] {
			t.Errorf("value %d is %q, read back as %d, %v", v, c, got, ok)
		}
		seen[c] = true
	}
}

func FuzzNext(f *testing.F) {
	for _, s := range []string{"", "~", "a b", "\"", "}}}}}}", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, rest, err := Next(s)
		if err != nil {
			return
		}
		again := s[:len(s)-len(rest)]
		if got := string(Append(nil, n)); len(again) < 6 && got != again {
			t.Errorf("%q reads as %d, which is written %q", again, n, got)
		}
	})
}
