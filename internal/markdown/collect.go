package markdown

import (
	"strings"

	"hoagiai/internal/diag"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// collector walks a parsed body once, before it is rendered. It notes
// headings, links and text in the Doc and leaves on the nodes what the
// renderers need.
type collector struct {
	src      *diag.Source
	start    int
	body     []byte
	law      bool
	doc      *Doc
	findings diag.List

	heading int // index of the current heading
	ids     idSet
	place   provision
}

func (c *collector) at(n ast.Node) diag.Pos {
	offset := n.Pos()
	for p := n; offset < 0 && p != nil; p = p.Parent() {
		offset = p.Pos()
	}
	return c.src.At(c.start + max(0, offset))
}

func (c *collector) document(root ast.Node) {
	c.ids = idSet{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // visit returns no errors
		if entering {
			return c.visit(n), nil
		}
		return ast.WalkContinue, nil
	})
}

func (c *collector) visit(n ast.Node) ast.WalkStatus {
	switch n := n.(type) {
	case *ast.Heading:
		c.visitHeading(n)
	case *ast.Paragraph, *ast.TextBlock, *extast.DefinitionTerm:
		c.block(inlineText(n, c.body))
	case *extast.TableRow, *extast.TableHeader:
		c.block(rowText(n, c.body))
	case *extast.TableCell:
		if class := alignClass[n.Alignment]; class != "" {
			n.SetAttributeString("class", []byte(class))
		}
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		c.block(linesText(n, c.body))
	case *ast.HTMLBlock:
		c.block(linesText(n, c.body))
		c.rawHTML(n)
	case *ast.RawHTML:
		c.rawHTML(n)
	case *ast.Link:
		c.link(n, string(unescape(n.Destination)), false)
	case *ast.Image:
		if strings.TrimSpace(inlineText(n, c.body)) == "" {
			c.findings.Add(diag.MissingAlt, c.at(n), "ví dụ: ![Buổi hòa giải tại nhà văn hóa thôn](hinh.jpg)", "hình “%s” chưa có lời mô tả", n.Destination)
		}
		c.link(n, string(unescape(n.Destination)), true)
	case *ast.AutoLink:
		dest := string(n.URL(c.body))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
			dest = "mailto:" + dest
		}
		c.link(n, dest, false)
	}
	return ast.WalkContinue
}

// holeKey is the attribute under which a node keeps its number in Doc.Links.
const holeKey = "hole"

func (c *collector) link(n ast.Node, dest string, image bool) {
	at := c.at(n)
	if scheme, safe := checkScheme(dest, image); !safe {
		hint := "dùng https:// hoặc đường dẫn tương đối tới tệp .md"
		if image {
			hint = "đặt tệp hình cạnh trang này: cổng không tải gì từ nơi khác"
		}
		c.findings.Add(diag.UnsafeLink, at, hint, "liên kết dùng giao thức không được phép “%s”", scheme)
		dest = ""
	}
	n.SetAttributeString(holeKey, len(c.doc.Links))
	c.doc.Links = append(c.doc.Links, Link{Dest: dest, Image: image, Pos: at})
}

func (c *collector) rawHTML(n ast.Node) {
	c.findings.Add(diag.RawHTML, c.at(n), "dùng cú pháp Markdown thay cho thẻ HTML", "thẻ HTML sẽ hiện ra như chữ, không có tác dụng")
}

func (c *collector) visitHeading(n *ast.Heading) {
	title, custom := splitCustomID(n, c.body)
	h := Heading{Level: n.Level, Text: title, ID: c.ids.unique(custom, title)}
	if c.law {
		h.Short = c.place.next(title)
		if h.Short == h.ID || !c.ids.add(h.Short) {
			h.Short = ""
		}
	}
	n.SetAttributeString("id", []byte(h.ID))
	if h.Short != "" {
		n.SetAttributeString(shortKey, []byte(h.Short))
	}
	last := 1
	if c.heading >= 0 {
		last = c.doc.Headings[c.heading].Level
	}
	switch {
	case n.Level == 1:
		c.findings.Add(diag.HeadingLevel, c.at(n), "bắt đầu từ ##", "đề mục cấp 1 (#) dành cho tiêu đề trang")
	case n.Level > last+1:
		c.findings.Add(diag.HeadingLevel, c.at(n), "dùng "+strings.Repeat("#", last+1), "đề mục nhảy từ cấp %d xuống cấp %d", last, n.Level)
	}
	c.doc.Headings = append(c.doc.Headings, h)
	c.heading = len(c.doc.Headings) - 1
	c.block(title)
}

func (c *collector) block(text string) {
	if text = strings.TrimSpace(text); text != "" {
		c.doc.Blocks = append(c.doc.Blocks, Block{c.heading, text})
	}
}

var alignClass = map[extast.Alignment]string{
	extast.AlignLeft: "trai", extast.AlignCenter: "giua", extast.AlignRight: "phai",
}
