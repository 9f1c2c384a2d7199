package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"hoagiai/internal/rank"
	"hoagiai/internal/shards"
)

// Verified is what Verify compared.
type Verified struct{ Pages, Terms, Postings int }

// ErrDiffer is returned when the two forms of an index are not the same.
var ErrDiffer = errors.New("the Bleve index and the search files differ")

// Verify reads both forms of a portal's index whole and compares them: core,
// every term with its spellings and postings, every page.
func Verify(ctx context.Context, dir string) (v Verified, err error) {
	x, err := Open(filepath.Join(dir, Folder))
	if err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	files, err := shards.Open(os.DirFS(dir))
	if err != nil {
		return v, err
	}
	if err := sameCore(x.Core(), files.Core()); err != nil {
		return v, err
	}
	if x.bleve == nil {
		return v, nil
	}
	for _, pair := range []bool{false, true} {
		seen := map[string]bool{}
		err := files.Terms(pair, func(folded string, want []rank.Spelling) error {
			seen[folded] = true
			got, err := x.spellings(ctx, folded, pair)
			if err != nil {
				return err
			}
			for _, s := range got {
				for _, postings := range s.Fields {
					slices.Sort(postings)
					v.Postings += len(postings)
				}
			}
			if v.Terms++; !sameSpellings(got, want) {
				return fmt.Errorf("%w: term %q", ErrDiffer, folded)
			}
			return ctx.Err()
		})
		if err != nil {
			return v, err
		}
		missing := ""
		err = x.Following(ctx, "", pair, func(folded, _ string, _ int) {
			if !seen[folded] {
				missing = folded
			}
		})
		if err != nil {
			return v, err
		}
		if missing != "" {
			return v, fmt.Errorf("%w: term %q is not in the search files", ErrDiffer, missing)
		}
	}
	for page := range x.Core().Pages {
		got, err := x.Entry(page)
		if err != nil {
			return v, err
		}
		want, err := files.Entry(page)
		if err != nil {
			return v, err
		}
		if v.Pages++; !reflect.DeepEqual(got, want) {
			return v, fmt.Errorf("%w: page %s", ErrDiffer, got.URL)
		}
	}
	return v, nil
}

func sameCore(a, b *rank.Core) error {
	got, err := json.Marshal(a)
	if err != nil {
		return err
	}
	want, err := json.Marshal(b)
	if err != nil {
		return err
	}
	if string(got) != string(want) {
		return fmt.Errorf("%w: core", ErrDiffer)
	}
	return nil
}

func sameSpellings(a, b []rank.Spelling) bool {
	return slices.EqualFunc(a, b, func(a, b rank.Spelling) bool {
		return a.Exact == b.Exact && slices.Equal(a.Fields[0], b.Fields[0]) && slices.Equal(a.Fields[1], b.Fields[1])
	})
}
