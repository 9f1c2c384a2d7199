//go:build !linux

package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

func switchFolders(staging, out string) error { return renamePair(staging, out) }

// syncTree makes the system write every file of the staging folder to disk.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.OpenFile(name, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	})
}
