package site

import (
	"time"

	"hoagiai/internal/page"
)

// Gate decides which pages are published.
type Gate struct {
	now     time.Time
	drafts  bool
	folders map[string]string // folder → why its _index.md is held back
}

// NewGate makes a gate for one moment. indexes are the portal's _index.md
// pages: a folder whose index is held back is held back with all in it.
func NewGate(now time.Time, drafts bool, indexes []*page.Page) *Gate {
	g := &Gate{now: now, drafts: drafts, folders: map[string]string{}}
	for _, p := range indexes {
		if reason := g.own(p); reason != "" {
			g.folders[dirOf(p.File)] = reason
		}
	}
	return g
}

// Reason says in Vietnamese why a page is held back, "" when it is published.
func (g *Gate) Reason(p *page.Page) string {
	if reason := g.own(p); reason != "" {
		return reason
	}
	for dir := dirOf(p.File); len(g.folders) > 0; dir = dirOf(dir) {
		if reason, ok := g.folders[dir]; ok {
			return "cả thư mục được giữ lại: " + reason
		}
		if dir == "" {
			break
		}
	}
	return ""
}

func (g *Gate) own(p *page.Page) string {
	switch {
	case p.Draft && !g.drafts:
		return "bản nháp (draft)"
	case !p.Publish.IsZero() && p.Publish.After(g.now):
		return "chưa đến ngày đăng (publish: " + FormatDate(p.Publish) + ")"
	case !p.Expiry.IsZero() && !p.Expiry.After(g.now):
		return "đã hết hạn (expiry: " + FormatDate(p.Expiry) + ")"
	}
	return ""
}
