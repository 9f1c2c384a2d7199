// Package build runs the pipeline from content to a published portal:
//
//	scan → parse → join and check → index beside render and write → switch
//
// with all cores busy in each step that is long.
//
// A lỗi anywhere stops it before the output is touched. Between parsing and
// writing only packed forms of text and HTML are kept, so that memory grows by
// a few kilobytes a page.
package build

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"hoagiai/internal/diag"
	"hoagiai/internal/output"
	"hoagiai/internal/search"
	"hoagiai/internal/shards"
	"hoagiai/internal/site"
	"hoagiai/internal/terms"
	"hoagiai/internal/theme"

	"golang.org/x/sync/errgroup"
)

// Version is the version of the program, written into every manifest.
const Version = "0.1.0"

// Options say what to build. Content and Theme are required.
type Options struct {
	Content string // folder
	Theme   fs.FS
	Out     string // folder; not used by Check
	BaseURL string // instead of the settings' base_url
	Drafts  bool
	Strict  bool // every lưu ý counts as a lỗi
	Now     time.Time
	Jobs    int // goroutines; 0 means one a core

	// Progress, when set, is told how far a phase is. It is called from many
	// goroutines.
	Progress func(phase string, done, total int)
}

// Report says what a build or check found.
type Report struct {
	Pages    int // published
	Files    int // written, the search index left out
	Findings diag.List
	Hidden   []site.Hidden
	Phases   []Phase
}

// Phase is one step of a build with the time it took.
type Phase struct {
	Name    string
	Seconds float64
}

// ErrFaults is returned when the content has a lỗi: nothing was published.
var ErrFaults = errors.New("content has faults")

// Check looks at the content and the theme and writes nothing.
func Check(ctx context.Context, o Options) (*Report, error) {
	b := newBuilder(o)
	if err := b.load(ctx); err != nil {
		return nil, err
	}
	return b.report, b.verdict()
}

// Run builds the portal. With a lỗi it returns the report and ErrFaults, and
// the output is as it was.
func Run(ctx context.Context, o Options) (*Report, error) {
	b := newBuilder(o)
	b.publishing = true
	if err := b.load(ctx); err != nil {
		return nil, err
	}
	b.checkGone()
	if err := b.verdict(); err != nil {
		return b.report, err
	}
	staging, err := output.Prepare(o.Out)
	if err != nil {
		return b.report, err
	}
	if err := b.write(ctx, staging); err != nil {
		return b.report, errors.Join(err, staging.Discard())
	}
	if err := b.verdict(); err != nil { // a template can fail on one page
		return b.report, errors.Join(err, staging.Discard())
	}
	end := b.phase("xuất bản")
	defer end()
	if err := staging.Publish(Version, o.Now.Format(time.RFC3339)); err != nil {
		return b.report, errors.Join(err, staging.Discard())
	}
	return b.report, nil
}

type builder struct {
	Options
	report     *Report
	theme      *theme.Theme
	site       *site.Site
	works      map[string]*work  // by content file
	disk       map[string]string // files beside pages → names on disk
	publishing bool
	terms      *terms.Collection // nil when only checking
	mu         sync.Mutex        // guards report.Phases
}

func newBuilder(o Options) *builder { return &builder{Options: o, report: &Report{}} }

// phase times a step; the returned function ends it.
func (b *builder) phase(name string) func() {
	start := time.Now()
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.report.Phases = append(b.report.Phases, Phase{name, time.Since(start).Seconds()})
	}
}

func (b *builder) progress(phase string, done, total int) {
	if b.Progress != nil {
		b.Progress(phase, done, total)
	}
}

func (b *builder) verdict() error {
	b.report.Findings.Sort()
	if b.Strict {
		b.report.Findings = b.report.Findings.Strict()
	}
	if b.report.Findings.Faults() > 0 {
		return ErrFaults
	}
	return nil
}

// load reads everything and joins it.
func (b *builder) load(ctx context.Context) error {
	end := b.phase("đọc nội dung")
	t, findings, err := theme.Load(b.Theme, templateFuncs())
	if err != nil {
		return err
	}
	b.theme = t
	b.report.Findings = append(b.report.Findings, findings...)
	content, err := openContent(b.Content)
	if err != nil {
		return err
	}
	defer content.close()
	if err := content.scan(); err != nil {
		return err
	}
	config, findings := site.ParseConfig(content.config)
	b.report.Findings = append(append(b.report.Findings, content.findings...), findings...)
	if b.BaseURL != "" {
		config.BaseURL.Value = b.BaseURL
	}
	if b.publishing {
		b.terms = terms.NewCollection(config.Groups())
	}
	pages, gate, err := b.parse(ctx, content, config)
	if err != nil {
		return err
	}
	b.disk = content.onDisk()
	end()
	end = b.phase("ghép và kiểm tra")
	defer end()
	b.site, findings = site.New(site.Input{Config: config, Pages: pages, Files: content.fileNames(), Gate: gate, Now: b.Now})
	b.report.Findings = append(b.report.Findings, findings...)
	b.report.Hidden = b.site.Hidden
	b.report.Pages = len(b.site.Pages)
	for _, p := range b.site.Pages {
		if l := p.Layout.Value; l != "" && (!b.theme.Has(l) || site.IsOwnLayout(l)) {
			b.report.Findings.Add(diag.BadValue, p.Layout.Pos, "xóa dòng layout để dùng cách trình bày mặc định", "giao diện không có cách trình bày “%s” cho trang", l)
		}
	}
	return nil
}

// checkGone compares with the addresses of the build that is published now.
func (b *builder) checkGone() {
	earlier, err := output.ReadManifest(b.Out)
	if err != nil {
		return // nothing published yet; Prepare decides about foreign folders
	}
	urls := make([]string, len(earlier.Files))
	for i, f := range earlier.Files {
		urls[i] = f.Path
	}
	b.report.Findings = append(b.report.Findings, b.site.Gone(urls)...)
}

// write fills the staging folder: the index beside everything else.
func (b *builder) write(ctx context.Context, staging *output.Staging) error {
	g, ctx := errgroup.WithContext(ctx)
	var done atomic.Int64
	tick := func() { b.progress("viết trang và chỉ mục", int(done.Add(1)), 2*len(b.site.Pages)) }
	g.Go(func() error {
		end := b.phase("chỉ mục tìm kiếm")
		defer end()
		return b.writeIndexes(ctx, staging, tick)
	})
	g.Go(func() error {
		end := b.phase("viết trang")
		defer end()
		if err := b.writePages(ctx, staging, tick); err != nil {
			return err
		}
		// The pages go to disk while the index is still growing.
		return staging.Sync()
	})
	if err := g.Wait(); err != nil {
		return fmt.Errorf("write portal: %w", err)
	}
	return nil
}

// writeIndexes writes both forms of the index from one analysis.
func (b *builder) writeIndexes(ctx context.Context, staging *output.Staging, tick func()) error {
	docs := make([]*terms.Doc, 0, len(b.site.Pages))
	for _, p := range b.site.Pages {
		if w := b.works[p.File]; w != nil && w.doc != nil {
			docs = append(docs, w.doc)
			w.doc = nil
		}
	}
	inverted := b.terms.Invert(docs)
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer inverted.Free()
		return shards.Write(inverted, staging.Write)
	})
	g.Go(func() error { return search.Write(staging.Folder(search.Folder), inverted, tick) })
	return g.Wait()
}

// templateFuncs are what templates may call besides the methods of their view.
func templateFuncs() template.FuncMap {
	return template.FuncMap{
		"body":        bodyHTML,
		"entry":       func(v *site.View, item any) entry { return entry{v, item} },
		"date":        site.FormatDate,
		"dateline":    site.Dateline,
		"machineDate": site.MachineDate,
		"listed":      site.ListedDate,
		"describe":    site.Describe,
		"kindName":    kindName,
		"kindNames":   kindNames,
		"feedURL":     site.FeedURL,
		"number":      formatNumber,
	}
}
