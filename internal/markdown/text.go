package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// inlineText returns the plain text of a node's inline children. Line breaks
// become spaces; footnote marks are left out.
func inlineText(n ast.Node, body []byte) string {
	var b strings.Builder
	appendInline(&b, n, body)
	text := strings.TrimSpace(b.String())
	if strings.Contains(text, "  ") || strings.ContainsAny(text, "\t\n") {
		return strings.Join(strings.Fields(text), " ")
	}
	return text
}

func appendInline(b *strings.Builder, n ast.Node, body []byte) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			value := c.Value(body)
			if !c.IsRaw() {
				value = unescape(value)
			}
			b.Write(value)
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(body))
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				segment := c.Segments.At(i)
				b.Write(segment.Value(body))
			}
		case *extast.FootnoteLink, *extast.FootnoteBacklink, *extast.TaskCheckBox:
		default:
			if c.Type() == ast.TypeInline {
				appendInline(b, c, body)
			}
		}
	}
}

// unescape resolves backslash escapes and entities as the renderer does.
func unescape(value []byte) []byte {
	for _, c := range value {
		if c == '\\' || c == '&' {
			return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
		}
	}
	return value
}

// rowText joins the cells of a table row so that no phrase crosses a cell.
func rowText(row ast.Node, body []byte) string {
	var cells []string
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		if t := inlineText(c, body); t != "" {
			cells = append(cells, t)
		}
	}
	return strings.Join(cells, " · ")
}

// linesText returns the raw lines of a block of code or HTML.
func linesText(n ast.Node, body []byte) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(body))
	}
	return b.String()
}
