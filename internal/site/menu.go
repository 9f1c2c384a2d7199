package site

import (
	"cmp"
	"slices"

	"hoagiai/internal/diag"
	"hoagiai/internal/markdown"
	"hoagiai/internal/meta"
)

// Item is one entry of a menu with its address resolved.
type Item struct {
	Title    string
	URL      string // under the output's root, or a web address when External
	External bool
	Items    []*Item
}

// buildMenus resolves the menus of the settings. Without one, the menu shows
// the top folders and those that ask for a place in it.
func (s *Site) buildMenus() {
	s.Footer = s.items(s.Config.FooterMenu)
	if len(s.Config.Menu) > 0 {
		s.Menu = s.items(s.Config.Menu)
		return
	}
	var shown []*Section
	for _, sec := range s.sections {
		if sec.Dir != "" && (sec.Parent == s.Root && len(sec.All) > 0 || s.menuPlace(sec) > 0) {
			shown = append(shown, sec)
		}
	}
	slices.SortFunc(shown, func(a, b *Section) int {
		return cmp.Or(cmp.Compare(s.menuRank(a), s.menuRank(b)), cmp.Compare(a.order, b.order), cmp.Compare(a.Dir, b.Dir))
	})
	for _, sec := range shown {
		s.Menu = append(s.Menu, &Item{Title: sec.Title, URL: sec.URL})
	}
}

// menuPlace returns the place a folder asks for, 0 for none.
func (s *Site) menuPlace(sec *Section) int {
	if sec.Index != nil && sec.Index.Menu != 0 {
		return sec.Index.Menu
	}
	if c := s.Config.section(sec.Dir); c != nil {
		return c.Menu
	}
	return 0
}

func (s *Site) menuRank(sec *Section) int { return cmp.Or(s.menuPlace(sec), 1<<20) }

func (s *Site) items(config []*MenuItem) []*Item {
	var items []*Item
	for _, m := range config {
		item := &Item{Title: m.Title, Items: s.items(m.Items)}
		if m.Link.Value != "" {
			url, ok := s.configLink(m.Link)
			if !ok {
				continue
			}
			item.URL, item.External = url, markdown.IsExternal(url)
		}
		items = append(items, item)
	}
	return items
}

// configLink resolves a link of the settings, relative to the content folder.
func (s *Site) configLink(t meta.Text) (string, bool) {
	if !markdown.IsSafe(t.Value) {
		s.findings.Add(diag.UnsafeLink, t.Pos, "dùng https:// hoặc đường dẫn tới tệp .md", "liên kết dùng giao thức không được phép: %s", t.Value)
		return "", false
	}
	if markdown.IsExternal(t.Value) {
		return t.Value, true
	}
	to := s.resolveFromRoot(t.Value)
	url, ok := s.address(to)
	if !ok {
		s.findings.Add(diag.BrokenLink, t.Pos, s.suggest(to.file), "liên kết hỏng: %s", t.Value)
	}
	return url, ok
}
