package rank

// Weights of both stages. They lie in the Core, so that all readers of an
// index use those it was built with.
type Weights struct {
	K1     float64       `json:"k1"`
	B      [2]float64    `json:"b"`      // length normalisation of title and text
	Single [2]float64    `json:"single"` // weight of a syllable in title and text
	Pair   [2]float64    `json:"pair"`   // and of a bigram
	Exact  [2]float64    `json:"exact"`  // share of the exact spelling, of a syllable and a bigram
	Asking float64       `json:"asking"` // of question words
	Number float64       `json:"number"` // of a document's own number
	Second SecondWeights `json:"second"`
}

// SecondWeights are those of the second stage: a page is worth its best
// paragraph, read together with the title, plus a share of its own score.
type SecondWeights struct {
	K1    float64 `json:"k1"`
	B     float64 `json:"b"`
	Mean  float64 `json:"mean"`  // length that counts as usual, in syllables
	Pair  float64 `json:"pair"`  // of a bigram; a syllable weighs 1
	Title float64 `json:"title"` // how often a term of the title counts
	Page  float64 `json:"page"`  // share of the first stage's score
}

// Tuned are the weights of a new index.
var Tuned = Weights{
	K1:     0.5,
	B:      [2]float64{0.75, 0.5},
	Single: [2]float64{0.8, 0.8},
	Pair:   [2]float64{2.5, 2.5},
	Exact:  [2]float64{0.8, 0.2},
	Asking: 0.2,
	Number: 3,
	Second: SecondWeights{K1: 1, B: 0.5, Mean: 40, Pair: 2, Title: 2, Page: 0.2},
}
