package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// renamePair moves the output away and the staging folder into its place. A
// build killed between the two steps leaves the old output under a name that
// recoverSwitch knows.
func renamePair(staging, out string) error {
	parent, base := filepath.Split(out)
	old := filepath.Join(parent, "."+base+".old-"+strings.TrimPrefix(filepath.Base(staging), "."+base+".new-"))
	err := os.Rename(out, old)
	if errors.Is(err, fs.ErrNotExist) {
		return os.Rename(staging, out)
	}
	if err != nil {
		return err
	}
	if err := os.Rename(staging, out); err != nil {
		return errors.Join(err, os.Rename(old, out))
	}
	return os.RemoveAll(old)
}
