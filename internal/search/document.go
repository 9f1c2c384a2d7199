package search

import (
	"hoagiai/internal/terms"

	index "github.com/blevesearch/bleve_index_api"
)

// The fields of the index besides scoredFields.
const (
	fieldID    = "_id"
	fieldEntry = "entry" // stored only
)

// scoredFields hold the terms, by terms.Field: title, its bigrams, text, its
// bigrams.
var scoredFields = [terms.Fields]string{"t1", "t2", "b1", "b2"}

// separator stands between the folded and the exact form; no term has it.
const separator = "="

// indexKey is a term of the index.
func indexKey(folded, exact string) string {
	if folded == exact {
		return folded + separator
	}
	return folded + separator + exact
}

// spelling turns the numbers in docs into terms of the index.
type spelling [2][]string // syllables, bigrams

func spell(v *terms.Inverted) *spelling {
	s := &spelling{}
	for kind := range s {
		pair := kind == 1
		s[kind] = make([]string, v.Count(pair))
		for i := range s[kind] {
			s[kind][i] = indexKey(v.Name(pair, i))
		}
	}
	return s
}

// unpacker makes the token maps of one page after the other. The maps are
// used again for each page, so a batch of pages costs little more than its
// packed docs; the segment writer asks twice for each page.
type unpacker struct {
	*spelling
	tokens [terms.Fields]index.TokenFrequencies
}

func newUnpacker(s *spelling) *unpacker {
	u := &unpacker{spelling: s}
	for i := range u.tokens {
		u.tokens[i] = index.TokenFrequencies{}
	}
	return u
}

// field returns the tokens of one of a doc's scoredFields; they hold until it
// is called for the same field again.
func (u *unpacker) field(d *terms.Doc, f terms.Field) index.TokenFrequencies {
	keys, tokens := u.spelling[f%2], u.tokens[f]
	clear(tokens)
	d.Each(f, func(t, times int) {
		// A frequency above 255 counts as 255: the score is flat there.
		tokens[keys[t]] = frequencies[min(times, len(frequencies)-1)]
	})
	return tokens
}

// document is a page whose terms are known already, so that Bleve need not
// analyse it. It implements index.Document.
type document struct {
	id       string
	doc      *terms.Doc
	unpacker *unpacker // of the goroutine that writes the segment
	withID   bool
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
		visit(termField{field{scoredFields[i]}, d, terms.Field(i)})
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

// entryField stores the page's rank.Entry.
type entryField struct {
	field
	doc *terms.Doc
}

func (f entryField) Options() index.FieldIndexingOptions { return index.StoreField }
func (f entryField) Value() []byte {
	raw, err := f.doc.Packed()
	if err != nil {
		panic("search: entry packed by this process: " + err.Error())
	}
	return raw
}

// termField is one of scoredFields, by number.
type termField struct {
	field
	d *document
	f terms.Field
}

func (f termField) AnalyzedTokenFrequencies() index.TokenFrequencies {
	return f.d.unpacker.field(f.d.doc, f.f)
}

// frequencies are shared by all fields: the segment writer only reads them.
var frequencies = func() (all [256]*index.TokenFreq) {
	for i := range all {
		all[i] = &index.TokenFreq{}
		all[i].SetFrequency(i)
	}
	return all
}()
