// Package search finds pages. It writes the prebuilt Bleve index of a portal
// and answers queries from it. It is the only package that imports Bleve.
//
// Four fields hold the terms of a page: syllables and bigrams of its title and
// of its text. A term of the index is "folded=exact" ("hoa giai=hòa giải";
// nothing behind the sign when the two are alike), so that all spellings of a
// folded term are one range of the dictionary: the index holds exact terms
// only, and a query typed without accents costs a range scan.
//
// Ranking has two stages. The first adds up a BM25 part for each clause of the
// query (score.go); Bleve's own scorer is not used, because its average field
// length counts distinct terms and changes with the layout of segments. The
// second reads the first ten pages and puts them in order by their best
// paragraph, which also becomes the excerpt (second.go). Query text never
// reaches Bleve's query-string parser.
package search

// Entry is a page as search sees it.
type Entry struct {
	URL      string    `json:"url"`
	Title    string    `json:"title"`
	Names    string    `json:"names,omitempty"` // a document's number, a term's other names; searched like the title
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
	Suggest    []string `json:"suggest"`
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
}
