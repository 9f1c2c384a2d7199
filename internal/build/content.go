package build

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"hoagiai/internal/diag"
	"hoagiai/internal/page"
	"hoagiai/internal/site"

	"golang.org/x/text/unicode/norm"
)

// content is the folder that editors write, opened so that nothing outside of
// it can be reached.
type content struct {
	root     *os.Root
	config   []byte   // of site.yaml, nil without one
	indexes  []source // _index.md files
	pages    []source // the other .md files
	files    []source // files beside pages
	findings diag.List
}

// source is a file by its name in NFC and by its name on disk.
type source struct{ name, disk string }

func openContent(dir string) (*content, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open content: %w", err)
	}
	return &content{root: root}, nil
}

func (c *content) close() { _ = c.root.Close() } // only read from

// scan lists the folder. What can't be read is a finding.
func (c *content) scan() error {
	err := fs.WalkDir(c.root.FS(), ".", func(disk string, d fs.DirEntry, err error) error {
		name := norm.NFC.String(strings.ToValidUTF8(disk, "\uFFFD"))
		if err != nil {
			if disk == "." {
				return err
			}
			c.unreadable(name, err)
			return nil
		}
		if disk == "." {
			return nil
		}
		if litter(path.Base(disk)) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !utf8.ValidString(disk) {
			c.findings.Add(diag.BadAddress, diag.Pos{File: name}, "đổi tên tệp", "tên tệp không đúng mã UTF-8")
			return nil
		}
		switch {
		case d.IsDir():
		case !d.Type().IsRegular():
			c.findings.Add(diag.UnreadableFile, diag.Pos{File: name}, "thay bằng tệp thật", "liên kết tượng trưng và tệp đặc biệt không được đọc")
		case name == site.ConfigFile:
			c.config, err = c.read(source{name, disk})
			if err != nil {
				c.unreadable(name, err)
			}
		case !strings.EqualFold(path.Ext(name), ".md"):
			c.files = append(c.files, source{name, disk})
		case page.IsIndex(name):
			c.indexes = append(c.indexes, source{name, disk})
		default:
			c.pages = append(c.pages, source{name, disk})
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("list content: %w", err)
	}
	return nil
}

func (c *content) unreadable(name string, err error) {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	c.findings.Add(diag.UnreadableFile, diag.Pos{File: name}, "", "không đọc được (%v)", err)
}

// read returns a file, whole. A file over the limit of a page is read one byte
// beyond it, which is enough to refuse it.
func (c *content) read(s source) ([]byte, error) {
	f, err := c.root.Open(s.disk)
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read from
	return io.ReadAll(io.LimitReader(f, page.MaxPage+1))
}

func (c *content) fileNames() []string {
	names := make([]string, len(c.files))
	for i, f := range c.files {
		names[i] = f.name
	}
	return names
}

// onDisk maps the files beside pages to their names on disk.
func (c *content) onDisk() map[string]string {
	m := make(map[string]string, len(c.files))
	for _, f := range c.files {
		m[f.name] = f.disk
	}
	return m
}

// litter tells files that systems and editors leave behind.
func litter(base string) bool {
	switch strings.ToLower(base) {
	case "thumbs.db", "desktop.ini", "system volume information", "$recycle.bin":
		return true
	}
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || strings.HasSuffix(base, "~") ||
		strings.HasSuffix(base, ".tmp") || strings.HasSuffix(base, ".bak") || strings.HasSuffix(base, ".swp")
}
