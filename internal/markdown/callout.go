package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// calloutTitles names the kinds of callout, written "> [!NOTE]".
var calloutTitles = map[string]string{
	"note":      "Ghi chú",
	"tip":       "Mẹo",
	"important": "Quan trọng",
	"warning":   "Lưu ý",
	"caution":   "Cẩn trọng",
}

var calloutMark = regexp.MustCompile(`(?i)^\s*\[!(note|tip|important|warning|caution)\]\s*$`)

// calloutKey is the attribute that makes a quotation a callout of that kind.
const calloutKey = "callout"

// callouts is a paragraph transformer: it runs before inline parsing, so the
// mark is still one line.
type callouts struct{}

func (callouts) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	quote, ok := p.Parent().(*ast.Blockquote)
	if !ok || quote.FirstChild() != ast.Node(p) || p.Lines().Len() == 0 {
		return
	}
	first := p.Lines().At(0)
	m := calloutMark.FindSubmatch(first.Value(reader.Source()))
	if m == nil {
		return
	}
	quote.SetAttributeString(calloutKey, strings.ToLower(string(m[1])))
	rest := text.NewSegments()
	rest.AppendAll(p.Lines().Sliced(1, p.Lines().Len()))
	if rest.Len() == 0 {
		quote.RemoveChild(quote, p)
		return
	}
	p.SetLines(rest)
}
