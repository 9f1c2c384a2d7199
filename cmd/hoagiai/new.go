package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hoagiai/internal/diag"
	"hoagiai/internal/starter"
	"hoagiai/internal/viet"

	"github.com/spf13/cobra"
)

func newNew(p *printer) *cobra.Command {
	var content, folder string
	cmd := &cobra.Command{
		Use:   "new LOẠI TIÊU-ĐỀ",
		Short: "Tạo một trang mới với các khóa của loại trang, có lời giải thích",
		Long: "Các loại: " + strings.Join(starter.Kinds(), ", ") + `.

Trang mới là bản nháp (draft: true) cho đến khi bạn đổi thành false.`,
		Example: `  hoagiai new article "Hòa giải tranh chấp lối đi chung"
  hoagiai new lesson "Lắng nghe hai bên" --in bai-hoc/ky-nang-hoa-giai`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return misuse{errors.New("dùng: " + cmd.UseLine())}
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return starter.Kinds(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			kind, title := args[0], strings.Join(strings.Fields(strings.Join(args[1:], " ")), " ")
			if !slices.Contains(starter.Kinds(), kind) {
				return misuse{fmt.Errorf("không có loại trang “%s” %s", kind, diag.DidYouMean(kind, starter.Kinds()))}
			}
			if viet.Slug(title) == "" {
				return misuse{fmt.Errorf("tiêu đề “%s” không có chữ cái nào để đặt tên tệp", title)}
			}
			now := time.Now()
			if !cmd.Flags().Changed("in") {
				folder = starter.Folder(kind, now)
			}
			if folder != "" && !filepath.IsLocal(filepath.FromSlash(folder)) {
				return misuse{fmt.Errorf("--in %q phải nằm trong thư mục nội dung", folder)}
			}
			text, err := starter.Page(kind, title, true, now)
			if err != nil {
				return err
			}
			file := filepath.Join(content, filepath.FromSlash(starter.File(kind, folder, title)))
			if err := createFile(file, text); err != nil {
				return err
			}
			_, err = fmt.Fprintln(p.out, file)
			return err
		},
	}
	cmd.Flags().StringVar(&content, "content", "content", "thư mục nội dung")
	cmd.Flags().StringVar(&folder, "in", "", "thư mục chứa trang, trong thư mục nội dung (mặc định theo loại)")
	return cmd
}

// createFile writes a file that must not exist yet.
func createFile(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("tệp %s đã có, không ghi đè", name)
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}
