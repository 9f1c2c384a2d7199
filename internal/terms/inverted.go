package terms

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hoagiai/internal/rank"

	"github.com/golang/snappy"
	"golang.org/x/sync/errgroup"
)

// Field is one list of terms of a page.
type Field int

// The fields: syllables (and whole numbers) and bigrams, of titles and texts.
const (
	TitleSingle Field = iota
	TitlePair
	TextSingle
	TextPair
	Fields = 4
)

// Pair tells whether the field lists bigrams.
func (f Field) Pair() bool { return f%2 == 1 }

// Inverted is a finished collection, turned from pages to terms. Its pages are
// numbered in the order of the docs.
type Inverted struct {
	Core  *rank.Core
	Docs  []*Doc
	terms [2][]spelled // syllables, bigrams
	lists [Fields]lists
}

// spelled is a term with its spelling.
type spelled struct{ folded, exact string }

// lists holds the postings of all terms of a field, one after the other.
type lists struct {
	start []uint32 // of each term by number, and the end
	all   []rank.Posting
}

func (l *lists) of(term uint32) []rank.Posting { return l.all[l.start[term]:l.start[term+1]] }

// Invert turns the collection from pages to terms. The order of the docs
// decides between equal scores, so it should be that of their addresses. A
// bigram of one page alone is left out: it costs more than it finds, since its
// syllables find the page too.
func (c *Collection) Invert(docs []*Doc) *Inverted {
	v := &Inverted{Docs: docs}
	for _, t := range c.terms {
		v.terms[0] = append(v.terms[0], spelled{t.folded, t.exact})
	}
	shared := c.sharedPairs()
	c.pairs = nil
	numbers := make(map[uint64]uint64, len(shared))
	for pair := range shared {
		numbers[pair] = uint64(len(v.terms[1]))
		a, b := &c.terms[pair>>32], &c.terms[uint32(pair)]
		v.terms[1] = append(v.terms[1], spelled{a.folded + " " + b.folded, a.exact + " " + b.exact})
	}
	var g errgroup.Group
	for f := range Field(Fields) {
		g.Go(func() error {
			if f.Pair() {
				renumber(docs, f, numbers)
			}
			v.lists[f] = invert(docs, f, len(v.terms[f%2]))
			return nil
		})
	}
	_ = g.Wait() // no function of the group fails
	v.Core = c.core(v)
	return v
}

// renumber gives the bigrams of a field the numbers under which they are
// spelled, and drops those without.
func renumber(docs []*Doc, f Field, numbers map[uint64]uint64) {
	var list []uint64
	for _, d := range docs {
		list = list[:0]
		unpack(d.terms[f], func(pair uint64, frequency int) {
			if n, ok := numbers[pair]; ok {
				for range frequency {
					list = append(list, n)
				}
			}
		})
		d.terms[f] = pack(list)
	}
}

// invert counts the postings of each term first, so that one array holds all.
func invert(docs []*Doc, f Field, terms int) lists {
	l := lists{start: make([]uint32, terms+2)}
	for _, d := range docs {
		unpack(d.terms[f], func(t uint64, _ int) { l.start[t+2]++ })
	}
	for i := 2; i < len(l.start); i++ {
		l.start[i] += l.start[i-1]
	}
	l.all = make([]rank.Posting, l.start[len(l.start)-1])
	for page, d := range docs {
		unpack(d.terms[f], func(t uint64, frequency int) {
			l.all[l.start[t+1]] = rank.NewPosting(page, frequency)
			l.start[t+1]++
		})
	}
	l.start = l.start[:terms+1]
	return l
}

func (c *Collection) core(v *Inverted) *rank.Core {
	core := rank.NewCore(c.forms)
	core.Pages = len(v.Docs)
	for field := range 2 {
		sizes := make([]int, len(v.Docs))
		for i, d := range v.Docs {
			sizes[i] = d.size[field]
		}
		core.SetSizes(field, sizes)
	}
	for i := range core.Facets {
		names := make([]string, len(v.Docs))
		for n, d := range v.Docs {
			names[n] = d.facet[i]
		}
		core.Facets[i] = rank.NewFacet(names)
	}
	core.Starts = v.starts()
	for _, g := range v.Groups(false) {
		if pages := rank.Listed(v.Spellings(false, g)); pages >= 2 && strings.Trim(g.Folded, "abcdefghijklmnopqrstuvwxyz") == "" {
			core.Words[g.Folded] = rank.WordStep(min(pages, core.Pages))
		}
	}
	return core
}

// starts returns the bigrams that most titles have.
func (v *Inverted) starts() []string {
	titles := &v.lists[TitlePair]
	order := make([]int, 0, len(v.terms[1]))
	for i := range v.terms[1] {
		if len(titles.of(uint32(i))) > 1 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(len(titles.of(uint32(b))), len(titles.of(uint32(a)))), cmp.Compare(v.terms[1][a].exact, v.terms[1][b].exact))
	})
	starts := []string{}
	for _, i := range order[:min(maxStarts, len(order))] {
		starts = append(starts, v.terms[1][i].exact)
	}
	return starts
}

// maxStarts bounds what the core carries: half a kilobyte, compressed.
const maxStarts = 100

// Group is a folded term with its spellings.
type Group struct {
	Folded  string
	numbers []uint32 // of the spellings, in the order of their bytes
}

// Groups returns the folded terms in the order of their bytes: all syllables,
// or all bigrams.
func (v *Inverted) Groups(pair bool) []Group {
	kind := 0
	if pair {
		kind = 1
	}
	terms := v.terms[kind]
	order := make([]uint32, 0, len(terms))
	for i := range terms {
		n := uint32(i)
		if len(v.lists[kind].of(n))+len(v.lists[2+kind].of(n)) > 0 { // else its page was left out of the portal
			order = append(order, n)
		}
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(terms[a].folded, terms[b].folded), cmp.Compare(terms[a].exact, terms[b].exact))
	})
	var groups []Group
	for i := 0; i < len(order); {
		first := i
		for i < len(order) && terms[order[i]].folded == terms[order[first]].folded {
			i++
		}
		groups = append(groups, Group{terms[order[first]].folded, order[first:i]})
	}
	return groups
}

// Spellings returns the spellings of a group with their postings, by page.
func (v *Inverted) Spellings(pair bool, g Group) []rank.Spelling {
	kind := 0
	if pair {
		kind = 1
	}
	list := make([]rank.Spelling, len(g.numbers))
	for i, n := range g.numbers {
		list[i] = rank.Spelling{Exact: v.terms[kind][n].exact, Fields: [2][]rank.Posting{v.lists[kind].of(n), v.lists[2+kind].of(n)}}
	}
	return list
}

// Free lets go of the postings, which are the larger part: from then on only
// Name, Count, Core and Docs may be used.
func (v *Inverted) Free() { v.lists = [Fields]lists{} }

// Name returns how a term is spelled.
func (v *Inverted) Name(pair bool, term int) (folded, exact string) {
	kind := 0
	if pair {
		kind = 1
	}
	t := &v.terms[kind][term]
	return t.folded, t.exact
}

// Count returns how many syllables, or bigrams, have numbers.
func (v *Inverted) Count(pair bool) int {
	if pair {
		return len(v.terms[1])
	}
	return len(v.terms[0])
}

// Each calls f for the terms of one of the doc's fields, by number, with how
// often the doc has them.
func (d *Doc) Each(field Field, f func(term int, times int)) {
	unpack(d.terms[field], func(t uint64, times int) { f(int(t), times) })
}

// Release says that one of the two writers of an index is done with the doc;
// after the second what it holds is freed.
func (d *Doc) Release() {
	if d.released.Add(1) == 2 {
		d.terms, d.entry = [Fields][]byte{}, nil
	}
}

// Entry returns a doc's page as it was added.
func (d *Doc) Entry() (*rank.Entry, error) {
	raw, err := d.Packed()
	if err != nil {
		return nil, err
	}
	return rank.DecodeEntry(string(raw))
}

// Packed returns the entry of a doc, encoded.
func (d *Doc) Packed() ([]byte, error) {
	raw, err := snappy.Decode(nil, d.entry)
	if err != nil {
		return nil, fmt.Errorf("unpack search entry: %w", err)
	}
	return raw, nil
}
