package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"hoagiai/internal/build"
	"hoagiai/internal/diag"
	"hoagiai/internal/output"
	"hoagiai/internal/rank"
	"hoagiai/internal/search"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// printer is the only place that writes for people. Results go to out,
// everything else to err; with --json, out gets one object a line.
type printer struct {
	out, err io.Writer
	json     bool
	quiet    bool
}

func (p *printer) misuse(err error) { fmt.Fprintf(p.err, "hoagiai: %v\n", err) }

// failure explains an error of the machine.
func (p *printer) failure(err error) {
	var locked *output.LockedError
	var path *fs.PathError
	switch {
	case errors.As(err, &locked):
		fmt.Fprintf(p.err, "hoagiai: một tiến trình khác (số %d) đang xuất bản vào thư mục này; hãy đợi nó xong.\n", locked.PID)
	case errors.Is(err, output.ErrForeign):
		fmt.Fprintf(p.err, "hoagiai: %v\n  Thư mục này có tệp không do hoagiai tạo ra nên không bị ghi đè. Chọn thư mục khác bằng --out, hoặc tự dọn thư mục này.\n", err)
	case errors.Is(err, search.ErrDiffer):
		fmt.Fprintf(p.err, "hoagiai: hai dạng của chỉ mục khác nhau; hãy chạy lại “hoagiai build”. (%v)\n", err)
	case errors.Is(err, search.ErrDamaged):
		fmt.Fprintf(p.err, "hoagiai: chỉ mục tìm kiếm bị hỏng hoặc chưa trọn vẹn; hãy chạy lại “hoagiai build”. (%v)\n", err)
	case errors.Is(err, syscall.ENOSPC), strings.Contains(err.Error(), syscall.ENOSPC.Error()): // Bleve passes on the text alone
		fmt.Fprintf(p.err, "hoagiai: ổ đĩa đã đầy; cổng cũ được giữ nguyên. (%v)\n", err)
	case errors.Is(err, syscall.EBUSY):
		fmt.Fprintf(p.err, "hoagiai: thư mục xuất bản đang là một ổ đĩa gắn vào hoặc đang bận nên không thay được; chọn một thư mục bên trong nó bằng --out. (%v)\n", err)
	case errors.As(err, &path) && errors.Is(err, fs.ErrNotExist):
		fmt.Fprintf(p.err, "hoagiai: không tìm thấy %s\n", path.Path)
	case errors.As(err, &path) && errors.Is(err, fs.ErrPermission):
		fmt.Fprintf(p.err, "hoagiai: không có quyền với %s\n", path.Path)
	default:
		fmt.Fprintf(p.err, "hoagiai: %v\n", err)
	}
}

// object prints one JSON object on a line.
func (p *printer) object(v any) error {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// findings prints what was found in the content, by file and line.
func (p *printer) findings(list diag.List, content string) error {
	for _, f := range list {
		if p.json {
			if err := p.object(f); err != nil {
				return err
			}
			continue
		}
		place := f.Pos().String()
		if content != "" {
			place = strings.TrimSuffix(content, "/") + "/" + place
		}
		fmt.Fprintf(p.out, "%s: %s: %s [%s]\n", place, f.Grade, f.Message, f.Code)
		if f.Hint != "" {
			fmt.Fprintf(p.out, "  gợi ý: %s\n", f.Hint)
		}
	}
	return nil
}

// count says how many findings there are: "2 lỗi, 1 lưu ý".
func count(list diag.List) string {
	faults := list.Faults()
	return fmt.Sprintf("%d lỗi, %d lưu ý", faults, len(list)-faults)
}

// summary closes a build or a check.
func (p *printer) summary(r *build.Report, done string, took time.Duration) error {
	if p.json {
		phases := map[string]float64{}
		for _, ph := range r.Phases {
			phases[ph.Name] = ph.Seconds
		}
		return p.object(map[string]any{
			"pages": r.Pages, "files": r.Files, "faults": r.Findings.Faults(), "notices": len(r.Findings) - r.Findings.Faults(),
			"hidden": append([]any{}, anyList(r.Hidden)...), "seconds": took.Seconds(), "phases": phases,
		})
	}
	if p.quiet {
		return nil
	}
	for _, h := range r.Hidden {
		fmt.Fprintf(p.out, "chưa công bố: %s – %s\n", h.File, h.Reason)
	}
	fmt.Fprintf(p.out, "%s: %d trang, %s", done, r.Pages, count(r.Findings))
	if len(r.Hidden) > 0 {
		fmt.Fprintf(p.out, ", %d trang chưa công bố", len(r.Hidden))
	}
	fmt.Fprintf(p.out, ", %.1f giây", took.Seconds())
	if len(r.Phases) > 0 {
		var parts []string
		for _, ph := range r.Phases {
			parts = append(parts, fmt.Sprintf("%s %.1f", ph.Name, ph.Seconds))
		}
		fmt.Fprintf(p.out, " (%s)", strings.Join(parts, ", "))
	}
	fmt.Fprintln(p.out)
	return nil
}

func anyList[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

// places name where a part of a score comes from.
var places = map[string]string{"title": "tiêu đề", "text": "cả trang", "paragraph": "đoạn"}

// answer prints a search answer.
func (p *printer) answer(a *rank.Answer) error {
	if p.json {
		return p.object(a)
	}
	query := a.Query
	if a.Understood != "" {
		query = a.Understood
		fmt.Fprintf(p.out, "Hiểu là “%s”; thêm --as-is để tìm đúng như đã gõ.\n", query)
	}
	if len(a.Suggest) > 0 {
		fmt.Fprintf(p.out, "Có phải bạn muốn tìm: %s?\n", strings.Join(a.Suggest, "; "))
	}
	if len(a.Hits) == 0 {
		fmt.Fprintf(p.out, "Không tìm thấy trang nào cho “%s”.\n", query)
		return nil
	}
	fmt.Fprintf(p.out, "%d trang cho “%s”:\n\n", a.Total, query)
	for i, h := range a.Hits {
		place := h.URL
		if h.Anchor != "" {
			place += "#" + h.Anchor
		}
		fmt.Fprintf(p.out, "%2d. %s\n    %s\n    %s\n", i+1, h.Title, place, h.Excerpt)
		for j, part := range h.Why {
			if j == 0 {
				fmt.Fprintf(p.out, "    điểm %.3f gồm:\n", h.Score)
			}
			fmt.Fprintf(p.out, "      %7.3f  %-10s %s\n", part.Score, places[part.Place], cmp.Or(part.Exact, part.Term))
		}
	}
	return nil
}

// progress returns a function that draws a bar for work that takes over a
// second, on a terminal only, and one that removes the bar.
func (p *printer) progress() (update func(phase string, done, total int), end func()) {
	f, ok := p.err.(*os.File)
	if p.quiet || p.json || !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	var mu sync.Mutex
	var bar *progressbar.ProgressBar
	phase, start := "", time.Now()
	update = func(name string, done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(start) < time.Second {
			return
		}
		if bar == nil || name != phase {
			phase = name
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(name),
				progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetWidth(30))
		}
		_ = bar.Set(done) // a bar that can't be drawn changes nothing
	}
	return update, func() {
		mu.Lock()
		defer mu.Unlock()
		if bar != nil {
			_ = bar.Clear() // likewise
		}
	}
}

// note tells what the program is doing, unless --quiet.
func (p *printer) note(text string) {
	if !p.quiet {
		fmt.Fprintln(p.err, text)
	}
}
