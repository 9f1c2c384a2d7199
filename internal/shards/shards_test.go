package shards

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hoagiai/internal/rank"
	"hoagiai/internal/terms"
)

// write returns the files of a portal by name.
func write(t testing.TB, entries []rank.Entry) fstest.MapFS {
	t.Helper()
	c := terms.NewCollection(nil)
	a := c.Analyzer()
	var docs []*terms.Doc
	for i := range entries {
		docs = append(docs, a.Add(&entries[i]))
	}
	files := fstest.MapFS{}
	if err := Write(c.Invert(docs), func(name string, data []byte) error {
		if files[name] != nil {
			return fmt.Errorf("%s is written twice", name)
		}
		files[name] = &fstest.MapFile{Data: bytes.Clone(data)}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return files
}

// words are enough syllables for many files.
var words = strings.Fields("hòa giải tranh chấp đất đai láng giềng vay tiền lối đi chung bạo lực gia đình tòa án ủy ban nhân dân công nhận viên cơ sở 35/2013/QH13 漢字 Привет straße x")

func pages(n int) []rank.Entry {
	random := rand.New(rand.NewPCG(1, 2))
	var list []rank.Entry
	for i := range n {
		var text []string
		for range 30 + random.IntN(400) {
			text = append(text, words[random.IntN(len(words))]+strings.Repeat("a", random.IntN(3)))
		}
		list = append(list, rank.Entry{
			URL: fmt.Sprintf("p%04d.html", i), Title: strings.Join(text[:5], " "), Kind: "article", Date: "2026-01-02", Field: words[i%3],
			Headings: []rank.Heading{{ID: "muc", Text: "Mục"}},
			Blocks:   []rank.Block{{Heading: -1, Text: strings.Join(text[:10], " ")}, {Heading: 0, Text: "Mục"}, {Heading: 0, Text: strings.Join(text, " ")}},
		})
	}
	return list
}

// TestRoundTrip reads every page back, and every term of its title.
func TestRoundTrip(t *testing.T) {
	entries := pages(300)
	x, err := Open(write(t, entries))
	if err != nil {
		t.Fatal(err)
	}
	for i := range entries {
		got, err := x.Entry(i)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, &entries[i]) {
			t.Errorf("got  %+v\nwant %+v", got, entries[i])
		}
	}
	if len(x.boundaries[0]) < 2 || len(x.boundaries[1]) < 10 {
		t.Errorf("%d and %d files of terms are too few for a test", len(x.boundaries[0]), len(x.boundaries[1]))
	}
	for _, boundaries := range x.boundaries {
		if !slices.IsSorted(boundaries) || len(slices.Compact(slices.Clone(boundaries))) != len(boundaries) {
			t.Errorf("boundaries %q", boundaries)
		}
	}
	for _, term := range []string{"hoa", "35/2013/qh13", "漢字", "привет", "strasse", "straße"} {
		spellings, err := x.Spellings(context.Background(), term, false)
		if err != nil || (len(spellings) > 0) != (term != "strasse") {
			t.Errorf("%s: got %d spellings, %v", term, len(spellings), err)
		}
	}
}

// TestNames looks at the names of files: letters that every system can write,
// in one case, and no name that Windows keeps for itself.
func TestNames(t *testing.T) {
	for name := range write(t, pages(300)) {
		base := strings.TrimSuffix(strings.TrimPrefix(name, Folder+"/"), ".js")
		if strings.Trim(base, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" || len(base) > 100 {
			t.Errorf("file name %q", name)
		}
	}
}

// TestEditChangesLittle adds a sentence to a page in the middle: nearly all
// files stay as they are.
func TestEditChangesLittle(t *testing.T) {
	entries := pages(2000)
	before := write(t, entries)
	entries[1000].Blocks[2].Text += " Hòa giải viên giúp hai bên giữ tình làng nghĩa xóm khi có tranh chấp."
	after := write(t, entries)
	changed := 0
	for name, file := range after {
		if before[name] == nil || !bytes.Equal(before[name].Data, file.Data) {
			changed++
		}
	}
	for name := range before {
		if after[name] == nil {
			changed++
		}
	}
	if changed == 0 || changed*50 > len(after) {
		t.Errorf("%d of %d files changed, want at most 2 %%", changed, len(after))
	}
}

// TestSameBytes analyses the same pages in another order.
func TestSameBytes(t *testing.T) {
	entries := pages(200)
	c := terms.NewCollection(nil)
	docs := make([]*terms.Doc, len(entries))
	for _, analyzer := range []*terms.Analyzer{c.Analyzer(), c.Analyzer()} {
		for i := len(entries) - 1; i >= 0; i-- {
			if docs[i] == nil && (i%3 == 0 || docs[max(0, i-1)] != nil) {
				docs[i] = analyzer.Add(&entries[i])
			}
		}
		for i := range entries {
			if i%2 == 0 && docs[i] == nil {
				docs[i] = analyzer.Add(&entries[i])
			}
		}
	}
	last := c.Analyzer()
	for i := range entries {
		if docs[i] == nil {
			docs[i] = last.Add(&entries[i])
		}
	}
	want := write(t, entries)
	seen := 0
	if err := Write(c.Invert(docs), func(name string, data []byte) error {
		if seen++; want[name] == nil || !bytes.Equal(want[name].Data, data) {
			t.Errorf("%s differs", name)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if seen != len(want) {
		t.Errorf("%d files, want %d", seen, len(want))
	}
}

// FuzzUnpack reads damaged files of terms: an error or terms, never a panic,
// and memory in proportion to the file.
func FuzzUnpack(f *testing.F) {
	ok := pack([]term{{"hoa", "hoa", []rank.Spelling{{Exact: "hòa", Fields: [2][]rank.Posting{{rank.NewPosting(3, 1)}, {rank.NewPosting(5, 9), rank.NewPosting(700, 2)}}}}}})
	f.Add(ok[0], ok[1], ok[2], ok[3])
	f.Add("Ahoa=", "!", "", "")
	f.Add("Z", "}}}}}}", "}", "~")
	f.Fuzz(func(t *testing.T, names, counts, steps, times string) {
		list, err := unpack([4]string{names, counts, steps, times})
		if err != nil {
			return
		}
		postings := 0
		for _, term := range list {
			for _, s := range term.spellings {
				postings += len(s.Fields[0]) + len(s.Fields[1])
			}
		}
		if postings > len(steps) {
			t.Errorf("%d postings from %d characters", postings, len(steps))
		}
	})
}
