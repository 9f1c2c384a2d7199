package build

import (
	"context"
	"path"
	"runtime"
	"sync/atomic"
	"time"

	"hoagiai/internal/diag"
	"hoagiai/internal/page"
	"hoagiai/internal/rank"
	"hoagiai/internal/site"
	"hoagiai/internal/terms"

	"golang.org/x/sync/errgroup"
)

// work is what is kept of a page between parsing and writing besides the page:
// its HTML with holes, compressed, and its analysed text.
type work struct {
	html []byte
	doc  *terms.Doc
}

// parsed is what one file gave.
type parsed struct {
	page     *page.Page
	work     *work
	findings diag.List
}

func (b *builder) jobs() int {
	if b.Jobs > 0 {
		return b.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// parse reads all pages on all cores. The _index.md files come first, since
// they decide the kinds of folders and what is held back.
func (b *builder) parse(ctx context.Context, c *content, config site.Config) ([]*page.Page, *site.Gate, error) {
	kinds := map[string]page.Kind{}
	fronts := make([]*page.Page, 0, len(c.indexes))
	raws := make([][]byte, len(c.indexes)) // each file is read once
	for i, s := range c.indexes {
		raw, err := c.read(s)
		if err != nil {
			c.unreadable(s.name, err)
			continue
		}
		raws[i] = raw
		if p := page.ParseFront(s.name, raw, page.Context{Zone: config.Zone}); p != nil {
			fronts = append(fronts, p)
			kinds[folderOf(s.name)] = page.Kind(p.FolderKind.Value)
		}
	}
	gate := site.NewGate(b.Now, b.Drafts, fronts)

	sources := append(append([]source{}, c.indexes...), c.pages...)
	results := make([]parsed, len(sources))
	var next, done atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range b.jobs() {
		g.Go(func() error {
			var analyzer *terms.Analyzer
			if b.terms != nil {
				analyzer = b.terms.Analyzer()
			}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(sources) {
					return nil
				}
				s := sources[i]
				var raw []byte
				var err error
				if i < len(raws) {
					raw = raws[i]
				} else {
					raw, err = c.read(s)
				}
				if err != nil {
					results[i].findings.Add(diag.UnreadableFile, diag.Pos{File: s.name}, "", "không đọc được tệp: %v", err)
					continue
				}
				if raw == nil {
					continue // reported above
				}
				results[i] = parseOne(s.name, raw, page.Context{Kind: config.KindOf(folderOf(s.name), kinds), Zone: config.Zone}, gate, analyzer)
				b.progress("đọc nội dung", int(done.Add(1)), len(sources))
			}
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return nil, nil, err
	}
	b.works = make(map[string]*work, len(sources))
	pages := make([]*page.Page, 0, len(sources))
	for _, r := range results {
		b.report.Findings = append(b.report.Findings, r.findings...)
		if r.page != nil {
			pages = append(pages, r.page)
			b.works[r.page.File] = r.work
		}
	}
	return pages, gate, nil
}

func folderOf(file string) string {
	if dir := path.Dir(file); dir != "." {
		return dir
	}
	return ""
}

// parseOne reads one page and packs what is big of it. A panic becomes a
// finding of this page, so that one strange file can't hide the others.
func parseOne(name string, raw []byte, c page.Context, gate *site.Gate, analyzer *terms.Analyzer) (r parsed) {
	defer func() {
		if p := recover(); p != nil {
			r = parsed{}
			r.findings.Add(diag.PageFailure, diag.Pos{File: name}, "gửi tệp này cho nhóm phát triển", "chương trình gặp sự cố ở trang này: %v", p)
		}
	}()
	p, findings := page.Parse(name, raw, c)
	r = parsed{page: p, work: &work{}, findings: findings}
	if p == nil {
		return r
	}
	if analyzer != nil && gate.Reason(p) == "" {
		r.work.doc = analyzer.Add(searchEntry(p))
		r.work.html = terms.Compress(p.Body.HTML)
	}
	// From here on only the packed forms are used.
	p.Body.HTML, p.Body.Blocks = nil, nil
	return r
}

// searchEntry is a page as search sees it.
func searchEntry(p *page.Page) *rank.Entry {
	e := &rank.Entry{URL: p.URL, Title: p.Title, Names: p.OtherNames(), Number: p.Number(), Kind: string(p.Kind), Field: p.Field}
	if d := site.When(p); !d.IsZero() {
		e.Date = d.Format(time.DateOnly)
	}
	for _, h := range p.Body.Headings {
		e.Headings = append(e.Headings, rank.Heading{ID: h.ID, Text: h.Text})
	}
	for _, t := range p.Texts() {
		e.Blocks = append(e.Blocks, rank.Block{Heading: t.Heading, Text: t.Text})
	}
	return e
}
