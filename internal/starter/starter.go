// Package starter holds what editors start from: a page of each kind with its
// keys explained, and a new portal.
package starter

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"hoagiai/internal/page"
	"hoagiai/internal/viet"
)

//go:embed pages portal
var files embed.FS

// Course names the template of a course's _index.md; the other templates are
// named by the kinds of page.
const Course = "course"

// Kinds lists what New can write.
func Kinds() []string {
	kinds := []string{Course}
	for _, k := range page.Kinds {
		kinds = append(kinds, string(k))
	}
	return kinds
}

// Page returns the text of a new page. An id is made from day and title, so
// that it stays when the file is renamed.
func Page(kind, title string, draft bool, now time.Time) (string, error) {
	raw, err := files.ReadFile("pages/" + kind + ".md")
	if err != nil {
		return "", fmt.Errorf("no template for kind %q", kind)
	}
	state := "draft: false"
	if draft {
		state = "draft: true  # đổi thành false khi muốn đăng"
	}
	r := strings.NewReplacer(
		"«TITLE»", strconv.Quote(title),
		"«ID»", now.Format("20060102")+"-"+viet.Slug(title),
		"«DRAFT»", state,
		"«DATE»", now.Format(time.DateOnly),
	)
	return r.Replace(string(raw)), nil
}

// folders are where new pages of a kind go.
var folders = map[string]string{
	"lesson": "bai-hoc/khoa-moi", "article": "pho-bien", "plan": "ke-hoach", "law": "van-ban",
	"question": "hoi-dap", "case": "tinh-huong", "term": "thuat-ngu", "page": "", Course: "bai-hoc",
}

// Folder returns the usual folder of a kind, and, for kinds that fill a folder
// a year, that of the year.
func Folder(kind string, now time.Time) string {
	folder := folders[kind]
	if kind == string(page.Article) || kind == string(page.Plan) {
		folder = path.Join(folder, now.Format("2006"))
	}
	return folder
}

// File returns the name of a new page in a folder.
func File(kind, folder, title string) string {
	if kind == Course {
		return path.Join(folder, viet.Slug(title), "_index.md")
	}
	return path.Join(folder, viet.Slug(title)+".md")
}

// samples are the pages of a new portal.
var samples = []struct{ kind, title string }{
	{Course, "Khóa học mẫu"}, {"lesson", "Bài học mẫu"}, {"article", "Bài viết mẫu"}, {"plan", "Kế hoạch mẫu"},
	{"law", "Văn bản mẫu"}, {"question", "Câu hỏi mẫu"}, {"case", "Tình huống mẫu"}, {"term", "Thuật ngữ mẫu"},
	{"page", "Giới thiệu"},
}

// Portal returns the files of a new portal by name.
func Portal(now time.Time) (map[string]string, error) {
	portal := map[string]string{}
	for _, name := range []string{"README.md", "site.yaml"} {
		raw, err := fs.ReadFile(files, "portal/"+name)
		if err != nil {
			return nil, err
		}
		portal[name] = string(raw)
	}
	portal["content/site.yaml"] = portal["site.yaml"]
	delete(portal, "site.yaml")
	for _, s := range samples {
		text, err := Page(s.kind, s.title, false, now)
		if err != nil {
			return nil, err
		}
		folder := Folder(s.kind, now)
		if s.kind == "lesson" {
			folder = "bai-hoc/khoa-hoc-mau"
		}
		portal[path.Join("content", File(s.kind, folder, s.title))] = text
	}
	return portal, nil
}
