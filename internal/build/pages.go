package build

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"sync"

	"hoagiai/internal/diag"
	"hoagiai/internal/output"
	"hoagiai/internal/page"
	"hoagiai/internal/site"

	"github.com/golang/snappy"
	"golang.org/x/sync/errgroup"
)

// entry is one item of a list together with the view it is shown in, since
// links are relative to the view.
type entry struct {
	View *site.View
	Item any
}

// bodyHTML is the one place that declares rendered Markdown safe: package
// markdown made it, and shows raw HTML as text.
func bodyHTML(v *site.View) (template.HTML, error) {
	var b strings.Builder
	b.Grow(len(v.HTML) + len(v.HTML)/8)
	err := v.Body(&b)
	return template.HTML(b.String()), err
}

func kindName(k page.Kind) string { return page.KindNames[k] }

// kindNames are the names of all kinds as JSON, for the page of results.
func kindNames() (string, error) {
	raw, err := json.Marshal(page.KindNames)
	return string(raw), err
}

// formatNumber groups digits as Vietnamese does: 6885 → "6.885".
func formatNumber(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

// writePages renders all views and writes them with assets and the files
// beside pages.
func (b *builder) writePages(ctx context.Context, staging *output.Staging, tick func()) error {
	views := make(chan *site.View, 64)
	g, ctx := errgroup.WithContext(ctx)
	var mu sync.Mutex
	g.Go(func() error {
		defer close(views)
		for v := range b.site.Views() {
			select {
			case views <- v:
			case <-ctx.Done():
				return ctx.Err()
			}
			if v.Layout == "page" {
				tick()
			}
		}
		return nil
	})
	for range b.jobs() {
		g.Go(func() error {
			var buf bytes.Buffer
			for v := range views {
				findings, err := b.render(&buf, v)
				if err != nil {
					return err
				}
				if len(findings) > 0 {
					mu.Lock()
					b.report.Findings = append(b.report.Findings, findings...)
					mu.Unlock()
					continue
				}
				if err := staging.Write(v.URL, buf.Bytes()); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if err := b.writeFiles(staging); err != nil {
		return err
	}
	b.report.Files = staging.Count()
	return nil
}

// render fills the buffer with a view's HTML.
func (b *builder) render(buf *bytes.Buffer, v *site.View) (diag.List, error) {
	layout := v.Layout
	if v.Page != nil {
		if w := b.works[v.Page.File]; w != nil && w.html != nil {
			html, err := snappy.Decode(nil, w.html)
			if err != nil {
				return nil, fmt.Errorf("unpack %s: %w", v.Page.File, err)
			}
			v.HTML = html
		}
		if l := v.Page.Layout.Value; l != "" {
			layout = l
		}
	}
	buf.Reset()
	return b.theme.Render(buf, layout, v), nil
}

func (b *builder) writeFiles(staging *output.Staging) error {
	for _, a := range b.theme.Assets() {
		if err := staging.Write(a.URL, a.Data); err != nil {
			return err
		}
	}
	for x := range b.site.Extras(b.theme.AssetURL("icon.svg")) {
		if err := staging.Write(x.URL, x.Data); err != nil {
			return err
		}
	}
	if len(b.site.Files) == 0 {
		return nil
	}
	content, err := openContent(b.Content)
	if err != nil {
		return err
	}
	defer content.close()
	for _, f := range b.site.Files {
		if err := copyFile(staging, content, b.disk[f.Source], f.URL); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(staging *output.Staging, c *content, disk, url string) error {
	in, err := c.root.Open(disk)
	if err != nil {
		return fmt.Errorf("copy %s: %w", disk, err)
	}
	defer in.Close() // only read from
	return staging.Copy(url, in)
}
