package search

import (
	index "github.com/blevesearch/bleve_index_api"
	"github.com/golang/snappy"
)

// The fields of the index besides scoredFields.
const (
	fieldID    = "_id"
	fieldEntry = "entry" // stored only
)

// scoredFields hold the terms: title, its bigrams, text, its bigrams.
var scoredFields = [4]string{"t1", "t2", "b1", "b2"}

// document is a page whose terms are known already, so that Bleve need not
// analyse it. It implements index.Document.
type document struct {
	id     string
	doc    *Doc
	tokens [4]index.TokenFrequencies // of scoredFields
	withID bool
}

// speller turns the numbers of terms and bigrams into terms of the index. It
// remembers what it has spelled: most occur many times.
type speller struct {
	c     *Collection
	kept  map[uint64]bool // folded pairs that are indexed
	terms map[uint64]string
	pairs map[uint64]string // "" for those left out
}

func newSpeller(c *Collection) *speller {
	return &speller{c: c, kept: c.keptPairs(), terms: map[uint64]string{}, pairs: map[uint64]string{}}
}

func (s *speller) term(id uint64) string {
	key, ok := s.terms[id]
	if !ok {
		key = s.c.key(uint32(id))
		s.terms[id] = key
	}
	return key
}

func (s *speller) pair(p uint64) string {
	key, ok := s.pairs[p]
	if !ok {
		if s.kept[uint64(s.c.terms[p>>32].fold)<<32|uint64(s.c.terms[uint32(p)].fold)] {
			key = s.c.pairKey(p)
		}
		s.pairs[p] = key
	}
	return key
}

// document unpacks a doc.
func (s *speller) document(id string, doc *Doc) *document {
	d := &document{id: id, doc: doc}
	for i, packed := range doc.terms {
		spell := s.term
		if i%2 == 1 {
			spell = s.pair
		}
		tokens := make(index.TokenFrequencies, len(packed)/5)
		unpack(packed, func(t uint64, frequency int) {
			if key := spell(t); key != "" {
				// A frequency above 255 counts as 255: the score is flat there.
				tokens[key] = frequencies[min(frequency, len(frequencies)-1)]
			}
		})
		d.tokens[i] = tokens
		doc.terms[i] = nil
	}
	return d
}

func (d *document) ID() string                                 { return d.id }
func (d *document) Size() int                                  { return 0 }
func (d *document) HasComposite() bool                         { return false }
func (d *document) VisitComposite(index.CompositeFieldVisitor) {}
func (d *document) NumPlainTextBytes() uint64                  { return 0 }
func (d *document) StoredFieldsBytes() uint64                  { return 0 }
func (d *document) Indexed() bool                              { return true }
func (d *document) AddIDField()                                { d.withID = true }

// VisitFields visits the id first, where the segment writer looks for it.
func (d *document) VisitFields(visit index.FieldVisitor) {
	if d.withID {
		visit(idField{field{fieldID}, d.id})
	}
	for i := range scoredFields {
		visit(termField{field{scoredFields[i]}, d.tokens[i]})
	}
	visit(entryField{field{fieldEntry}, d.doc})
}

// field has what all fields share. The others add to it what differs and so
// implement index.Field.
type field struct{ name string }

func (f field) Name() string                                     { return f.name }
func (f field) Value() []byte                                    { return nil }
func (f field) ArrayPositions() []uint64                         { return nil }
func (f field) EncodedFieldType() byte                           { return 't' }
func (f field) Analyze()                                         {}
func (f field) Options() index.FieldIndexingOptions              { return index.IndexField }
func (f field) AnalyzedLength() int                              { return 1 }
func (f field) AnalyzedTokenFrequencies() index.TokenFrequencies { return nil }
func (f field) NumPlainTextBytes() uint64                        { return 0 }

type idField struct {
	field
	id string
}

func (f idField) Value() []byte                       { return []byte(f.id) }
func (f idField) Options() index.FieldIndexingOptions { return index.IndexField | index.StoreField }
func (f idField) AnalyzedTokenFrequencies() index.TokenFrequencies {
	return index.TokenFrequencies{f.id: frequencies[1]}
}

// entryField stores the page's Entry.
type entryField struct {
	field
	doc *Doc
}

func (f entryField) Options() index.FieldIndexingOptions { return index.StoreField }
func (f entryField) Value() []byte {
	raw, err := snappy.Decode(nil, f.doc.entry)
	if err != nil {
		panic("search: entry packed by this process: " + err.Error())
	}
	return raw
}

// termField is one of scoredFields.
type termField struct {
	field
	tokens index.TokenFrequencies
}

func (f termField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.tokens }

// frequencies are shared by all fields: the segment writer only reads them.
var frequencies = func() (all [256]*index.TokenFreq) {
	for i := range all {
		all[i] = &index.TokenFreq{}
		all[i].SetFrequency(i)
	}
	return all
}()
