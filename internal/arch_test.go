package internal

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// levels is the table of packages in README: a package imports only packages
// of earlier lines.
var levels = [][]string{
	{"diag", "viet", "charint", "output"},
	{"meta", "markdown", "theme", "rank"},
	{"page", "terms"},
	{"site", "shards"},
	{"search"},
	{"starter", "build"},
	{"serve", "bench/corpus"},
	{"bench", "bench/corpus/write", "eval"},
}

// doors are the libraries that one package alone imports.
var doors = map[string]string{
	"github.com/yuin/goldmark": "markdown", "github.com/adrg/frontmatter": "page", "go.yaml.in/yaml": "meta",
	"github.com/blevesearch": "search", "github.com/gofrs/flock": "output", "github.com/tdewolff": "theme",
}

func TestImports(t *testing.T) {
	level := map[string]int{}
	for i, names := range levels {
		for _, name := range names {
			level["hoagiai/internal/"+name] = i
		}
	}
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; seen++ {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		own, known := level[p.ImportPath]
		if !known && p.ImportPath != "hoagiai/internal" {
			t.Errorf("%s is not in the table", p.ImportPath)
		}
		for _, imported := range p.Imports {
			if l, ours := level[imported]; ours && l >= own && p.ImportPath != "hoagiai/internal" {
				t.Errorf("%s imports %s, which is not below it", p.ImportPath, imported)
			}
			for library, door := range doors {
				if strings.HasPrefix(imported, library) && p.ImportPath != "hoagiai/internal/"+door {
					t.Errorf("%s imports %s, whose door is %s", p.ImportPath, imported, door)
				}
			}
		}
	}
	if want := len(slices.Concat(levels...)); seen < want {
		t.Errorf("saw %d packages, want %d", seen, want)
	}
}
