package search

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"hoagiai/internal/rank"
	"hoagiai/internal/shards"
	"hoagiai/internal/terms"
)

// portal is a small register to search in.
var portal = []rank.Entry{
	{URL: "a.html", Title: "Hòa giải ở cơ sở", Kind: "article", Field: "Hòa giải", Date: "2026-01-02", Headings: []rank.Heading{{ID: "khai-niem", Text: "Khái niệm"}},
		Blocks: []rank.Block{{Heading: -1, Text: "Hòa giải viên giúp các bên tự nguyện thỏa thuận."}, {Heading: 0, Text: "Khái niệm"}, {Heading: 0, Text: "Tranh chấp đất đai thì hòa giải tại xã. Hụi, họ, biêu, phường có nghị định riêng."}}},
	{URL: "b.html", Title: "Luật Đất đai năm 2024", Names: []string{"Luật 31/2024/QH15"}, Number: "31/2024/QH15", Kind: "law", Field: "Đất đai", Date: "2024-01-18",
		Blocks: []rank.Block{{Heading: -1, Text: "Tranh chấp đất đai phải hòa giải tại Ủy ban nhân dân cấp xã."}}},
	{URL: "c.html", Title: "Chăm sóc tóc", Kind: "article", Date: "2025-05-05", Blocks: []rank.Block{{Heading: -1, Text: "Người bị hủi xưa bị xa lánh. Má và mà khác nhau."}}},
	{URL: "d.html", Title: "Quyết định 428/QĐ-TTg", Number: "428/QĐ-TTg", Kind: "law", Field: "Hòa giải", Date: "2019-04-18", Blocks: []rank.Block{{Heading: -1, Text: "Đề án nâng cao năng lực hòa giải viên."}}},
	{URL: "e.html", Title: "Trang trống", Kind: "page"},
	{URL: "f.html", Title: "Tranh chấp đất đai", Kind: "question", Field: "Đất đai", Date: "2026-03-04", Blocks: []rank.Block{{Heading: -1, Text: "Hoà giải tranh chấp đất đai ở đâu? Ở uỷ ban xã."}}},
}

func invert(t testing.TB, entries []rank.Entry) *terms.Inverted {
	t.Helper()
	c := terms.NewCollection(nil)
	a := c.Analyzer()
	var docs []*terms.Doc
	for i := range entries {
		docs = append(docs, a.Add(&entries[i]))
	}
	return c.Invert(docs)
}

func write(t testing.TB, entries []rank.Entry) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	if err := Write(dir, invert(t, entries), func() {}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func open(t testing.TB, entries []rank.Entry) *Index {
	t.Helper()
	x, err := Open(write(t, entries))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func urls(t testing.TB, x *Index, q rank.Query) string {
	t.Helper()
	a, err := x.Search(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, h := range a.Hits {
		list = append(list, strings.TrimSuffix(h.URL, ".html"))
	}
	return strings.Join(list, " ")
}

func TestQueries(t *testing.T) {
	x := open(t, portal)
	for _, row := range []struct {
		q     rank.Query
		first string // the answers begin with these
		whole bool   // and end there
	}{
		{rank.Query{Text: "tranh chấp đất đai"}, "f b", false},
		{rank.Query{Text: "tranh chap dat dai"}, "f b", false},
		{rank.Query{Text: "TRANH CHẤP ĐẤT ĐAI"}, "f b", false},
		{rank.Query{Text: "hoà giải viên"}, "a d", false},
		{rank.Query{Text: "31/2024/QH15"}, "b", false},
		{rank.Query{Text: "31/2024/qh15"}, "b", false},
		{rank.Query{Text: "428/qd-ttg"}, "d", false},
		{rank.Query{Text: "hụi"}, "a", false},
		{rank.Query{Text: "hủi"}, "c", false},
		{rank.Query{Text: "uỷ ban"}, "f b", true},
		{rank.Query{Text: "ủy ban"}, "f b", true},
		{rank.Query{Text: "đất đai", Kind: "law"}, "b", true},
		{rank.Query{Text: "đất đai", Field: "Đất đai"}, "f b", true},
		{rank.Query{Text: "đất đai", Year: "2026"}, "f a", true},
		{rank.Query{Text: "đất đai", Kind: "nothing"}, "", true},
		{rank.Query{Text: "đất đai", Limit: 1, Offset: 1}, "b", true},
		{rank.Query{Text: "xyzw qqq"}, "", true},
		{rank.Query{Text: "... ,;"}, "", true},
		{rank.Query{Text: ""}, "", true},
	} {
		got := urls(t, x, row.q)
		if !strings.HasPrefix(got+" ", row.first+" ") || row.whole && got != row.first {
			t.Errorf("%+v: got %q, want %q first", row.q, got, row.first)
		}
	}
}

func TestAnswer(t *testing.T) {
	x := open(t, portal)
	a, err := x.Search(context.Background(), rank.Query{Text: "hụi họ", Kind: "article"})
	if err != nil {
		t.Fatal(err)
	}
	h := a.Hits[0]
	if h.Anchor != "khai-niem" || h.Heading != "Khái niệm" || h.Title != "Hòa giải ở cơ sở" || h.Date != "2026-01-02" {
		t.Errorf("got %+v", h)
	}
	units := utf16.Encode([]rune(h.Excerpt))
	var marked []string
	for _, m := range h.Marks {
		marked = append(marked, string(utf16.Decode(units[m[0]:m[1]])))
	}
	if fmt.Sprint(marked) != "[Hụi họ]" {
		t.Errorf("marked %q in %q", marked, h.Excerpt)
	}
	// Where a heading fits best, what stands under it is the excerpt.
	a, err = x.Search(context.Background(), rank.Query{Text: "khái niệm"})
	if err != nil {
		t.Fatal(err)
	}
	if h := a.Hits[0]; h.Heading != "Khái niệm" || !strings.HasPrefix(h.Excerpt, "Tranh chấp đất đai") {
		t.Errorf("got %+v", h)
	}
	a, err = x.Search(context.Background(), rank.Query{Text: "đất đai", Kind: "law"})
	if err != nil {
		t.Fatal(err)
	}
	// Each facet is counted with the other filters applied, not its own.
	if got := fmt.Sprint(a.Total, a.Facets); got != "1 {map[article:1 law:1 question:1] map[Đất đai:1] map[2024:1]}" {
		t.Errorf("got %s", got)
	}
}

// TestLimits asks what nobody should ask: each is answered from what is within
// the limits.
func TestLimits(t *testing.T) {
	x := open(t, portal)
	for name, text := range map[string]string{
		"a megabyte of letters": strings.Repeat("a", 1<<20), "five thousand words": strings.Repeat("hòa giải ", 5000),
		"wildcards": strings.Repeat("*1* ", 1000), "syntax": `+title:a* -b~2 "c d"^3 /x.*y/ (`, "control": "\x00\x01\xff\xfehòa", "marks": strings.Repeat("\u0301", 3000),
	} {
		a, err := x.Search(context.Background(), rank.Query{Text: text, Limit: 1 << 30, Offset: -1})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(a.Understood) > rank.MaxBytes {
			t.Errorf("%s: %d bytes were read", name, len(a.Understood))
		}
	}
	a, err := x.Search(context.Background(), rank.Query{Text: strings.Repeat("hòa ", 200)})
	if err != nil || len(strings.Fields(a.Understood)) != rank.MaxSyllables {
		t.Errorf("got %d syllables, want %d: %v", len(strings.Fields(a.Understood)), rank.MaxSyllables, err)
	}
}

// TestTies checks that equal pages come in the order of their addresses,
// wherever the batch of the segment writer put them.
func TestTies(t *testing.T) {
	var entries []rank.Entry
	var want []string
	for i := range 30 {
		entries = append(entries, rank.Entry{URL: fmt.Sprintf("%02d.html", i), Title: "Giống nhau", Kind: "article"})
		want = append(want, fmt.Sprintf("%02d", i))
	}
	if got := urls(t, open(t, entries), rank.Query{Text: "giong nhau", Limit: 30}); got != strings.Join(want, " ") {
		t.Errorf("got %s", got)
	}
}

func TestEmptyPortal(t *testing.T) {
	x := open(t, nil)
	if got := urls(t, x, rank.Query{Text: "hòa giải"}); got != "" || x.Core().Pages != 0 {
		t.Errorf("got %q of %d pages", got, x.Core().Pages)
	}
}

// TestDamage checks that an index that is not whole is not opened.
func TestDamage(t *testing.T) {
	for name, harm := range map[string]func(store, segment string) error{
		"flipped bit": func(_, segment string) error {
			raw, err := os.ReadFile(segment)
			if err != nil {
				return err
			}
			raw[len(raw)/2] ^= 1
			return os.WriteFile(segment, raw, 0o644)
		},
		"cut":     func(_, segment string) error { return os.Truncate(segment, 100) },
		"missing": func(_, segment string) error { return os.Remove(segment) },
		"no bolt": func(store, _ string) error { return os.Remove(filepath.Join(store, "root.bolt")) },
	} {
		dir := write(t, portal)
		segments, err := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
		if err != nil || len(segments) != 1 {
			t.Fatalf("got segments %v, %v", segments, err)
		}
		if err := harm(filepath.Join(dir, "store"), segments[0]); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: got %v, want ErrDamaged", name, err)
		}
	}
	if _, err := Open(t.TempDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no index: got %v", err)
	}
}

// FuzzSearch checks that any query gives an answer whose marks lie in its
// excerpts and follow each other.
func FuzzSearch(f *testing.F) {
	x := open(f, portal)
	for _, s := range []string{"hòa giải", "31/2024/QH15", "a*b~2", "=", "hoa=giai", "ủy  ban", "đất, đai", "\xff"} {
		f.Add(s, 3, 0)
	}
	f.Fuzz(func(t *testing.T, text string, limit, offset int) {
		a, err := x.Search(context.Background(), rank.Query{Text: text, Limit: limit, Offset: offset})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range a.Hits {
			end, length := 0, len(utf16.Encode([]rune(h.Excerpt)))
			for _, m := range h.Marks {
				if m[0] < end || m[1] <= m[0] || m[1] > length {
					t.Errorf("marks %v of %q", h.Marks, h.Excerpt)
				}
				end = m[1]
			}
		}
	})
}

func TestExcerptOfLongText(t *testing.T) {
	long := strings.Repeat("chữ thường không liên quan gì ở đây cả, ", 40) + "rồi đến hòa giải viên ở cơ sở " + strings.Repeat("và cứ thế dài thêm mãi ra, ", 40)
	x := open(t, []rank.Entry{{URL: "a.html", Title: "Dài", Kind: "article", Blocks: []rank.Block{{Heading: -1, Text: long}}}})
	a, err := x.Search(context.Background(), rank.Query{Text: "hòa giải viên"})
	if err != nil {
		t.Fatal(err)
	}
	h := a.Hits[0]
	if len(h.Excerpt) > 400 || !strings.HasPrefix(h.Excerpt, "… ") || !strings.HasSuffix(h.Excerpt, " …") || !strings.Contains(h.Excerpt, "hòa giải viên") || len(h.Marks) != 1 {
		t.Errorf("got %q %v", h.Excerpt, h.Marks)
	}
}

// BenchmarkSearch asks the small portal; package bench measures large ones.
func BenchmarkSearch(b *testing.B) {
	x := open(b, portal)
	for b.Loop() {
		if _, err := x.Search(context.Background(), rank.Query{Text: "hoa giai tranh chap dat dai"}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestManySegments builds an index of several batches, whose segments are made
// side by side: every page is there once and found by its own word.
func TestManySegments(t *testing.T) {
	var entries []rank.Entry
	for i := range 2*batchSize + 500 {
		entries = append(entries, rank.Entry{URL: fmt.Sprintf("%05d.html", i), Title: fmt.Sprintf("Trang số%d", i), Kind: "page", Blocks: []rank.Block{{Heading: -1, Text: "chung cho mọi trang"}}})
	}
	x := open(t, entries)
	if x.Core().Pages != len(entries) {
		t.Errorf("got %d pages, want %d", x.Core().Pages, len(entries))
	}
	for _, i := range []int{0, 1, batchSize - 1, batchSize, 2 * batchSize, len(entries) - 1} {
		if got, want := urls(t, x, rank.Query{Text: fmt.Sprintf("số%d", i)}), fmt.Sprintf("%05d", i); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := urls(t, x, rank.Query{Text: "chung cho moi", Limit: 3}); got != "00000 00001 00002" {
		t.Errorf("got %q", got)
	}
}

// TestWhy checks that the parts of a score are all of it.
func TestWhy(t *testing.T) {
	x := open(t, portal)
	for _, text := range []string{"tranh chấp đất đai", "hoa giai", "UBND xa", "quyết định 428", "hụi", "đất đai là gì"} {
		a, err := x.Search(context.Background(), rank.Query{Text: text, Why: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range a.Hits {
			sum := 0.0
			for _, p := range h.Why {
				sum += p.Score
			}
			if math.Abs(sum-h.Score) > 1e-6 || len(h.Why) == 0 {
				t.Errorf("%q, %s: parts add up to %f, score is %f: %v", text, h.URL, sum, h.Score, h.Why)
			}
		}
	}
}

// TestVerify compares both forms of the index, and sees a difference.
func TestVerify(t *testing.T) {
	dir := t.TempDir()
	inverted := invert(t, portal)
	if err := Write(filepath.Join(dir, Folder), inverted, func() {}); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	if err := shards.Write(inverted, func(name string, data []byte) error {
		files[name] = bytes.Clone(data)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	put := func(name string, data []byte) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range files {
		put(name, data)
	}
	got, err := Verify(context.Background(), dir)
	if err != nil || got.Pages != len(portal) || got.Terms < 50 {
		t.Fatalf("got %+v, %v", got, err)
	}
	for name, data := range files {
		if strings.HasSuffix(name, "api.js") {
			continue
		}
		harmed := bytes.Replace(data, []byte("hòa"), []byte("hóa"), 1)
		if bytes.Equal(harmed, data) {
			continue
		}
		put(name, harmed)
		if _, err := Verify(context.Background(), dir); !errors.Is(err, ErrDiffer) {
			t.Errorf("%s changed: got %v, want ErrDiffer", name, err)
		}
		put(name, data)
	}
}
