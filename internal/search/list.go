package search

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"hoagiai/internal/output"
	"hoagiai/internal/rank"
)

// listFile is the index's own list of files, written last: an index without
// it, or one that differs from it, is not opened. Bleve itself notices neither
// a half-built index nor a flipped bit.
const listFile = "files.json"

type fileList struct {
	Spec  int           `json:"spec"`
	Pages int           `json:"pages"`
	Files []output.File `json:"files"`
}

// ErrDamaged is returned for an index that differs from its list of files.
var ErrDamaged = errors.New("search index is damaged or incomplete")

func writeList(dir string, pages int) error {
	list := fileList{Spec: rank.Spec, Pages: pages, Files: []output.File{}}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		f, err := output.ReadFile(dir, filepath.ToSlash(rel))
		list.Files = append(list.Files, f)
		return err
	})
	if err != nil {
		return fmt.Errorf("list index files: %w", err)
	}
	data, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return fmt.Errorf("encode list of index files: %w", err)
	}
	return os.WriteFile(filepath.Join(dir, listFile), append(data, '\n'), 0o644)
}

// readList reads the list of an index and checks every file against it.
func readList(dir string) (*fileList, error) {
	data, err := os.ReadFile(filepath.Join(dir, listFile))
	if err != nil {
		return nil, fmt.Errorf("read list of index files: %w", err)
	}
	var list fileList
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("%w: %s: %v", ErrDamaged, listFile, err)
	}
	if list.Spec != rank.Spec {
		return nil, fmt.Errorf("search index has version %d, this program reads %d", list.Spec, rank.Spec)
	}
	for _, f := range list.Files {
		if !filepath.IsLocal(f.Path) {
			return nil, fmt.Errorf("%w: %s is outside of the index", ErrDamaged, f.Path)
		}
		found, err := output.ReadFile(dir, f.Path)
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
		}
		if found != f {
			return nil, fmt.Errorf("%w: %s differs from its checksum", ErrDamaged, f.Path)
		}
	}
	return &list, nil
}
