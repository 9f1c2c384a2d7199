package markdown

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hoagiai/internal/diag"
)

var headingID = regexp.MustCompile(`(<h[1-6]) id="[^"]*"`)

// TestCommonMark runs the examples of CommonMark 0.31.2, which goldmark's
// module carries, through Render. Ids are taken away and holes are filled with
// the destinations as written; what still differs is in
// testdata/commonmark-exceptions.txt, a number and a reason a line.
func TestCommonMark(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Markdown, HTML, Section string
		Example                 int
	}
	if err := json.Unmarshal(raw, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) != 652 {
		t.Fatalf("got %d examples, want 652", len(examples))
	}
	exceptions := readExceptions(t)
	for _, e := range examples {
		doc, _ := Render(diag.NewSource("spec.md", []byte(e.Markdown)), 0, Options{})
		var out bytes.Buffer
		if err := Fill(&out, doc.HTML, func(i int) (string, bool) { return doc.Links[i].Dest, true }); err != nil {
			t.Fatal(err)
		}
		got := headingID.ReplaceAllString(out.String(), "$1")
		want := strings.ReplaceAll(e.HTML, " />", ">")
		reason, excepted := exceptions[e.Example]
		switch {
		case got == want && excepted:
			t.Errorf("example %d is as the specification wants it; its exception (%s) can go", e.Example, reason)
		case got != want && !excepted:
			t.Errorf("example %d (%s)\n%s\ngot  %q\nwant %q", e.Example, e.Section, e.Markdown, got, want)
		}
		delete(exceptions, e.Example)
	}
	for n := range exceptions {
		t.Errorf("exception for example %d, which does not exist", n)
	}
}

func readExceptions(t *testing.T) map[int]string {
	raw, err := os.ReadFile("testdata/commonmark-exceptions.txt")
	if err != nil {
		t.Fatal(err)
	}
	exceptions := map[int]string{}
	for line := range strings.Lines(string(raw)) {
		number, reason, _ := strings.Cut(strings.TrimSpace(line), " ")
		if number == "" || number == "#" {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil || reason == "" {
			t.Fatalf("testdata/commonmark-exceptions.txt: %q", line)
		}
		exceptions[n] = reason
	}
	return exceptions
}
