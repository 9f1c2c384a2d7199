package build

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoagiai/internal/search"
	"hoagiai/internal/shards"
	"hoagiai/internal/theme"
	"hoagiai/themes"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the answers in testdata/sites")

// TestSites builds the portal in each archive of testdata/sites. An archive
// holds content/… and, when it wants other templates than those of
// testdata/theme, theme/…; its comment may have lines "now: …", "base: …",
// "drafts". Wanted are: findings (a line each), hidden, list (the addresses
// written) and any public/… file, each where it stands in the archive.
func TestSites(t *testing.T) {
	files, err := filepath.Glob("testdata/sites/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archives", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { testSite(t, file) })
	}
}

func testSite(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	o, dir := setUp(t, archive)
	report, err := Run(context.Background(), o)
	if err != nil && !errors.Is(err, ErrFaults) {
		t.Fatal(err)
	}
	got := map[string]string{"findings": "", "hidden": "", "list": ""}
	for _, f := range report.Findings {
		got["findings"] += fmt.Sprintf("%s %s: %s", f.Pos(), f.Code, f.Message)
		if f.Hint != "" {
			got["findings"] += " | " + f.Hint
		}
		got["findings"] += "\n"
	}
	for _, h := range report.Hidden {
		got["hidden"] += h.File + " " + h.Reason + "\n"
	}
	readTree(t, filepath.Join(dir, "public"), got)
	changed := false
	for i, f := range archive.Files {
		if _, input := strings.CutPrefix(f.Name, "content/"); input || strings.HasPrefix(f.Name, "theme/") {
			continue
		}
		text, ok := got[f.Name]
		if !ok && !*update {
			t.Errorf("no file %s; there are\n%s", f.Name, got["list"])
		}
		if text == string(f.Data) {
			continue
		}
		if *update {
			archive.Files[i].Data, changed = []byte(text), true
			continue
		}
		t.Errorf("%s\ngot:\n%s\nwant:\n%s", f.Name, text, f.Data)
	}
	if changed {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// setUp writes an archive's content to a folder and returns how to build it.
func setUp(t *testing.T, archive *txtar.Archive) (Options, string) {
	dir := t.TempDir()
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "content/") && !strings.HasPrefix(f.Name, "theme/") {
			continue
		}
		write(t, filepath.Join(dir, filepath.FromSlash(f.Name)), f.Data)
	}
	o := Options{
		Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), BaseURL: "https://x.vn/p",
		Now: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Theme: theme.Overlay(os.DirFS(filepath.Join(dir, "theme")), theme.Overlay(os.DirFS("testdata/theme"), themes.Default())),
	}
	for line := range strings.Lines(string(archive.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "now":
			now, err := time.Parse(time.DateOnly, value)
			if err != nil {
				t.Fatal(err)
			}
			o.Now = now
		case "base":
			o.BaseURL = strings.Trim(value, `"`)
		case "drafts":
			o.Drafts = true
		}
	}
	return o, dir
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// readTree puts the files of an output into a map, and the list of addresses;
// the index and the theme's assets are not among them.
func readTree(t *testing.T, public string, into map[string]string) {
	err := filepath.WalkDir(public, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(public, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if strings.HasPrefix(rel, search.Folder+"/") || strings.HasPrefix(rel, shards.Folder+"/") || strings.HasPrefix(rel, "assets/") {
			return nil
		}
		raw, err := os.ReadFile(name)
		into["public/"+rel] = string(raw)
		into["list"] += rel + "\n"
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
}

// tree returns all files of an output but the index.
func tree(t *testing.T, public string) map[string][]byte {
	files := map[string][]byte{}
	err := filepath.WalkDir(public, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(name, search.Folder) {
			return err
		}
		raw, err := os.ReadFile(name)
		files[strings.TrimPrefix(name, public)] = raw
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func sameTree(t *testing.T, a, b map[string][]byte) {
	t.Helper()
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s differs", name)
		}
	}
	if len(a) != len(b) || len(a) == 0 {
		t.Errorf("got %d files, want %d", len(b), len(a))
	}
}

// TestSameBytes builds the real portal alone, again over itself, on one core,
// and in another folder: the same bytes each time.
func TestSameBytes(t *testing.T) {
	dir := t.TempDir()
	o := Options{Content: "../../content", Theme: themes.Default(), Out: filepath.Join(dir, "a"), Now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), BaseURL: "https://x.vn"}
	run := func() map[string][]byte {
		t.Helper()
		if _, err := Run(context.Background(), o); err != nil {
			t.Fatal(err)
		}
		return tree(t, o.Out)
	}
	first := run()
	sameTree(t, first, run())
	o.Jobs = 1
	sameTree(t, first, run())
	o.Jobs, o.Out = 7, filepath.Join(dir, "sub", "b")
	sameTree(t, first, run())

	// Another moment changes the manifest alone when nothing falls due.
	o.Now = o.Now.Add(time.Hour)
	later := run()
	delete(first, "/manifest.json")
	delete(later, "/manifest.json")
	sameTree(t, first, later)
}

// TestFaultsKeepOutput checks that a lỗi leaves the published portal alone.
func TestFaultsKeepOutput(t *testing.T) {
	archive := txtar.Parse([]byte("-- content/a.md --\n---\ntitle: A\n---\nB\n"))
	o, dir := setUp(t, archive)
	if _, err := Run(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	before := tree(t, o.Out)
	write(t, filepath.Join(dir, "content", "b.md"), []byte("---\ntitle: B\n---\n[x](khong-co.md)\n"))
	if _, err := Run(context.Background(), o); !errors.Is(err, ErrFaults) {
		t.Fatalf("got %v, want faults", err)
	}
	sameTree(t, before, tree(t, o.Out))
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.Contains(e.Name(), ".new-") {
			t.Errorf("left behind: %s", e.Name())
		}
	}
}

// TestStrict checks that a lưu ý stops publication when asked to.
func TestStrict(t *testing.T) {
	o, _ := setUp(t, txtar.Parse([]byte("-- content/a.md --\n---\ntitle: A\n---\n# B\n")))
	if _, err := Run(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	o.Strict = true
	report, err := Run(context.Background(), o)
	if !errors.Is(err, ErrFaults) || report.Findings.Faults() != 1 {
		t.Errorf("got %v with %v, want one fault", err, report.Findings)
	}
}

// TestSymlinks checks that links in the content are not followed.
func TestSymlinks(t *testing.T) {
	o, dir := setUp(t, txtar.Parse([]byte("-- content/a.md --\n---\ntitle: A\n---\nx\n")))
	write(t, filepath.Join(dir, "secret.md"), []byte("---\ntitle: Bí mật\n---\nx\n"))
	for link, target := range map[string]string{"b.md": filepath.Join(dir, "secret.md"), "loop": ".", "out": dir} {
		if err := os.Symlink(target, filepath.Join(dir, "content", link)); err != nil {
			t.Fatal(err)
		}
	}
	report, err := Run(context.Background(), o)
	if !errors.Is(err, ErrFaults) || report.Findings.Faults() != 3 || report.Pages != 1 {
		t.Errorf("got %v, %d pages, %v; want a fault for each link", err, report.Pages, report.Findings)
	}
}
