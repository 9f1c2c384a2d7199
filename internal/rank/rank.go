// Package rank decides what a query means and which pages answer it best. It
// is pure: where terms and pages come from is a Source's matter, so that the
// Bleve index, the browser's index read by Go, and the browser itself (which
// holds a JavaScript twin of this package) give the same answers.
//
// A query is read into clauses (query.go): its syllables, its bigrams, the
// document numbers in it. Keystrokes typed without an input method become
// syllables, question words weigh little. Which clauses are looked up is
// decided from the Core alone, before anything is loaded (choose.go), so that
// a long query costs little more than a short one. What was typed without
// accents gets the likeliest ones back from the spellings looked up
// (accents.go).
//
// Ranking has two stages. The first adds up a BM25 part for each clause
// (board.go). The second reads the first ten pages and puts them in order by
// their best paragraph, which becomes the excerpt (second.go, excerpt.go).
// A page whose title or number is the query comes before all others.
package rank

import "context"

// Source is where terms and pages are looked up.
type Source interface {
	// Spellings returns the spellings of a folded term in the order of their
	// bytes, with the pages that have them; nil for a term of no page.
	Spellings(ctx context.Context, folded string, pair bool) ([]Spelling, error)
	// Following calls f for the terms whose folded form begins so, with about
	// how many pages have each, in any order.
	Following(ctx context.Context, prefix string, pair bool, f func(folded, exact string, listed int)) error
	// Entry returns a page by its number.
	Entry(page int) (*Entry, error)
}

// Spelling is one way to write a folded term: "hòa" for "hoa".
type Spelling struct {
	Exact  string
	Fields [2][]Posting // in titles, in texts; a page once
}

// Fields of a page.
const (
	Title = iota
	Text
)

// Posting is a page with how often it has a term: once, more often (2), or
// four times and more. Exact counts would not rank better (the parts of a
// score are flat there) and cost the browser a third of its index.
type Posting uint32

// NewPosting returns the posting of a page that has a term so many times.
func NewPosting(page, times int) Posting { return Posting(page<<2 | code(times)) }

// code is a frequency in two bits.
func code(times int) int {
	switch {
	case times >= 4:
		return 2
	case times >= 2:
		return 1
	}
	return 0
}

// Page is the number of the page.
func (p Posting) Page() int { return int(p >> 2) }

// Times is how often the page counts as having the term: 1, 2 or 4.
func (p Posting) Times() int { return 1 << (p & 3) }

// Entry is a page as search sees it.
type Entry struct {
	URL      string    `json:"url"`
	Title    string    `json:"title"`
	Names    []string  `json:"names,omitempty"`  // other names of the page: of a term, of a document with its type; searched like the title
	Number   string    `json:"number,omitempty"` // of a document or plan
	Kind     string    `json:"kind"`
	Field    string    `json:"field,omitempty"`
	Date     string    `json:"date,omitempty"` // "2021-04-07"
	Headings []Heading `json:"headings,omitempty"`
	Blocks   []Block   `json:"blocks,omitempty"`
}

// Heading is a heading of a page: its id in the page and its text.
type Heading struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Block is a paragraph, list item, row or heading under the heading with that
// index, -1 before the first.
type Block struct {
	Heading int    `json:"h"`
	Text    string `json:"t"`
}

// Year returns the year of the entry's date, "" without one.
func (e *Entry) Year() string { return e.Date[:min(4, len(e.Date))] }

// Query is what a reader asks.
type Query struct {
	Text   string
	Limit  int // results wanted, 1 to MaxLimit; 0 means 10
	Offset int // results to skip, at most MaxOffset
	Kind   string
	Field  string
	Year   string
	AsIs   bool // take the query as typed: guess neither accents nor keystrokes
	Quick  bool // read no more pages than are shown: for hits while a query is typed
	Why    bool // say what each hit's score is made of
}

// Limits of a query. What goes beyond is cut off, and the answer's Understood
// says what was read.
const (
	MaxBytes     = 1024
	MaxSyllables = 96
	MaxLimit     = 50
	MaxOffset    = 1000
)

// Answer is what a query gives, on every path to a reader.
type Answer struct {
	Query      string   `json:"query"`
	Understood string   `json:"understood"` // the query as it was read, when that differs
	Suggest    []string `json:"suggest"`    // queries that may have been meant
	Total      int      `json:"total"`
	TookMS     float64  `json:"took_ms"`
	Facets     Facets   `json:"facets"`
	Hits       []Hit    `json:"hits"`
}

// Facets count the pages that a query finds by kind, field and year, each with
// the other two filters applied.
type Facets struct {
	Kind  map[string]int `json:"kind"`
	Field map[string]int `json:"field"`
	Year  map[string]int `json:"year"`
}

// Hit is one page found.
type Hit struct {
	URL     string   `json:"url"`    // relative to the output's root
	Anchor  string   `json:"anchor"` // id of the heading above the excerpt, or ""
	Heading string   `json:"heading"`
	Title   string   `json:"title"`
	Kind    string   `json:"kind"`
	Field   string   `json:"field"`
	Date    string   `json:"date"`
	Score   float64  `json:"score"`
	Excerpt string   `json:"excerpt"` // plain text
	Marks   [][2]int `json:"marks"`   // ranges of the excerpt to mark, in UTF-16 units
	Why     []Part   `json:"why,omitempty"`
}

// Part is what one clause of the query adds to a score.
type Part struct {
	Term  string  `json:"term"`  // folded
	Exact string  `json:"exact"` // with the accents that were asked for, "" when any will do
	Place string  `json:"place"` // "title" and "text" of the page, or the best "paragraph"
	Score float64 `json:"score"`
}

func newAnswer(query string) *Answer {
	return &Answer{
		Query: query, Suggest: []string{}, Hits: []Hit{},
		Facets: Facets{Kind: map[string]int{}, Field: map[string]int{}, Year: map[string]int{}},
	}
}

// clean moves what is out of range to the nearest that is allowed.
func (q Query) clean() Query {
	if q.Limit <= 0 {
		q.Limit = 10
	}
	q.Limit = min(q.Limit, MaxLimit)
	q.Offset = max(0, min(q.Offset, MaxOffset))
	return q
}
