package theme

import (
	"bytes"
	"html/template"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

var lower = fstest.MapFS{
	"layouts/base.html":        file(`<title>{{.}}</title>{{template "main" .}}`),
	"layouts/page.html":        file(`{{define "main"}}{{template "part" .}} {{asset "a.css"}}{{end}}`),
	"layouts/alone.html":       file(`alone {{.}}`),
	"layouts/parts/parts.html": file(`{{define "part"}}{{up .}}{{end}}`),
	"assets/a.css":             file("body {\n  color: red;\n}\n"),
	"assets/sub/b.txt":         file("x"),
	"assets/c.js/1-one.js":     file("const one = 1;\n"),
	"assets/c.js/2-two.js":     file("window.three = one + 2;\n"),
}

var funcs = template.FuncMap{"up": strings.ToUpper}

func TestRender(t *testing.T) {
	theme, findings, err := Load(lower, funcs)
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	url := theme.AssetURL("a.css")
	for layout, want := range map[string]string{"page": "<title>&lt;b&gt;</title>&lt;B&gt; " + url, "alone": "alone &lt;b&gt;"} {
		var b bytes.Buffer
		if findings := theme.Render(&b, layout, "<b>"); len(findings) > 0 || b.String() != want {
			t.Errorf("%s: got %q %v, want %q", layout, b.String(), findings, want)
		}
	}
	var b bytes.Buffer
	if findings := theme.Render(&b, "none", ""); findings.Faults() != 1 {
		t.Errorf("got %v, want a fault for a layout that is not there", findings)
	}
}

func TestAssets(t *testing.T) {
	theme, _, err := Load(lower, funcs)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range theme.Assets() {
		got = append(got, a.URL+" "+string(a.Data))
	}
	want := "assets/a.15c42ab7.css body{color:red}|assets/c.fa1162cd.js (()=>{const e=1;window.three=e+2})()|assets/sub/b.2d711642.txt x"
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
}

func TestOverlay(t *testing.T) {
	upper := fstest.MapFS{"layouts/alone.html": file("mine"), "layouts/new.html": file("new"), "assets/a.css": file("p{}")}
	theme, findings, err := Load(Overlay(upper, lower), funcs)
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	for layout, want := range map[string]string{"alone": "mine", "new": "new"} {
		var b bytes.Buffer
		theme.Render(&b, layout, "")
		if b.String() != want {
			t.Errorf("%s: got %q, want %q", layout, b.String(), want)
		}
	}
	if !theme.Has("page") || theme.Has("none") {
		t.Error("layouts of the theme below are not seen")
	}
	if _, err := fs.ReadDir(Overlay(upper, lower), "nothing"); err == nil {
		t.Error("a folder that is not there was listed")
	}
}

func TestMistakes(t *testing.T) {
	for name, text := range map[string]string{"unknown function": "{{frob .}}", "open action": "{{if .}}", "unknown asset": "{{asset \"x.css\"}}", "unknown field": "{{.Frob}}"} {
		theme, findings, err := Load(Overlay(fstest.MapFS{"layouts/alone.html": file("\n" + text)}, lower), funcs)
		if err != nil {
			t.Fatal(err)
		}
		if len(findings) == 0 {
			findings = theme.Render(&bytes.Buffer{}, "alone", struct{}{})
		}
		if len(findings) != 1 || findings[0].File != "layouts/alone.html" || findings[0].Line != 2 {
			t.Errorf("%s: got %v, want a fault in line 2", name, findings)
		}
	}
}
