package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"hoagiai/internal/starter"

	"github.com/spf13/cobra"
)

func newInit(p *printer) *cobra.Command {
	return &cobra.Command{
		Use:   "init THƯ-MỤC",
		Short: "Tạo một cổng mới: site.yaml, mỗi loại một trang mẫu, hướng dẫn",
		Args:  func(cmd *cobra.Command, args []string) error { return wantArgs(cmd, args, 1, 1) },
		RunE: func(_ *cobra.Command, args []string) error {
			dir := args[0]
			if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
				return fmt.Errorf("thư mục %s đã có tệp, không ghi vào", dir)
			}
			portal, err := starter.Portal(time.Now())
			if err != nil {
				return err
			}
			for _, name := range slices.Sorted(maps.Keys(portal)) {
				if err := createFile(filepath.Join(dir, filepath.FromSlash(name)), portal[name]); err != nil {
					return err
				}
			}
			_, err = fmt.Fprintf(p.out, "đã tạo cổng mới ở %s\nbước tiếp theo: cd %s && hoagiai serve\n", dir, dir)
			return err
		},
	}
}
