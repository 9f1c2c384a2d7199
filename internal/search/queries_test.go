package search

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"hoagiai/internal/rank"
)

// larger is a portal whose pages have what people type in many ways.
var larger = append(append([]rank.Entry{}, portal...), []rank.Entry{
	{URL: "g.html", Title: "Má", Kind: "term", Blocks: []rank.Block{{Heading: -1, Text: "Má là mẹ."}}},
	{URL: "h.html", Title: "Mà mà mà", Kind: "article", Blocks: []rank.Block{{Heading: -1, Text: strings.Repeat("mà ", 30)}}},
	{URL: "i.html", Title: "Luật Hòa giải ở cơ sở năm 2013", Names: []string{"Luật 35/2013/QH13"}, Number: "35/2013/QH13", Kind: "law"},
	{URL: "j.html", Title: "Nghị định hướng dẫn", Names: []string{"Nghị định 15/2014/NĐ-CP"}, Number: "15/2014/NĐ-CP", Kind: "law", Blocks: []rank.Block{{Heading: -1, Text: "Hướng dẫn Luật số 35/2013/QH13. Luật 35/2013/QH13 và 35/2013/QH13."}}},
	{URL: "k.html", Title: "Thủ tục ly hôn", Kind: "question", Blocks: []rank.Block{{Heading: -1, Text: "Vợ chồng ly hôn thì nhờ giấy chứng nhận quyền sử dụng đất để chia nhà."}}},
	{URL: "l.html", Title: "Hòa giải viên", Kind: "term", Blocks: []rank.Block{{Heading: -1, Text: "Hòa giải viên ở cơ sở do UBND công nhận, Ban công tác Mặt trận đề nghị."}}},
}...)

// TestUnderstanding asks in the ways people type.
func TestUnderstanding(t *testing.T) {
	x := open(t, larger)
	for _, row := range []struct {
		q                          rank.Query
		first, understood, suggest string
	}{
		{rank.Query{Text: "hoa giai tranh chap"}, "f", "hòa giải tranh chấp", ""},
		{rank.Query{Text: "hoa giai tranh chap", AsIs: true}, "f", "", ""},
		{rank.Query{Text: "Hoà giải"}, "a", "", ""},
		{rank.Query{Text: "hoaf giair tranh cha61p"}, "f", "hòa giải tranh chấp", ""},
		{rank.Query{Text: "hoaf giair", AsIs: true}, "", "", "hòa giải"},
		{rank.Query{Text: "tranh châp đât đai"}, "f", "tranh chấp đất đai", ""},
		{rank.Query{Text: "má"}, "g", "", ""},
		{rank.Query{Text: "mà"}, "h", "", ""},
		{rank.Query{Text: "35/2013/QH13"}, "i", "", ""},
		{rank.Query{Text: "luat 35/2013"}, "i", "luật 35/2013", ""},
		{rank.Query{Text: "Luật số 35/2013/qh13"}, "i", "", ""},
		{rank.Query{Text: "nd 15/2014"}, "j", "nđ 15/2014", ""},
		{rank.Query{Text: "NĐ15/2014"}, "j", "", ""},
		{rank.Query{Text: "quyết định 428"}, "d", "", ""},
		{rank.Query{Text: "quyet dinh so 428"}, "d", "quyết định so 428", ""},
		{rank.Query{Text: "ly dị"}, "k", "", ""},
		{rank.Query{Text: "sổ đỏ"}, "k", "", ""},
		{rank.Query{Text: "HGV"}, "l", "", ""},
		{rank.Query{Text: "ủy ban nhân dân công nhận"}, "l", "", ""},
		{rank.Query{Text: "hòa giải viên là gì"}, "l", "", ""},
		{rank.Query{Text: "hòa giải vein"}, "a", "", "hòa giải viên"},
		{rank.Query{Text: "tranh chập đất đai"}, "f", "", "tranh chấp đất đai"},
	} {
		a, err := x.Search(context.Background(), row.q)
		if err != nil {
			t.Fatal(err)
		}
		first := ""
		if len(a.Hits) > 0 {
			first = strings.TrimSuffix(a.Hits[0].URL, ".html")
		}
		if suggest := strings.Join(a.Suggest, "|"); first != row.first || a.Understood != row.understood || suggest != row.suggest {
			t.Errorf("%+v: got %q first, understood %q, suggested %q; want %q, %q, %q", row.q, first, a.Understood, suggest, row.first, row.understood, row.suggest)
		}
	}
}

func TestComplete(t *testing.T) {
	x := open(t, larger)
	for text, want := range map[string]string{
		"h":                 "hòa giải",
		"ho":                "hòa giải",
		"hò":                "hòa giải",
		"hủ":                "",
		"hoa g":             "",
		"hoa gi":            "hòa giải",
		"hoa giai":          "hòa giải",
		"hoa giai vi":       "hòa giải viên",
		"Tranh chấp đất đa": "Tranh chấp đất đai",
		"tranh chấp đất ả":  "",
		"hòa giải ":         "",
		"35/2013":           "",
		"":                  "",
	} {
		got, err := x.Complete(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestCounts completes a syllable in more ways, one of which a single page has
// in its text: in an index merged of several segments, Bleve's dictionary
// counts one page for every term behind such a one.
func TestCounts(t *testing.T) {
	entries := []rank.Entry{{URL: "0.html", Title: "Tranh chai", Kind: "page"}}
	texts := []string{"tranh chai", "tranh chân", "tranh chân", "tranh chấp", "tranh chấp", "tranh chấp"}
	for i := range batchSize + 100 {
		text := "khác"
		if i < len(texts) {
			text = texts[i]
		}
		entries = append(entries, rank.Entry{URL: fmt.Sprintf("%05d.html", i+1), Title: "Trang", Kind: "page", Blocks: []rank.Block{{Heading: -1, Text: text}}})
	}
	got, err := open(t, entries).Complete(context.Background(), "tranh ch")
	if err != nil || strings.Join(got, "|") != "tranh chấp|tranh chân|tranh chai" {
		t.Errorf("got %q, %v", got, err)
	}
}
