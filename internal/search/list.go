package search

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// listFile is the index's own list of files, written last: an index without
// it, or one that differs from it, is not opened. Bleve itself notices neither
// a half-built index nor a flipped bit.
const listFile = "files.json"

type fileList struct {
	Spec  int          `json:"spec"`
	Pages int          `json:"pages"`
	Files []listedFile `json:"files"`
}

type listedFile struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// ErrDamaged is returned for an index that differs from its list of files.
var ErrDamaged = errors.New("search index is damaged or incomplete")

func writeList(dir string, pages int) error {
	list := fileList{Spec: spec, Pages: pages, Files: []listedFile{}}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		size, sum, err := hashFile(path)
		if err != nil {
			return err
		}
		list.Files = append(list.Files, listedFile{filepath.ToSlash(rel), size, sum})
		return nil
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
	if list.Spec != spec {
		return nil, fmt.Errorf("search index has version %d, this program reads %d", list.Spec, spec)
	}
	for _, f := range list.Files {
		if !filepath.IsLocal(f.Path) {
			return nil, fmt.Errorf("%w: %s is outside of the index", ErrDamaged, f.Path)
		}
		size, sum, err := hashFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
		}
		if size != f.Size || sum != f.SHA256 {
			return nil, fmt.Errorf("%w: %s differs from its checksum", ErrDamaged, f.Path)
		}
	}
	return &list, nil
}

func hashFile(path string) (size int64, sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close() // only read from
	h := sha256.New()
	size, err = io.Copy(h, f)
	return size, hex.EncodeToString(h.Sum(nil)), err
}
