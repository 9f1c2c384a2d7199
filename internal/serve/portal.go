package serve

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"hoagiai/internal/rank"
	"hoagiai/internal/search"
)

// folder is the portal's folder, opened, and what it was when it was.
type folder struct {
	*os.Root
	info os.FileInfo
}

// openFiles opens what is in the portal's folder now.
func (s *Server) openFiles() error {
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return fmt.Errorf("open portal: %w", err)
	}
	info, err := root.Stat(".")
	if err != nil {
		return errors.Join(fmt.Errorf("open portal: %w", err), root.Close())
	}
	s.retire(s.files.set(folder{root, info}, root.Close))
	return nil
}

// openIndex opens the portal's index; a portal without one has none.
func (s *Server) openIndex() error {
	index, closer, err := search.OpenPortal(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		s.retire(s.index.set(nil, nil))
		return nil
	}
	if err != nil {
		return err
	}
	s.retire(s.index.set(index, closer.Close))
	return nil
}

// retire closes what was replaced, once its last request has ended.
func (s *Server) retire(retire func() error) {
	s.background.Go(func() { s.report(retire()) })
}

func (s *Server) report(err error) {
	if err != nil && s.Failed != nil {
		s.Failed(err)
	}
}

// pickUp notices that the portal was published again: its folder is another
// one. Files are served from it at once, since the old ones are being removed;
// searches go on in the old index, which stays readable, until the new one is
// checked and open.
func (s *Server) pickUp() {
	if !s.changed() {
		return
	}
	s.switching.Lock()
	defer s.switching.Unlock()
	if !s.changed() {
		return // another request was faster
	}
	if err := s.openFiles(); err != nil {
		s.report(err)
		return
	}
	s.background.Go(func() {
		s.indexing.Lock() // the last to come opens the newest
		defer s.indexing.Unlock()
		s.report(s.openIndex())
	})
}

func (s *Server) changed() bool {
	info, err := os.Stat(s.dir)
	if err != nil {
		return false // between two renames of a switch; the next request looks again
	}
	files := s.files.get()
	defer files.release()
	return !os.SameFile(info, files.value.info)
}

// open opens a file of the portal; release ends its use. A file that is gone
// because the portal was published again just now is opened in the new one.
func (s *Server) open(name string) (f *os.File, release func(), err error) {
	root := s.files.get()
	for {
		if f, err = root.value.Open(name); err == nil {
			return f, root.release, nil
		}
		s.pickUp()
		newer := s.files.get()
		root.release()
		if newer == root {
			newer.release()
			return nil, nil, err
		}
		root = newer
	}
}

// HasIndex tells whether the server answers searches.
func (s *Server) HasIndex() bool {
	x := s.index.get()
	defer x.release()
	return x.value != nil
}

// Close waits for running requests and releases the portal.
func (s *Server) Close() error {
	err := s.files.set(folder{}, nil)()
	if s.index.held != nil {
		err = errors.Join(err, s.index.set((*rank.Index)(nil), nil)())
	}
	s.background.Wait()
	return err
}
