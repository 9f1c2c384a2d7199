package themes_test

import (
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"hoagiai/internal/viet"
	"hoagiai/themes"

	"github.com/dop251/goja"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/rangetable"
)

// vietAnswer is what package viet says of a text, and its port in JavaScript.
type vietAnswer struct {
	Fold, Key, Typed string
	Shown            string // of keys only
	Tokens           []vietToken
}

// vietToken is a viet.Token with its place in UTF-16, as JavaScript counts.
type vietToken struct {
	Term          string
	Start, End    int
	Joined, Whole bool
}

// vietScript loads the theme's script and returns its answers to one text.
func vietScript(t *testing.T) func(string) vietAnswer {
	t.Helper()
	script, err := fs.ReadFile(themes.Default(), "assets/search.js/1-viet.js")
	if err != nil {
		t.Fatal(err)
	}
	vm := goja.New()
	answer, err := vm.RunScript("1-viet.js", "(() => {"+string(script)+`
		return (text) => JSON.stringify({fold: fold(text), key: key(text), typed: typed(text), shown: shown(text), tokens: tokens(text)});
	})()`)
	if err != nil {
		t.Fatal(err)
	}
	call, ok := goja.AssertFunction(answer)
	if !ok {
		t.Fatalf("got %v, want a function", answer)
	}
	return func(text string) vietAnswer {
		raw, err := call(goja.Undefined(), vm.ToValue(text))
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		var a vietAnswer
		if err := json.Unmarshal([]byte(raw.String()), &a); err != nil {
			t.Fatalf("%q: %v in %s", text, err, raw)
		}
		return a
	}
}

// goAnswer is the same from package viet.
func goAnswer(text string) vietAnswer {
	units := func(s string) int { return len(utf16.Encode([]rune(s))) }
	typed, _ := viet.Typed(text)
	a := vietAnswer{Fold: viet.Fold(text), Key: viet.Key(text), Typed: typed, Tokens: []vietToken{}}
	for _, tok := range viet.NewScanner().Scan(nil, text) {
		a.Tokens = append(a.Tokens, vietToken{tok.Term, units(text[:tok.Start]), units(text[:tok.End]), tok.Joined, tok.Whole})
	}
	return a
}

// TestVietTablesInJS reads the tables that package viet reads.
func TestVietTablesInJS(t *testing.T) {
	answer := vietScript(t)
	for name, field := range map[string]func(vietAnswer) string{
		"key.txt":   func(a vietAnswer) string { return a.Key },
		"fold.txt":  func(a vietAnswer) string { return a.Fold },
		"shown.txt": func(a vietAnswer) string { return a.Shown },
		"keystrokes.txt": func(a vietAnswer) string {
			if a.Typed == "" {
				return "-"
			}
			return a.Typed
		},
		"tokens.txt": func(a vietAnswer) string {
			var out []string
			for _, tok := range a.Tokens {
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
		},
	} {
		raw, err := os.ReadFile("../internal/viet/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			in, want, found := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if !found || strings.HasPrefix(in, "# ") {
				continue
			}
			if got := field(answer(in)); got != want {
				t.Errorf("%s: %q: got %q, want %q", name, in, got, want)
			}
		}
	}
}

// TestVietAgreesInJS compares the two implementations on random texts.
func TestVietAgreesInJS(t *testing.T) {
	answer := vietScript(t)
	g := newVietTexts()
	failed := 0
	for i := range 6100 {
		text := g.text()
		if i%3 == 0 {
			text = g.typed()
		}
		got, want := answer(text), goAnswer(text)
		want.Shown = got.Shown // these are not keys
		if reflect.DeepEqual(got, want) {
			continue
		}
		t.Errorf("%q (%+q):\ngot  %+v\nwant %+v", text, text, got, want)
		if failed++; failed > 20 {
			t.Fatal("and so on")
		}
	}
}

// vietTexts makes random texts, the same in every run. It never makes a run of
// more than 30 marks: there alone Key differs, since Go's norm then puts U+034F
// between them and a browser does not.
type vietTexts struct {
	*rand.Rand
	assigned []rune // every character of this version of Unicode
}

func newVietTexts() vietTexts {
	g := vietTexts{Rand: rand.New(rand.NewPCG(35, 2013))}
	for _, table := range []*unicode.RangeTable{unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf} {
		rangetable.Visit(table, func(r rune) { g.assigned = append(g.assigned, r) })
	}
	return g
}

func (g vietTexts) pick(list string) string {
	parts := strings.Split(list, "|")
	return parts[g.IntN(len(parts))]
}

const (
	vietOnsets = "|b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|qu|r|s|t|th|tr|v|x"
	vietRimes  = "a|ai|oa|oe|oan|oai|uy|uyên|uyu|i|y|ia|iê|iêng|ươ|ương|ươi|ưa|ua|uô|uôc|âp|ăc|êch|ô|ơ|uơ|ưu|inh|uât|oăc|ao|e|eo|u|ư"
	vietTones  = "|\u0301|\u0300|\u0309|\u0303|\u0323"
	vietGaps   = " | | | | |  |\u00a0|\t|\n|\r\n|, |. |/|-|–|//|-/|/-|_|'|“|”|…|(|) |\u3000|\u2028|\u200b|\ufeff|\u00ad|+|"
	vietWorld  = "İ|ı|İi|ISPARTA|ß|ẞ|STRASSE|Σ|ΟΔΟΣ|Ὀδυσσεύς|ΣΣ'Σ|각|\u1100\u1161\u11a8|한국|법률|قانون|الْعَرَبِيَّة|กฎหมาย|ที่|法律|漢字|ひらがな|カタカナ|ｶﾞ|" +
		"😀|👩\u200d⚖\ufe0f|🇻🇳|𝒳𝟘|𠀀|\U000e0100|\u0301|\u0323\u0302|\u0302\u0323|a\u0300\u0301\u0323|ﬁ|ﬀ|ǅ|Ǆ|ŉ|Ａ１|２０１３|½|Ⅷ|²|①|Å|K|Ω|क्षि|ნა|Ბ|ᏸ|Ꮳ|Ꭰ|" +
		"café|NAÏVE|I\u0307|I\u0316\u0307|i\u0307|Ð|ð|Đ|đ|D\u0335|ơ\u0301|O\u031b\u0323|q\u0301u\u0301y|\ufffd|\x00|\u0345|ᾼ|ᾳ|\u0f73|\u0344|ſ|ẛ\u0323"
)

// syllable is one of Vietnamese, or nearly: either placement of the tone,
// composed or not, in any case.
func (g vietTexts) syllable() string {
	rime := g.pick(vietRimes)
	seat := 1 + g.IntN(len([]rune(rime)))
	rime = string([]rune(rime)[:seat]) + g.pick(vietTones) + string([]rune(rime)[seat:])
	s := norm.NFC.String(g.pick(vietOnsets) + rime)
	switch g.IntN(6) {
	case 0:
		s = strings.ToUpper(s)
	case 1:
		r := []rune(s)
		s = strings.ToUpper(string(r[:1])) + string(r[1:])
	case 2:
		s = norm.NFD.String(s)
	}
	return s
}

// word is what may stand between two gaps.
func (g vietTexts) word() string {
	switch g.IntN(10) {
	case 0:
		return g.pick("35/2013/QH13|428/QĐ-TTg|07/04/2021|15/2014/NĐ-CP|1/2|và/hoặc|a-b-c|2019-2022|3|5.000|qh13|Ⅷ/x")
	case 1, 2:
		return g.pick(vietWorld)
	case 3:
		return g.pick(vietOnsets) + g.pick(vietWorld) + g.syllable()
	case 4:
		return string([]rune{g.assigned[g.IntN(len(g.assigned))], g.assigned[g.IntN(len(g.assigned))]})
	default:
		return g.syllable()
	}
}

func (g vietTexts) text() string {
	var b strings.Builder
	for range 1 + g.IntN(5) {
		b.WriteString(g.word())
		b.WriteString(g.pick(vietGaps))
	}
	return b.String()
}

// typed is a syllable in the keys of Telex or VNI, sometimes with a slip.
func (g vietTexts) typed() string {
	telex := strings.NewReplacer("đ", "dd", "ă", "aw", "â", "aa", "ê", "ee", "ô", "oo", "ơ", "ow", "ư", g.pick("uw|w"))
	vni := strings.NewReplacer("đ", "d9", "ă", "a8", "â", "a6", "ê", "e6", "ô", "o6", "ơ", "o7", "ư", "u7")
	s := telex.Replace(g.pick(vietOnsets)+g.pick(vietRimes)) + g.pick("|s|f|r|x|j|z|d|w|fz")
	if g.IntN(2) == 0 {
		s = vni.Replace(g.pick(vietOnsets)+g.pick(vietRimes)) + g.pick("|1|2|3|4|5|6|7|8|9|0|20")
	}
	if g.IntN(3) == 0 {
		i, j := g.IntN(len(s)+1), g.IntN(len(s)+1)
		s = s[:min(i, j)] + g.pick("a|e|o|u|i|y|w|s|f|d|c|h|n|g|t|p|q|k|0|1|2|6|7|8|9|A|W|â|K") + s[max(i, j):]
	}
	return s
}
