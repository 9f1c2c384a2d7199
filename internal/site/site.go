// Package site joins pages into a portal: sections, courses, tags, menus,
// neighbours and lists. It checks what only the whole can tell (broken links,
// two sources for one address) and yields every view that has to be written.
//
// Everything here is computed anew from the pages at each build, in time
// linear in their number (times a logarithm for sorting). Nothing touches the
// disk or the clock.
package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"hoagiai/internal/diag"
	"hoagiai/internal/meta"
	"hoagiai/internal/page"
	"hoagiai/internal/viet"
)

// Input is what a portal is made of.
type Input struct {
	Config Config
	Pages  []*page.Page // all of them, held back or not, in any order
	Files  []string     // files beside pages, under the content folder
	Gate   *Gate        // decides what is published
	Now    time.Time
}

// Site is a joined portal.
type Site struct {
	Config    Config
	Now       time.Time
	Pages     []*page.Page // published, in the order of their addresses
	Hidden    []Hidden
	Root      *Section
	Tags      []*Tag
	Files     []File // files beside pages that some page uses
	Redirects []Redirect
	Menu      []*Item
	Footer    []*Item

	byFile    map[string]*page.Page
	byID      map[string]*page.Page
	hidden    map[string]bool // files of pages held back
	files     map[string]bool // files beside pages → used
	sections  map[string]*Section
	places    map[*page.Page]place
	addresses addressBook
	laws      map[string][]*page.Page // by canonical number
	ids       map[*page.Page]map[string]bool
	findings  diag.List
}

// Hidden is a page that is not published, with the reason in Vietnamese.
type Hidden struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
}

// File is a file that is copied: its place under the content folder and under
// the output's root.
type File struct{ Source, URL string }

// Redirect is an old address and the page it leads to now.
type Redirect struct{ From, To string }

// Tag is one tag with its pages, newest first.
type Tag struct {
	Name, URL string
	Pages     []*page.Page
}

// New joins the pages. The site is usable for checking even with findings;
// only a list without faults may be published.
func New(in Input) (*Site, diag.List) {
	s := &Site{
		Config: in.Config, Now: in.Now,
		byFile: map[string]*page.Page{}, byID: map[string]*page.Page{}, hidden: map[string]bool{}, files: map[string]bool{},
		places: map[*page.Page]place{}, laws: map[string][]*page.Page{}, ids: map[*page.Page]map[string]bool{},
	}
	for _, f := range in.Files {
		s.files[f] = false
	}
	s.publish(in.Pages, in.Gate)
	s.buildSections()
	s.buildTags()
	s.claimAddresses()
	s.checkIDs()
	s.checkLinks()
	s.buildMenus()
	s.buildRedirects()
	s.collectFiles()
	if s.Config.BaseURL.Value == "" {
		at := s.Config.BaseURL.Pos
		if at.File == "" {
			at = diag.Pos{File: ConfigFile}
		}
		s.findings.Add(diag.NoBaseURL, at, "thêm base_url: https://… vào site.yaml hoặc dùng --base-url", "chưa có địa chỉ của cổng (base_url)")
	}
	s.findings.Sort()
	return s, s.findings
}

// publish sorts out the pages that are held back.
func (s *Site) publish(pages []*page.Page, gate *Gate) {
	for _, p := range pages {
		if reason := gate.Reason(p); reason != "" {
			s.Hidden = append(s.Hidden, Hidden{p.File, reason})
			s.hidden[p.File] = true
			continue
		}
		s.Pages = append(s.Pages, p)
		s.byFile[p.File] = p
	}
	slices.SortFunc(s.Pages, func(a, b *page.Page) int {
		return cmp.Or(strings.Compare(a.URL, b.URL), strings.Compare(a.File, b.File))
	})
	slices.SortFunc(s.Hidden, func(a, b Hidden) int { return strings.Compare(a.File, b.File) })
	for _, p := range s.Pages {
		if p.Law != nil && p.Law.Number != "" {
			key := viet.Canon(p.Law.Number)
			s.laws[key] = append(s.laws[key], p)
		}
	}
}

// Gone returns the addresses of pages in an earlier build that the portal has
// no more, as findings.
func (s *Site) Gone(earlier []string) diag.List {
	var findings diag.List
	for _, url := range earlier {
		if strings.HasSuffix(url, ".html") && !listNumber.MatchString(url) && !s.addresses.has(url) {
			findings.Add(diag.GoneAddress, diag.Pos{File: url}, "thêm “"+url+"” vào aliases của trang thay thế", "địa chỉ %s không còn nữa", url)
		}
	}
	return findings
}

// dirOf returns the folder of a content file, "" for the root.
func dirOf(file string) string {
	dir, _, _ := cutLast(file)
	return dir
}

func (s *Site) buildTags() {
	type spelling struct {
		name  string
		pages int
		first *page.Page
		pos   diag.Pos
	}
	spellings := map[string][]*spelling{} // by slug
	tags := map[string]*Tag{}
	for _, p := range s.Pages {
		seen := map[string]bool{}
		for _, t := range p.Tags {
			slug := viet.Slug(t.Value)
			if slug == "" || seen[slug] {
				continue
			}
			seen[slug] = true
			tag := tags[slug]
			if tag == nil {
				tag = &Tag{URL: TagFolder + slug + "/index.html"}
				tags[slug] = tag
			}
			tag.Pages = append(tag.Pages, p)
			i := slices.IndexFunc(spellings[slug], func(x *spelling) bool { return x.name == t.Value })
			if i < 0 {
				spellings[slug] = append(spellings[slug], &spelling{name: t.Value, first: p, pos: t.Pos})
				i = len(spellings[slug]) - 1
			}
			spellings[slug][i].pages++
		}
	}
	for slug, tag := range tags {
		all := spellings[slug]
		slices.SortStableFunc(all, func(a, b *spelling) int {
			return cmp.Or(cmp.Compare(b.pages, a.pages), strings.Compare(a.name, b.name))
		})
		tag.Name = all[0].name
		for _, other := range all[1:] {
			s.findings.Add(diag.TagSpelling, other.pos, "có phải “"+tag.Name+"”?", "thẻ “%s” ở nơi khác viết là “%s”", other.name, tag.Name)
		}
		sortPages(tag.Pages, page.Article)
		s.Tags = append(s.Tags, tag)
	}
	slices.SortFunc(s.Tags, func(a, b *Tag) int { return cmp.Or(viet.Compare(a.Name, b.Name), strings.Compare(a.URL, b.URL)) })
}

// checkIDs gathers the ids of pages (without one, a page is known by its
// address), reports those that two pages declare and prerequisites that no
// page has.
func (s *Site) checkIDs() {
	for _, p := range s.Pages {
		id := cmp.Or(p.ID.Value, p.URL)
		if first := s.byID[id]; first != nil {
			if p.ID.Value == "" {
				continue // one address twice is reported as such
			}
			s.findings.Add(diag.DuplicateID, p.ID.Pos, "xóa id ở một trong hai trang", "id “%s” đã dùng ở %s", id, first.File)
			continue
		}
		s.byID[id] = p
	}
	for _, p := range s.Pages {
		for _, id := range p.Prerequisites() {
			if s.byID[id.Value] == nil {
				hint := diag.DidYouMean(id.Value, slices.Sorted(maps.Keys(s.byID)))
				s.findings.Add(diag.UnknownID, id.Pos, hint, "không có trang nào có id “%s”", id.Value)
			}
		}
	}
}

// collectFiles lists the files that pages use and reports the others.
func (s *Site) collectFiles() {
	for f, used := range s.files {
		if used {
			s.Files = append(s.Files, File{f, page.AssetURL(f)})
		} else {
			s.findings.Add(diag.UnusedFile, diag.Pos{File: f}, "", "tệp không được trang nào dùng nên không đưa lên cổng")
		}
	}
	slices.SortFunc(s.Files, func(a, b File) int { return strings.Compare(a.Source, b.Source) })
}

// fileURL returns the address of a file named in a page's front matter.
func (s *Site) fileURL(p *page.Page, t meta.Text) (url string, ok bool) {
	target := s.resolve(p, t.Value)
	_, ok = s.files[target.file]
	return page.AssetURL(target.file), ok
}
