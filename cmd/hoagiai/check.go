package main

import (
	"time"

	"hoagiai/internal/build"

	"github.com/spf13/cobra"
)

func newCheck(p *printer) *cobra.Command {
	f := &buildFlags{}
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Xem mọi lỗi và lưu ý trong nội dung, không dựng cổng",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := f.options()
			if err != nil {
				return err
			}
			start := time.Now()
			report, err := build.Check(cmd.Context(), o)
			return p.finish(report, err, f.content, "đã kiểm tra "+f.content, time.Since(start))
		},
	}
	f.add(cmd, p)
	return cmd
}
