package search

import (
	index "github.com/blevesearch/bleve_index_api"
)

// The fields of the index.
const (
	fieldID          = "_id"
	fieldTitle       = "t1"
	fieldTitlePairs  = "t2"
	fieldText        = "b1"
	fieldTextPairs   = "b2"
	fieldEntry       = "entry" // stored only
	encodedTextField = 't'
)

// document is a page whose terms are known already, so that Bleve need not
// analyse it. It implements index.Document.
type document struct {
	id     string
	fields []*field
}

func (d *document) ID() string                                 { return d.id }
func (d *document) Size() int                                  { return 0 }
func (d *document) HasComposite() bool                         { return false }
func (d *document) VisitComposite(index.CompositeFieldVisitor) {}
func (d *document) NumPlainTextBytes() uint64                  { return 0 }
func (d *document) StoredFieldsBytes() uint64                  { return 0 }
func (d *document) Indexed() bool                              { return true }
func (d *document) VisitFields(visit index.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

// AddIDField puts the id first, where the segment writer looks for it.
func (d *document) AddIDField() {
	f := newField(fieldID, 1)
	f.value, f.options = []byte(d.id), index.IndexField|index.StoreField
	f.length = 1
	f.add(d.id, 1)
	d.fields = append([]*field{f}, d.fields...)
}

// field is one field with its terms counted. It implements index.Field.
type field struct {
	name    string
	value   []byte
	options index.FieldIndexingOptions
	length  int
	tokens  index.TokenFrequencies
}

func newField(name string, terms int) *field {
	return &field{name: name, options: index.IndexField, tokens: make(index.TokenFrequencies, terms)}
}

// frequencies are shared by all fields: the segment writer only reads them, and
// a page has few different frequencies but hundreds of terms.
var frequencies = func() (all [256]*index.TokenFreq) {
	for i := range all {
		all[i] = &index.TokenFreq{}
		all[i].SetFrequency(i)
	}
	return all
}()

// add counts a term; each is added once. A frequency above 255 counts as 255:
// the score is flat there.
func (f *field) add(term string, frequency int) {
	f.tokens[term] = frequencies[min(frequency, len(frequencies)-1)]
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return encodedTextField }
func (f *field) Analyze()                                         {}
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.tokens }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
