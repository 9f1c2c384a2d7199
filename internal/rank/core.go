package rank

import (
	"math"
	"slices"
)

// Spec changes with everything that makes an older index unreadable.
const Spec = 2

// Core is what is known of a portal before any term is looked up. Both forms
// of the index carry it as the same JSON.
type Core struct {
	Spec    int        `json:"spec"`
	Pages   int        `json:"pages"`
	Sizes   [2]Steps   `json:"sizes"` // length steps of titles and texts, by page
	Mean    [2]float64 `json:"mean"`  // mean stepped lengths
	Facets  [3]Facet   `json:"facets"`
	Words   Words      `json:"words"`
	Starts  []string   `json:"starts"` // the commonest bigrams of titles, first the commonest
	Groups  [][]string `json:"groups"` // forms of words that mean the same
	Asking  []string   `json:"asking"` // folded words of questions
	Types   []string   `json:"types"`  // folded names of documents before their numbers
	Weights Weights    `json:"weights"`
}

// Facet is one way to sort pages: its names, and which each page has.
type Facet struct {
	Names []string `json:"names"`
	Of    Steps    `json:"of"`
}

// NewFacet makes a facet from the name of each page, "" for none.
func NewFacet(names []string) Facet {
	f := Facet{Names: slices.Clone(names), Of: make(Steps, len(names))}
	slices.Sort(f.Names)
	f.Names = slices.Clip(slices.Compact(f.Names))
	for i, name := range names {
		f.Of[i], _ = slices.BinarySearch(f.Names, name)
	}
	return f
}

// LengthStep rounds a length in syllables to a step of 41 %: ranking loses
// nothing by it, and a page's two lengths cost the browser half a byte.
func LengthStep(syllables int) int {
	if syllables < 1 {
		return 0
	}
	return int(math.Round(2 * math.Log2(float64(syllables))))
}

// stepLengths are the lengths that the steps stand for.
var stepLengths = func() (all [64]float64) {
	for i := range all {
		all[i] = math.Exp2(float64(i) / 2)
	}
	return all
}()

func stepLength(step int) float64 { return stepLengths[min(step, len(stepLengths)-1)] }

// SetSizes fills in the lengths of all pages, given in syllables.
func (c *Core) SetSizes(field int, syllables []int) {
	c.Sizes[field] = make(Steps, len(syllables))
	sum := 0.0
	for i, n := range syllables {
		c.Sizes[field][i] = LengthStep(n)
		sum += stepLength(c.Sizes[field][i])
	}
	c.Mean[field] = sum / float64(max(1, len(syllables)))
}

// WordStep rounds the number of pages that have a syllable to a step of 19 %.
func WordStep(pages int) int { return int(math.Round(4 * math.Log2(float64(pages)))) }

// wordPages is the number that a step stands for.
func wordPages(step int) float64 { return math.Exp2(float64(step) / 4) }
