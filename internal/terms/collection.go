// Package terms analyses the pages of a build into the terms that both forms
// of the index list: syllables, whole document numbers and bigrams, of titles
// and of texts. One analysis feeds the Bleve index and the browser's, so that
// they can't differ.
package terms

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"

	"hoagiai/internal/rank"
	"hoagiai/internal/viet"

	"github.com/golang/snappy"
)

// Collection gathers the analysed pages of a build. Pages are added by several
// analyzers at once; what is kept of each is a few kilobytes of packed
// numbers, so that large portals fit in little memory.
type Collection struct {
	mu     sync.Mutex
	groups *rank.Groups
	forms  [][]string        // of the groups, as the core carries them
	ids    map[string]uint32 // canonical term → number
	terms  []term
	pairs  []map[uint64]uint8 // of each analyzer: pair → pages, at most 2
}

// term is a syllable or a whole document number.
type term struct{ exact, folded string }

// NewCollection returns an empty collection. The portal's own groups of words
// with the same meaning are added to the built-in ones.
func NewCollection(groups [][]string) *Collection {
	core := rank.NewCore(groups)
	return &Collection{groups: rank.NewGroups(core.Groups), forms: groups, ids: map[string]uint32{}}
}

// Doc is one analysed page: ready for the index, whatever becomes of it.
type Doc struct {
	URL   string
	terms [4][]byte // packed lists, by Field
	entry []byte    // the Entry, compressed
	facet [3]string
	size  [2]int // syllables of title and text

	released atomic.Int32
}

// An Analyzer turns entries into Docs. Each goroutine needs its own.
type Analyzer struct {
	*rank.Lexer
	c      *Collection
	ids    []uint32 // of the lexer's words, counted from 1; 0 when not asked yet
	pairs  map[uint64]uint8
	tokens []viet.Token
}

// Analyzer returns a new analyzer for the collection.
func (c *Collection) Analyzer() *Analyzer {
	a := &Analyzer{Lexer: rank.NewLexer(c.groups), c: c, pairs: map[uint64]uint8{}}
	c.mu.Lock()
	c.pairs = append(c.pairs, a.pairs)
	c.mu.Unlock()
	return a
}

// id is the collection's number of a word.
func (a *Analyzer) id(w *viet.Word) uint32 {
	if w.Number >= len(a.ids) {
		a.ids = append(a.ids, make([]uint32, w.Number+1-len(a.ids))...)
	}
	if a.ids[w.Number] == 0 {
		a.c.mu.Lock()
		a.ids[w.Number] = a.c.number(w) + 1
		a.c.mu.Unlock()
	}
	return a.ids[w.Number] - 1
}

// number gives a term its number; the caller holds the lock.
func (c *Collection) number(w *viet.Word) uint32 {
	if id, ok := c.ids[w.Term]; ok {
		return id
	}
	id := uint32(len(c.terms))
	c.ids[w.Term] = id
	c.terms = append(c.terms, term{w.Term, w.Folded})
	return id
}

// Add analyses one page.
func (a *Analyzer) Add(e *rank.Entry) *Doc {
	var title, names, text list
	title.add(a, e.Title)
	for _, name := range e.Names {
		names.add(a, name)
	}
	names.addNumber(a, e.Number)
	for _, b := range e.Blocks {
		text.add(a, b.Text)
	}
	d := &Doc{URL: e.URL, entry: Compress(e.Append(nil)), facet: [3]string{e.Kind, e.Field, e.Year()}, size: [2]int{title.size, text.size}}
	title.single, title.pairs = append(title.single, names.single...), append(title.pairs, names.pairs...)
	d.terms = [4][]byte{pack(title.single), pack(title.pairs), pack(text.single), pack(text.pairs)}
	a.countPairs(title.pairs, text.pairs)
	return d
}

// Compress packs text that is kept in memory, into no more bytes than it takes.
func Compress(raw []byte) []byte {
	return bytes.Clone(snappy.Encode(nil, raw)) // Encode allocates for the worst case
}

// list holds the terms of one text in reading order.
type list struct {
	single []uint64
	pairs  []uint64 // first << 32 | second
	size   int      // syllables
}

// maxTerm is the longest term in bytes: what is longer is no word.
const maxTerm = 64

func (l *list) add(a *Analyzer, text string) {
	a.tokens = a.Scan(a.tokens[:0], text)
	var last uint32
	joined := false // to the term before, which was not too long
	for i, tok := range a.tokens {
		long := len(tok.Term) > maxTerm
		if !long {
			id := a.id(tok.Word)
			l.single = append(l.single, uint64(id))
			if !tok.Whole {
				if tok.Joined && joined {
					l.pairs = append(l.pairs, uint64(last)<<32|uint64(id))
				}
				last = id
			}
		}
		if tok.Whole {
			continue
		}
		joined = !long
		l.size++
		if form := a.Find(text, a.tokens[i:]); form != nil {
			for _, other := range form.Others {
				l.addForm(a, other)
			}
		}
	}
}

// addForm adds another form of a word that stands in the text. It is not part
// of the text's length.
func (l *list) addForm(a *Analyzer, f *rank.Form) {
	var last uint32
	for _, word := range f.Words {
		id := a.id(a.Word(word.Term))
		l.single = append(l.single, uint64(id))
		if word.Joined {
			l.pairs = append(l.pairs, uint64(last)<<32|uint64(id))
		}
		last = id
	}
}

// addNumber adds the terms by which a document's own page is found.
func (l *list) addNumber(a *Analyzer, number string) {
	if number == "" {
		return
	}
	for _, form := range rank.NumberForms(number) {
		if len(form) <= maxTerm {
			l.single = append(l.single, uint64(a.id(a.Word(rank.OwnNumber+form))))
		}
	}
}

// countPairs counts the page for each of its pairs; the lists are sorted.
func (a *Analyzer) countPairs(title, text []uint64) {
	count := func(list, other []uint64) {
		for i, p := range list {
			if i > 0 && list[i-1] == p || a.pairs[p] >= 2 {
				continue
			}
			if _, both := slices.BinarySearch(other, p); !both {
				a.pairs[p]++
			}
		}
	}
	count(title, nil)
	count(text, title)
}

// sharedPairs returns the pairs that at least two pages have: a pair of one
// page alone costs more than it finds, since its syllables find the page too.
func (c *Collection) sharedPairs() map[uint64]bool {
	total := map[uint64]uint8{}
	shared := map[uint64]bool{}
	for _, pairs := range c.pairs {
		for p, n := range pairs {
			if n += total[p]; n >= 2 {
				shared[p] = true
			} else {
				total[p] = n
			}
		}
	}
	return shared
}

// pack writes a list of terms as sorted differences with their frequencies.
func pack(list []uint64) []byte {
	var buffer [4096]byte
	out := buffer[:0]
	slices.Sort(list)
	last := uint64(0)
	for i := 0; i < len(list); {
		n := i + 1
		for n < len(list) && list[n] == list[i] {
			n++
		}
		out = binary.AppendUvarint(out, list[i]-last)
		out = binary.AppendUvarint(out, uint64(n-i))
		last, i = list[i], n
	}
	return slices.Clone(out) // no larger than it has to be
}

// unpack calls f for each term of a packed list.
func unpack(packed []byte, f func(t uint64, frequency int)) {
	t := uint64(0)
	for len(packed) > 0 {
		step, n := binary.Uvarint(packed)
		frequency, m := binary.Uvarint(packed[n:])
		packed = packed[n+m:]
		t += step
		f(t, int(frequency))
	}
}
