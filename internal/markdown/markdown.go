// Package markdown renders one Markdown body and collects what the portal
// needs to know of it: headings, links, plain text.
//
// A Doc depends on its own text alone. Where the text links to something, the
// HTML has a hole; Fill closes the holes once the portal's addresses are
// known. Raw HTML is shown as text, content is never a template, and no style
// attribute or script leaves this package. It is the only package that imports
// goldmark.
package markdown

import (
	"bytes"
	"fmt"
	"io"
	"strconv"

	"hoagiai/internal/diag"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Doc is a rendered body.
type Doc struct {
	HTML     []byte // with holes, see Fill
	Links    []Link // in the order of the text; the index is the number of the hole
	Headings []Heading
	Blocks   []Block
}

// Heading is one heading of the body.
type Heading struct {
	Level int    // 1 to 6
	ID    string // unique in the page
	Short string // on a law page, the id of the provision it names ("dieu-5-khoan-2"), or ""
	Text  string
}

// Link is a link or an image as its author wrote it.
type Link struct {
	Dest  string // destination, escapes resolved: "../van-ban/luat.md#dieu-5"
	Image bool
	Pos   diag.Pos
}

// Block is the plain text of one paragraph, list item, table row or heading:
// what search reads. Terms never join across blocks.
type Block struct {
	Heading int // index of the heading it stands under (or is), -1 before the first
	Text    string
}

// Options choose what depends on the page's kind.
type Options struct {
	Law bool // headings that name a provision get its short id too
}

// engine is shared by all pages: goldmark keeps what belongs to one page in
// the parser context and the tree.
var engine = goldmark.New(
	goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
		extension.Strikethrough, extension.TaskList, extension.Linkify,
		extension.NewFootnote(
			extension.WithFootnoteBacklinkTitle("Trở lại chỗ đang đọc"),
			extension.WithFootnoteLinkTitle("Xem chú thích"),
		),
		extension.DefinitionList,
	),
	goldmark.WithParserOptions(parser.WithParagraphTransformers(util.Prioritized(callouts{}, 50))),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(nodes{}, 1))),
)

// Render renders the text of a source from the byte offset start on. Findings
// are about the Markdown itself; whether links lead anywhere is for those to
// say who know the other pages.
func Render(src *diag.Source, start int, o Options) (*Doc, diag.List) {
	body := src.Text[start:]
	root := engine.Parser().Parse(text.NewReader(body))
	c := collector{src: src, start: start, body: body, law: o.Law, doc: &Doc{}, heading: -1}
	c.document(root)
	var html bytes.Buffer
	html.Grow(len(body) + len(body)/4)
	if err := engine.Renderer().Render(&html, body, root); err != nil {
		// Our writer is a buffer and our renderers return no errors.
		panic("markdown: " + err.Error())
	}
	c.doc.HTML = html.Bytes()
	return c.doc, c.findings
}

// hole stands in the HTML where an attribute with the address of link i
// belongs. NUL can't occur otherwise: sources with NUL are refused and
// goldmark replaces it.
func hole(attribute byte, i int) string {
	return "\x00" + string(attribute) + strconv.Itoa(i) + "\x00"
}

var holeAttributes = map[byte]string{'h': "href", 's': "src"}

// Fill writes the HTML with each hole closed by the address of its link, which
// is escaped here. A link for which address reports false gets no address: it
// stays readable and leads nowhere.
func Fill(w io.Writer, html []byte, address func(link int) (string, bool)) error {
	for {
		i := bytes.IndexByte(html, 0)
		if i < 0 {
			_, err := w.Write(html)
			return err
		}
		n := i + 1 + bytes.IndexByte(html[i+1:], 0)
		link, err := strconv.Atoi(string(html[i+2 : n]))
		if err != nil {
			return fmt.Errorf("hole in rendered Markdown: %w", err)
		}
		if _, err := w.Write(html[:i]); err != nil {
			return err
		}
		if a, ok := address(link); ok {
			escaped := util.EscapeHTML(util.URLEscape([]byte(a), false))
			if _, err := fmt.Fprintf(w, ` %s="%s"`, holeAttributes[html[i+1]], escaped); err != nil {
				return err
			}
		}
		html = html[n+1:]
	}
}
