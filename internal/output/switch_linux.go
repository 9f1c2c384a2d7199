package output

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// switchFolders puts the staging folder in the output's place in one step and
// removes what was there before.
func switchFolders(staging, out string) error {
	err := unix.Renameat2(unix.AT_FDCWD, staging, unix.AT_FDCWD, out, unix.RENAME_EXCHANGE)
	if err == nil {
		return os.RemoveAll(staging)
	}
	if errors.Is(err, unix.ENOENT) || errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		// No output yet, or a file system that can't exchange.
		return renamePair(staging, out)
	}
	return err
}

// syncTree makes the file system write the staging folder to disk.
func syncTree(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(unix.Syncfs(int(f.Fd())), f.Close())
}
