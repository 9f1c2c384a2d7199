// Package theme turns views into HTML with the templates of a theme, and
// publishes the theme's assets under names that change with their content.
//
// A theme is a folder with layouts/ and assets/. A layout that defines "main"
// is put into layouts/base.html; one that doesn't stands alone. Files under
// layouts/parts/ are shared by all. A folder under assets/ whose name ends in
// .js is published as one script. It is the only package that executes
// templates.
package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hoagiai/internal/diag"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// Theme is a loaded theme. It may be used by several goroutines at once.
type Theme struct {
	layouts map[string]*template.Template
	assets  []Asset
	urls    map[string]string
}

// Asset is one file of the theme as it is published.
type Asset struct {
	URL  string // under the output's root: "assets/site.3f2a9c1b.css"
	Data []byte
}

// Load reads a theme from a file system; templates may call the functions in
// funcs, and asset, which maps a file under assets/ to its address. Mistakes
// in templates are findings; an error means that the files can't be read.
func Load(fsys fs.FS, funcs template.FuncMap) (*Theme, diag.List, error) {
	t := &Theme{layouts: map[string]*template.Template{}, urls: map[string]string{}}
	var findings diag.List
	if err := t.loadAssets(fsys, &findings); err != nil {
		return nil, nil, err
	}
	if err := t.loadLayouts(fsys, funcs, &findings); err != nil {
		return nil, nil, err
	}
	return t, findings, nil
}

func (t *Theme) loadLayouts(fsys fs.FS, funcs template.FuncMap, findings *diag.List) error {
	shared := template.New("").Funcs(funcs).Funcs(template.FuncMap{"asset": t.asset}).Option("missingkey=error")
	parts, err := fs.Glob(fsys, "layouts/parts/*.html")
	if err != nil {
		return fmt.Errorf("list theme parts: %w", err)
	}
	for _, file := range append(parts, "layouts/base.html") {
		if err := parse(shared, fsys, file, findings); err != nil {
			return err
		}
	}
	layouts, err := fs.Glob(fsys, "layouts/*.html")
	if err != nil {
		return fmt.Errorf("list theme layouts: %w", err)
	}
	for _, file := range layouts {
		if file == "layouts/base.html" {
			continue
		}
		set, err := shared.Clone()
		if err != nil {
			return fmt.Errorf("clone templates: %w", err)
		}
		if err := parse(set, fsys, file, findings); err != nil {
			return err
		}
		entry := set.Lookup(file)
		if set.Lookup("main") != nil {
			entry = set.Lookup("layouts/base.html")
		}
		t.layouts[strings.TrimSuffix(path.Base(file), ".html")] = entry
	}
	return nil
}

func parse(set *template.Template, fsys fs.FS, file string, findings *diag.List) error {
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("read theme: %w", err)
	}
	if _, err := set.New(file).Parse(string(text)); err != nil {
		findings.Add(diag.ThemeError, position(err), "", "template sai: %v", err)
	}
	return nil
}

// Render writes a view with the named layout. A template that fails is a
// finding, not an error of the machine.
func (t *Theme) Render(w io.Writer, layout string, view any) diag.List {
	var findings diag.List
	tmpl := t.layouts[layout]
	if tmpl == nil {
		findings.Add(diag.ThemeError, diag.Pos{File: "layouts/" + layout + ".html"}, "", "giao diện thiếu template “%s”", layout)
		return findings
	}
	if err := tmpl.Execute(w, view); err != nil {
		findings.Add(diag.ThemeError, position(err), "", "template lỗi khi chạy: %v", err)
	}
	return findings
}

// Has reports whether the theme has a layout of that name.
func (t *Theme) Has(layout string) bool { return t.layouts[layout] != nil }

// Assets returns the theme's files in the order of their names.
func (t *Theme) Assets() []Asset { return t.assets }

// AssetURL returns the published address of a file under assets/, or "".
func (t *Theme) AssetURL(name string) string { return t.urls[name] }

func (t *Theme) asset(name string) (string, error) {
	url, ok := t.urls[name]
	if !ok {
		return "", fmt.Errorf("no asset %q in the theme", name)
	}
	return url, nil
}

func (t *Theme) loadAssets(fsys fs.FS, findings *diag.List) error {
	m := minify.New()
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	publish := func(file string, data []byte) {
		ext := path.Ext(file)
		small, err := m.Bytes(ext, data)
		switch {
		case errors.Is(err, minify.ErrNotExist):
			small = data
		case err != nil:
			findings.Add(diag.ThemeError, diag.Pos{File: file}, "", "không thu gọn được: %v", err)
			return
		}
		sum := sha256.Sum256(small)
		name := strings.TrimPrefix(file, "assets/")
		url := strings.TrimSuffix(file, ext) + "." + hex.EncodeToString(sum[:4]) + ext
		t.urls[name] = url
		t.assets = append(t.assets, Asset{url, small})
	}
	err := fs.WalkDir(fsys, "assets", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path.Ext(file) == ".js":
			data, err := bundle(fsys, file)
			if err != nil {
				return err
			}
			publish(file, data)
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return err
		}
		publish(file, data)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read theme: %w", err)
	}
	slices.SortFunc(t.assets, func(a, b Asset) int { return strings.Compare(a.URL, b.URL) })
	return nil
}

// bundle joins the scripts of a folder, in the order of their names, within
// one function: they share their names with each other and with nobody else.
func bundle(fsys fs.FS, dir string) ([]byte, error) {
	files, err := fs.Glob(fsys, dir+"/*.js")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("(() => {\n")
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		b.Write(data)
	}
	b.WriteString("})();\n")
	return b.Bytes(), nil
}

var templatePlace = regexp.MustCompile(`template: ([^:]+):(\d+)(?::(\d+))?`)

// position finds the place in a template's error message.
func position(err error) diag.Pos {
	m := templatePlace.FindStringSubmatch(err.Error())
	if m == nil {
		return diag.Pos{File: "layouts"}
	}
	line, _ := strconv.Atoi(m[2]) // digits only
	col, _ := strconv.Atoi(m[3])  // digits or nothing
	return diag.Pos{File: m[1], Line: line, Col: max(1, col)}
}
