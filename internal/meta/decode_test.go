package meta

import (
	"fmt"
	"testing"
)

// record is what TestDecode reads into.
type record struct {
	text  string
	place Text
	whole int
	real  float64
	flag  bool
	date  Date
	list  []string
	inner string
	items []*string
	many  []*string
}

func (r *record) fields() Fields {
	add := func(list *[]*string) func() Fields {
		return func() Fields {
			s := new(string)
			*list = append(*list, s)
			return Fields{"name": s}
		}
	}
	return Fields{
		"text": &r.text, "place": &r.place, "whole": &r.whole, "real": &r.real, "flag": &r.flag, "date": &r.date, "list": &r.list,
		"inner": Fields{"name": &r.inner}, "items": Records(add(&r.items)), "many": OneOrMany(add(&r.many)),
	}
}

func TestDecode(t *testing.T) {
	for _, row := range []struct{ yaml, want string }{
		{"", ""},
		{"text: 012", ""},
		{"text: |\n  hai\n  dòng", ""},
		{"whole: 12", ""},
		{"whole: 012", "1:8 wrong-type"},
		{"whole: 1.5", "1:8 wrong-type"},
		{"whole: 99999999999", "1:8 wrong-type"},
		{"real: 1,5", ""},
		{"real: .nan", "1:7 wrong-type"},
		{"real: 1e300", "1:7 wrong-type"},
		{"flag: true", ""},
		{"flag: True", "1:7 wrong-type"},
		{"flag: 1", "1:7 wrong-type"},
		{"date: 2021-04-07", ""},
		{"date: 0001-01-01", "1:7 bad-date"},
		{"list: [a, b]", ""},
		{"list: a", ""},
		{"list: {a: b}", "1:7 wrong-type"},
		{"list: [a, [b]]", "1:11 wrong-type"},
		{"list: [&a x, *a]", "1:8 yaml-syntax 1:14 yaml-syntax"},
		{"inner: {name: x}", ""},
		{"inner: {nam: x}", "1:9 unknown-key"},
		{"inner: x", "1:8 wrong-type"},
		{"items: [{name: a}, {name: b}]", ""},
		{"items: {name: a}", "1:8 wrong-type"},
		{"items: [a]", "1:9 wrong-type"},
		{"many: {name: a}", ""},
		{"many: [{name: a}]", ""},
		{"many: a", "1:7 wrong-type"},
		{"- a", "1:1 wrong-type"},
		{"a", "1:1 wrong-type"},
		{"text: a\nTEXT: b", "2:1 unknown-key"},
		{"? [a]\n: b", "1:3 yaml-syntax"},
		{"text: a\ntext: b", "2:1 duplicate-key"},
		{"text: \"a", "1:1 yaml-syntax"},
		{"text: [a", "1:1 yaml-syntax"},
	} {
		var r record
		d := &Decoder{Name: "x.yaml"}
		d.Decode([]byte(row.yaml), r.fields())
		got := ""
		for i, f := range d.Findings {
			if i > 0 {
				got += " "
			}
			got += fmt.Sprintf("%d:%d %s", f.Line, f.Col, f.Code)
		}
		if got != row.want {
			t.Errorf("%q: got %q, want %q\n%v", row.yaml, got, row.want, d.Findings)
		}
	}
}

func TestValues(t *testing.T) {
	var r record
	d := &Decoder{Name: "x.yaml", Line: 10}
	d.Decode([]byte("text: ' 1.10 '\nplace: đây\nreal: 1,5\nlist: đất đai\ninner: {name: a}\nmany: {name: b}\nitems:\n  - name: c\n  - name: d\n"), r.fields())
	got := fmt.Sprint(r.text, r.place, r.real, r.list, r.inner, *r.many[0], *r.items[0], *r.items[1], d.Findings)
	if want := "1.10{đây x.yaml:12:8} 1.5 [đất đai]abcd[]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"text: a", "a: &a [*a]", "? a\n: b", "items: [{name: [}", "---\n...\n", "text: !!binary x", "<<: {a: b}", "\t"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, block []byte) {
		var r record
		d := &Decoder{Name: "x.yaml"}
		d.Decode(block, r.fields())
		for _, x := range d.Findings {
			if x.Line < 1 || x.Col < 1 || x.Message == "" {
				t.Errorf("finding without a place: %+v", x)
			}
		}
	})
}
