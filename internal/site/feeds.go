package site

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"hoagiai/internal/page"
)

// Extra is a file of the output that no template makes.
type Extra struct {
	URL  string
	Data []byte
}

// Extras yields the sitemap, feeds, robots.txt and the web app's manifest.
// What needs a base address is left out without one. icon is the address of
// the portal's icon, "" for none.
func (s *Site) Extras(icon string) iter.Seq[Extra] {
	return func(yield func(Extra) bool) {
		robots := "User-agent: *\nAllow: /\n"
		if s.Config.BaseURL.Value != "" {
			robots += "Sitemap: " + s.WebAddress("sitemap.xml") + "\n"
		}
		if !yield(Extra{"robots.txt", []byte(robots)}) || !yield(Extra{"app.webmanifest", s.webManifest(icon)}) {
			return
		}
		if s.Config.BaseURL.Value == "" {
			return
		}
		for _, x := range s.sitemaps() {
			if !yield(x) {
				return
			}
		}
		s.feeds(s.Root, yield)
	}
}

func encodeXML(v any) []byte {
	b, err := xml.Marshal(v)
	if err != nil {
		panic("site: " + err.Error()) // our own structs always encode
	}
	return append([]byte(xml.Header), append(b, '\n')...)
}

// perSitemap is the most addresses that one sitemap may list (sitemaps.org).
const perSitemap = 50000

type urlEntry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemaps lists every page that a reader can reach; more than fit in one file
// are split under an index.
func (s *Site) sitemaps() []Extra {
	var entries []urlEntry
	for v := range s.Views() {
		if v.Layout == "redirect" || v.Layout == "404" || v.Layout == "search" {
			continue
		}
		e := urlEntry{Loc: v.Canonical()}
		if v.Page != nil {
			d := v.Page.Updated
			if d.IsZero() {
				d = v.Page.Date
			}
			if !d.IsZero() {
				e.LastMod = MachineDate(d)
			}
		}
		entries = append(entries, e)
	}
	type urlset struct {
		XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []urlEntry `xml:"url"`
	}
	if len(entries) <= perSitemap {
		return []Extra{{"sitemap.xml", encodeXML(urlset{URLs: entries})}}
	}
	type index struct {
		XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Maps    []urlEntry `xml:"sitemap"`
	}
	var idx index
	var extras []Extra
	for n := 1; len(entries) > 0; n++ {
		part := entries[:min(perSitemap, len(entries))]
		entries = entries[len(part):]
		name := "sitemap-" + strconv.Itoa(n) + ".xml"
		extras = append(extras, Extra{name, encodeXML(urlset{URLs: part})})
		idx.Maps = append(idx.Maps, urlEntry{Loc: s.WebAddress(name)})
	}
	return append(extras, Extra{"sitemap.xml", encodeXML(idx)})
}

// perFeed is the number of entries of a feed.
const perFeed = 20

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title   string    `xml:"title"`
	ID      string    `xml:"id"`
	Link    atomLink  `xml:"link"`
	Updated string    `xml:"updated"`
	Author  *atomName `xml:"author,omitempty"`
	Summary string    `xml:"summary,omitempty"`
}

type atomName struct {
	Name string `xml:"name"`
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Links   []atomLink  `xml:"link"`
	Updated string      `xml:"updated"`
	Author  atomName    `xml:"author"`
	Entries []atomEntry `xml:"entry"`
}

// FeedURL returns the address of a section's feed.
func FeedURL(sec *Section) string { return strings.TrimSuffix(sec.URL, "index.html") + "feed.xml" }

// feeds yields the Atom feed (RFC 4287) of a section and those below it, with
// its newest dated pages. The feed of the portal carries what its sections
// publish by date.
func (s *Site) feeds(sec *Section, yield func(Extra) bool) bool {
	f := atomFeed{
		Lang: s.Config.Language, Title: s.Config.Title, ID: s.WebAddress(sec.URL), Author: atomName{s.publisher()},
		Links: []atomLink{{Href: s.WebAddress(sec.URL)}, {Rel: "self", Href: s.WebAddress(FeedURL(sec))}},
	}
	if sec.Dir != "" {
		f.Title = sec.Title + " – " + s.Config.Title
	}
	var latest time.Time
	for _, p := range newestDated(sec.All, perFeed) {
		d := p.Updated
		if d.IsZero() {
			d = When(p)
		}
		if d.After(latest) {
			latest = d.Time
		}
		e := atomEntry{Title: p.Title, ID: s.WebAddress(p.URL), Link: atomLink{Href: s.WebAddress(p.URL)}, Updated: d.Format(time.RFC3339), Summary: p.Summary}
		if p.Author != "" {
			e.Author = &atomName{p.Author}
		}
		f.Entries = append(f.Entries, e)
	}
	if latest.IsZero() {
		// A feed must carry a date; an empty one carries the oldest possible.
		latest = time.Unix(0, 0).UTC()
	}
	f.Updated = latest.Format(time.RFC3339)
	if !yield(Extra{FeedURL(sec), encodeXML(f)}) {
		return false
	}
	for _, sub := range sec.Sections {
		if !s.feeds(sub, yield) {
			return false
		}
	}
	return true
}

func (s *Site) publisher() string {
	if n := s.Config.Organization.Name; n != "" {
		return n
	}
	return s.Config.Title
}

// newestDated returns at most n pages, the newest first, leaving out those
// without a date.
func newestDated(pages []*page.Page, n int) []*page.Page {
	var dated []*page.Page
	for _, p := range pages {
		if !When(p).IsZero() {
			dated = append(dated, p)
		}
	}
	sortPages(dated, page.Article)
	return dated[:min(n, len(dated))]
}

func (s *Site) webManifest(icon string) []byte {
	type image struct {
		Src   string `json:"src"`
		Sizes string `json:"sizes"`
		Type  string `json:"type"`
	}
	m := struct {
		Name        string  `json:"name"`
		ShortName   string  `json:"short_name"`
		Description string  `json:"description,omitempty"`
		Lang        string  `json:"lang"`
		StartURL    string  `json:"start_url"`
		Display     string  `json:"display"`
		Icons       []image `json:"icons"`
	}{
		Name: s.Config.Title, ShortName: s.Config.Title, Description: s.Config.Description,
		Lang: s.Config.Language, StartURL: "./index.html", Display: "browser", Icons: []image{},
	}
	if icon != "" {
		m.Icons = append(m.Icons, image{icon, "any", "image/svg+xml"})
	}
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		panic(fmt.Sprintf("site: %v", err)) // our own struct always encodes
	}
	return append(b, '\n')
}
