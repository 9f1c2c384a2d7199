package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hoagiai/internal/diag"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the answers in testdata")

// TestPairs renders each x.md of the archives in testdata and compares with
// x.html, x.findings (when there are any) and x.text (search blocks). A file
// called law-….md is rendered as a law page.
func TestPairs(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archives", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			name, isMarkdown := strings.CutSuffix(f.Name, ".md")
			if !isMarkdown {
				continue
			}
			doc, findings := Render(diag.NewSource(f.Name, f.Data), 0, Options{Law: strings.HasPrefix(name, "law")})
			out.Files = append(out.Files, f, txtar.File{Name: name + ".html", Data: filled(t, doc)})
			var b strings.Builder
			for _, x := range findings {
				fmt.Fprintf(&b, "%s %s %s\n", x.Pos(), x.Code, x.Message)
			}
			if b.Len() > 0 {
				out.Files = append(out.Files, txtar.File{Name: name + ".findings", Data: []byte(b.String())})
			}
		}
		got := txtar.Format(out)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if want := txtar.Format(archive); !bytes.Equal(got, want) {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", file, got, want)
		}
	}
}

func filled(t *testing.T, doc *Doc) []byte {
	var b bytes.Buffer
	if err := Fill(&b, doc.HTML, func(i int) (string, bool) { return doc.Links[i].Dest, doc.Links[i].Dest != "" }); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBlocks(t *testing.T) {
	const text = "Mở đầu\nvẫn một đoạn.\n\n## Điều 1\n\n- mục *một*\n- mục hai[^1]\n\n| A | B |\n|---|---|\n| c | d |\n\nTừ\n: nghĩa &amp; lời\n\n[^1]: chú thích\n"
	doc, _ := Render(diag.NewSource("x.md", []byte(text)), 0, Options{})
	want := []Block{
		{-1, "Mở đầu vẫn một đoạn."}, {0, "Điều 1"}, {0, "mục một"}, {0, "mục hai"}, {0, "A · B"}, {0, "c · d"},
		{0, "Từ"}, {0, "nghĩa & lời"}, {0, "chú thích"},
	}
	if fmt.Sprint(doc.Blocks) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", doc.Blocks, want)
	}
}

func TestLinkPositions(t *testing.T) {
	const text = "Đoạn một.\n\nXem [ở đây](a.md) và ![hình](b.png) rồi <https://c.vn>.\n"
	doc, _ := Render(diag.NewSource("x.md", []byte(text)), 0, Options{})
	var got []string
	for _, l := range doc.Links {
		got = append(got, fmt.Sprint(l.Pos, " ", l.Dest))
	}
	want := "[x.md:3:5 a.md x.md:3:22 b.png x.md:3:41 https://c.vn]"
	if fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %s", got, want)
	}
}

// FuzzRender checks what must hold for every text: no element or attribute
// that could run anything, unique ids, links inside the source.
func FuzzRender(f *testing.F) {
	for _, s := range []string{
		"# a {#x}\n# a {#x}", "[a](javascript:alert(1))", "<script>alert(1)</script>", "> [!NOTE]\n> x", "[^1]\n\n[^1]: x",
		"![](x \"y\")", "| a |\n|:-:|\n| b |", "- [ ] x", "<a href=\"javascript&colon;x\">", "[x](java\tscript:1)", "```a\"onload=1\n```",
	} {
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, law bool) {
		if strings.Contains(s, "\x00") {
			return // refused before Markdown is reached
		}
		src := diag.NewSource("x.md", []byte(s))
		doc, _ := Render(src, 0, Options{Law: law})
		ids := map[string]bool{}
		for _, h := range doc.Headings {
			for _, id := range []string{h.ID, h.Short} {
				if id != "" && ids[id] {
					t.Errorf("id %q twice in %q", id, s)
				}
				ids[id] = true
			}
		}
		for _, l := range doc.Links {
			if l.Pos.Line < 1 || l.Pos.Col < 1 {
				t.Errorf("link %+v has no place in %q", l, s)
			}
		}
		checkHarmless(t, s, filled(t, doc))
	})
}

// allowed are the elements that Render may write, with those that the HTML
// parser puts around them.
var allowed = strings.Fields("html head body a blockquote br code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre span strong sup table tbody td th thead tr ul")

func checkHarmless(t *testing.T, input string, rendered []byte) {
	root, err := html.Parse(bytes.NewReader(rendered))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			t.Errorf("comment from %q", input)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(allowed, n.Data) {
			t.Errorf("element <%s> from %q:\n%s", n.Data, input, rendered)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("attribute %s from %q", a.Key, input)
			}
			if a.Key == "href" || a.Key == "src" {
				if _, safe := checkScheme(a.Val, a.Key == "src"); !safe {
					t.Errorf("%s=%q from %q", a.Key, a.Val, input)
				}
			}
		}
	}
}
