package output

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
)

// File is one published file: its path under the folder, with slashes, its
// size in bytes and its SHA-256 in hexadecimal.
type File struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// ReadFile describes a file of a folder as it is on disk.
func ReadFile(dir, name string) (File, error) {
	f, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return File{}, err
	}
	defer f.Close() // only read from
	h := sha256.New()
	size, err := io.Copy(h, f)
	return File{name, size, hex.EncodeToString(h.Sum(nil))}, err
}
