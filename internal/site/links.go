package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"hoagiai/internal/diag"
	"hoagiai/internal/markdown"
	"hoagiai/internal/meta"
	"hoagiai/internal/page"
	"hoagiai/internal/viet"

	"golang.org/x/text/unicode/norm"
)

// target is what a destination written by an editor names.
type target struct {
	file     string // under the content folder; "" when it leads outside of it
	fragment string
	page     *page.Page // when the file is a published page
	section  *Section   // when it is a folder
}

// resolve reads a destination relative to its page, or to the content folder
// when it begins with a slash.
func (s *Site) resolve(p *page.Page, dest string) target {
	if number, ok := strings.CutPrefix(dest, "luat:"); ok {
		return s.resolveLaw(number)
	}
	dest, fragment, _ := strings.Cut(dest, "#")
	dest, _, _ = strings.Cut(dest, "?")
	t := target{fragment: unescape(fragment)}
	if dest == "" {
		t.file, t.page = p.File, p
		return t
	}
	dest = unescape(dest)
	if strings.HasPrefix(dest, "/") {
		dest = path.Clean(dest)[1:]
	} else {
		dest = path.Join(dirOf(p.File), dest)
	}
	if dest == ".." || strings.HasPrefix(dest, "../") {
		return target{}
	}
	if dest == "." {
		dest = ""
	}
	t.file, t.page = dest, s.byFile[dest]
	if t.page == nil {
		t.section = s.sections[dest]
	} else if t.page.Index {
		t.section = s.sections[dirOf(dest)]
	}
	return t
}

// resolveLaw finds the page of a legal document by its number,
// "35/2013/QH13#dieu-5".
func (s *Site) resolveLaw(dest string) target {
	number, fragment, _ := strings.Cut(dest, "#")
	pages := s.laws[viet.Canon(unescape(number))]
	if len(pages) != 1 {
		return target{}
	}
	return target{file: pages[0].File, page: pages[0], fragment: fragment}
}

// unescape undoes percent-encoding; what isn't well encoded stays as written.
func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		s = u
	}
	return norm.NFC.String(s)
}

// address returns where a resolved target lies in the output.
func (s *Site) address(t target) (string, bool) {
	switch {
	case t.section != nil:
		return t.section.URL, true
	case t.page != nil:
		return t.page.URL, true
	}
	if _, ok := s.files[t.file]; ok {
		return page.AssetURL(t.file), true
	}
	if s.addresses.has(t.file) { // an address of the output, "/tim-kiem.html"
		return t.file, true
	}
	return "", false
}

// linkURL returns what a link in a page's text becomes, relative to the view
// that shows the page. It reports false for a link that leads nowhere.
func (s *Site) linkURL(p *page.Page, l markdown.Link, rel func(string) string) (string, bool) {
	if l.Dest == "" {
		return "", false
	}
	if markdown.IsExternal(l.Dest) && !strings.HasPrefix(l.Dest, "luat:") {
		return l.Dest, true
	}
	t := s.resolve(p, l.Dest)
	if t.page == p && t.fragment != "" {
		return "#" + t.fragment, true
	}
	url, ok := s.address(t)
	if !ok {
		return "", false
	}
	out := rel(url)
	if _, query, found := strings.Cut(l.Dest, "?"); found && t.page == nil && t.section == nil {
		query, _, _ = strings.Cut(query, "#")
		out += "?" + query
	}
	if t.fragment != "" {
		out += "#" + t.fragment
	}
	return out, true
}

// anchors returns the ids of a page, gathered when the first link asks.
func (s *Site) anchors(p *page.Page) map[string]bool {
	if ids := s.ids[p]; ids != nil {
		return ids
	}
	ids := map[string]bool{}
	for _, h := range p.Body.Headings {
		ids[h.ID] = true
		if h.Short != "" {
			ids[h.Short] = true
		}
	}
	if p.Law != nil {
		for _, a := range p.Law.Provisions {
			ids[markdown.ArticleID(a.Article)] = true
		}
	}
	s.ids[p] = ids
	return ids
}

// checkLinks looks at every link of every page, in its text and in its front
// matter, and marks the files that pages use.
func (s *Site) checkLinks() {
	for _, p := range s.Pages {
		for _, l := range p.Body.Links {
			s.checkLink(p, l)
		}
		s.checkFiles(p)
	}
}

func (s *Site) checkLink(p *page.Page, l markdown.Link) {
	if l.Dest == "" || (markdown.IsExternal(l.Dest) && !strings.HasPrefix(l.Dest, "luat:")) {
		return
	}
	t := s.resolve(p, l.Dest)
	if _, ok := s.files[t.file]; ok && t.page == nil {
		s.files[t.file] = true
		return
	}
	if _, ok := s.address(t); !ok {
		s.broken(l, t)
		return
	}
	if t.fragment == "" || strings.HasPrefix(t.fragment, "fn:") {
		return
	}
	of := t.page
	if of == nil && t.section != nil {
		of = t.section.Index
	}
	if of == nil {
		return
	}
	if ids := s.anchors(of); !ids[t.fragment] {
		known := make([]string, 0, len(ids))
		for id := range ids {
			known = append(known, id)
		}
		slices.Sort(known)
		s.findings.Add(diag.MissingAnchor, l.Pos, diag.DidYouMean(t.fragment, known), "trang %s không có đề mục “#%s”", of.File, t.fragment)
	}
}

func (s *Site) broken(l markdown.Link, t target) {
	switch {
	case s.hidden[t.file] && t.file != "":
		s.findings.Add(diag.LinkToHidden, l.Pos, "bỏ liên kết hoặc công bố trang đích", "liên kết tới trang chưa công bố: %s", l.Dest)
	case strings.HasPrefix(l.Dest, "luat:"):
		number, _, _ := strings.Cut(strings.TrimPrefix(l.Dest, "luat:"), "#")
		hint := "thêm văn bản vào mục văn bản, hoặc liên kết tới trang khác"
		if n := len(s.laws[viet.Canon(number)]); n > 1 {
			hint = "có nhiều văn bản cùng số; hãy liên kết tới tệp .md của văn bản"
		}
		s.findings.Add(diag.BrokenLink, l.Pos, hint, "không xác định được văn bản số %s", number)
	case l.Image:
		s.findings.Add(diag.MissingFile, l.Pos, s.suggest(t.file), "không có tệp hình “%s”", l.Dest)
	default:
		s.findings.Add(diag.BrokenLink, l.Pos, s.suggest(t.file), "liên kết hỏng: %s", l.Dest)
	}
}

// suggest guesses the file that was meant: one of the same name elsewhere, or
// one of a similar name in the same folder.
func (s *Site) suggest(file string) string {
	if file == "" {
		return "đường dẫn đi ra ngoài thư mục nội dung"
	}
	var sameName, sameFolder []string
	look := func(f string) {
		if path.Base(f) == path.Base(file) {
			sameName = append(sameName, f)
		}
		if path.Dir(f) == path.Dir(file) {
			sameFolder = append(sameFolder, f)
		}
	}
	for _, p := range s.Pages {
		look(p.File)
	}
	for f := range s.files {
		look(f)
	}
	slices.Sort(sameName)
	slices.Sort(sameFolder)
	if len(sameName) > 0 && path.Base(file) != "_index.md" {
		return "có phải “/" + sameName[0] + "”?"
	}
	if guess := diag.Nearest(file, sameFolder); guess != "" {
		return "có phải “/" + guess + "”?"
	}
	return ""
}

// checkFiles looks at the files that front matter names.
func (s *Site) checkFiles(p *page.Page) {
	files := slices.Concat([]meta.Text{p.Image}, p.Files)
	if p.Lesson != nil {
		files = append(files, p.Lesson.Narration)
	}
	if p.Article != nil {
		files = append(files, p.Article.Audio, p.Article.Video)
	}
	for _, t := range files {
		if t.Value == "" {
			continue
		}
		file := s.resolve(p, t.Value).file
		if _, ok := s.files[file]; !ok {
			s.findings.Add(diag.MissingFile, t.Pos, s.suggest(file), "không có tệp “%s”", t.Value)
			continue
		}
		s.files[file] = true
	}
}

// resolveFromRoot resolves a destination written in the settings.
func (s *Site) resolveFromRoot(dest string) target {
	return s.resolve(&page.Page{}, "/"+strings.TrimPrefix(dest, "/"))
}
