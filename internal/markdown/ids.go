package markdown

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"hoagiai/internal/viet"

	"github.com/yuin/goldmark/ast"
)

// idSet holds the ids used in one page. Ids of the theme begin with "_", which
// no id made here does.
type idSet map[string]bool

// add claims an id; it reports false when the id is empty or taken.
func (s idSet) add(id string) bool {
	if id == "" || s[id] {
		return false
	}
	s[id] = true
	return true
}

// unique claims the author's id or the slug of the heading, with a number
// behind it when it is taken: "muc-dich", "muc-dich-2".
func (s idSet) unique(custom, title string) string {
	base := custom
	if base == "" {
		base = viet.Slug(title)
	}
	if base == "" {
		base = "muc"
	}
	id := base
	for n := 2; !s.add(id); n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	return id
}

var customID = regexp.MustCompile(`\s*\{#([a-z0-9]+(?:-[a-z0-9]+)*)\}\s*$`)

// splitCustomID returns a heading's text and the id that its author gave it at
// the end, "## Mục đích {#muc-dich}", and takes that mark out of the tree.
func splitCustomID(n *ast.Heading, body []byte) (title, id string) {
	title = inlineText(n, body)
	last, ok := n.LastChild().(*ast.Text)
	if !ok {
		return title, ""
	}
	m := customID.FindSubmatchIndex(last.Value(body))
	if m == nil {
		return title, ""
	}
	id = string(last.Value(body)[m[2]:m[3]])
	last.Segment = last.Segment.WithStop(last.Segment.Start + m[0])
	if last.Segment.IsEmpty() {
		n.RemoveChild(n, last)
	}
	return string(bytes.TrimSpace([]byte(inlineText(n, body)))), id
}

// provision follows the headings of a law page to know which article, clause
// and point a heading names.
type provision struct{ article, clause string }

var provisionHead = regexp.MustCompile(`(?i)^\s*(điều|khoản|điểm)\s+([0-9]+[a-zđ]?|[a-zđ])(?:[\s.:,)–-]|$)`)

// next returns the short id of the provision a heading begins with:
// "Điều 5. …" → "dieu-5", then "Khoản 2" → "dieu-5-khoan-2", then "Điểm đ" →
// "dieu-5-khoan-2-diem-dd". It returns "" for other headings.
func (p *provision) next(title string) string {
	m := provisionHead.FindStringSubmatch(title)
	if m == nil {
		return ""
	}
	switch unit, number := strings.ToLower(m[1]), provisionNumber(m[2]); unit {
	case "điều":
		p.article, p.clause = "dieu-"+number, ""
		return p.article
	case "khoản":
		if p.article == "" {
			return ""
		}
		p.clause = p.article + "-khoan-" + number
		return p.clause
	default:
		if p.clause == "" {
			return ""
		}
		return p.clause + "-diem-" + number
	}
}

// provisionNumber spells a number or letter for an id; đ becomes dd, since d
// is another point.
func provisionNumber(s string) string {
	return strings.ReplaceAll(strings.ToLower(s), "đ", "dd")
}

// ArticleID returns the short id of an article: "5" → "dieu-5", "5đ" → "dieu-5dd".
func ArticleID(number string) string { return "dieu-" + provisionNumber(strings.TrimSpace(number)) }
