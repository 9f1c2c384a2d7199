package site

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"hoagiai/internal/diag"
	"hoagiai/internal/meta"
	"hoagiai/internal/page"

	"golang.org/x/text/unicode/norm"
)

// Addresses that the portal itself uses.
const (
	HomeURL   = "index.html"
	SearchURL = "tim-kiem.html"
	ErrorURL  = "404.html"
	TagFolder = "the/"
	TagsURL   = TagFolder + "index.html"
)

// ownFolders are the folders of the output that content can't use.
var ownFolders = []string{"assets/", "search/", "search.bleve/", "api/"}

// ownFiles are the files at the output's root that content can't use.
var ownFiles = []string{"manifest.json", "app.webmanifest", "sw.js", "sitemap.xml", "feed.xml", "robots.txt"}

// addressBook knows who owns each address. Addresses are compared in NFC and
// lower case: on a phone's memory card two names that differ only in case are
// one file.
type addressBook map[string]string

func addressKey(url string) string { return strings.ToLower(norm.NFC.String(url)) }

// claim takes an address for an owner; it returns the earlier owner when there
// is one.
func (b addressBook) claim(url, owner string) (earlier string, ok bool) {
	key := addressKey(url)
	if earlier, taken := b[key]; taken {
		return earlier, false
	}
	b[key] = owner
	return "", true
}

func (b addressBook) has(url string) bool { _, ok := b[addressKey(url)]; return ok }

// claimAddresses gives every address of the output one owner, in an order that
// makes the findings speak of the file that has to be changed.
func (s *Site) claimAddresses() {
	s.addresses = addressBook{}
	for _, url := range append([]string{SearchURL, ErrorURL, TagsURL}, ownFiles...) {
		s.addresses.claim(url, "trang do chương trình tạo")
	}
	s.claimSections(s.Root)
	for _, t := range s.Tags {
		for n := 1; n <= listPages(len(t.Pages)); n++ {
			s.addresses.claim(listURL(t.URL, n), "trang thẻ “"+t.Name+"”")
		}
	}
	for _, p := range s.Pages {
		at := diag.Pos{File: p.File, Line: 1, Col: 1}
		if p.Slug.Value != "" {
			at = p.Slug.Pos
		}
		for _, own := range ownFolders {
			if strings.HasPrefix(p.URL, own) {
				s.findings.Add(diag.BadAddress, at, "đổi tên thư mục", "thư mục “%s” dành riêng cho chương trình", own)
			}
		}
		if p.Index {
			if dir := dirOf(p.File); s.sections[dir].Index != p {
				s.findings.Add(diag.DuplicateAddress, at, "giữ lại một tệp", "địa chỉ %s đã thuộc về %s", p.URL, s.sections[dir].Index.File)
			}
			continue
		}
		if owner, ok := s.addresses.claim(p.URL, p.File); !ok {
			s.findings.Add(diag.DuplicateAddress, at, "đổi tên tệp hoặc đặt slug khác", "địa chỉ %s đã thuộc về %s", p.URL, owner)
		}
	}
	for f := range s.files {
		if owner, ok := s.addresses.claim(page.AssetURL(f), f); !ok {
			s.findings.Add(diag.DuplicateAddress, diag.Pos{File: max(f, owner)}, "đổi tên một trong hai tệp", "hai tệp có cùng địa chỉ %s: %s và %s", page.AssetURL(f), min(f, owner), max(f, owner))
		}
	}
}

// claimSections claims the list pages of all sections. Two folders whose names
// give one address are reported at the second.
func (s *Site) claimSections(sec *Section) {
	owner := "chuyên mục “" + sec.Dir + "”"
	if sec.Index != nil {
		owner = sec.Index.File
	}
	for n := 1; n <= s.sectionPages(sec); n++ {
		if earlier, ok := s.addresses.claim(listURL(sec.URL, n), owner); !ok {
			at := diag.Pos{File: sec.Dir}
			if sec.Index != nil {
				at.File = sec.Index.File
			}
			s.findings.Add(diag.DuplicateAddress, at, "đổi tên một trong hai thư mục", "địa chỉ %s đã thuộc về %s", listURL(sec.URL, n), earlier)
			break
		}
	}
	for _, sub := range sec.Sections {
		s.claimSections(sub)
	}
}

// perList is the number of entries on one page of a list.
const perList = 20

func listPages(entries int) int { return max(1, (entries+perList-1)/perList) }

// listURL returns the address of page n of a list: "index.html", then
// "trang-2.html" beside it.
func listURL(url string, n int) string {
	if n == 1 {
		return url
	}
	return strings.TrimSuffix(url, "index.html") + "trang-" + strconv.Itoa(n) + ".html"
}

var listNumber = regexp.MustCompile(`(^|/)trang-[0-9]+\.html$`)

var aliasForm = regexp.MustCompile(`^[A-Za-z0-9._/-]+$`)

// aliasURL brings an old address as an editor writes it into the form of a
// file under the output's root: "/tin-tuc/1/" → "tin-tuc/1/index.html".
func aliasURL(s string) (string, bool) {
	s = norm.NFC.String(s)
	url := strings.TrimPrefix(s, "/")
	switch {
	case url == "" || strings.HasSuffix(url, "/"):
		url += "index.html"
	case path.Ext(url) == "":
		url += "/index.html"
	}
	if !aliasForm.MatchString(url) || path.Clean(url) != url || strings.HasPrefix(url, "../") || strings.HasPrefix(url, ".") || !strings.HasSuffix(url, ".html") {
		return "", false
	}
	return url, true
}

// buildRedirects claims the addresses of aliases and of the settings'
// redirects.
func (s *Site) buildRedirects() {
	for _, p := range s.Pages {
		for _, a := range p.Aliases {
			s.redirect(a, p.URL, p.File)
		}
	}
	for _, r := range s.Config.Redirects {
		to, ok := s.configLink(r.To)
		if !ok {
			continue
		}
		s.redirect(r.From, to, ConfigFile)
	}
}

func (s *Site) redirect(from meta.Text, to, owner string) {
	url, ok := aliasURL(from.Value)
	if !ok {
		s.findings.Add(diag.BadAddress, from.Pos, "ví dụ: tin-tuc/ke-hoach-2021.html", "địa chỉ cũ “%s” không dùng được: chỉ chữ không dấu, số, gạch nối, và nằm trong cổng", from.Value)
		return
	}
	for _, own := range ownFolders {
		if strings.HasPrefix(url, own) {
			s.findings.Add(diag.BadAddress, from.Pos, "", "thư mục “%s” dành riêng cho chương trình", own)
			return
		}
	}
	earlier, ok := s.addresses.claim(url, "alias của "+owner)
	switch {
	case ok:
		s.Redirects = append(s.Redirects, Redirect{url, to})
	case strings.HasPrefix(earlier, "alias của "):
		s.findings.Add(diag.DuplicateAddress, from.Pos, "giữ lại một chỗ", "địa chỉ cũ “%s” đã là %s", from.Value, earlier)
	default:
		s.findings.Add(diag.AliasOverPage, from.Pos, "xóa alias này", "địa chỉ cũ “%s” trùng với địa chỉ đang dùng của %s", from.Value, earlier)
	}
}
