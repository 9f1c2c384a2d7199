package eval

import (
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hoagiai/internal/build"
	"hoagiai/internal/rank"
	"hoagiai/internal/search"
	"hoagiai/internal/shards"
	"hoagiai/internal/viet"
	"hoagiai/themes"
)

// portal builds the portal in content/.
func portal(t *testing.T) (dir string, x *rank.Index) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "public")
	_, err := build.Run(context.Background(), build.Options{
		Content: "../../content", Theme: themes.Default(), Out: dir,
		Now: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	x, closer, err := search.OpenPortal(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := closer.Close(); err != nil {
			t.Error(err)
		}
	})
	return dir, x
}

func judged(t *testing.T) []Judged {
	t.Helper()
	f, err := os.Open("testdata/judged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // only read from
	list, err := ReadJudged(f)
	if err != nil || len(list) < 150 {
		t.Fatalf("got %d judged queries, want 150: %v", len(list), err)
	}
	return list
}

func first(t *testing.T, x *rank.Index, query string) []string {
	t.Helper()
	urls, err := First(x, query)
	if err != nil {
		t.Fatal(err)
	}
	return urls
}

// atLeast checks a figure against what the project promises.
func atLeast(t *testing.T, name string, got, want float64) {
	t.Helper()
	t.Logf("%-28s %.3f (wanted %.2f)", name, got, want)
	if got < want {
		t.Errorf("%s: got %.3f, want %.2f", name, got, want)
	}
}

// TestJudged measures the order of answers against grades that were given from
// the list of pages alone, before any search.
func TestJudged(t *testing.T) {
	_, x := portal(t)
	list := judged(t)
	accented, bare := 0.0, 0.0
	for _, j := range list {
		a, b := j.NDCG(first(t, x, j.Query)), j.NDCG(first(t, x, viet.Fold(j.Query)))
		if a < 0.5 {
			t.Logf("%.2f %s", a, j.Query)
		}
		accented, bare = accented+a, bare+b
	}
	atLeast(t, "nDCG@10, accented", accented/float64(len(list)), 0.80)
	atLeast(t, "nDCG@10, bare", bare/float64(len(list)), 0.78)
}

// entries returns every page of the portal.
func entries(t *testing.T, dir string) []*rank.Entry {
	t.Helper()
	x, err := shards.Open(os.DirFS(dir).(fs.FS))
	if err != nil {
		t.Fatal(err)
	}
	var list []*rank.Entry
	for i := range x.Core().Pages {
		e, err := x.Entry(i)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

// TestKnownItem asks for every page by its title, typed in four ways.
func TestKnownItem(t *testing.T) {
	dir, x := portal(t)
	pages := entries(t, dir)
	wanted := map[string]float64{"exact": 0.98, "bare": 0.97, "typo": 0.90, "old tone": 0.98}
	for _, way := range slices.Sorted(maps.Keys(Ways)) {
		found := 0
		for _, e := range pages {
			query := Ways[way](e.Title)
			if urls := first(t, x, query); len(urls) > 0 && urls[0] == e.URL {
				found++
			} else {
				t.Logf("%s: %q", way, query)
			}
		}
		atLeast(t, "found first, "+way, float64(found)/float64(len(pages)), wanted[way])
	}
}

// TestBare compares queries typed without accents with the same typed with
// them: titles and judged questions.
func TestBare(t *testing.T) {
	dir, x := portal(t)
	var queries []string
	for _, e := range entries(t, dir) {
		queries = append(queries, e.Title)
	}
	for _, j := range judged(t) {
		queries = append(queries, j.Query)
	}
	same, alike := 0, 0
	for _, q := range queries {
		a, b := first(t, x, q), first(t, x, viet.Fold(q))
		if len(a) > 0 && len(b) > 0 && a[0] == b[0] {
			same++
		}
		if slices.Equal(a, b) {
			alike++
		} else {
			t.Logf("%s", q)
		}
	}
	atLeast(t, "first hit kept", float64(same)/float64(len(queries)), 0.95)
	atLeast(t, "first ten identical", float64(alike)/float64(len(queries)), 0.85)
}

// TestReadersAgree asks the Bleve index and the browser's index the same.
func TestReadersAgree(t *testing.T) {
	dir, x := portal(t)
	files, err := shards.Open(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range judged(t) {
		for _, q := range []string{j.Query, viet.Fold(j.Query), typo(j.Query)} {
			var got [2][]byte
			for i, x := range []*rank.Index{x, files.Index} {
				a, err := x.Search(context.Background(), rank.Query{Text: q, Limit: 20})
				if err != nil {
					t.Fatal(err)
				}
				a.TookMS = 0
				if got[i], err = json.Marshal(a); err != nil {
					t.Fatal(err)
				}
			}
			if string(got[0]) != string(got[1]) {
				t.Errorf("%q:\nBleve %s\nfiles %s", q, got[0], got[1])
			}
		}
	}
}
