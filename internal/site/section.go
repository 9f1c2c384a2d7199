package site

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hoagiai/internal/diag"
	"hoagiai/internal/meta"
	"hoagiai/internal/page"
	"hoagiai/internal/viet"
)

// Section is a folder of the portal.
type Section struct {
	Dir      string // under the content folder, "" for the root
	URL      string
	Title    string
	Summary  string
	Kind     page.Kind
	Index    *page.Page // nil without _index.md
	Parent   *Section
	Sections []*Section
	Pages    []*page.Page // directly in the folder, in the order of its list
	All      []*page.Page // with those of its subfolders

	order int // in the menu and among its siblings
}

// IsCourse reports whether the folder holds lessons of its own.
func (s *Section) IsCourse() bool { return s.Kind == page.Lesson && len(s.Pages) > 0 }

// Newest returns the first pages of the section's list.
func (s *Section) Newest(n int) []*page.Page { return s.All[:min(n, len(s.All))] }

// place is where a page stands in the list that its neighbours come from.
type place struct {
	section *Section // its folder
	list    []*page.Page
	i       int
}

func (s *Site) buildSections() {
	s.sections = map[string]*Section{}
	s.Root = s.section("")
	for _, c := range s.Config.Sections {
		if d := c.Folder.Value; d != "" {
			s.section(d)
		}
	}
	for _, p := range s.Pages {
		sec := s.section(dirOf(p.File))
		if p.Index {
			sec.Index = p
		} else {
			sec.Pages = append(sec.Pages, p)
		}
	}
	s.describe()
	s.Root.finish()
	s.neighbours(s.Root, nil)
}

// section returns the section of a folder, made with its parents when it is
// met for the first time.
func (s *Site) section(dir string) *Section {
	if sec := s.sections[dir]; sec != nil {
		return sec
	}
	sec := &Section{Dir: dir, URL: page.Folder(dir) + "index.html"}
	s.sections[dir] = sec
	if dir != "" {
		up, _, _ := cutLast(dir)
		sec.Parent = s.section(up)
		sec.Parent.Sections = append(sec.Parent.Sections, sec)
	}
	return sec
}

var yearFolder = regexp.MustCompile(`^(19|20)\d\d$`)

// describe gives each section its title, summary, kind and order: from its
// _index.md, else from the settings, else from the folder's name.
func (s *Site) describe() {
	kinds := map[string]page.Kind{}
	for dir, sec := range s.sections {
		if sec.Index != nil && sec.Index.FolderKind.Value != "" {
			kinds[dir] = page.Kind(sec.Index.FolderKind.Value)
		}
	}
	for dir, sec := range s.sections {
		sec.Kind = s.Config.KindOf(dir, kinds)
		sec.order = 1 << 20
		for i, c := range s.Config.Sections {
			if c.Folder.Value == dir {
				sec.Title, sec.Summary, sec.order = c.Title, c.Summary, i
			}
		}
		if p := sec.Index; p != nil {
			sec.Title = cmp.Or(p.Title, sec.Title)
			sec.Summary = cmp.Or(p.Summary, sec.Summary)
		}
		if sec.Title != "" {
			continue
		}
		_, name, _ := cutLast(dir)
		switch {
		case dir == "":
			sec.Title = s.Config.Title
		case yearFolder.MatchString(name):
			sec.Title = "Năm " + name
		default:
			first, size := utf8.DecodeRuneInString(name)
			sec.Title = strings.ReplaceAll(string(unicode.ToUpper(first))+name[size:], "-", " ")
			if viet.Fold(name) != strings.ToLower(name) {
				break // the folder's name has its accents: it is a title
			}
			s.findings.Add(diag.UntitledSection, diag.Pos{File: dir}, "thêm tệp "+dir+"/_index.md có title", "chuyên mục chưa có tên, tạm gọi là “%s”", sec.Title)
		}
	}
}

// finish sorts a section and gathers the pages of its subfolders.
func (sec *Section) finish() {
	sortPages(sec.Pages, sec.Kind)
	slices.SortFunc(sec.Sections, func(a, b *Section) int {
		byName := viet.Compare(a.Dir, b.Dir)
		if yearFolder.MatchString(a.Dir[len(a.Dir)-min(4, len(a.Dir)):]) {
			byName = -byName // the latest year first
		}
		return cmp.Or(cmp.Compare(a.order, b.order), byName)
	})
	sec.All = slices.Clone(sec.Pages)
	for _, sub := range sec.Sections {
		sub.finish()
		sec.All = append(sec.All, sub.All...)
	}
	if len(sec.Sections) > 0 && sec.Kind != page.Lesson {
		kind := sec.Kind
		if sec.Dir == "" {
			kind = page.Article
		}
		sortPages(sec.All, kind)
	}
}

// neighbours notes for each page the list that "previous", "next" and "earlier
// pages" walk along: the lessons of one course, or all pages of the topmost
// folder of the same kind, so that the first page of a year follows the last
// of the year before.
func (s *Site) neighbours(sec *Section, list *Section) {
	if list == nil || list.Kind != sec.Kind || sec.Kind == page.Lesson || list.Dir == "" {
		list = sec
	}
	if list == sec {
		along := sec.All
		if sec.Kind == page.Lesson || sec.Dir == "" {
			along = sec.Pages
		}
		for i, p := range along {
			s.places[p] = place{list: along, i: i}
		}
	}
	for _, sub := range sec.Sections {
		s.neighbours(sub, list)
	}
	for _, p := range sec.Pages {
		at := s.places[p]
		at.section = sec
		s.places[p] = at
	}
	if sec.Index != nil {
		s.places[sec.Index] = place{section: sec}
	}
}

// When returns the date that a page is listed under.
func When(p *page.Page) meta.Date {
	switch {
	case p.Law != nil && !p.Law.Issued.IsZero():
		return p.Law.Issued
	case p.Question != nil && !p.Question.Asked.IsZero():
		return p.Question.Asked
	case p.Date.IsZero() && p.Plan != nil:
		return p.Plan.Issued
	}
	return p.Date
}

// sortPages orders a list as its kind wants: lessons by their order, terms and
// plain pages by name, everything else newest first.
func sortPages(pages []*page.Page, kind page.Kind) {
	byName := func(a, b *page.Page) int {
		return cmp.Or(viet.Compare(a.Title, b.Title), strings.Compare(a.URL, b.URL))
	}
	switch kind {
	case page.Lesson:
		slices.SortFunc(pages, func(a, b *page.Page) int {
			return cmp.Or(cmp.Compare(lessonOrder(a), lessonOrder(b)), viet.Compare(a.File, b.File))
		})
	case page.Term, page.Plain:
		slices.SortFunc(pages, byName)
	default:
		slices.SortFunc(pages, func(a, b *page.Page) int {
			return cmp.Or(When(b).Compare(When(a).Time), strings.Compare(a.URL, b.URL))
		})
	}
}

// lessonOrder puts lessons without an order behind the others.
func lessonOrder(p *page.Page) int {
	if p.Lesson == nil || p.Lesson.Order == 0 {
		return 1 << 30
	}
	return p.Lesson.Order
}
