//go:build !unix

package main

import "os"

// peakMemory returns 0: the system doesn't tell.
func peakMemory(*os.ProcessState) int64 { return 0 }
