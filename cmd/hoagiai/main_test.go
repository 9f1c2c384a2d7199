package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"hoagiai": func() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the scripts in testdata/script, one or more a command.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"serving": stopServer},
	})
}

// stopServer starts `hoagiai serve` with the given arguments, waits until it
// says where it serves, asks it to stop and prints what it wrote to standard
// error.
func stopServer(ts *testscript.TestScript, neg bool, args []string) {
	// testscript put the command into the first folder of the script's PATH.
	bin := filepath.Join(filepath.SplitList(ts.Getenv("PATH"))[0], "hoagiai")
	cmd := exec.Command(bin, append([]string{"serve"}, args...)...)
	cmd.Dir = ts.MkAbs(".")
	pipe, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	r := bufio.NewReader(pipe)
	line, err := r.ReadString('\n')
	ts.Check(err)
	ts.Logf("%s", line)
	ts.Check(cmd.Process.Signal(os.Interrupt))
	if err := cmd.Wait(); (err != nil) != neg || !strings.Contains(line, "http://127.0.0.1:") {
		ts.Fatalf("got %q, %v", line, err)
	}
}
