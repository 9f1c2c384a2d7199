package main

import (
	"fmt"
	"runtime"

	"hoagiai/internal/build"

	"github.com/spf13/cobra"
)

func newVersion(p *printer) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "In phiên bản của chương trình",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.out, "hoagiai %s (%s, %s/%s)\n", build.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
