package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoagiai/internal/build"
	"hoagiai/internal/rank"
	"hoagiai/themes"
)

// portal builds a small portal once for all tests of the package.
func portal(t *testing.T) *Server {
	t.Helper()
	dir := t.TempDir()
	content := filepath.Join(dir, "content", "pho-bien")
	if err := os.MkdirAll(content, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(content, "a.md"), []byte("---\ntitle: Hòa giải\ndate: 2026-01-02\n---\nTranh chấp đất đai.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "public")
	_, err := build.Run(context.Background(), build.Options{Content: filepath.Join(dir, "content"), Theme: themes.Default(), Out: out, Now: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{".env": "SECRET", "pho-bien/.git": "SECRET"} {
		if err := os.WriteFile(filepath.Join(out, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "outside.txt"), []byte("SECRET"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "outside.txt"), filepath.Join(out, "link.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(out, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := New(out, 2, "portal.example")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestRequests(t *testing.T) {
	s := portal(t)
	for _, row := range []struct {
		method, target, host string
		status               int
		contains             string
	}{
		{"GET", "/", "127.0.0.1:8080", 200, "<!doctype html>"},
		{"GET", "/", "localhost", 200, "<!doctype html>"},
		{"GET", "/", "[::1]:80", 200, "<!doctype html>"},
		{"GET", "/", "Portal.Example:80", 200, "<!doctype html>"},
		{"GET", "/", "evil.example", 421, ""},
		{"GET", "/", "127.0.0.1.evil.example", 421, ""},
		{"GET", "/pho-bien/a.html", "localhost", 200, "Tranh chấp đất đai"},
		{"HEAD", "/pho-bien/a.html", "localhost", 200, ""},
		{"POST", "/", "localhost", 405, ""},
		{"GET", "/pho-bien/", "localhost", 200, "Hòa giải"},
		{"GET", "/pho-bien", "localhost", 301, ""},
		{"GET", "/empty", "localhost", 404, ""},
		{"GET", "/empty/", "localhost", 404, ""},
		{"GET", "/nothing.html", "localhost", 404, "Không tìm thấy trang"},
		{"GET", "/.env", "localhost", 404, ""},
		{"GET", "/pho-bien/.git", "localhost", 404, ""},
		{"GET", "/link.txt", "localhost", 404, ""},
		{"GET", "/search.bleve/files.json", "localhost", 404, ""},
		{"GET", "/search.bleve/store/root.bolt", "localhost", 404, ""},
		{"GET", "/a/..%2f..%2foutside.txt", "localhost", 404, ""},
		{"GET", "/..%5coutside.txt", "localhost", 404, ""},
		{"GET", "/index.html%00.txt", "localhost", 404, ""},
		{"GET", "/index.html::$DATA", "localhost", 404, ""},
		{"GET", "/" + strings.Repeat("a/", 4000), "localhost", 404, ""},
		{"GET", "/api/search?q=dat+dai", "localhost", 200, `"url":"pho-bien/a.html"`},
		{"GET", "/api/search", "localhost", 200, `"hits":[]`},
		{"GET", "/api/search?q=a&limit=-1", "localhost", 400, ""},
		{"GET", "/api/search?q=a&limit=51", "localhost", 400, ""},
		{"GET", "/api/search?q=a&offset=x", "localhost", 400, ""},
		{"GET", "/api/search?q=%ff%00*", "localhost", 200, `"hits":[]`},
		{"GET", "/api/search?q=dat+dai&kind=law", "localhost", 200, `"total":0`},
		{"GET", "/api/search?q=dat+dai&asis=1", "localhost", 200, `"understood":""`},
		{"GET", "/api/search?q=dat+dai&quick=1&limit=1", "localhost", 200, `"understood":"đất đai"`},
		{"GET", "/api/complete?q=tranh", "localhost", 200, `[]`},
		{"GET", "/api/complete?q=", "localhost", 200, `[]`},
		{"GET", "/search/api.js", "localhost", 200, `hg("api",1)`},
		{"GET", "/search/core.js", "localhost", 200, `hg("core",[`},
	} {
		r := httptest.NewRequest(row.method, row.target, nil)
		r.Host = row.host
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != row.status || !strings.Contains(w.Body.String(), row.contains) {
			t.Errorf("%s %.60s on %s: got %d, want %d and %q\n%.200s", row.method, row.target, row.host, w.Code, row.status, row.contains, w.Body)
		}
		if strings.Contains(w.Body.String(), "SECRET") {
			t.Errorf("%s %s gave a secret away", row.method, row.target)
		}
		if row.status == 200 && (w.Header().Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(w.Header().Get("Content-Security-Policy"), "default-src 'none'")) {
			t.Errorf("%s: headers %v", row.target, w.Header())
		}
	}
}

// TestAnswerShape compares the names in an answer with the published contract.
func TestAnswerShape(t *testing.T) {
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/api/search?q=dat+dai", nil)
	r.Host = "localhost"
	portal(t).ServeHTTP(w, r)
	var answer map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	for _, key := range strings.Fields("query understood suggest total took_ms facets hits") {
		if _, ok := answer[key]; !ok {
			t.Errorf("no %q in %s", key, w.Body)
		}
	}
	hit := answer["hits"].([]any)[0].(map[string]any)
	for _, key := range strings.Fields("url anchor heading title kind field date score excerpt marks") {
		if _, ok := hit[key]; !ok {
			t.Errorf("no %q in hit %v", key, hit)
		}
	}
	if hit["date"] != "2026-01-02" || hit["kind"] != "article" {
		t.Errorf("got %v", hit)
	}
}

// TestSlowClient sends half a request and waits: the server hangs up.
func TestSlowClient(t *testing.T) {
	server := portal(t).HTTP()
	server.ReadHeaderTimeout = 50 * time.Millisecond
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: local"); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(conn).ReadString(0); err == nil || os.IsTimeout(err) {
		t.Errorf("got %v, want a closed connection", err)
	}
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != http.ErrServerClosed {
		t.Fatal(err)
	}
}

// TestPublishedAgain builds the portal again and again while it is asked for
// pages, scripts and answers: not one request fails, and the new text is found.
func TestPublishedAgain(t *testing.T) {
	dir := t.TempDir()
	content, out := filepath.Join(dir, "content"), filepath.Join(dir, "public")
	publish := func(n int) {
		t.Helper()
		if err := os.MkdirAll(content, 0o755); err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("---\ntitle: Hòa giải\n---\nTranh chấp đất đai, lần thứ%d.\n", n)
		if err := os.WriteFile(filepath.Join(content, "a.md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := build.Run(context.Background(), build.Options{Content: content, Theme: themes.Default(), Out: out, Now: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	publish(0)
	s, err := New(out, 2)
	if err != nil {
		t.Fatal(err)
	}
	s.Failed = func(err error) { t.Error(err) }
	ask := func(target string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "http://localhost"+target, nil)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	ctx, stop := context.WithCancel(context.Background())
	var askers sync.WaitGroup
	var asked atomic.Int64
	for _, target := range []string{"/a.html", "/api/search?q=tranh+chap", "/search/core.js", "/", "/api/complete?q=tranh+c"} {
		askers.Go(func() {
			for ctx.Err() == nil {
				if w := ask(target); w.Code != http.StatusOK {
					t.Errorf("%s: got %d", target, w.Code)
				}
				asked.Add(1)
			}
		})
	}
	const rounds = 8
	for n := range rounds {
		publish(n + 1)
		// The new index is found once a request has noticed it.
		want := fmt.Sprintf("thứ%d", n+1)
		deadline := time.Now().Add(20 * time.Second)
		for !strings.Contains(ask("/api/search?q="+want).Body.String(), "lần "+want) {
			if time.Now().After(deadline) {
				t.Fatalf("the text of build %d is not found", n+1)
			}
		}
	}
	stop()
	askers.Wait()
	if asked.Load() < 100 {
		t.Errorf("only %d requests were made", asked.Load())
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestPanic checks that a search that panics fails alone.
func TestPanic(t *testing.T) {
	s := portal(t)
	for _, want := range []int{http.StatusInternalServerError, http.StatusOK} {
		w := httptest.NewRecorder()
		s.answer(w, httptest.NewRequest("GET", "/", nil), func(context.Context, *rank.Index) (any, error) {
			if want != http.StatusOK {
				panic("as asked")
			}
			return "fine", nil
		})
		if w.Code != want {
			t.Errorf("got %d, want %d", w.Code, want)
		}
	}
}
