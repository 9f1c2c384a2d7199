// Package meta decodes the small YAML blocks that editors write: front matter,
// site.yaml and data files.
//
// Decoding is strict and keeps positions: an unknown or repeated key, a value
// of the wrong type and a date that is not on the calendar are findings with
// line and column. Scalars are read as written, so the number 1.10 stays
// "1.10" and the word "no" stays a word. Anchors, aliases and merge keys are
// refused. It is the only package that imports a YAML library.
package meta

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"hoagiai/internal/diag"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"
)

// Text is a string that remembers where it was written.
type Text struct {
	Value string
	Pos   diag.Pos
}

// Fields names the keys of one record and where their values go. A target is
// one of *string, *Text, *int, *float64, *bool, *Date, *[]string, *[]Text,
// Fields (a record in the record), Records (a list of records), or OneOrMany.
type Fields map[string]any

// Records reads a list of records: each item is decoded into the Fields that
// the function returns for it.
type Records func() Fields

// OneOrMany reads either one record or a list of them.
type OneOrMany func() Fields

// A Decoder decodes one block of YAML.
type Decoder struct {
	Name      string                  // the file, for positions
	Line      int                     // lines that stand before the block in the file
	Zone      *time.Location          // of dates without an offset; nil is UTC
	Elsewhere func(key string) string // says where an unknown key does belong, or ""; may be nil
	Findings  diag.List
}

// Decode reads a block into fields. It goes on after a finding, so one call
// reports all that is wrong with a block.
func (d *Decoder) Decode(block []byte, fields Fields) {
	root := d.parse(block)
	if root == nil {
		return
	}
	d.record(root, fields)
}

func (d *Decoder) parse(block []byte) *yaml.Node {
	var doc yaml.Node
	if err := yaml.Unmarshal(block, &doc); err != nil {
		d.syntax(block, err)
		return nil
	}
	if len(doc.Content) == 0 {
		return nil
	}
	root := doc.Content[0]
	if root.Kind == yaml.ScalarNode && root.Value == "" {
		return nil
	}
	return root
}

func (d *Decoder) at(n *yaml.Node) diag.Pos {
	return diag.Pos{File: d.Name, Line: d.Line + n.Line, Col: max(1, n.Column)}
}

func (d *Decoder) wrongType(n *yaml.Node, key, want, hint string) {
	d.Findings.Add(diag.WrongType, d.at(n), hint, "“%s” phải là %s", key, want)
}

func (d *Decoder) record(n *yaml.Node, fields Fields) {
	if n.Kind != yaml.MappingNode {
		d.Findings.Add(diag.WrongType, d.at(n), "ví dụ: title: Hòa giải ở cơ sở", "ở đây phải là các dòng “khóa: giá trị”")
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode || k.Tag == "!!merge" {
			d.Findings.Add(diag.YAMLSyntax, d.at(k), "", "tên khóa phải là một từ viết liền")
			continue
		}
		if first, ok := seen[k.Value]; ok {
			d.Findings.Add(diag.DuplicateKey, d.at(k), "", "khóa “%s” đã được viết ở dòng %d", k.Value, first)
			continue
		}
		seen[k.Value] = d.Line + k.Line
		target, ok := fields[k.Value]
		if !ok {
			d.unknown(k, fields)
			continue
		}
		d.value(k.Value, v, target)
	}
}

func (d *Decoder) unknown(k *yaml.Node, fields Fields) {
	known := make([]string, 0, len(fields))
	for name := range fields {
		known = append(known, name)
	}
	slices.Sort(known)
	hint := ""
	if d.Elsewhere != nil {
		hint = d.Elsewhere(k.Value)
	}
	if hint == "" {
		hint = diag.DidYouMean(k.Value, known)
	}
	if hint == "" && len(known) <= 12 {
		hint = "các khóa dùng được: " + strings.Join(known, ", ")
	}
	d.Findings.Add(diag.UnknownKey, d.at(k), hint, "không có khóa “%s”", k.Value)
}

// value stores one value. An empty value ("tags:") counts as not written.
func (d *Decoder) value(key string, n *yaml.Node, target any) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.Findings.Add(diag.YAMLSyntax, d.at(n), "nếu giá trị bắt đầu bằng & hoặc *, hãy đặt nó trong ngoặc kép", "không dùng được ký hiệu & và * của YAML ở “%s”", key)
		return
	}
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return
	}
	switch t := target.(type) {
	case *string:
		if s, ok := d.scalar(key, n); ok {
			*t = s
		}
	case *Text:
		if s, ok := d.scalar(key, n); ok {
			*t = Text{s, d.at(n)}
		}
	case *int:
		d.integer(key, n, t)
	case *float64:
		if s, ok := d.scalar(key, n); ok {
			f, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
			if err != nil || f != f || f > 1e15 || f < -1e15 {
				d.wrongType(n, key, "một số", "ví dụ: 12 hoặc 1.5")
				return
			}
			*t = f
		}
	case *bool:
		d.boolean(key, n, t)
	case *Date:
		d.date(key, n, t)
	case *[]string:
		var list []Text
		d.list(key, n, &list)
		for _, item := range list {
			*t = append(*t, item.Value)
		}
	case *[]Text:
		d.list(key, n, t)
	case Fields:
		d.record(n, t)
	case Records:
		if n.Kind != yaml.SequenceNode {
			d.wrongType(n, key, "một danh sách", "mỗi mục bắt đầu bằng dấu gạch ngang và một dấu cách")
			return
		}
		for _, item := range n.Content {
			d.value(key, item, t())
		}
	case OneOrMany:
		if n.Kind == yaml.SequenceNode {
			d.value(key, n, Records(t))
			return
		}
		d.record(n, t())
	default:
		panic("meta: no such target for " + key)
	}
}

func (d *Decoder) scalar(key string, n *yaml.Node) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		d.wrongType(n, key, "một dòng chữ", "nếu giá trị có dấu [ ] { } hoặc dấu hai chấm, hãy đặt nó trong ngoặc kép")
		return "", false
	}
	return norm.NFC.String(strings.TrimSpace(n.Value)), true
}

func (d *Decoder) integer(key string, n *yaml.Node, t *int) {
	s, ok := d.scalar(key, n)
	if !ok {
		return
	}
	i, err := strconv.Atoi(s)
	if err != nil || i < -1e9 || i > 1e9 || (len(s) > 1 && s[0] == '0') {
		d.wrongType(n, key, "một số nguyên", "ví dụ: 12")
		return
	}
	*t = i
}

func (d *Decoder) boolean(key string, n *yaml.Node, t *bool) {
	s, ok := d.scalar(key, n)
	if !ok {
		return
	}
	switch s {
	case "true", "false":
		*t = s == "true"
	case "yes", "on", "có", "Yes", "True", "TRUE":
		d.wrongType(n, key, "true hoặc false", "có phải “true”?")
	case "no", "off", "không", "No", "False", "FALSE":
		d.wrongType(n, key, "true hoặc false", "có phải “false”?")
	default:
		d.wrongType(n, key, "true hoặc false", "")
	}
}

func (d *Decoder) date(key string, n *yaml.Node, t *Date) {
	s, ok := d.scalar(key, n)
	if !ok {
		return
	}
	date, err := ParseDate(s, d.Zone)
	if err != nil {
		hint := "viết năm trước: 2021-04-07 hoặc 2021-04-07 10:24"
		if guess, ok := guessDate(s); ok {
			hint = "có phải “" + guess + "”?"
		}
		d.Findings.Add(diag.BadDate, d.at(n), hint, "“%s” ở “%s” không phải là ngày đọc được", s, key)
		return
	}
	date.Pos = d.at(n)
	*t = date
}

// list accepts a list of scalars, or one scalar as a list of one.
func (d *Decoder) list(key string, n *yaml.Node, t *[]Text) {
	if n.Kind == yaml.ScalarNode {
		if s, ok := d.scalar(key, n); ok && s != "" {
			*t = append(*t, Text{s, d.at(n)})
		}
		return
	}
	if n.Kind != yaml.SequenceNode {
		d.wrongType(n, key, "một danh sách", "ví dụ: [đất đai, thừa kế]")
		return
	}
	for _, item := range n.Content {
		if item.Kind == yaml.AliasNode || item.Anchor != "" {
			d.value(key, item, nil)
			continue
		}
		if s, ok := d.scalar(key, item); ok && s != "" {
			*t = append(*t, Text{s, d.at(item)})
		}
	}
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

// syntaxHints translates the parser's commonest complaints.
var syntaxHints = []struct{ english, message, hint string }{
	{"cannot start any token", "dòng này bắt đầu bằng ký tự không hợp lệ", "thụt lề bằng dấu cách, không dùng phím Tab; đặt giá trị trong ngoặc kép nếu nó bắt đầu bằng @, ` hoặc %"},
	{"mapping values are not allowed", "có dấu hai chấm thừa hoặc thụt lề sai", "nếu giá trị có dấu hai chấm, hãy đặt nó trong ngoặc kép: title: \"Hỏi: đáp\""},
	{"could not find expected ':'", "thiếu dấu hai chấm sau tên khóa", "mỗi dòng viết theo dạng “khóa: giá trị”"},
	{"did not find expected key", "thụt lề không đều hoặc dấu ngoặc kép đặt sai chỗ", "các khóa cùng cấp phải thẳng hàng; dấu \" bên trong giá trị viết là \\\""},
	{"did not find expected '-' indicator", "các mục của danh sách không thẳng hàng", "mỗi mục bắt đầu bằng “- ”, cùng một lề"},
	{"did not find expected ',' or", "danh sách hoặc khối trong ngoặc chưa đóng", "kiểm tra dấu ] hoặc }"},
	{"found unexpected end of stream", "dấu ngoặc kép chưa đóng", "thêm dấu \" ở cuối giá trị"},
	{"found character that cannot start", "ký tự không hợp lệ", "đặt giá trị trong ngoặc kép"},
	{"tab character", "thụt lề bằng phím Tab", "thay Tab bằng dấu cách"},
	{"unknown anchor", "không dùng được ký hiệu * của YAML", "đặt giá trị trong ngoặc kép"},
	{"unknown escape character", "dấu \\ trong ngoặc kép đứng trước ký tự không hợp lệ", "dùng ngoặc đơn '…' hoặc viết \\\\"},
	{"control characters are not allowed", "có ký tự điều khiển không nhìn thấy", "xóa và gõ lại dòng này"},
}

func (d *Decoder) syntax(block []byte, err error) {
	text := err.Error()
	line := 1
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1]) // digits only
	}
	var typeErr *yaml.TypeError
	if errors.As(err, &typeErr) {
		text = strings.Join(typeErr.Errors, "; ")
	}
	last := 1 + strings.Count(strings.TrimRight(string(block), "\r\n"), "\n")
	at := diag.Pos{File: d.Name, Line: d.Line + max(1, min(line, last)), Col: 1}
	for _, h := range syntaxHints {
		if strings.Contains(text, h.english) {
			d.Findings.Add(diag.YAMLSyntax, at, h.hint, "khai báo YAML sai: %s", h.message)
			return
		}
	}
	_, rest, _ := strings.Cut(text, ": ")
	d.Findings.Add(diag.YAMLSyntax, at, "", "khai báo YAML sai (%s)", rest)
}
