package page

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hoagiai/internal/diag"
)

var saigon = time.FixedZone("+07", 7*3600)

// show prints findings as the tables below want them: "line:col code", with
// the hint where it is the point.
func show(list diag.List) string {
	list.Sort()
	var b strings.Builder
	for i, f := range list {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%d:%d %s", f.Line, f.Col, f.Code)
	}
	return b.String()
}

// TestFrontMatter holds what editors get wrong, each with the place that is
// reported. Rows without findings must give the title "T" and the body "B".
func TestFrontMatter(t *testing.T) {
	const body = "\n---\n\nB\n"
	for name, row := range map[string]struct{ text, want string }{
		"plain":                {"---\ntitle: T" + body, ""},
		"byte order mark":      {"\ufeff---\ntitle: T" + body, ""},
		"windows line ends":    {"---\r\ntitle: T\r\n---\r\n\r\nB\r\n", ""},
		"spaces behind fences": {"--- \ntitle: T\n---\t\n\nB\n", ""},
		"no blank line":        {"---\ntitle: T\n---\nB", ""},
		"indented rule":        {"---\ntitle: T\nsummary: |\n  một\n  ---\n  hai" + body, ""},
		"comments":             {"---\n# ghi chú\ntitle: T  # cuối dòng" + body, ""},
		"decomposed":           {"---\ntitle: T\nauthor: Ba\u0300" + body, ""},
		"number stays text":    {"---\ntitle: T\nauthor: 1.10" + body, ""},
		"word no stays text":   {"---\ntitle: T\nauthor: no" + body, ""},
		"empty value":          {"---\ntitle: T\ntags:" + body, ""},
		"one tag":              {"---\ntitle: T\ntags: đất đai" + body, ""},

		"unclosed":            {"---\ntitle: T\n\nB\n", "1:1 front-matter; 1:1 missing-title"},
		"none":                {"B\n", "1:1 front-matter; 1:1 missing-title"},
		"starts with a brace": {"{\"title\": \"T\"}\n\nB\n", "1:1 front-matter; 1:1 missing-title"},
		"blank line first":    {"\n---\ntitle: T" + body, "1:1 front-matter; 1:1 missing-title"},
		"old line ends":       {"---\rtitle: T\r---\rB\r", "1:4 bad-encoding"},
		"utf-16":              {"\xff\xfe-\x00-\x00", "0:0 bad-encoding"},
		"bad utf-8":           {"---\ntitle: T\nauthor: B\xc3" + body, "3:10 bad-encoding"},
		"nul":                 {"---\ntitle: T" + body + "\x00", "6:1 bad-encoding"},
		"no title":            {"---\nauthor: A" + body, "1:1 missing-title"},
		"unknown key":         {"---\ntitle: T\ntag: [a]" + body, "3:1 unknown-key"},
		"key of another kind": {"---\ntitle: T\nnumber: 1" + body, "3:1 unknown-key"},
		"duplicate key":       {"---\ntitle: T\ntitle: U" + body, "3:1 duplicate-key"},
		"list for text":       {"---\ntitle: T\nauthor: [a]" + body, "3:9 wrong-type"},
		"yes for true":        {"---\ntitle: T\ndraft: yes" + body, "3:8 wrong-type"},
		"everyday date":       {"---\ntitle: T\ndate: 7/4/2021" + body, "3:7 bad-date"},
		"date of no calendar": {"---\ntitle: T\ndate: 2021-02-30" + body, "3:7 bad-date"},
		"tab":                 {"---\ntitle: T\nsource:\n\ttitle: a" + body, "4:1 yaml-syntax; 1:1 missing-title"},
		"colon in value":      {"---\ntitle: T: U" + body, "2:1 yaml-syntax; 1:1 missing-title"},
		"open quote":          {"---\ntitle: \"T" + body, "2:1 yaml-syntax; 1:1 missing-title"},
		"alias":               {"---\ntitle: &a T\nauthor: *a" + body, "1:1 missing-title; 2:8 yaml-syntax; 3:9 yaml-syntax"},
		"merge key":           {"---\ntitle: T\n<<: {author: a}" + body, "3:1 yaml-syntax"},
		"updated before date": {"---\ntitle: T\ndate: 2021-04-07\nupdated: 2021-04-06" + body, "4:10 date-order"},
		"image without alt":   {"---\ntitle: T\nimage: a.jpg" + body, "3:8 missing-alt"},
		"script as source":    {"---\ntitle: T\nsource: {url: \"javascript:x\"}" + body, "3:15 bad-value"},
		"front too large":     {"---\ntitle: T\nsummary: " + strings.Repeat("a ", MaxFront) + body, "1:1 too-large; 1:1 missing-title"},
		"page too large":      {"---\ntitle: T" + body + strings.Repeat("a ", MaxPage), "0:0 too-large"},
		"slug with accents":   {"---\ntitle: T\nslug: Kế hoạch" + body, "3:7 bad-address"},
		"slug out of here":    {"---\ntitle: T\nslug: ../x" + body, "3:7 bad-address"},
	} {
		p, findings := Parse("a/b.md", []byte(row.text), Context{Kind: Article, Zone: saigon})
		want := strings.Split(row.want, "; ")
		got := strings.Split(show(findings), "; ")
		if fmt.Sprint(sorted(got)) != fmt.Sprint(sorted(want)) {
			t.Errorf("%s: got %q, want %q\n%v", name, got, want, findings)
		}
		if row.want == "" && (p.Title != "T" || p.Lead != "B") {
			t.Errorf("%s: got title %q and body %q", name, p.Title, p.Lead)
		}
	}
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

func TestHints(t *testing.T) {
	for text, want := range map[string]string{
		"tag: [a]":           "có phải “tags”?",
		"date: 7/4/2021":     "có phải “2021-04-07”?",
		"status: còn hiệu":   "khóa này dùng cho trang loại plan, law; trang này thuộc loại article",
		"kind: law":          "khóa này chỉ dùng trong _index.md",
		"draft: yes":         "có phải “true”?",
		"slug: Kế hoạch năm": "có phải “ke-hoach-nam”?",
	} {
		_, findings := Parse("x.md", []byte("---\ntitle: T\n"+text+"\n---\nB\n"), Context{Kind: Article, Zone: saigon})
		if len(findings) != 1 || findings[0].Hint != want {
			t.Errorf("%s: got %+v, want the hint %q", text, findings, want)
		}
	}
}

func TestLaw(t *testing.T) {
	const text = "---\ntitle: Luật\ntype: Luật\nnumber: 1.10\nissued: 2013-06-20\neffective: %s\nstatus: %s\nreplaces: [a, \"09/1998\"]\narticles:\n  - {article: 7, note: Tiêu chuẩn}\n---\n"
	p, findings := Parse("van-ban/x.md", fmt.Appendf(nil, text, "chưa rõ", "còn hiệu lực"), Context{Kind: Law, Zone: saigon})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	if p.Law.Number != "1.10" || p.Law.Provisions[0].Article != "7" || p.Law.Replaces[1].Value != "09/1998" || !p.Law.EffectiveDate.IsZero() {
		t.Errorf("got %+v", p.Law)
	}
	_, findings = Parse("van-ban/x.md", fmt.Appendf(nil, text, "sắp tới", "còn hiệu"), Context{Kind: Law, Zone: saigon})
	if got := show(findings); got != "6:12 bad-date; 7:9 bad-value" {
		t.Errorf("got %q", got)
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"2021-04-07":                "2021-04-07T00:00:00+07:00 false",
		"2021-04-07 10:24":          "2021-04-07T10:24:00+07:00 true",
		"2021-04-07T10:24:00+07:00": "2021-04-07T10:24:00+07:00 true",
		"2021-04-07T03:24:00Z":      "2021-04-07T10:24:00+07:00 true",
	} {
		p, findings := Parse("x.md", []byte("---\ntitle: T\ndate: "+text+"\n---\nB\n"), Context{Kind: Article, Zone: saigon})
		if got := fmt.Sprintf("%s %t", p.Date.Format(time.RFC3339), p.Date.Clock); got != want || len(findings) > 0 {
			t.Errorf("%s: got %s, want %s %v", text, got, want, findings)
		}
	}
}

func TestAddresses(t *testing.T) {
	for file, want := range map[string]string{
		"pho-bien/2021/ke-hoach.md": "pho-bien/2021/ke-hoach.html",
		"Phổ biến/Kế hoạch số 1.md": "pho-bien/ke-hoach-so-1.html",
		"_index.md":                 "index.html",
		"bai-hoc/_index.md":         "bai-hoc/index.html",
		"van-ban/35-2013-QH13.md":   "van-ban/35-2013-qh13.html",
		"UPPER.MD":                  "upper.html",
		"thuat-ngu/Đ.md":            "thuat-ngu/d.html",
	} {
		p, findings := Parse(file, []byte("---\ntitle: T\n---\nB\n"), Context{Kind: Article})
		if p.URL != want || len(findings) > 0 {
			t.Errorf("%s: got %s %v, want %s", file, p.URL, findings, want)
		}
	}
	for _, file := range []string{"漢.md", "aux.md", "con/a.md", "漢/a.md"} {
		if _, findings := Parse(file, []byte("---\ntitle: T\n---\nB\n"), Context{Kind: Article}); show(findings) != "0:0 bad-address" {
			t.Errorf("%s: got %v, want bad-address", file, findings)
		}
	}
	if got := AssetURL("Ảnh/Mẫu số 01.DOCX"); got != "anh/mau-so-01.docx" {
		t.Errorf("got %s", got)
	}
}

// FuzzParse checks that any file gives a page or a finding, that findings have
// places in the file, and that addresses stay inside the output.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"---\ntitle: T\n---\nB", "---\n- a\n---\n", "---\n&a [*a]\n---\n", "---\ntitle: {a: b}\n---\n", "--- \n---", "---\n? [a]\n: b\n---\n", "---\ntargets: [{measure: 1}]\n---\n"} {
		for k := range Kinds {
			f.Add([]byte(s), k, "a/b.md")
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, kind int, file string) {
		if kind < 0 || !fs.ValidPath(file) || !utf8.ValidString(file) {
			return
		}
		p, findings := Parse(file, raw, Context{Kind: Kinds[kind%len(Kinds)], Zone: saigon})
		if p == nil && findings.Faults() == 0 {
			t.Fatal("neither a page nor a fault")
		}
		for _, x := range findings {
			if x.Message == "" || x.Line < 0 || x.Line > 2+bytes.Count(raw, []byte("\n"))+bytes.Count(raw, []byte("\r")) {
				t.Errorf("finding without a place: %+v", x)
			}
		}
		if p != nil && findings.Faults() == 0 && (!fs.ValidPath(p.URL) || strings.Contains(p.URL, "\\")) {
			t.Errorf("address %q of %q", p.URL, file)
		}
	})
}
