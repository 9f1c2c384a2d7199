package output

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// publish puts files into an output folder.
func publish(t *testing.T, out string, files map[string]string) {
	t.Helper()
	s, err := Prepare(out)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := s.Write(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Publish("test", "2026-11-23T00:00:00Z"); err != nil {
		t.Fatal(err)
	}
}

// files lists a folder by name and text, the manifest left out.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || info.Name() == ManifestName {
			return err
		}
		raw, err := os.ReadFile(name)
		all[filepath.ToSlash(strings.TrimPrefix(name, dir+string(filepath.Separator)))] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPublish(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	publish(t, out, map[string]string{"a/b/c.html": "1", "d.html": "2"})
	if err := os.WriteFile(filepath.Join(out, NoteName), []byte("note"), 0o644); err != nil {
		t.Fatal(err)
	}
	publish(t, out, map[string]string{"d.html": "3"})
	got := files(t, out)
	if len(got) != 2 || got["d.html"] != "3" || got[NoteName] != "note" {
		t.Errorf("got %v", got)
	}
	m, err := ReadManifest(out)
	if err != nil {
		t.Fatal(err)
	}
	want := File{"d.html", 1, "4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce"}
	if len(m.Files) != 1 || m.Files[0] != want || m.Version != "test" {
		t.Errorf("got %+v", m)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "public" && e.Name() != ".public.lock" {
			t.Errorf("left behind: %s", e.Name())
		}
	}
}

func TestForeignFolder(t *testing.T) {
	out := t.TempDir()
	if err := os.WriteFile(filepath.Join(out, "thesis.doc"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Prepare(out); !errors.Is(err, ErrForeign) {
		t.Errorf("got %v, want ErrForeign", err)
	}
	if got := files(t, out); got["thesis.doc"] != "x" {
		t.Errorf("got %v", got)
	}
}

func TestNoteAloneIsNotForeign(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	if err := os.Mkdir(out, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(out, NoteName), []byte("note"), 0o644); err != nil {
		t.Fatal(err)
	}
	publish(t, out, map[string]string{"a.html": "1"})
	if got := files(t, out); got[NoteName] != "note" || got["a.html"] != "1" {
		t.Errorf("got %v", got)
	}
}

func TestDiscard(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	publish(t, out, map[string]string{"a.html": "1"})
	s, err := Prepare(out)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write("a.html", []byte("2")); err != nil {
		t.Fatal(err)
	}
	if _, err := Prepare(out); !errors.As(err, new(*LockedError)) {
		t.Errorf("second Prepare: got %v, want LockedError", err)
	}
	if err := errors.Join(s.Discard(), s.Discard()); err != nil {
		t.Fatal(err)
	}
	if got := files(t, out); got["a.html"] != "1" {
		t.Errorf("got %v", got)
	}
	publish(t, out, map[string]string{"a.html": "3"})
}

// TestRenamePair is the switch of file systems that can't exchange, killed
// between its two steps: the next build brings the old output back first.
func TestRenamePair(t *testing.T) {
	dir := t.TempDir()
	out, staging := filepath.Join(dir, "public"), filepath.Join(dir, ".public.new-1")
	publish(t, out, map[string]string{"a.html": "1"})
	if err := os.Mkdir(staging, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := renamePair(staging, out); err != nil {
		t.Fatal(err)
	}
	if got := files(t, out); len(got) != 0 {
		t.Errorf("got %v, want the empty staging folder", got)
	}

	publish(t, filepath.Join(dir, "other"), map[string]string{"a.html": "1"})
	if err := os.Rename(filepath.Join(dir, "other"), filepath.Join(dir, ".other.old-1")); err != nil {
		t.Fatal(err)
	}
	s, err := Prepare(filepath.Join(dir, "other"))
	if err != nil {
		t.Fatal(err)
	}
	if got := files(t, filepath.Join(dir, "other")); got["a.html"] != "1" {
		t.Errorf("got %v, want the old output back", got)
	}
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
}

// TestKilled kills a process that is writing a staging folder: the output
// stays, and the next build takes the lock and tidies up.
func TestKilled(t *testing.T) {
	if out := os.Getenv("HOAGIAI_TEST_STAGING"); out != "" {
		s, err := Prepare(out)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Write("a.html", []byte("2")); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stdout.WriteString("ready\n"); err != nil {
			t.Fatal(err)
		}
		select {}
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	publish(t, out, map[string]string{"a.html": "1"})
	cmd := exec.Command(os.Args[0], "-test.run=TestKilled$")
	cmd.Env = append(os.Environ(), "HOAGIAI_TEST_STAGING="+out)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := pipe.Read(make([]byte, 6)); err != nil {
		t.Fatal(err)
	}
	_, err = Prepare(out)
	if held := new(LockedError); !errors.As(err, &held) || held.PID != cmd.Process.Pid {
		t.Errorf("got %v, want a lock of process %d", err, cmd.Process.Pid)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the process was not killed")
	}
	if got := files(t, out); got["a.html"] != "1" {
		t.Errorf("got %v", got)
	}
	publish(t, out, map[string]string{"a.html": "3"})
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestNamesStayInside(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	s, err := Prepare(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../x", "/x", "a/../../x", ""} {
		if err := s.Write(name, []byte("x")); err == nil {
			t.Errorf("%q was written", name)
		}
	}
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
}
