package search

import (
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// sideBySide is Bleve's segment writer with batches turned into segments side
// by side. The offline builder asks for one segment after the other and waits
// for each, which leaves all but one core idle; here New and Persist only note
// the work and begin it, and Open, which the builder calls when it merges,
// waits for the segment's file. Everything else is Bleve's own.
//
// Bleve finds a segment writer by type and version in a table of its own, so
// this one is registered for the process; opening an index through it is the
// same as without it.
type sideBySide struct {
	zap.ZapPlugin
	slots chan struct{} // segments in the making

	mu      sync.Mutex
	pending map[string]chan error // by path
}

// segmentsAtOnce bounds the memory: a segment in the making holds its batch.
const segmentsAtOnce = 2

var segments = register(&sideBySide{slots: make(chan struct{}, segmentsAtOnce), pending: map[string]chan error{}})

func register(s *sideBySide) *sideBySide {
	scorch.RegisterSegmentPlugin(s, false)
	return s
}

// configure makes a builder use the writer.
func (s *sideBySide) configure(config map[string]any) {
	config["forceSegmentType"], config["forceSegmentVersion"] = s.Type(), int(s.Version())
}

// New takes the batch and leaves the work to Persist.
func (s *sideBySide) New(batch []index.Document) (segment.Segment, uint64, error) {
	return &futureSegment{writer: s, batch: batch}, 0, nil
}

// futureSegment is a segment that exists only once its file is written. The
// builder asks nothing of it but Persist.
type futureSegment struct {
	segment.UnpersistedSegment
	writer *sideBySide
	batch  []index.Document
}

// Persist begins to write the segment; Open waits for it.
func (f *futureSegment) Persist(path string) error {
	s := f.writer
	done := make(chan error, 1)
	s.mu.Lock()
	s.pending[path] = done
	s.mu.Unlock()
	s.slots <- struct{}{}
	go func() {
		defer func() { <-s.slots }()
		f.useOwnUnpacker()
		batch := f.batch
		f.batch = nil
		made, _, err := s.ZapPlugin.New(batch)
		if err == nil {
			err = made.(segment.UnpersistedSegment).Persist(path)
		}
		for _, d := range batch {
			d.(*document).doc.Release()
		}
		done <- err
	}()
	return nil
}

// useOwnUnpacker gives the batch token maps that no other goroutine uses.
func (f *futureSegment) useOwnUnpacker() {
	var own *unpacker
	for _, d := range f.batch {
		d := d.(*document)
		if own == nil {
			own = newUnpacker(d.unpacker.spelling)
		}
		d.unpacker = own
	}
}

// Open waits for a segment that is still being written, then opens it.
func (s *sideBySide) Open(path string) (segment.Segment, error) {
	if err := s.wait(path); err != nil {
		return nil, err
	}
	return s.ZapPlugin.Open(path)
}

func (s *sideBySide) wait(path string) error {
	s.mu.Lock()
	done := s.pending[path]
	delete(s.pending, path)
	s.mu.Unlock()
	if done == nil {
		return nil
	}
	return <-done
}

// abandon waits for the segments below a folder that nobody will open, so that
// the folder can be removed.
func (s *sideBySide) abandon(below func(path string) bool) {
	s.mu.Lock()
	var left []string
	for path := range s.pending {
		if below(path) {
			left = append(left, path)
		}
	}
	s.mu.Unlock()
	for _, path := range left {
		_ = s.wait(path) // the build has failed already
	}
}
