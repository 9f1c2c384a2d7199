package themes_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hoagiai/internal/bench/corpus"
	"hoagiai/internal/build"
	"hoagiai/internal/eval"
	"hoagiai/internal/rank"
	"hoagiai/internal/search"
	"hoagiai/internal/shards"
	"hoagiai/internal/viet"
	"hoagiai/themes"
)

// firefox is where the other browser is; like chromium, it is required.
func firefox(t *testing.T) string {
	t.Helper()
	chromium(t) // skips where no browser is wanted
	for _, name := range []string{"firefox-esr", "firefox"} {
		if bin, err := exec.LookPath(name); err == nil {
			return bin
		}
	}
	t.Fatal("no Firefox; `sh .ci/test` installs it, HOAGIAI_NO_BROWSER=1 does without")
	return ""
}

// parityPage asks the portal's own script all queries and posts the answers.
const parityPage = `<!doctype html><meta charset="utf-8"><title>parity</title>
<form data-search="x"><input></form><script src="%s"></script><script src="queries.js"></script><script>
(async () => {
  const answers = [];
  for (const q of queries) {
    try {
      answers.push(await hoagiai.search(q, {limit: 10 + (answers.length & 1) * 5}));
    } catch (e) {
      answers.push({query: q, error: String(e && e.stack || e)});
    }
  }
  const completions = [];
  for (const q of queries) completions.push(q.length < 60 ? await hoagiai.complete(q) : []);
  await fetch('%s', {method: 'POST', mode: 'no-cors', body: JSON.stringify({answers, completions})});
})();
</script>`

// browse opens an address in a browser until the test's server has had a
// message from it.
func browse(t *testing.T, browser, address string, message <-chan []byte) []byte {
	t.Helper()
	profile, err := os.MkdirTemp("", "profile")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(profile) // a browser that is killed may still write there
	var cmd *exec.Cmd
	if browser == "firefox" {
		cmd = exec.Command(firefox(t), "--headless", "--no-remote", "--profile", profile, address)
	} else {
		cmd = exec.Command(chromium(t), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--user-data-dir="+profile, address)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill() // it may be gone already
		_ = cmd.Wait()         // killed, as asked
	}()
	select {
	case data := <-message:
		return data
	case <-time.After(5 * time.Minute):
		t.Fatalf("%s: no answers from %s", browser, address)
		return nil
	}
}

// parity compares what a browser answers with what the Bleve index answers.
func parity(t *testing.T, out string, queries []string, browser, scheme string) {
	t.Helper()
	x, closer, err := search.OpenPortal(out)
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close() // only read from
	scripts, err := filepath.Glob(filepath.Join(out, "assets", "search.*.js"))
	if err != nil || len(scripts) != 1 {
		t.Fatalf("got scripts %v, %v", scripts, err)
	}
	message := make(chan []byte, 1)
	mux := http.NewServeMux()
	mux.Handle("/portal/", http.StripPrefix("/portal/", http.FileServer(http.Dir(out))))
	mux.HandleFunc("POST /answers", func(_ http.ResponseWriter, r *http.Request) {
		if data, err := io.ReadAll(r.Body); err == nil {
			message <- data
		}
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	list, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"queries.js":  "const queries = " + string(list),
		"parity.html": fmt.Sprintf(parityPage, "assets/"+filepath.Base(scripts[0]), server.URL+"/answers"),
	} {
		if err := os.WriteFile(filepath.Join(out, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	address := server.URL + "/portal/parity.html"
	if scheme == "file" {
		address = "file://" + filepath.Join(out, "parity.html")
	}
	var got struct {
		Answers     []json.RawMessage
		Completions [][]string
	}
	if err := json.Unmarshal(browse(t, browser, address, message), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Answers) != len(queries) {
		t.Fatalf("got %d answers to %d queries", len(got.Answers), len(queries))
	}
	logTimes(t, got.Answers)
	for i, q := range queries {
		want, err := x.Search(context.Background(), rank.Query{Text: q, Limit: 10 + i%2*5})
		if err != nil {
			t.Fatal(err)
		}
		if diff := differ(got.Answers[i], want); diff != "" {
			t.Errorf("%q: %s", q, diff)
		}
		if len(q) >= 60 {
			continue
		}
		words, err := x.Complete(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(words) != fmt.Sprint(got.Completions[i]) {
			t.Errorf("complete %q: got %q, want %q", q, got.Completions[i], words)
		}
	}
}

// logTimes prints how long the browser's answers of ten pages took, files
// loaded included.
func logTimes(t *testing.T, answers []json.RawMessage) {
	t.Helper()
	var took []float64
	for i, raw := range answers {
		var a rank.Answer
		if i%2 == 0 && json.Unmarshal(raw, &a) == nil { // one that is no answer is reported by differ
			took = append(took, a.TookMS)
		}
	}
	slices.Sort(took)
	if n := len(took); n > 0 {
		t.Logf("%d answers: p50 %.0f ms, p99 %.0f ms", n, took[n/2], took[n*99/100])
	}
}

// differ says how a browser's answer differs from ours: scores by more than a
// millionth, anything else at all.
func differ(raw json.RawMessage, want *rank.Answer) string {
	var got rank.Answer
	if err := json.Unmarshal(raw, &got); err != nil {
		return fmt.Sprintf("%v in %s", err, raw)
	}
	got.TookMS, want.TookMS = 0, 0
	for i := range min(len(got.Hits), len(want.Hits)) {
		if math.Abs(got.Hits[i].Score-want.Hits[i].Score) < 1e-6 {
			got.Hits[i].Score = want.Hits[i].Score
		}
	}
	a, _ := json.Marshal(got)   // plain values always encode
	b, _ := json.Marshal(*want) // likewise
	if string(a) != string(b) {
		return fmt.Sprintf("%s\ngot  %s\nwant %s", raw[:min(len(raw), 80)], a, b)
	}
	return ""
}

// natural are queries as people type them: judged ones, with and without
// accents and with slips, and the hard ones.
func natural(t *testing.T) []string {
	t.Helper()
	f, err := os.Open("../internal/eval/testdata/judged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // only read from
	list, err := eval.ReadJudged(f)
	if err != nil {
		t.Fatal(err)
	}
	hard, err := os.ReadFile("../internal/eval/testdata/hard.txt")
	if err != nil {
		t.Fatal(err)
	}
	queries := strings.Split(strings.TrimSuffix(string(hard), "\n"), "\n")
	for i, j := range list {
		queries = append(queries, j.Query)
		if i%2 == 0 {
			queries = append(queries, viet.Fold(j.Query))
		} else if i%3 == 0 {
			queries = append(queries, eval.Ways["typo"](j.Query))
		}
	}
	if len(queries) < 400 {
		t.Fatalf("%d queries are too few", len(queries))
	}
	return queries
}

// TestParityOnContent compares the real portal's answers in both browsers,
// over HTTP and from disk.
func TestParityOnContent(t *testing.T) {
	chromium(t)
	queries := natural(t)
	out := buildPortal(t, "")
	for _, browser := range []string{"chromium", "firefox"} {
		for _, scheme := range []string{"http", "file"} {
			t.Run(browser+" "+scheme, func(t *testing.T) { parity(t, out, queries, browser, scheme) })
		}
	}
}

// TestParityOnThousandPages does the same on a synthetic portal.
func TestParityOnThousandPages(t *testing.T) {
	chromium(t)
	dir := t.TempDir()
	content, out := filepath.Join(dir, "content"), filepath.Join(dir, "public")
	if err := corpus.Write(content, 1000, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := build.Run(context.Background(), build.Options{Content: content, Theme: themes.Default(), Out: out, Now: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	queries := titleQueries(t, out, 300)
	t.Run("chromium file", func(t *testing.T) { parity(t, out, queries, "chromium", "file") })
	t.Run("firefox http", func(t *testing.T) { parity(t, out, queries, "firefox", "http") })
}

// titleQueries makes queries of one to eight syllables from the titles of a
// portal; every third is without accents, every fifth has a slip.
func titleQueries(t *testing.T, out string, most int) []string {
	t.Helper()
	files, err := shards.Open(os.DirFS(out))
	if err != nil {
		t.Fatal(err)
	}
	var queries []string
	pages := files.Core().Pages
	for i := range most {
		e, err := files.Entry(i * pages / most)
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Fields(e.Title)
		q := strings.Join(words[:min(len(words), 1+i%8)], " ")
		switch {
		case i%3 == 0:
			q = viet.Fold(q)
		case i%5 == 0:
			q = eval.Ways["typo"](q)
		}
		queries = append(queries, q)
	}
	return queries
}

// TestParityElsewhere compares portals that .ci/measure built: HOAGIAI_PARITY
// names pairs "public=queries", where queries is a file with one a line, or
// nothing for queries from the titles.
func TestParityElsewhere(t *testing.T) {
	if os.Getenv("HOAGIAI_PARITY") == "" {
		t.Skip("HOAGIAI_PARITY names no portals; .ci/measure sets it")
	}
	for _, pair := range strings.Fields(os.Getenv("HOAGIAI_PARITY")) {
		out, file, _ := strings.Cut(pair, "=")
		queries := titleQueries(t, out, 300)
		if file != "" {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			queries = strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
		}
		for _, browser := range []string{"chromium", "firefox"} {
			t.Run(filepath.Base(filepath.Dir(out))+" "+browser, func(t *testing.T) { parity(t, out, queries, browser, "file") })
		}
	}
}
