package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// compared are the queries put to both portals in a browser.
var compared = []string{"hòa giải tranh chấp đất đai", "hoa giai tranh chap dat dai", "UBND", "hàng xóm lấn đất thì phải làm sao"}

// runPage asks one query of one portal; %s are the script that asks and the
// query as JSON.
const runPage = `<!doctype html><meta charset="utf-8"><form data-search="x"><input></form>%s<script type="module">
const query = %s;
let answer;
if (window.hoagiai) {
  const a = await hoagiai.search(query);
  answer = {total: a.total, first: a.hits[0] && a.hits[0].title};
} else {
  const pagefind = await import(new URL('pagefind/pagefind.js', location));
  await pagefind.init();
  const found = await pagefind.search(query);
  const top = await Promise.all(found.results.slice(0, 10).map((r) => r.data()));
  answer = {total: found.results.length, first: top[0] && top[0].meta.title};
}
parent.postMessage(answer);
</script>`

// allRuns opens one run after the other in a frame of its own, so that nothing
// is in the browser's memory.
const allRuns = `<!doctype html><title>bench</title><body><script>
(async () => {
  const answers = [];
  for (let i = 0; i < %d; i++) {
    const frame = document.createElement('iframe');
    const answer = new Promise((done) => onmessage = (m) => done(m.data));
    frame.src = '/run/' + i + '/run.html';
    document.body.append(frame);
    answers.push(await answer);
    frame.remove();
  }
  fetch('/answers', {method: 'POST', body: JSON.stringify(answers)});
})();
</script></body>`

// inBrowser measures in Chromium what a first search loads, of this portal and
// of Pagefind's, and prints both side by side.
func (b *bench) inBrowser() error {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		fmt.Println("no chromium: what a browser loads is not measured")
		return nil
	}
	portals := []string{filepath.Join(b.work, "out-hoagiai")}
	if b.peers {
		portals = append(portals, filepath.Join(b.work, "out-hugo"))
	}
	var mu sync.Mutex
	sent := make([]int, len(compared)*len(portals))
	answers := make(chan []byte, 1)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, allRuns, len(sent)) })
	mux.HandleFunc("POST /answers", func(_ http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		if _, err := body.ReadFrom(r.Body); err == nil {
			answers <- body.Bytes()
		}
	})
	mux.HandleFunc("GET /run/{n}/{file...}", func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.PathValue("n"))
		if err != nil || n < 0 || n >= len(sent) {
			http.NotFound(w, r)
			return
		}
		portal := portals[n%len(portals)]
		if r.PathValue("file") == "run.html" {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, runPage, clientScript(portal), quoted(compared[n/len(portals)]))
			return
		}
		size := sendFile(w, r, os.DirFS(portal), r.PathValue("file"))
		mu.Lock()
		sent[n] += size
		mu.Unlock()
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux}
	go func() { _ = server.Serve(listener) }() // ends with Close
	profile, err := os.MkdirTemp("", "profile")
	if err != nil {
		return errors.Join(err, server.Close())
	}
	c := exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--remote-debugging-port=0", "--user-data-dir="+profile, "http://"+listener.Addr().String()+"/")
	if err := c.Start(); err != nil {
		return errors.Join(err, server.Close())
	}
	var got []struct {
		Total int
		First string
	}
	select {
	case raw := <-answers:
		err = json.Unmarshal(raw, &got)
	case <-time.After(5 * time.Minute):
		err = errors.New("the browser gave no answers")
	}
	_ = c.Process.Kill() // it may be gone already
	_ = c.Wait()         // killed, as asked
	_ = os.RemoveAll(profile)
	if err = errors.Join(err, server.Close()); err != nil {
		return err
	}
	for i, a := range got {
		fmt.Printf("%-9s %6.1f kB %5d pages, first %q for %q\n", [2]string{"hoagiai", "pagefind"}[i%len(portals)], float64(sent[i])/1000, a.Total, a.First, compared[i/len(portals)])
	}
	return nil
}

func quoted(s string) []byte {
	raw, _ := json.Marshal(s) // a string always encodes
	return raw
}

// clientScript is what a page of ours loads for a search; Pagefind's is
// imported.
func clientScript(portal string) string {
	var tags strings.Builder
	for _, pattern := range []string{"box.*.js", "search.*.js"} {
		files, err := filepath.Glob(filepath.Join(portal, "assets", pattern))
		if err != nil {
			continue // the patterns are well formed
		}
		for _, file := range files {
			fmt.Fprintf(&tags, `<script src="assets/%s"></script>`, filepath.Base(file))
		}
	}
	return tags.String()
}

// sendFile sends a file as servers do, text compressed, and returns how many
// bytes it took.
func sendFile(w http.ResponseWriter, r *http.Request, portal fs.FS, name string) int {
	raw, err := fs.ReadFile(portal, name)
	if err != nil {
		http.NotFound(w, r)
		return 0
	}
	types := map[string]string{".js": "text/javascript", ".json": "application/json", ".css": "text/css", ".html": "text/html"}
	kind, text := types[path.Ext(name)]
	if text {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Encoding", "gzip")
		var b bytes.Buffer
		zip := gzip.NewWriter(&b)
		_, err := zip.Write(raw)
		if errors.Join(err, zip.Close()) != nil {
			http.Error(w, "compression failed", http.StatusInternalServerError)
			return 0
		}
		raw = b.Bytes()
	}
	_, _ = w.Write(raw) // the browser may have gone away
	return len(raw)
}
