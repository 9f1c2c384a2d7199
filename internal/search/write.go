package search

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hoagiai/internal/terms"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// coreKey names the rank.Core among the index's internal values.
const coreKey = "hoagiai"

// batchSize is how many pages become one segment before segments are merged:
// larger is faster and takes more memory.
const batchSize = 1000

// Write builds the index in dir, which must not exist. tick is called after
// each page.
func Write(dir string, v *terms.Inverted, tick func()) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make index folder: %w", err)
	}
	core, err := json.Marshal(v.Core)
	if err != nil {
		return fmt.Errorf("encode core of the index: %w", err)
	}
	// The builder can't finish without a page, so an empty portal's index is
	// its list of files alone.
	if len(v.Docs) > 0 {
		if err := build(dir, v, core, tick); err != nil {
			return fmt.Errorf("build index: %w", err)
		}
	}
	return writeList(dir, len(v.Docs))
}

func build(dir string, v *terms.Inverted, core []byte, tick func()) error {
	mapping, err := json.Marshal(bleve.NewIndexMapping())
	if err != nil {
		return err
	}
	config := map[string]any{
		"path": filepath.Join(dir, "store"),
		// The finished segment is renamed out of the builder's folder, which
		// therefore has to be on the same file system.
		"buildPathPrefix": dir,
		"batchSize":       batchSize,
		"mergeMax":        1000, // one merge of everything
		"internal":        map[string][]byte{"_mapping": mapping, coreKey: core},
	}
	if len(v.Docs) > batchSize { // a single segment is not merged, so nobody would wait for it
		segments.configure(config)
		defer segments.abandon(func(path string) bool { return strings.HasPrefix(path, dir) })
	}
	b, err := scorch.NewBuilder(config)
	if err != nil {
		return err
	}
	own := newUnpacker(spell(v))
	for i, d := range v.Docs {
		if err := b.Index(&document{id: documentID(i), doc: d, unpacker: own}); err != nil {
			return err
		}
		tick()
	}
	if err := b.Close(); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "index_meta.json"), []byte(`{"storage":"scorch","index_type":"scorch"}`), 0o644)
}
