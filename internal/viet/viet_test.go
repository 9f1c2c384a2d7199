package viet

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// table reads lines of two fields from testdata.
func table(t *testing.T, name string) [][2]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][2]string
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		in, want, _ := strings.Cut(line, "\t")
		rows = append(rows, [2]string{in, want})
	}
	if len(rows) == 0 {
		t.Fatalf("%s is empty", name)
	}
	return rows
}

func TestTables(t *testing.T) {
	for name, f := range map[string]func(string) string{"key.txt": Key, "fold.txt": Fold, "slug.txt": Slug, "shown.txt": Shown, "tokens.txt": tokens} {
		for _, row := range table(t, name) {
			if got := f(row[0]); got != row[1] {
				t.Errorf("%s: %q: got %q, want %q", name, row[0], got, row[1])
			}
		}
	}
}

// tokens prints the tokens of a text as the table does.
func tokens(text string) string {
	var out []string
	for _, tok := range NewScanner().Scan(nil, text) {
		s := tok.Term
		if tok.Joined {
			s = "+" + s
		}
		if tok.Whole {
			s = "*" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestOrder(t *testing.T) {
	var want []string
	for _, row := range table(t, "order.txt") {
		want = append(want, row[0])
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Compare)
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestInitial(t *testing.T) {
	for in, want := range map[string]string{"Đất đai": "Đ", "ấp": "Â", "ở cơ sở": "Ơ", "Ủy ban": "U", "15/2014": "#", "": "#"} {
		if got := Initial(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestSlugIsShort(t *testing.T) {
	long := strings.Repeat("Kế hoạch phổ biến pháp luật ", 20)
	a, b := Slug(long+"một"), Slug(long+"hai")
	if len(a) > 80 || len(b) > 80 || a == b {
		t.Errorf("got %q and %q, want two different slugs of at most 80 bytes", a, b)
	}
}

var slugForm = regexp.MustCompile(`^([a-z0-9]+(-[a-z0-9]+)*)?$`)

func FuzzText(f *testing.F) {
	for _, s := range []string{"Hòa giải ở cơ sở", "hoà giải", "35/2013/QH13", "\xff\xfe", "İstanbul ǅ ﬁ", "각", "a\u0300\u0301\u0323", "“Điều 5”"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if a, b := Fold(s), Fold(Fold(s)); a != b {
			t.Errorf("Fold(%q) = %q, folded again %q", s, a, b)
		}
		if a, b := Key(s), Key(Key(s)); a != b {
			t.Errorf("Key(%q) = %q, again %q", s, a, b)
		}
		if slug := Slug(s); !slugForm.MatchString(slug) || len(slug) > 80 {
			t.Errorf("Slug(%q) = %q", s, slug)
		}
		if Compare(s, s) != 0 {
			t.Errorf("Compare(%q, itself) is not 0", s)
		}
		if !utf8.ValidString(s) {
			return
		}
		end := 0
		for _, tok := range NewScanner().Scan(nil, s) {
			if tok.Start < 0 || tok.End > len(s) || tok.Start >= tok.End {
				t.Fatalf("token %+v outside of %q", tok, s)
			}
			if !tok.Whole {
				if tok.Start < end {
					t.Fatalf("token %+v of %q overlaps the one before", tok, s)
				}
				end = tok.End
			}
			if tok.Term == "" {
				t.Fatalf("empty token in %q", s)
			}
		}
	})
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("Hòa giải viên hướng dẫn, giúp đỡ các bên đạt được thỏa thuận theo Luật số 35/2013/QH13. ", 20)
	s := NewScanner()
	b.SetBytes(int64(len(text)))
	var list []Token
	for b.Loop() {
		list = s.Scan(list[:0], text)
	}
}
