package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"strconv"
	"time"

	"hoagiai/internal/build"
	"hoagiai/internal/site"
	"hoagiai/internal/theme"
	"hoagiai/themes"

	"github.com/spf13/cobra"
)

// buildFlags are shared by the commands that read the content.
type buildFlags struct {
	content, theme, out, baseURL, now string
	drafts, strict                    bool
	jobs                              int
}

// add registers the flags of every command that reads the content.
func (f *buildFlags) add(cmd *cobra.Command, p *printer) {
	fl := cmd.Flags()
	fl.StringVar(&f.content, "content", "content", "thư mục nội dung")
	fl.StringVar(&f.theme, "theme", "", "thư mục giao diện; tệp có trong đó thay cho tệp cùng tên của giao diện mặc định")
	fl.StringVar(&f.baseURL, "base-url", "", "địa chỉ của cổng, ví dụ https://hoagiai.example.vn (thay cho base_url trong site.yaml)")
	fl.BoolVar(&f.drafts, "drafts", false, "tính cả bản nháp")
	fl.StringVar(&f.now, "now", "", "coi như đang ở thời điểm này, ví dụ 2026-11-23 (mặc định: SOURCE_DATE_EPOCH, rồi đồng hồ)")
	fl.BoolVar(&f.strict, "strict", false, "coi mọi lưu ý là lỗi")
	fl.IntVar(&f.jobs, "jobs", 0, "số việc làm cùng lúc (0: mỗi lõi một việc)")
	fl.BoolVar(&p.quiet, "quiet", false, "chỉ in lỗi và lưu ý")
	fl.BoolVar(&p.json, "json", false, "in mỗi phát hiện thành một dòng JSON")
}

// addOut registers --out.
func (f *buildFlags) addOut(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.out, "out", "public", "thư mục xuất bản")
}

func (f *buildFlags) options() (build.Options, error) {
	now, err := parseNow(f.now)
	if err != nil {
		return build.Options{}, err
	}
	if f.baseURL != "" {
		clean, ok := site.CleanBase(f.baseURL)
		if !ok {
			return build.Options{}, misuse{fmt.Errorf("--base-url %q không phải là địa chỉ web", f.baseURL)}
		}
		f.baseURL = clean
	}
	if f.jobs < 0 {
		return build.Options{}, misuse{errors.New("--jobs phải là số không âm")}
	}
	var files fs.FS = themes.Default()
	if f.theme != "" {
		if info, err := os.Stat(f.theme); err != nil || !info.IsDir() {
			return build.Options{}, misuse{fmt.Errorf("--theme %q không phải là thư mục", f.theme)}
		}
		files = theme.Overlay(os.DirFS(f.theme), files)
	}
	return build.Options{
		Content: f.content, Theme: files, Out: f.out, BaseURL: f.baseURL,
		Drafts: f.drafts, Strict: f.strict, Now: now, Jobs: f.jobs,
	}, nil
}

// parseNow reads --now, else SOURCE_DATE_EPOCH, else the clock. What has no
// offset is in the time zone that portals have by default.
func parseNow(flag string) (time.Time, error) {
	if flag != "" {
		now, err := site.ParseNow(flag)
		if err != nil {
			return time.Time{}, misuse{fmt.Errorf("--now %q không phải là thời điểm đọc được; ví dụ: 2026-11-23 hoặc 2026-11-23 08:00", flag)}
		}
		return now, nil
	}
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return time.Time{}, misuse{fmt.Errorf("SOURCE_DATE_EPOCH=%q không phải là số giây", epoch)}
		}
		return time.Unix(seconds, 0).UTC(), nil
	}
	return time.Now().UTC().Truncate(time.Second), nil
}

func newBuild(p *printer) *cobra.Command {
	f := &buildFlags{}
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Dựng cổng: thư mục content → thư mục public",
		Long: `Dựng cả cổng. Thư mục xuất bản chỉ thay đổi khi mọi thứ đã xong: nếu có lỗi, hoặc
lệnh bị ngắt giữa chừng, cổng cũ vẫn nguyên vẹn.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runBuild(cmd.Context(), p, f) },
	}
	f.add(cmd, p)
	f.addOut(cmd)
	return cmd
}

// runBuild builds and prints findings and summary.
func runBuild(ctx context.Context, p *printer, f *buildFlags) error {
	o, err := f.options()
	if err != nil {
		return err
	}
	// A build makes much garbage and holds little: collecting more often costs
	// hardly any time and keeps large portals within half the memory.
	debug.SetGCPercent(50)
	start := time.Now()
	var end func()
	o.Progress, end = p.progress()
	report, err := build.Run(ctx, o)
	end()
	return p.finish(report, err, f.content, "đã dựng "+f.out, time.Since(start))
}

// finish prints the report of a build or check and turns faults into an exit
// status.
func (p *printer) finish(r *build.Report, err error, content, done string, took time.Duration) error {
	if r != nil {
		if err := p.findings(r.Findings, content); err != nil {
			return err
		}
	}
	if errors.Is(err, build.ErrFaults) {
		if err := p.summary(r, "chưa xuất bản", took); err != nil {
			return err
		}
		return errReported
	}
	if err != nil {
		return err
	}
	return p.summary(r, done, took)
}
