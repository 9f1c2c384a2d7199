package search

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// settings are what the scorer knows of the whole index. They lie in the index
// as an internal value.
type settings struct {
	Spec   int        `json:"spec"` // version of the analysis and the fields
	Pages  int        `json:"pages"`
	Sizes  [2][]byte  `json:"sizes"` // length step of title and text, a byte a page
	Mean   [2]float64 `json:"mean"`  // mean stepped length of title and text
	Facets [3]facet   `json:"facets"`
}

// facet is one way to sort pages: the names, and the number of each page's.
type facet struct {
	Names []string `json:"names"`
	Of    []uint32 `json:"of"`
}

// spec changes with everything that makes an older index unreadable.
const spec = 1

// settingsKey names the settings among the index's internal values.
const settingsKey = "hoagiai"

// lengthStep rounds a length to one of 92 steps of 9 %, so that it fits one
// character of the browser's index and both readers score alike.
func lengthStep(syllables int) byte {
	if syllables < 1 {
		return 0
	}
	return byte(min(91, math.Round(8*math.Log2(float64(syllables)))))
}

// steppedLength is the length that a step stands for.
func steppedLength(step byte) float64 { return math.Exp2(float64(step) / 8) }

func (c *Collection) settings(docs []*Doc) *settings {
	s := &settings{Spec: spec, Pages: len(docs)}
	for i := range s.Sizes {
		s.Sizes[i] = make([]byte, len(docs))
		for n, d := range docs {
			s.Sizes[i][n] = lengthStep(d.size[i])
			s.Mean[i] += steppedLength(s.Sizes[i][n])
		}
		s.Mean[i] /= float64(max(1, len(docs)))
	}
	for i := range s.Facets {
		f := &s.Facets[i]
		for _, d := range docs {
			f.Names = append(f.Names, d.facet[i])
		}
		slices.Sort(f.Names)
		f.Names = slices.Clip(slices.Compact(f.Names))
		for _, d := range docs {
			n, _ := slices.BinarySearch(f.Names, d.facet[i])
			f.Of = append(f.Of, uint32(n))
		}
	}
	return s
}

// batchSize is how many pages become one segment before segments are merged:
// larger is faster and takes more memory.
const batchSize = 1000

// Write builds the index of the docs in dir, which must not exist. The order
// of the docs decides between equal scores, so it should be that of their
// addresses. Docs are consumed: what they hold is freed as the index grows.
// tick is called after each.
func (c *Collection) Write(dir string, docs []*Doc, tick func()) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make index folder: %w", err)
	}
	s := c.settings(docs)
	internal, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("encode index settings: %w", err)
	}
	// The builder can't finish without a page, so an empty portal's index is
	// its list of files alone.
	if len(docs) > 0 {
		if err := c.build(dir, docs, internal, tick); err != nil {
			return fmt.Errorf("build index: %w", err)
		}
	}
	return writeList(dir, len(docs))
}

func (c *Collection) build(dir string, docs []*Doc, internal []byte, tick func()) error {
	mapping, err := json.Marshal(bleve.NewIndexMapping())
	if err != nil {
		return err
	}
	words := c.spell(docs)
	config := map[string]any{
		"path": filepath.Join(dir, "store"),
		// The finished segment is renamed out of the builder's folder, which
		// therefore has to be on the same file system.
		"buildPathPrefix": dir,
		"batchSize":       batchSize,
		"mergeMax":        1000, // one merge of everything
		"internal":        map[string][]byte{"_mapping": mapping, settingsKey: internal},
	}
	if len(docs) > batchSize { // a single segment is not merged, so nobody would wait for it
		segments.configure(config)
		defer segments.abandon(func(path string) bool { return strings.HasPrefix(path, dir) })
	}
	b, err := scorch.NewBuilder(config)
	if err != nil {
		return err
	}
	own := newUnpacker(words)
	for i, d := range docs {
		docs[i] = nil
		if err := b.Index(&document{id: fmt.Sprintf("%08d", i), doc: d, unpacker: own}); err != nil {
			return err
		}
		tick()
	}
	if err := b.Close(); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "index_meta.json"), []byte(`{"storage":"scorch","index_type":"scorch"}`), 0o644)
}
