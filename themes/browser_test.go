package themes_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hoagiai/internal/build"
	"hoagiai/internal/serve"
	"hoagiai/themes"

	"golang.org/x/net/html"
)

// buildPortal builds the real portal into a folder of the test.
func buildPortal(t *testing.T, base string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "public")
	_, err := build.Run(context.Background(), build.Options{
		Content: "../content", Theme: themes.Default(), Out: out, BaseURL: base,
		Now: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// pages lists the HTML files of an output.
func pages(t *testing.T, out string) []string {
	t.Helper()
	var list []string
	err := fs.WalkDir(os.DirFS(out), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(name, ".html") {
			list = append(list, name)
		}
		return err
	})
	if err != nil || len(list) < 50 {
		t.Fatalf("got %d pages, %v", len(list), err)
	}
	return list
}

// chromium is where the browser is, or the test fails: .ci/test installs it.
// HOAGIAI_NO_BROWSER=1 leaves the browser tests out on machines without one.
func chromium(t *testing.T) string {
	t.Helper()
	if os.Getenv("HOAGIAI_NO_BROWSER") != "" {
		t.Skip("HOAGIAI_NO_BROWSER is set: no test in a real browser")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if bin, err := exec.LookPath(name); err == nil {
			return bin
		}
	}
	t.Fatal("no Chromium; `sh .ci/test` installs it, HOAGIAI_NO_BROWSER=1 does without")
	return ""
}

// dump opens an address in the browser, lets its scripts run, and returns the
// document as it then is. Complaints on the console fail the test.
func dump(t *testing.T, address string) *html.Node {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, chromium(t), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
		"--enable-logging=stderr", "--virtual-time-budget=20000", "--dump-dom", address)
	var out, console bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &console
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", address, err, console.Bytes())
	}
	for line := range strings.Lines(console.String()) {
		if strings.Contains(line, "CONSOLE") && (strings.Contains(line, "Content Security Policy") || strings.Contains(line, "Uncaught") || strings.Contains(line, "ERR_FILE_NOT_FOUND")) {
			t.Errorf("%s: %s", address, line)
		}
	}
	root, err := html.Parse(&out)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// attr returns an attribute of an element, "" without it.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// elements returns those elements of a document for which the function holds.
func elements(root *html.Node, want func(*html.Node) bool) []*html.Node {
	var list []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && want(n) {
			list = append(list, n)
		}
	}
	return list
}

func text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// TestEveryLinkResolves reads every page from disk: each link is relative,
// names a file that is there and an id that is in it; every page has one h1,
// one main, a language and the policy.
func TestEveryLinkResolves(t *testing.T) {
	out := buildPortal(t, "")
	docs := map[string]*html.Node{}
	ids := map[string]map[string]bool{}
	for _, name := range pages(t, out) {
		raw, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		docs[name], ids[name] = root, map[string]bool{}
		for _, n := range elements(root, func(n *html.Node) bool { return attr(n, "id") != "" }) {
			if ids[name][attr(n, "id")] {
				t.Errorf("%s: id %q twice", name, attr(n, "id"))
			}
			ids[name][attr(n, "id")] = true
		}
	}
	for name, root := range docs {
		for _, tag := range []string{"h1", "main", "title"} {
			if n := len(elements(root, func(n *html.Node) bool { return n.Data == tag })); n != 1 {
				t.Errorf("%s: %d <%s>", name, n, tag)
			}
		}
		if len(elements(root, func(n *html.Node) bool { return n.Data == "html" && attr(n, "lang") == "vi" })) != 1 {
			t.Errorf("%s: no language", name)
		}
		if len(elements(root, func(n *html.Node) bool { return attr(n, "http-equiv") == "Content-Security-Policy" })) != 1 {
			t.Errorf("%s: no policy", name)
		}
		if bad := elements(root, func(n *html.Node) bool {
			return attr(n, "style") != "" || n.Data == "style" || n.Data == "script" && attr(n, "src") == ""
		}); len(bad) > 0 {
			t.Errorf("%s: inline style or script", name)
		}
		for _, n := range elements(root, func(n *html.Node) bool { return attr(n, "href")+attr(n, "src")+attr(n, "action") != "" }) {
			for _, key := range []string{"href", "src", "action"} {
				checkLink(t, name, attr(n, key), n.Data == "a", ids)
			}
		}
	}
}

func checkLink(t *testing.T, page, link string, external bool, ids map[string]map[string]bool) {
	t.Helper()
	u, err := url.Parse(link)
	if link == "" {
		return
	}
	if err != nil {
		t.Errorf("%s: %v", page, err)
		return
	}
	if u.Scheme != "" {
		if !external {
			t.Errorf("%s loads %s from another host", page, link)
		}
		return
	}
	if page == "404.html" && strings.HasPrefix(u.Path, "/") {
		u.Path = strings.TrimPrefix(u.Path, "/") // the one page with absolute links
	}
	target := page
	if u.Path != "" {
		target = path.Join(path.Dir(page), u.Path)
	}
	if strings.HasSuffix(u.Path, "/") || strings.HasPrefix(u.Path, "/") {
		t.Errorf("%s: link %s names no file", page, link)
	}
	if strings.HasSuffix(target, ".html") {
		if ids[target] == nil {
			t.Errorf("%s: link to %s, which is not there", page, target)
		} else if u.Fragment != "" && !ids[target][u.Fragment] {
			t.Errorf("%s: no id %q in %s", page, u.Fragment, target)
		}
	}
}

// harness opens every page in a frame of 320 pixels and notes what is wider
// than the screen. It stands beside the portal, not in it.
const harness = `<!doctype html><title>harness</title><iframe width="320" height="600"></iframe><pre></pre><script>
const frame = document.querySelector('iframe');
(async () => {
  const seen = [];
  for (const page of %s) {
    await new Promise((done) => { frame.onload = done; frame.src = page; });
    const doc = frame.contentDocument;
    const root = doc.documentElement;
    const style = frame.contentWindow.getComputedStyle(doc.body);
    seen.push({page, width: root.scrollWidth, title: doc.title, margin: style.marginTop});
  }
  document.querySelector('pre').textContent = JSON.stringify(seen);
})();
</script>`

// TestChromiumUnderPrefix opens every page of the portal in Chromium, served
// as plain files under a path prefix, on a screen of 320 pixels.
func TestChromiumUnderPrefix(t *testing.T) {
	chromium(t)
	const prefix = "/tinh/phap-luat/"
	out := buildPortal(t, "https://x.vn"+strings.TrimSuffix(prefix, "/"))
	list := slices.DeleteFunc(pages(t, out), func(p string) bool { return p == "404.html" })
	mux := http.NewServeMux()
	mux.Handle(prefix, http.StripPrefix(prefix, http.FileServer(http.Dir(out))))
	mux.HandleFunc("/harness", func(w http.ResponseWriter, _ *http.Request) {
		var addresses []string
		for _, p := range list {
			addresses = append(addresses, prefix+p)
		}
		raw, err := json.Marshal(addresses)
		if err != nil {
			t.Error(err)
		}
		fmt.Fprintf(w, harness, raw)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	root := dump(t, server.URL+"/harness")
	var seen []struct {
		Page, Title, Margin string
		Width               int
	}
	pre := elements(root, func(n *html.Node) bool { return n.Data == "pre" })
	if err := json.Unmarshal([]byte(text(pre[0])), &seen); err != nil {
		t.Fatalf("%v in %q", err, text(pre[0]))
	}
	if len(seen) != len(list) {
		t.Errorf("saw %d pages of %d", len(seen), len(list))
	}
	for _, s := range seen {
		if s.Width > 320 || s.Title == "" || s.Margin != "0px" {
			t.Errorf("%s: %d pixels wide, title %q, body margin %s (the stylesheet sets 0)", s.Page, s.Width, s.Title, s.Margin)
		}
	}
}

// TestChromiumFromDisk opens pages by file://, where the stylesheet, the
// policy and the search page's own words must work too.
func TestChromiumFromDisk(t *testing.T) {
	chromium(t)
	out := buildPortal(t, "")
	for _, page := range []string{"index.html", "bai-hoc/ky-nang-hoa-giai/index.html", "van-ban/35-2013-qh13.html", "thuat-ngu/index.html"} {
		root := dump(t, "file://"+filepath.Join(out, page))
		if len(elements(root, func(n *html.Node) bool { return n.Data == "h1" })) != 1 {
			t.Errorf("%s: no heading", page)
		}
	}
	root := dump(t, "file://"+filepath.Join(out, "tim-kiem.html")+"?q=hoa+giai+tranh+chap+dat+dai")
	checkLand(t, root)
}

// TestChromiumSearch types a query without accents into the portal of a real
// server.
func TestChromiumSearch(t *testing.T) {
	chromium(t)
	out := buildPortal(t, "")
	portal, err := serve.New(out, 2)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(portal)
	root := dump(t, server.URL+"/tim-kiem.html?q=hoa+giai+tranh+chap+dat+dai")
	server.Close()
	checkLand(t, root)
	if err := portal.Close(); err != nil {
		t.Error(err)
	}
}

// checkLand looks at the page of results for "hoa giai tranh chap dat dai".
func checkLand(t *testing.T, root *html.Node) {
	t.Helper()
	var urls []string
	for _, n := range elements(root, func(n *html.Node) bool { return attr(n, "data-url") != "" }) {
		urls = append(urls, attr(n, "data-url"))
	}
	if len(urls) != 10 || urls[0] != "van-ban/31-2024-qh15.html" {
		t.Errorf("got %v", urls)
	}
	if marks := elements(root, func(n *html.Node) bool { return n.Data == "mark" }); len(marks) < 10 {
		t.Errorf("%d marks", len(marks))
	}
	status := elements(root, func(n *html.Node) bool { return attr(n, "id") == "_status" })
	if got := text(status[0]); !strings.Contains(got, "“hòa giải tranh chấp đất đai”. Tìm đúng như đã gõ: “hoa giai tranh chap dat dai”") {
		t.Errorf("got %q", got)
	}
}
