package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"hoagiai/internal/rank"
	"hoagiai/internal/shards"
)

// payload is what a browser loads for a search, compressed as servers do. The
// files are those that the Go reader of the browser's index opens: it looks up
// the same terms and reads the same pages, which the parity tests hold it to.
type payload struct {
	fs.FS
	sizes  map[string]int // compressed, by file
	loaded map[string]bool
}

// ReadFile implements fs.ReadFileFS.
func (p *payload) ReadFile(name string) ([]byte, error) {
	raw, err := fs.ReadFile(p.FS, name)
	if err != nil {
		return nil, err
	}
	if _, ok := p.sizes[name]; !ok {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(raw); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		p.sizes[name] = b.Len()
	}
	p.loaded[name] = true
	return raw, nil
}

func (p *payload) total() (sum int) {
	for name := range p.loaded {
		sum += p.sizes[name]
	}
	return sum
}

// measurePayload prints the bytes of a first search: from nothing until ten
// excerpts, counts and notices stand there; at once, and typed key by key.
func measurePayload(portal string, queries []string) error {
	client, err := filepath.Glob(filepath.Join(portal, "assets", "*.js"))
	if err != nil {
		return err
	}
	p := &payload{FS: os.DirFS(portal), sizes: map[string]int{}}
	ctx := context.Background()
	first := func(ask func(x *shards.Index) error) (int, error) {
		p.loaded = map[string]bool{}
		for _, file := range client {
			if name := filepath.Base(file); strings.HasPrefix(name, "search.") || strings.HasPrefix(name, "box.") {
				if _, err := p.ReadFile(path.Join("assets", name)); err != nil {
					return 0, err
				}
			}
		}
		if _, err := p.ReadFile(path.Join(shards.Folder, "api.js")); err != nil {
			return 0, err
		}
		x, err := shards.Open(p)
		if err != nil {
			return 0, err
		}
		if err := ask(x); err != nil {
			return 0, err
		}
		return p.total(), nil
	}
	var atOnce, typed []int
	for _, q := range queries[:min(200, len(queries))] {
		n, err := first(func(x *shards.Index) error {
			_, err := x.Search(ctx, rank.Query{Text: q})
			return err
		})
		if err != nil {
			return err
		}
		atOnce = append(atOnce, n)
		n, err = first(func(x *shards.Index) error { return typeKeys(ctx, x, q) })
		if err != nil {
			return err
		}
		typed = append(typed, n)
	}
	for _, row := range []struct {
		name  string
		sizes []int
	}{{"a first search", atOnce}, {"typed key by key", typed}} {
		slices.Sort(row.sizes)
		n := len(row.sizes)
		fmt.Printf("%-16s of %d queries: median %.1f kB, worst %.1f kB\n", row.name, n, float64(row.sizes[n/2])/1000, float64(row.sizes[n-1])/1000)
	}
	return nil
}

// typeKeys asks what the box asks for while a query is typed: completions from
// three letters on, pages for the likeliest completion from two letters of the
// second syllable on; then the query.
func typeKeys(ctx context.Context, x *shards.Index, query string) error {
	keys := []rune(query)
	for i := range keys {
		text := string(keys[:i+1])
		if len([]rune(strings.TrimSpace(text))) < 3 {
			continue
		}
		words, err := x.Complete(ctx, text)
		if err != nil {
			return err
		}
		if f := strings.Fields(text); len(f) < 2 || len([]rune(f[len(f)-1])) < 2 {
			continue
		}
		if len(words) > 0 {
			text = words[0]
		}
		if _, err := x.Search(ctx, rank.Query{Text: text, Limit: 5, Quick: true}); err != nil {
			return err
		}
	}
	_, err := x.Search(ctx, rank.Query{Text: query})
	return err
}
