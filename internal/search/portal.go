package search

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"hoagiai/internal/rank"
	"hoagiai/internal/shards"
)

// Folder is where the Bleve index lies in a portal.
const Folder = "search.bleve"

// OpenPortal opens the index of a portal: the Bleve index, or in a copy
// without it the browser's. The second result closes it.
func OpenPortal(dir string) (*rank.Index, io.Closer, error) {
	x, err := Open(filepath.Join(dir, Folder))
	if err == nil {
		return x.Index, x, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	root, rootErr := os.OpenRoot(dir)
	if rootErr != nil {
		return nil, nil, rootErr
	}
	files, err := shards.Open(root.FS())
	if err != nil {
		return nil, nil, errors.Join(err, root.Close())
	}
	return files.Index, root, nil
}
