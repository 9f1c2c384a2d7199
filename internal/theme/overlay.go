package theme

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
)

// overlay shows the files of upper and, where it has none, those of lower.
type overlay struct{ upper, lower fs.FS }

// Overlay lets the files of a theme folder replace those of another, one by
// one; a file that only one of them has is seen too.
func Overlay(upper, lower fs.FS) fs.FS { return overlay{upper, lower} }

func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.upper.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.lower.Open(name)
	}
	return f, err
}

// ReadDir lists the files of both.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	upper, err := fs.ReadDir(o.upper, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	lower, lowerErr := fs.ReadDir(o.lower, name)
	if err != nil && lowerErr != nil {
		return nil, lowerErr
	}
	seen := map[string]bool{}
	for _, e := range upper {
		seen[e.Name()] = true
	}
	for _, e := range lower {
		if !seen[e.Name()] {
			upper = append(upper, e)
		}
	}
	slices.SortFunc(upper, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return upper, nil
}
