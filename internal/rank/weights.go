package rank

// Weights of both stages. They lie in the Core, so that all readers of an
// index use those it was built with.
//
// They were tuned on 252 real questions over 2,249 articles of law (ALQAC; R@1
// and R@10 are the shares whose article comes first and among the first ten;
// a step under 0.01 means nothing) together with 236 judged queries on the
// portal in content/ (nDCG@10). No question was held out. What was tried, with
// accents; without them the figures lie within 0.006:
//
//	the first stage                                          R@1    R@10   nDCG
//	all clauses, exact frequencies and lengths               0.857  0.960
//	no syllable that a bigram covers                         0.841  0.940
//	the same for syllables of more than a fifth of the pages 0.853  0.956
//	the same for more than 2,000 pages + 5 %                 0.865  0.952  0.821
//	frequencies 1, 2, 4 instead of exact                     0.849  0.960
//	frequencies 1, 3                                         0.853  0.964
//	frequencies 1                                            0.849  0.948
//	lengths in steps of 41 %, of 100 %                       0.857, 0.853  0.960
//	no length normalisation of titles                        0.845  0.952
//	at most 8, 12, 16 bigrams                                0.837, 0.837, 0.849  0.948, 0.948, 0.956
//	24 bigrams by the sum of their syllables' idf            0.865  0.948  0.818
//	24 bigrams by the lesser of the two                      0.865  0.956  0.818
//	question words like any other                            0.861  0.956  0.813
//	bigram's exact share 0.5, 0.2 (syllable's 0.8)           0.865  0.956, 0.960  0.818, 0.817
//	titles 1.2, 1.5 of texts                                 0.861, 0.849  0.948, 0.940  0.821
//	syllables 0.8 of what they were, as now                  0.865  0.960  0.815
//	                                                         (without accents 0.865  0.960  0.811)
//
//	the second stage                                         R@1
//	none                                                     0.833
//	title counted once, three times                          0.837, 0.841
//	bigrams 1, 3                                             0.845, 0.841
//	usual length 25, 60                                      0.853, 0.845
//	a share of the first stage's score of 0.05, 0.4, 1       0.837, 0.849, 0.813
//	14 or 20 pages read instead of ten                       0.865 (R@10 + 0.004, 40 % more bytes)
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
