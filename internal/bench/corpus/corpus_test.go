package corpus

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWrite checks that the same arguments write the same bytes, and that the
// number of pages is the one asked for.
func TestWrite(t *testing.T) {
	var all [2]string
	for i := range all {
		dir := t.TempDir()
		if err := Write(dir, 50, 7); err != nil {
			t.Fatal(err)
		}
		pages := 0
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if filepath.Base(name) != "_index.md" {
				pages++
			}
			raw, err := os.ReadFile(name)
			all[i] += strings.TrimPrefix(name, dir) + "\n" + string(raw)
			return err
		})
		if err != nil || pages != 50 {
			t.Fatalf("got %d pages, %v", pages, err)
		}
	}
	if all[0] != all[1] {
		t.Error("two runs wrote different bytes")
	}
}
