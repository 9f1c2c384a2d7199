package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// nodes renders what differs from goldmark's own HTML. All state is on the
// nodes, put there by the collector.
type nodes struct{}

// shortKey is the attribute that holds a heading's second id.
const shortKey = "short"

func (r nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindHeading, r.heading)
	reg.Register(ast.KindParagraph, r.paragraph)
	reg.Register(ast.KindBlockquote, r.blockquote)
	reg.Register(ast.KindHTMLBlock, r.htmlBlock)
	reg.Register(ast.KindRawHTML, r.rawHTML)
	reg.Register(ast.KindLink, r.link)
	reg.Register(ast.KindAutoLink, r.autoLink)
	reg.Register(ast.KindImage, r.image)
	reg.Register(extast.KindTable, r.table)
	reg.Register(extast.KindTaskCheckBox, r.checkBox)
}

func attribute(n ast.Node, key string) []byte {
	v, _ := n.AttributeString(key)
	b, _ := v.([]byte)
	return b
}

func writeHole(w util.BufWriter, attribute byte, n ast.Node) {
	if i, ok := n.AttributeString(holeKey); ok {
		_, _ = w.WriteString(hole(attribute, i.(int))) // writes go to a buffer, here and below
	}
}

func writeTitle(w util.BufWriter, title []byte) {
	if title != nil {
		_, _ = w.WriteString(` title="`)
		html.DefaultWriter.Write(w, title)
		_ = w.WriteByte('"')
	}
}

func (nodes) heading(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Heading)
	level := "0123456"[n.Level]
	if !entering {
		_, _ = w.WriteString("</h")
		_ = w.WriteByte(level)
		_, _ = w.WriteString(">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<h")
	_ = w.WriteByte(level)
	if id := attribute(n, "id"); id != nil {
		_, _ = w.WriteString(` id="`)
		_, _ = w.Write(id)
		_ = w.WriteByte('"')
	}
	_ = w.WriteByte('>')
	if short := attribute(n, shortKey); short != nil {
		_, _ = w.WriteString(`<span id="`)
		_, _ = w.Write(short)
		_, _ = w.WriteString(`"></span>`)
	}
	return ast.WalkContinue, nil
}

// figureImage returns the image of a paragraph that holds a titled image and
// nothing else: its title is a caption.
func figureImage(n ast.Node) *ast.Image {
	img, ok := n.FirstChild().(*ast.Image)
	if !ok || img.NextSibling() != nil || len(img.Title) == 0 {
		return nil
	}
	return img
}

func (nodes) paragraph(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	img := figureImage(n)
	switch {
	case img != nil && entering:
		_, _ = w.WriteString("<figure>")
	case img != nil:
		_, _ = w.WriteString("<figcaption>")
		html.DefaultWriter.Write(w, img.Title)
		_, _ = w.WriteString("</figcaption></figure>\n")
	case entering:
		_, _ = w.WriteString("<p>")
	default:
		_, _ = w.WriteString("</p>\n")
	}
	return ast.WalkContinue, nil
}

func (nodes) blockquote(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	v, _ := n.AttributeString(calloutKey)
	kind, callout := v.(string)
	switch {
	case callout && entering:
		_, _ = w.WriteString(`<div class="callout callout-` + kind + `" role="note"><p class="callout-title">` + calloutTitles[kind] + "</p>\n")
	case callout:
		_, _ = w.WriteString("</div>\n")
	case entering:
		_, _ = w.WriteString("<blockquote>\n")
	default:
		_, _ = w.WriteString("</blockquote>\n")
	}
	return ast.WalkContinue, nil
}

func (nodes) htmlBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.HTMLBlock)
	if entering {
		_, _ = w.WriteString(`<pre class="raw">`)
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			_, _ = w.Write(util.EscapeHTML(line.Value(source)))
		}
		return ast.WalkContinue, nil
	}
	if n.HasClosure() {
		_, _ = w.Write(util.EscapeHTML(n.ClosureLine.Value(source)))
	}
	_, _ = w.WriteString("</pre>\n")
	return ast.WalkContinue, nil
}

func (nodes) rawHTML(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*ast.RawHTML)
		for i := range n.Segments.Len() {
			segment := n.Segments.At(i)
			_, _ = w.Write(util.EscapeHTML(segment.Value(source)))
		}
	}
	return ast.WalkSkipChildren, nil
}

func (nodes) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<a")
	writeHole(w, 'h', node)
	writeTitle(w, node.(*ast.Link).Title)
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}

func (nodes) autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<a")
		writeHole(w, 'h', node)
		_ = w.WriteByte('>')
		_, _ = w.Write(util.EscapeHTML(node.(*ast.AutoLink).Label(source)))
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func (nodes) image(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	_, _ = w.WriteString("<img")
	writeHole(w, 's', n)
	_, _ = w.WriteString(` alt="`)
	_, _ = w.Write(util.EscapeHTML([]byte(inlineText(n, source))))
	_ = w.WriteByte('"')
	if figureImage(n.Parent()) == nil {
		writeTitle(w, n.Title)
	}
	_ = w.WriteByte('>')
	return ast.WalkSkipChildren, nil
}

// table puts the table into a box that scrolls by itself on a narrow screen
// and that the keyboard can reach.
func (nodes) table(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<div class=\"table\" role=\"region\" aria-label=\"Bảng\" tabindex=\"0\"><table>\n")
	} else {
		_, _ = w.WriteString("</table></div>\n")
	}
	return ast.WalkContinue, nil
}

// checkBox prints a box as a character: a disabled input has no label and
// can't be ticked on paper.
func (nodes) checkBox(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		if node.(*extast.TaskCheckBox).IsChecked {
			_, _ = w.WriteString(`<span role="img" aria-label="đã xong">☑</span> `)
		} else {
			_, _ = w.WriteString(`<span role="img" aria-label="chưa xong">☐</span> `)
		}
	}
	return ast.WalkContinue, nil
}
