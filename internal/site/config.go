package site

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"hoagiai/internal/diag"
	"hoagiai/internal/meta"
	"hoagiai/internal/page"
)

// Config holds a portal's settings, content/site.yaml.
type Config struct {
	Title        string
	Description  string
	BaseURL      meta.Text // without a trailing slash; "" when not known
	Language     string
	Zone         *time.Location
	Organization Organization
	Contacts     []*Contact
	Sections     []*SectionConfig
	Menu         []*MenuItem
	FooterMenu   []*MenuItem
	Redirects    []*RedirectConfig
	Synonyms     []meta.Text // words that mean the same, "sổ đỏ = giấy chứng nhận quyền sử dụng đất"
}

// Organization is the body that publishes the portal.
type Organization struct{ Name, Address, Phone, Email, URL string }

// Contact is a person or office that readers may write to.
type Contact struct{ Name, Role, Phone, Email string }

// SectionConfig gives a folder its kind, title and place in the menu.
type SectionConfig struct {
	Folder  meta.Text
	Title   string
	Kind    meta.Text
	Summary string
	Menu    int
}

// MenuItem is one entry of a menu; Link is a content file, an output address
// or a web address.
type MenuItem struct {
	Title string
	Link  meta.Text
	Items []*MenuItem
}

// RedirectConfig sends an old address to a page.
type RedirectConfig struct{ From, To meta.Text }

// defaultZone is the time zone of a portal that names none.
const defaultZone = "Asia/Ho_Chi_Minh"

// ConfigFile is the name of the settings under the content folder.
const ConfigFile = "site.yaml"

// ParseConfig reads site.yaml. A nil text means that there is none: the
// defaults apply.
func ParseConfig(raw []byte) (Config, diag.List) {
	c := Config{Title: "Cổng thông tin", Language: "vi"}
	zone := defaultZone
	var zonePos meta.Text
	var findings diag.List
	if raw != nil {
		src, bad := page.Decode(ConfigFile, raw)
		if src == nil {
			return c, bad
		}
		d := &meta.Decoder{Name: ConfigFile, Findings: bad}
		d.Decode(src.Text, c.fields(&zonePos))
		findings = d.Findings
	}
	if zonePos.Value != "" {
		zone = zonePos.Value
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		findings.Add(diag.BadValue, zonePos.Pos, "ví dụ: Asia/Ho_Chi_Minh", "không có múi giờ “%s”", zone)
		loc = time.FixedZone("+07", 7*3600)
	}
	c.Zone = loc
	c.check(&findings)
	return c, findings
}

func (c *Config) fields(zone *meta.Text) meta.Fields {
	o := &c.Organization
	return meta.Fields{
		"synonyms": &c.Synonyms, "title": &c.Title, "description": &c.Description, "base_url": &c.BaseURL, "language": &c.Language, "timezone": zone,
		"organization": meta.Fields{"name": &o.Name, "address": &o.Address, "phone": &o.Phone, "email": &o.Email, "url": &o.URL},
		"contacts": meta.Records(func() meta.Fields {
			k := &Contact{}
			c.Contacts = append(c.Contacts, k)
			return meta.Fields{"name": &k.Name, "role": &k.Role, "phone": &k.Phone, "email": &k.Email}
		}),
		"sections": meta.Records(func() meta.Fields {
			s := &SectionConfig{}
			c.Sections = append(c.Sections, s)
			return meta.Fields{"folder": &s.Folder, "title": &s.Title, "kind": &s.Kind, "summary": &s.Summary, "menu": &s.Menu}
		}),
		"menu": menuFields(&c.Menu, 1), "footer_menu": menuFields(&c.FooterMenu, 1),
		"redirects": meta.Records(func() meta.Fields {
			r := &RedirectConfig{}
			c.Redirects = append(c.Redirects, r)
			return meta.Fields{"from": &r.From, "to": &r.To}
		}),
	}
}

// menuFields reads a menu of at most two levels.
func menuFields(items *[]*MenuItem, level int) meta.Records {
	return func() meta.Fields {
		m := &MenuItem{}
		*items = append(*items, m)
		f := meta.Fields{"title": &m.Title, "link": &m.Link}
		if level == 1 {
			f["items"] = menuFields(&m.Items, 2)
		}
		return f
	}
}

func (c *Config) check(findings *diag.List) {
	if c.BaseURL.Value != "" {
		base, ok := CleanBase(c.BaseURL.Value)
		if !ok {
			findings.Add(diag.BadValue, c.BaseURL.Pos, "ví dụ: https://hoagiai.example.gov.vn", "base_url “%s” không phải là địa chỉ web", c.BaseURL.Value)
		}
		c.BaseURL.Value = base
	}
	for _, s := range c.Sections {
		s.Folder.Value = strings.Trim(s.Folder.Value, "/")
		if s.Kind.Value != "" && !page.Kind(s.Kind.Value).Known() {
			findings.Add(diag.BadValue, s.Kind.Pos, "xem danh sách loại trang: hoagiai help new", "không có loại trang “%s”", s.Kind.Value)
			s.Kind.Value = ""
		}
	}
	for i, forms := range c.Groups() {
		if len(forms) < 2 || slices.Contains(forms, "") {
			findings.Add(diag.BadValue, c.Synonyms[i].Pos, "ví dụ: sổ đỏ = giấy chứng nhận quyền sử dụng đất", "từ đồng nghĩa “%s” phải có ít nhất hai cách gọi, nối bằng dấu =", c.Synonyms[i].Value)
		}
	}
}

// CleanBase brings a base address into one form, without a trailing slash. It
// reports false for what is not an http or https address.
func CleanBase(s string) (string, bool) {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	return strings.TrimRight(u.String(), "/"), true
}

// BasePath returns the path of the base address with slashes on both ends:
// "/" for a domain's root and when there is no base address.
func (c *Config) BasePath() string {
	u, err := url.Parse(c.BaseURL.Value)
	if err != nil {
		return "/"
	}
	return u.EscapedPath() + "/"
}

// defaultKinds are the kinds of the usual top folders.
var defaultKinds = map[string]page.Kind{
	"bai-hoc": page.Lesson, "pho-bien": page.Article, "ke-hoach": page.Plan, "van-ban": page.Law,
	"hoi-dap": page.Question, "tinh-huong": page.Case, "thuat-ngu": page.Term,
}

// section returns what the settings say of a folder, or nil.
func (c *Config) section(dir string) *SectionConfig {
	for _, s := range c.Sections {
		if s.Folder.Value == dir {
			return s
		}
	}
	return nil
}

// KindOf returns the kind of a folder's pages: what its _index.md says, or the
// settings, or its parent folder, or the default of a top folder's name.
// indexKinds holds what the _index.md files say, by folder.
func (c *Config) KindOf(dir string, indexKinds map[string]page.Kind) page.Kind {
	for {
		if k := indexKinds[dir]; k.Known() {
			return k
		}
		if s := c.section(dir); s != nil && s.Kind.Value != "" {
			return page.Kind(s.Kind.Value)
		}
		up, _, nested := cutLast(dir)
		if !nested {
			if k, ok := defaultKinds[dir]; ok {
				return k
			}
			return page.Plain
		}
		dir = up
	}
}

// cutLast splits "a/b/c" into "a/b" and "c"; ok is false for a top folder.
func cutLast(dir string) (up, last string, ok bool) {
	i := strings.LastIndexByte(dir, '/')
	if i < 0 {
		return "", dir, false
	}
	return dir[:i], dir[i+1:], true
}

// ParseNow reads a moment given on the command line; without an offset it is
// in the time zone that portals have by default.
func ParseNow(s string) (time.Time, error) {
	zone, err := time.LoadLocation(defaultZone)
	if err != nil {
		return time.Time{}, err
	}
	d, err := meta.ParseDate(s, zone)
	return d.Time, err
}

// Groups returns the synonyms as the forms of each group.
func (c *Config) Groups() [][]string {
	var groups [][]string
	for _, t := range c.Synonyms {
		var forms []string
		for form := range strings.SplitSeq(t.Value, "=") {
			forms = append(forms, strings.TrimSpace(form))
		}
		groups = append(groups, forms)
	}
	return groups
}
