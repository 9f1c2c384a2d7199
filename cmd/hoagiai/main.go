// Command hoagiai turns a folder of Markdown into a searchable static portal.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // Windows has no time zones of its own

	"github.com/spf13/cobra"
)

// Exit statuses.
const (
	statusFine   = 0
	statusFaults = 1 // lỗi in the content, or a failure
	statusMisuse = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// errReported ends a command whose findings are printed already.
var errReported = errors.New("findings were reported")

// misuse is an error in how the command was called.
type misuse struct{ error }

func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &printer{out: stdout, err: stderr}
	root := newRoot(p)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var wrong misuse
	switch {
	case err == nil:
		return statusFine
	case errors.Is(err, errReported):
		return statusFaults
	case errors.As(err, &wrong):
		p.misuse(wrong)
		return statusMisuse
	default:
		p.failure(err)
		return statusFaults
	}
}

func newRoot(p *printer) *cobra.Command {
	root := &cobra.Command{
		Use:   "hoagiai",
		Short: "Dựng cổng thông tin pháp luật và hòa giải từ các tệp Markdown",
		Long: `hoagiai biến một thư mục tệp Markdown (bài học, bài phổ biến pháp luật, kế hoạch,
văn bản pháp luật…) thành một cổng thông tin tĩnh có chỉ mục tìm kiếm dựng sẵn.

Bắt đầu:
  hoagiai init cong-cua-toi    tạo một cổng mới để sửa dần
  hoagiai serve                dựng cổng trong thư mục content/ và mở tại http://127.0.0.1:8080
  hoagiai check                xem mọi lỗi và lưu ý trong nội dung`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse{errors.New("không có lệnh “" + args[0] + "”" + suggest(args[0]))}
			}
			return nil
		},
		Run: func(cmd *cobra.Command, _ []string) { _ = cmd.Help() }, // help goes to the same writer as results
	}
	root.AddCommand(newBuild(p), newServe(p), newCheck(p), newNew(p), newInit(p), newSearch(p), newVersion(p))
	localise(root)
	return root
}
