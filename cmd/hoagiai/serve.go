package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"time"

	"hoagiai/internal/serve"

	"github.com/spf13/cobra"
)

func newServe(p *printer) *cobra.Command {
	f := &buildFlags{}
	var addr string
	var noBuild bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Dựng cổng rồi mở tại http://127.0.0.1:8080, có tìm kiếm",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !noBuild {
				if err := runBuild(cmd.Context(), p, f); err != nil {
					return err
				}
			}
			return serveFolder(cmd.Context(), p, f.out, addr)
		},
	}
	f.add(cmd, p)
	f.addOut(cmd)
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "địa chỉ máy:cổng để lắng nghe")
	cmd.Flags().BoolVar(&noBuild, "no-build", false, "không dựng lại, mở cổng đang có")
	return cmd
}

// serveFolder serves a published portal until the context ends.
func serveFolder(ctx context.Context, p *printer, out, addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return misuse{fmt.Errorf("--addr %q phải có dạng máy:cổng, ví dụ 127.0.0.1:8080", addr)}
	}
	portal, err := serve.New(out, runtime.GOMAXPROCS(0), hosts(host)...)
	if err != nil {
		return err
	}
	defer portal.Close() // only read from
	portal.Failed = func(err error) { p.note("cổng vừa dựng lại không mở được: " + err.Error()) }
	if !portal.HasIndex() {
		p.note("cổng này không có chỉ mục tìm kiếm; chạy “hoagiai build” để tạo")
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("không mở được địa chỉ %s (có thể chương trình khác đang dùng): %w", addr, err)
	}
	server := portal.HTTP()
	p.note("đang mở cổng tại http://" + listener.Addr().String() + "/ (Ctrl+C để dừng)")
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		wait, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		stopped <- server.Shutdown(wait)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// hosts returns the names under which a listening address is asked for: for
// one that means every address of the machine, all of them.
func hosts(listen string) []string {
	ip := net.ParseIP(listen)
	if listen != "" && (ip == nil || !ip.IsUnspecified()) {
		return []string{listen}
	}
	var names []string
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return nil // loopback still answers
	}
	for _, a := range addrs {
		if n, ok := a.(*net.IPNet); ok {
			names = append(names, n.IP.String())
		}
	}
	return names
}
