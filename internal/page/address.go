package page

import (
	"path"
	"regexp"
	"strings"

	"hoagiai/internal/diag"
	"hoagiai/internal/viet"
)

// IsIndex reports whether a content file describes its folder.
func IsIndex(file string) bool { return path.Base(file) == "_index.md" }

// Folder returns the output folder of a content folder: every part a slug,
// with a trailing slash unless it is the root ("").
func Folder(dir string) string {
	if dir == "." || dir == "" {
		return ""
	}
	var b strings.Builder
	for part := range strings.SplitSeq(dir, "/") {
		b.WriteString(viet.Slug(part))
		b.WriteByte('/')
	}
	return b.String()
}

// AssetURL returns the address of a file that lies beside pages: the folder
// and the name become slugs, the extension stays, in lower case.
func AssetURL(file string) string {
	dir, base := path.Split(file)
	ext := path.Ext(base)
	name := viet.Slug(strings.TrimSuffix(base, ext))
	if name == "" {
		name = "tep"
	}
	return Folder(strings.TrimSuffix(dir, "/")) + name + strings.ToLower(ext)
}

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// reserved are the names that Windows keeps for devices, whatever follows them.
var reserved = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// address returns the page's place under the output's root:
// "pho-bien/2021/Kế hoạch.md" → "pho-bien/2021/ke-hoach.html", "_index.md" →
// its folder's "index.html". slug renames the last part.
func (p *Page) address(src *diag.Source, findings *diag.List) string {
	dir, base := path.Split(p.File)
	folder := Folder(strings.TrimSuffix(dir, "/"))
	for part := range strings.SplitSeq(strings.TrimSuffix(folder, "/"), "/") {
		if folder != "" && (part == "" || reserved.MatchString(part)) {
			findings.Add(diag.BadAddress, src.File(), "đổi tên thư mục, dùng chữ và số", "không đặt được địa chỉ cho thư mục “%s”", dir)
		}
	}
	if p.Index {
		return folder + "index.html"
	}
	name := viet.Slug(strings.TrimSuffix(base, path.Ext(base)))
	at := src.File()
	if p.Slug.Value != "" {
		name, at = p.Slug.Value, p.Slug.Pos
		if !slugForm.MatchString(name) || len(name) > 80 {
			hint := ""
			if s := viet.Slug(name); s != "" {
				hint = "có phải “" + s + "”?"
			}
			findings.Add(diag.BadAddress, at, hint, "slug “%s” chỉ được có chữ thường không dấu, chữ số và gạch nối", name)
			name = viet.Slug(name)
		}
	}
	if name == "" || reserved.MatchString(name) {
		findings.Add(diag.BadAddress, at, "đổi tên tệp, dùng chữ và số", "không đặt được địa chỉ cho trang từ tên “%s”", base)
	}
	return folder + name + ".html"
}
