// Package output publishes a folder of files as one: readers see the files of
// the build before or those of the new one, never a mixture.
//
// A build writes into a staging folder beside the output and switches the two
// at the end. Until then the output is untouched; a build that is killed
// leaves a staging folder behind, which the next one removes.
package output

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gofrs/flock"
)

// Names that an output folder has at its top.
const (
	ManifestName = "manifest.json"
	NoteName     = "README.md" // a note that lies in the folder and is carried over
)

// generator marks a manifest as ours, and so the folder as one that a build
// may replace.
const generator = "hoagiai"

// Manifest lists the files of a published folder.
type Manifest struct {
	Generator string `json:"generator"`
	Version   string `json:"version"`
	Now       string `json:"now"` // the moment the build was made for, RFC 3339
	Files     []File `json:"files"`
}

// ErrForeign is returned for a folder that holds files of somebody else.
var ErrForeign = errors.New("folder is not empty and was not made by hoagiai")

// LockedError tells that another process is publishing to the same folder.
type LockedError struct{ PID int } // 0 when not known

func (e *LockedError) Error() string {
	return fmt.Sprintf("output is locked by process %d", e.PID)
}

// Staging is a folder in the making. Write, Copy and Folder may be called by
// several goroutines at once.
type Staging struct {
	out  string
	dir  string
	root *os.Root
	lock *flock.Flock

	mu    sync.Mutex
	made  map[string]bool // folders made so far
	files []File
}

// Prepare locks the output folder and makes an empty staging folder beside it.
// The caller must end with Publish or Discard.
func Prepare(out string) (*Staging, error) {
	out, err := filepath.Abs(out)
	if err != nil {
		return nil, err
	}
	parent, base := filepath.Split(out)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	lock, err := takeLock(filepath.Join(parent, "."+base+".lock"))
	if err != nil {
		return nil, err
	}
	s := &Staging{out: out, lock: lock, made: map[string]bool{}}
	if err := s.open(parent, base); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return s, nil
}

func takeLock(name string) (*flock.Flock, error) {
	lock := flock.New(name)
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock output: %w", err)
	}
	if !ok {
		held := &LockedError{}
		if raw, err := os.ReadFile(name); err == nil {
			held.PID, _ = strconv.Atoi(strings.TrimSpace(string(raw))) // 0 when not known
		}
		return nil, held
	}
	if err := os.WriteFile(name, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o644); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return lock, nil
}

func (s *Staging) open(parent, base string) error {
	if err := recoverSwitch(parent, base); err != nil {
		return err
	}
	if err := replaceable(s.out); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(parent, "."+base+".new-")
	if err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	s.dir, s.root = dir, root
	return nil
}

// recoverSwitch tidies up after a build that was killed: an output that was
// moved away and not replaced comes back, left staging folders go.
func recoverSwitch(parent, base string) error {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := filepath.Join(parent, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."+base+".old-"):
			if _, err := os.Lstat(filepath.Join(parent, base)); errors.Is(err, fs.ErrNotExist) {
				if err := os.Rename(name, filepath.Join(parent, base)); err != nil {
					return err
				}
				continue
			}
			fallthrough
		case strings.HasPrefix(e.Name(), "."+base+".new-"):
			if err := os.RemoveAll(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// replaceable checks that nothing but a build of ours is lost with the folder.
func replaceable(out string) error {
	entries, err := os.ReadDir(out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := ReadManifest(out); err == nil {
		return nil
	}
	for _, e := range entries {
		if e.Name() != NoteName {
			return fmt.Errorf("%s: %w", out, ErrForeign)
		}
	}
	return nil
}

// ReadManifest reads the manifest of a published folder.
func ReadManifest(out string) (*Manifest, error) {
	raw, err := os.ReadFile(filepath.Join(out, ManifestName))
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, fmt.Errorf("read %s: %w", ManifestName, err)
	}
	if m.Generator != generator {
		return nil, fmt.Errorf("read %s: %w", ManifestName, ErrForeign)
	}
	return &m, nil
}

// Write adds a file; name is under the output's root, with slashes.
func (s *Staging) Write(name string, data []byte) error {
	if err := s.makeFolder(name); err != nil {
		return err
	}
	f, err := s.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if _, err := f.Write(data); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, err), f.Close())
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	sum := sha256.Sum256(data)
	s.note(name, int64(len(data)), sum[:])
	return nil
}

// Copy adds a file with what a reader gives.
func (s *Staging) Copy(name string, from io.Reader) error {
	if err := s.makeFolder(name); err != nil {
		return err
	}
	f, err := s.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	h := sha256.New()
	size, err := io.Copy(io.MultiWriter(f, h), from)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	s.note(name, size, h.Sum(nil))
	return nil
}

func (s *Staging) note(name string, size int64, sum []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files = append(s.files, File{name, size, hex.EncodeToString(sum)})
}

// Count returns how many files were written so far.
func (s *Staging) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.files)
}

func (s *Staging) makeFolder(name string) error {
	dir := path.Dir(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if dir == "." || s.made[dir] {
		return nil
	}
	if err := s.root.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make folder %s: %w", dir, err)
	}
	s.made[dir] = true
	return nil
}

// Sync makes the file system write to disk what is in the staging folder so
// far. Publish does so anyway; an earlier call only saves time.
func (s *Staging) Sync() error {
	if err := syncTree(s.dir); err != nil {
		return fmt.Errorf("write to disk: %w", err)
	}
	return nil
}

// Folder returns the place on disk of a folder of the staging, for those who
// write files of their own there. They are not listed in the manifest.
func (s *Staging) Folder(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

// Publish writes the manifest and switches the staging folder with the output.
func (s *Staging) Publish(version, now string) error {
	slices.SortFunc(s.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	manifest, err := json.MarshalIndent(Manifest{generator, version, now, s.files}, "", " ")
	if err != nil {
		return err
	}
	if err := s.Write(ManifestName, append(manifest, '\n')); err != nil {
		return err
	}
	if note, err := os.ReadFile(filepath.Join(s.out, NoteName)); err == nil {
		if err := s.Write(NoteName, note); err != nil {
			return err
		}
	}
	if err := s.root.Close(); err != nil {
		return err
	}
	if err := s.Sync(); err != nil {
		return err
	}
	if err := switchFolders(s.dir, s.out); err != nil {
		return fmt.Errorf("switch output: %w", err)
	}
	return s.lock.Unlock()
}

// Discard removes the staging folder and leaves the output as it was. It does
// nothing after Publish.
func (s *Staging) Discard() error {
	if !s.lock.Locked() {
		return nil
	}
	return errors.Join(s.root.Close(), os.RemoveAll(s.dir), s.lock.Unlock())
}
