// Package serve shows a published portal over HTTP and answers its search API.
//
// It only reads. Files are reached through an os.Root, so nothing outside of
// the portal can be asked for; folders are not listed, dot files and the Bleve
// index are not handed out. Requests for a host that is not ours are refused,
// so that a page elsewhere can't read a portal on the reader's own machine.
//
// A portal that is published again is picked up at the next request
// (portal.go).
package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"hoagiai/internal/rank"
	"hoagiai/internal/shards"
)

// policy is the Content-Security-Policy of every answer, the same as in the
// pages' own meta element.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

// Server is an http.Handler for one portal.
type Server struct {
	Failed func(error) // told what went wrong while a new portal was picked up; may be nil

	dir        string
	files      current[folder]
	index      current[*rank.Index] // nil when the portal has no index
	hosts      map[string]bool
	slots      chan struct{} // searches at a time
	mux        *http.ServeMux
	switching  sync.Mutex // of files
	indexing   sync.Mutex
	background sync.WaitGroup
}

// New serves the portal in dir. Requests are answered for loopback names and
// for the given hosts, without ports. The caller closes the server after its
// last request.
func New(dir string, searches int, hosts ...string) (*Server, error) {
	s := &Server{dir: dir, hosts: map[string]bool{"localhost": true}, slots: make(chan struct{}, max(1, searches)), mux: http.NewServeMux()}
	for _, h := range hosts {
		s.hosts[strings.ToLower(h)] = true
	}
	if err := s.openFiles(); err != nil {
		return nil, err
	}
	if err := s.openIndex(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.mux.HandleFunc("GET /api/search", s.search)
	s.mux.HandleFunc("GET /api/complete", s.complete)
	s.mux.HandleFunc("GET /"+shards.Folder+"/api.js", s.here)
	s.mux.HandleFunc("GET /", s.file)
	return s, nil
}

// ServeHTTP checks the host and sets the headers that every answer carries.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.ours(r.Host) {
		http.Error(w, "máy chủ này không phục vụ tên miền được hỏi", http.StatusMisdirectedRequest)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	s.pickUp()
	s.mux.ServeHTTP(w, r)
}

func (s *Server) ours(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(strings.ToLower(host), "[]")
	if s.hosts[host] {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// search answers GET /api/search?q=&limit=&offset=&kind=&field=&year=, and
// asis= and quick= with any value.
func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	q := rank.Query{Text: v.Get("q"), Kind: v.Get("kind"), Field: v.Get("field"), Year: v.Get("year"), AsIs: v.Get("asis") != "", Quick: v.Get("quick") != ""}
	var err error
	if q.Limit, err = number(v.Get("limit"), 10, rank.MaxLimit); err == nil {
		q.Offset, err = number(v.Get("offset"), 0, rank.MaxOffset)
	}
	if err != nil {
		http.Error(w, "limit và offset phải là số không âm trong giới hạn", http.StatusBadRequest)
		return
	}
	s.answer(w, r, func(ctx context.Context, x *rank.Index) (any, error) { return x.Search(ctx, q) })
}

// complete answers GET /api/complete?q= with a list of queries.
func (s *Server) complete(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, func(ctx context.Context, x *rank.Index) (any, error) { return x.Complete(ctx, r.URL.Query().Get("q")) })
}

// here tells the portal's pages that this server answers searches.
func (s *Server) here(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", types[".js"])
	w.Header().Set("Cache-Control", "no-store")
	x := s.index.get()
	defer x.release()
	here := 1
	if x.value == nil {
		here = 0
	}
	fmt.Fprintf(w, "hg(\"api\",%d)\n", here)
}

// answer runs a search, a few at a time, and writes what it gives. A panic is
// an error of this search alone.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, run func(context.Context, *rank.Index) (any, error)) {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-r.Context().Done():
		return
	}
	x := s.index.get()
	defer x.release()
	if x.value == nil {
		http.Error(w, "cổng này không có chỉ mục tìm kiếm", http.StatusNotFound)
		return
	}
	answer, err := protect(r.Context(), x.value, run)
	if err != nil {
		http.Error(w, "không tìm kiếm được lúc này", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(answer) // the reader has gone away
}

func protect(ctx context.Context, x *rank.Index, run func(context.Context, *rank.Index) (any, error)) (answer any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("search panicked: %v", p)
		}
	}()
	return run(ctx, x)
}

func number(s string, usual, most int) (int, error) {
	if s == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > most {
		return 0, errors.New("number out of range")
	}
	return n, nil
}

// file hands out a file of the portal; a folder's address means its index.
func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	if !public(name) {
		s.notFound(w, r)
		return
	}
	f, release, err := s.open(name)
	if err != nil {
		s.notFound(w, r)
		return
	}
	defer release()
	defer f.Close() // only read from
	info, err := f.Stat()
	if err != nil {
		s.notFound(w, r)
		return
	}
	if info.IsDir() {
		index, release, err := s.open(path.Join(name, "index.html"))
		if err != nil {
			s.notFound(w, r)
			return
		}
		defer release()
		defer index.Close() // only looked for
		http.Redirect(w, r, "/"+name+"/", http.StatusMovedPermanently)
		return
	}
	if strings.HasPrefix(name, "assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable") // named by content hash
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	if t := contentType(name); t != "" {
		w.Header().Set("Content-Type", t)
	}
	http.ServeContent(w, r, "", info.ModTime(), f)
}

// public tells which names may be handed out.
func public(name string) bool {
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00") {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return false
		}
	}
	return name != "search.bleve" && !strings.HasPrefix(name, "search.bleve/")
}

func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	root := s.files.get()
	defer root.release()
	page, err := root.value.ReadFile("404.html")
	if err != nil {
		http.Error(w, "không tìm thấy trang", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		_, _ = w.Write(page) // the reader has gone away
	}
}

// types are the content types that must not depend on the machine.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".xml": "application/xml; charset=utf-8", ".svg": "image/svg+xml",
	".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8",
}

func contentType(name string) string {
	ext := strings.ToLower(path.Ext(name))
	if t, ok := types[ext]; ok {
		return t
	}
	return mime.TypeByExtension(ext)
}

// HTTP returns the handler as a server with limits on time and headers, so
// that slow or greedy clients are dropped.
func (s *Server) HTTP() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
	}
}
