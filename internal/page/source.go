package page

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"hoagiai/internal/diag"

	"github.com/adrg/frontmatter"
	"golang.org/x/text/unicode/norm"
)

// Limits of one content file, in bytes.
const (
	MaxPage  = 1 << 20
	MaxFront = 64 << 10
)

// Decode checks that a file is text and brings it into one form: no byte order
// mark, LF line ends, NFC. Positions count characters of that form, as editors
// do. It returns nil, with a finding, for what is not UTF-8 text.
func Decode(file string, raw []byte) (*diag.Source, diag.List) {
	var findings diag.List
	whole := diag.Pos{File: file}
	if len(raw) > MaxPage {
		findings.Add(diag.TooLarge, whole, "chia thành nhiều trang", "tệp lớn %d KB, quá giới hạn %d KB", len(raw)>>10, MaxPage>>10)
		return nil, findings
	}
	if bytes.HasPrefix(raw, []byte{0xff, 0xfe}) || bytes.HasPrefix(raw, []byte{0xfe, 0xff}) {
		findings.Add(diag.BadEncoding, whole, "lưu lại tệp với mã hóa UTF-8", "tệp được lưu với mã hóa UTF-16")
		return nil, findings
	}
	text := bytes.TrimPrefix(raw, []byte("\ufeff"))
	if i := firstInvalid(text); i >= 0 {
		at := diag.NewSource(file, bytes.ToValidUTF8(text[:i], nil)).At(i)
		if text[i] == 0 {
			findings.Add(diag.BadEncoding, at, "xóa và gõ lại chỗ này", "có ký tự NUL, tệp có thể không phải văn bản")
		} else {
			findings.Add(diag.BadEncoding, at, "lưu lại tệp với mã hóa UTF-8", "ký tự không đúng mã UTF-8")
		}
		return nil, findings
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	if i := bytes.IndexByte(text, '\r'); i >= 0 {
		findings.Add(diag.BadEncoding, diag.NewSource(file, text).At(i), "mở bằng Notepad rồi lưu lại", "tệp ngắt dòng kiểu cũ (chỉ có CR)")
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	if !norm.NFC.IsNormal(text) {
		text = norm.NFC.Bytes(text)
	}
	return diag.NewSource(file, text), findings
}

// firstInvalid returns the offset of the first NUL or byte that is not UTF-8,
// or -1.
func firstInvalid(text []byte) int {
	nul := bytes.IndexByte(text, 0)
	if utf8.Valid(text) {
		return nul
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 || r == 0 {
			return i
		}
		i += n
	}
	return nul
}

var (
	fence        = regexp.MustCompile(`(?m)^---[ \t]*$`)
	indentedRule = regexp.MustCompile(`(?m)^([ \t]+)---[ \t]*$`)
)

// mask hides an indented "---" from the splitter, which would take it for the
// end of the front matter; only one at the left edge is.
const mask = "\ue000"

// split cuts a text into front matter and the offset of the body. Whatever is
// wrong with the fences is reported, and the body then starts at 0 or at the
// end.
func split(src *diag.Source, findings *diag.List) (front []byte, body int) {
	text := src.Text
	first := fence.FindIndex(text)
	if first == nil || first[0] != 0 {
		at, hint := src.At(0), "dòng đầu tiên của tệp phải là ---, rồi đến title: …"
		if first != nil && len(bytes.TrimSpace(text[:first[0]])) == 0 {
			hint = "xóa các dòng trống và dấu cách ở đầu tệp"
		}
		findings.Add(diag.FrontMatter, at, hint, "trang không bắt đầu bằng phần khai báo (---)")
		return nil, 0
	}
	end := fence.FindIndex(text[first[1]:])
	if end == nil {
		findings.Add(diag.FrontMatter, src.At(0), "thêm một dòng --- sau khóa cuối cùng, sát lề trái", "phần khai báo mở bằng --- nhưng không có dòng --- kết thúc")
		return nil, len(text)
	}
	if end[0] > MaxFront {
		findings.Add(diag.TooLarge, src.At(0), "chuyển nội dung xuống phần thân trang", "phần khai báo lớn %d KB, quá giới hạn %d KB", end[0]>>10, MaxFront>>10)
		return nil, len(text)
	}
	head := first[1] + end[1]
	masked := text
	if indentedRule.Match(text[:head]) {
		masked = append(indentedRule.ReplaceAll(text[:head], []byte("${1}"+mask+"---")), text[head:]...)
	}
	format := frontmatter.NewFormat("---", "---", func(data []byte, _ any) error {
		front = bytes.ReplaceAll(data, []byte(mask+"---"), []byte("---"))
		return nil
	})
	rest, err := frontmatter.Parse(bytes.NewReader(masked), &front, format)
	if err != nil {
		panic("page: the splitter failed on a text in memory: " + err.Error())
	}
	return front, len(text) - len(rest)
}
