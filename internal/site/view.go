package site

import (
	"iter"
	"slices"

	"hoagiai/internal/markdown"
	"hoagiai/internal/page"
)

// View is one HTML file to write: a layout of the theme and what it shows.
// Templates read its fields and methods.
type View struct {
	Site        *Site
	Layout      string // template of the theme: "page", "section", …
	URL         string
	Title       string
	Description string
	Absolute    bool // links start at the base address's path (404.html)

	Page    *page.Page // of a page, or the _index.md of a section
	Section *Section
	Tag     *Tag
	List    *List
	To      string // where a redirect leads, relative or a web address

	HTML []byte // the page's rendered body with holes, put in by the caller
}

// ownLayouts show something else than a page of the content.
var ownLayouts = []string{"home", "section", "course", "tag", "tags", "search", "404", "redirect"}

// IsOwnLayout reports whether a layout is one that content can't choose.
func IsOwnLayout(name string) bool { return slices.Contains(ownLayouts, name) }

// List is one page of a list of pages.
type List struct {
	Pages  []*page.Page
	URL    string // of the list's first page
	Number int    // this page, from 1
	Count  int    // pages in all
	Total  int    // entries in all
	Years  []Year
}

// Year is a jump to the first entry of a year.
type Year struct {
	Year int
	URL  string // page of the list
}

// Views yields every HTML file of the portal, in the same order every time.
func (s *Site) Views() iter.Seq[*View] {
	return func(yield func(*View) bool) {
		home := s.Root
		ok := yield(&View{Site: s, Layout: "home", URL: HomeURL, Title: s.Config.Title, Description: s.Config.Description, Section: home, Page: home.Index}) &&
			s.sectionViews(home, yield) &&
			s.tagViews(yield)
		if !ok {
			return
		}
		for _, p := range s.Pages {
			if p.Index {
				continue
			}
			if !yield(&View{Site: s, Layout: "page", URL: p.URL, Title: p.Title, Description: Describe(p), Page: p, Section: s.places[p].section}) {
				return
			}
		}
		if !yield(&View{Site: s, Layout: "search", URL: SearchURL, Title: "Tìm kiếm", Description: "Tìm trong " + s.Config.Title}) ||
			!yield(&View{Site: s, Layout: "404", URL: ErrorURL, Title: "Không tìm thấy trang", Absolute: true}) {
			return
		}
		for _, r := range s.Redirects {
			v := &View{Site: s, Layout: "redirect", URL: r.From, Title: "Trang đã chuyển"}
			v.To = r.To
			if !markdown.IsExternal(r.To) {
				v.To = v.Rel(r.To)
			}
			if !yield(v) {
				return
			}
		}
	}
}

// sectionPages returns how many pages a section's list takes: a course shows
// its whole outline on one.
func (s *Site) sectionPages(sec *Section) int {
	if sec.Kind == page.Lesson || sec.Dir == "" {
		return 1
	}
	return listPages(len(sec.All))
}

func (s *Site) sectionViews(sec *Section, yield func(*View) bool) bool {
	if sec.Dir != "" {
		years := yearJumps(sec.All, sec.Kind, sec.URL)
		for n := 1; n <= s.sectionPages(sec); n++ {
			v := &View{Site: s, Layout: "section", URL: listURL(sec.URL, n), Title: sec.Title, Description: sec.Summary, Section: sec}
			if n == 1 {
				v.Page = sec.Index
			}
			if sec.Kind == page.Lesson {
				v.Layout = "course"
				v.List = &List{Pages: sec.Pages, URL: sec.URL, Number: 1, Count: 1, Total: len(sec.All)}
			} else {
				v.List = newList(sec.All, sec.URL, n, years)
			}
			if !yield(v) {
				return false
			}
		}
	}
	for _, sub := range sec.Sections {
		if !s.sectionViews(sub, yield) {
			return false
		}
	}
	return true
}

func (s *Site) tagViews(yield func(*View) bool) bool {
	if !yield(&View{Site: s, Layout: "tags", URL: TagsURL, Title: "Chủ đề", Description: "Các chủ đề của " + s.Config.Title}) {
		return false
	}
	for _, t := range s.Tags {
		years := yearJumps(t.Pages, page.Article, t.URL)
		for n := 1; n <= listPages(len(t.Pages)); n++ {
			v := &View{Site: s, Layout: "tag", URL: listURL(t.URL, n), Title: "Chủ đề: " + t.Name, Tag: t, List: newList(t.Pages, t.URL, n, years)}
			if !yield(v) {
				return false
			}
		}
	}
	return true
}

func newList(all []*page.Page, url string, n int, years []Year) *List {
	from := (n - 1) * perList
	return &List{
		Pages: all[from:min(len(all), from+perList)], URL: url,
		Number: n, Count: listPages(len(all)), Total: len(all), Years: years,
	}
}

// yearJumps finds, in a list that runs by date, the page on which each year
// begins. A list that fits on one page needs none.
func yearJumps(all []*page.Page, kind page.Kind, url string) []Year {
	if len(all) <= perList || kind == page.Term || kind == page.Plain {
		return nil
	}
	var years []Year
	for i, p := range all {
		y := When(p).Year()
		if When(p).IsZero() || len(years) > 0 && years[len(years)-1].Year == y {
			continue
		}
		years = append(years, Year{y, listURL(url, 1+i/perList)})
	}
	if len(years) < 2 {
		return nil
	}
	return years
}

// First reports whether this is the first page of the list.
func (l *List) First() bool { return l.Number == 1 }

// Previous returns the address of the list's page before this one, or "".
func (l *List) Previous() string {
	if l.Number == 1 {
		return ""
	}
	return listURL(l.URL, l.Number-1)
}

// Next returns the address of the list's next page, or "".
func (l *List) Next() string {
	if l.Number == l.Count {
		return ""
	}
	return listURL(l.URL, l.Number+1)
}

// Describe returns a page's summary, or what stands for one.
func Describe(p *page.Page) string {
	switch {
	case p.Summary != "":
		return p.Summary
	case p.Term != nil && p.Term.Definition != "":
		return p.Term.Definition
	}
	return p.Lead
}
