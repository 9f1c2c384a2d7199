package page

import (
	"bytes"
	"strings"
	"time"

	"hoagiai/internal/diag"
	"hoagiai/internal/markdown"
	"hoagiai/internal/meta"
)

// Context is what a page has to be told about its surroundings.
type Context struct {
	Kind Kind           // of its folder
	Zone *time.Location // of dates without an offset
}

// Parse reads one content file; raw is the file as it is on disk. The page is
// returned even with findings, as complete as it can be, so that one look
// reports all of them; it is nil only when the text can't be read at all.
func Parse(file string, raw []byte, c Context) (*Page, diag.List) {
	src, findings := Decode(file, raw)
	if src == nil {
		return nil, findings
	}
	p := &Page{File: file, Kind: c.Kind, Index: IsIndex(file)}
	front, body := split(src, &findings)
	d := &meta.Decoder{Name: file, Line: 1, Zone: c.Zone, Elsewhere: p.elsewhere, Findings: findings}
	d.Decode(front, p.fields())
	p.check(checker{src, d})
	doc, more := markdown.Render(src, body, markdown.Options{Law: c.Kind == Law && !p.Index})
	p.Body, p.Lead = doc, lead(doc, 30)
	findings = append(d.Findings, more...)
	if !p.Index && c.Kind == Plain && len(doc.Blocks) == 0 {
		findings.Add(diag.EmptyPage, src.At(0), "", "trang chưa có nội dung")
	}
	p.URL = p.address(src, &findings)
	return p, findings
}

// ParseFront reads the front matter alone, for those who only need to know
// what an _index.md says of its folder. Findings are left to Parse.
func ParseFront(file string, raw []byte, c Context) *Page {
	src, findings := Decode(file, raw)
	if src == nil {
		return nil
	}
	p := &Page{File: file, Kind: c.Kind, Index: IsIndex(file)}
	front, _ := split(src, &findings)
	d := &meta.Decoder{Name: file, Line: 1, Zone: c.Zone}
	d.Decode(bytes.Clone(front), p.fields())
	return p
}

// lead returns the first words of a text, headings left out.
func lead(doc *markdown.Doc, words int) string {
	heading := -1
	for _, b := range doc.Blocks {
		if b.Heading != heading {
			heading = b.Heading // this block is the heading itself
			continue
		}
		all := strings.Fields(b.Text)
		if len(all) > words {
			return strings.Join(all[:words], " ") + "…"
		}
		return b.Text
	}
	return ""
}
