package starter

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"hoagiai/internal/page"
	"hoagiai/internal/site"
)

var now = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// topKey matches a key at the left edge, in use or offered behind "# ".
var topKey = regexp.MustCompile(`(?m)^(?:# )?([a-z_]+):`)

// TestTemplatesOfferEveryKey compares the keys of each template with those
// that the program knows, and parses the page.
func TestTemplatesOfferEveryKey(t *testing.T) {
	for _, kind := range Kinds() {
		text, err := Page(kind, `Tiêu đề "lạ": # & *`, true, now)
		if err != nil {
			t.Fatal(err)
		}
		front := strings.SplitN(text, "---\n", 3)[1]
		var got []string
		for _, m := range topKey.FindAllStringSubmatch(front, -1) {
			got = append(got, m[1])
		}
		slices.Sort(got)
		k, file := page.Kind(kind), "x.md"
		if kind == Course {
			k, file = page.Lesson, "khoa/_index.md"
		}
		want := page.Keys(k, kind == Course)
		if kind == Course {
			want = slices.DeleteFunc(want, func(s string) bool { return s == "slug" })
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %v\nwant %v", kind, got, want)
		}
		p, findings := page.Parse(file, []byte(text), page.Context{Kind: k})
		if len(findings) > 0 || p.Title != `Tiêu đề "lạ": # & *` || !p.Draft || p.ID.Value != "20261123-tieu-de-la" {
			t.Errorf("%s: %q draft %v id %q, findings %v", kind, p.Title, p.Draft, p.ID.Value, findings)
		}

		// With every offered key in use the page must decode too.
		all := regexp.MustCompile(`(?m)^# ([a-z_]+:|  +- )`).ReplaceAllString(front, "$1")
		all = strings.Replace(all, "draft: true", "draft: false", 1)
		_, findings = page.Parse(file, []byte("---\n"+all+"---\n\nx\n"), page.Context{Kind: k})
		if findings.Faults() > 0 {
			t.Errorf("%s with every key: %v\n%s", kind, findings, all)
		}
	}
}

func TestPortal(t *testing.T) {
	portal, err := Portal(now)
	if err != nil {
		t.Fatal(err)
	}
	if len(portal) != 2+len(Kinds()) {
		t.Errorf("got %d files", len(portal))
	}
	_, findings := site.ParseConfig([]byte(portal["content/site.yaml"]))
	if len(findings) > 0 {
		t.Error(findings)
	}
	// The settings with every offered line in use are right too, but for links
	// to pages, which only a whole portal can tell.
	all := regexp.MustCompile(`(?m)^(  )?# ([a-z_]+:|  - )`).ReplaceAllString(portal["content/site.yaml"], "$1$2")
	if _, findings := site.ParseConfig([]byte(all)); len(findings) > 0 {
		t.Errorf("%v\n%s", findings, all)
	}
}
