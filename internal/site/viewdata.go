package site

import (
	"fmt"
	"io"
	"strings"
	"time"

	"hoagiai/internal/markdown"
	"hoagiai/internal/meta"
	"hoagiai/internal/page"
	"hoagiai/internal/viet"
)

// Rel returns the link from this view to an address under the output's root.
// Every link names its file, so that it works from disk too.
func (v *View) Rel(url string) string {
	if v.Absolute {
		return v.Site.Config.BasePath() + url
	}
	return relative(v.URL, url)
}

// relative returns the way from one file of the output to another.
func relative(from, to string) string {
	shared := 0
	for i := 0; i < len(from) && i < len(to) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			shared = i + 1
		}
	}
	return strings.Repeat("../", strings.Count(from[shared:], "/")) + to[shared:]
}

// Canonical returns the web address of this view, "" without a base address
// and for what has no address of its own.
func (v *View) Canonical() string {
	if v.Absolute || v.Layout == "redirect" {
		return ""
	}
	return v.Site.WebAddress(v.URL)
}

// WebAddress returns the full address of a file of the output, or "" without a
// base address. A folder's index is named by its folder.
func (s *Site) WebAddress(url string) string {
	if s.Config.BaseURL.Value == "" {
		return ""
	}
	if url == HomeURL || strings.HasSuffix(url, "/"+HomeURL) {
		url = strings.TrimSuffix(url, HomeURL)
	}
	return s.Config.BaseURL.Value + "/" + url
}

// Body writes the page's text with its links closed for this view.
func (v *View) Body(w io.Writer) error {
	if v.Page == nil {
		return nil
	}
	links := v.Page.Body.Links
	return markdown.Fill(w, v.HTML, func(i int) (string, bool) { return v.Site.linkURL(v.Page, links[i], v.Rel) })
}

// Crumb is one step of the way from the home page to a view.
type Crumb struct{ Title, URL string }

// Crumbs returns the sections above this view, the home page first. The view
// itself is not among them.
func (v *View) Crumbs() []Crumb {
	var crumbs []Crumb
	sec := v.Section
	if sec != nil && v.Layout != "page" && (v.List == nil || v.List.First()) {
		sec = sec.Parent
	}
	for ; sec != nil && sec.Dir != ""; sec = sec.Parent {
		crumbs = append([]Crumb{{sec.Title, sec.URL}}, crumbs...)
	}
	if v.Tag != nil {
		crumbs = append(crumbs, Crumb{"Chủ đề", TagsURL})
		if !v.List.First() {
			crumbs = append(crumbs, Crumb{v.Tag.Name, v.Tag.URL})
		}
	}
	return append([]Crumb{{"Trang chủ", HomeURL}}, crumbs...)
}

// Previous returns the page before this one in its list, or nil.
func (v *View) Previous() *page.Page { return v.neighbour(-1) }

// Next returns the page after this one in its list, or nil.
func (v *View) Next() *page.Page { return v.neighbour(+1) }

func (v *View) neighbour(step int) *page.Page {
	if v.Page == nil || v.Page.Index {
		return nil
	}
	at := v.Site.places[v.Page]
	if i := at.i + step; i >= 0 && i < len(at.list) {
		return at.list[i]
	}
	return nil
}

// Prerequisites returns the pages that should be studied before this one.
func (v *View) Prerequisites() []*page.Page {
	var pages []*page.Page
	if v.Page != nil {
		for _, id := range v.Page.Prerequisites() {
			if p := v.Site.byID[id.Value]; p != nil {
				pages = append(pages, p)
			}
		}
	}
	return pages
}

// earlierPages is how many of them a page shows.
const earlierPages = 5

// Earlier returns the pages that came before this one: Tin đã đưa. Only kinds
// that run by date have them.
func (v *View) Earlier() []*page.Page {
	if v.Page == nil || v.Page.Index || When(v.Page).IsZero() {
		return nil
	}
	switch v.Page.Kind {
	case page.Lesson, page.Term, page.Plain, page.Law:
		return nil
	}
	at := v.Site.places[v.Page]
	return at.list[at.i+1 : min(len(at.list), at.i+1+earlierPages)]
}

// Contents returns the headings for a table of contents: levels 2 and 3, when
// there are at least three of them.
func (v *View) Contents() []markdown.Heading {
	if v.Page == nil {
		return nil
	}
	var headings []markdown.Heading
	for _, h := range v.Page.Body.Headings {
		if h.Level == 2 || h.Level == 3 {
			headings = append(headings, h)
		}
	}
	if len(headings) < 3 {
		return nil
	}
	return headings
}

// Image returns the address of the page's picture, or "".
func (v *View) Image() string { return v.FileURL(v.Page.Image) }

// FileURL returns the address of a file named in the page's front matter, ""
// when there is none.
func (v *View) FileURL(t meta.Text) string {
	if t.Value == "" {
		return ""
	}
	url, ok := v.Site.fileURL(v.Page, t)
	if !ok {
		return ""
	}
	return v.Rel(url)
}

// TagURL returns the address of a tag's list.
func (v *View) TagURL(name string) string { return v.Rel(TagFolder + viet.Slug(name) + "/index.html") }

// LawURL returns the address of a legal document's page, "" when the register
// has no page, or several, of that number.
func (v *View) LawURL(number string) string {
	t := v.Site.resolveLaw(number)
	if t.page == nil {
		return ""
	}
	return v.Rel(t.page.URL)
}

// NoteID returns the id of the note on an article, "" when a heading of the
// body already has it.
func (v *View) NoteID(p *page.Provision) string {
	id := markdown.ArticleID(p.Article)
	for _, h := range v.Page.Body.Headings {
		if h.ID == id || h.Short == id {
			return ""
		}
	}
	return id
}

// IsOpen reports whether a menu entry is the section this view is in.
func (v *View) IsOpen(item *Item) bool {
	if item.URL == v.URL {
		return true
	}
	folder, isIndex := strings.CutSuffix(item.URL, "index.html")
	return isIndex && folder != "" && strings.HasPrefix(v.URL, folder)
}

// HasFeed reports whether the portal can have feeds: they need a base address.
func (v *View) HasFeed() bool { return v.Site.Config.BaseURL.Value != "" }

var weekdays = [...]string{"Chủ nhật", "Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6", "Thứ 7"}

// Dateline prints a date as state portals do:
// "Thứ 4, ngày 07/04/2021 | 10:24 AM (GMT +7)"; without a clock time, the day.
func Dateline(d meta.Date) string {
	day := weekdays[d.Weekday()] + ", ngày " + d.Format("02/01/2006")
	if !d.Clock {
		return day
	}
	_, offset := d.Zone()
	zone := fmt.Sprintf("GMT %+d", offset/3600)
	if m := offset / 60 % 60; m != 0 {
		zone += fmt.Sprintf(":%02d", max(m, -m))
	}
	return day + " | " + d.Format("03:04 PM") + " (" + zone + ")"
}

// Listed is the date of a page in a list, for machines and for readers.
type Listed struct{ Machine, Text string }

// ListedDate returns the date that a page is listed under, nil without one.
func ListedDate(p *page.Page) *Listed {
	d := When(p)
	if d.IsZero() {
		return nil
	}
	return &Listed{MachineDate(d), FormatDate(d)}
}

// FormatDate prints a date as day/month/year, with the clock time if it has one.
func FormatDate(d meta.Date) string {
	if d.Clock {
		return d.Format("02/01/2006 15:04")
	}
	return d.Format("02/01/2006")
}

// MachineDate prints a date for the datetime attribute.
func MachineDate(d meta.Date) string {
	if d.Clock {
		return d.Format(time.RFC3339)
	}
	return d.Format(time.DateOnly)
}
