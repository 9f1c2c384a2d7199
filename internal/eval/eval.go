// Package eval measures how well a portal's search answers: against judged
// queries, and against itself when a query is typed in other ways.
package eval

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"hoagiai/internal/rank"
	"hoagiai/internal/viet"
)

// Judged is a query with the grades of the pages that answer it: 3 exactly
// what is wanted, 2 very useful, 1 related; 0 for the others.
type Judged struct {
	Query  string
	Grades map[string]int
}

// ReadJudged reads judged queries, one a line: the query, a tab, and
// "address=grade" separated by spaces.
func ReadJudged(r io.Reader) ([]Judged, error) {
	var list []Judged
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "# ") {
			continue
		}
		query, rest, _ := strings.Cut(lines.Text(), "\t")
		j := Judged{query, map[string]int{}}
		for _, pair := range strings.Fields(rest) {
			url, grade, _ := strings.Cut(pair, "=")
			n, err := strconv.Atoi(grade)
			if err != nil {
				return nil, fmt.Errorf("judged query %q: %w", query, err)
			}
			j.Grades[url] = n
		}
		list = append(list, j)
	}
	return list, lines.Err()
}

// First returns the addresses of a query's first ten pages.
func First(x *rank.Index, query string) ([]string, error) {
	a, err := x.Search(context.Background(), rank.Query{Text: query})
	if err != nil {
		return nil, err
	}
	var urls []string
	for _, h := range a.Hits {
		urls = append(urls, h.URL)
	}
	return urls, nil
}

// NDCG is the normalised discounted cumulative gain of the first ten pages
// (Järvelin & Kekäläinen 2002), with a gain of 2^grade - 1: 1 is the best order
// there can be.
func (j *Judged) NDCG(urls []string) float64 {
	gain := func(grade, i int) float64 { return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(i+2)) }
	got, best := 0.0, 0.0
	for i, url := range urls[:min(10, len(urls))] {
		got += gain(j.Grades[url], i)
	}
	var grades []int
	for _, g := range j.Grades {
		grades = append(grades, g)
	}
	slices.SortFunc(grades, func(a, b int) int { return b - a })
	for i, g := range grades[:min(10, len(grades))] {
		best += gain(g, i)
	}
	return got / best
}

// Ways are other ways to type a query.
var Ways = map[string]func(string) string{
	"exact":    func(s string) string { return s },
	"bare":     viet.Fold,
	"old tone": oldPlacement,
	"typo":     typo,
}

var oldRimes = strings.NewReplacer(
	"òa", "oà", "óa", "oá", "ỏa", "oả", "õa", "oã", "ọa", "oạ",
	"òe", "oè", "óe", "oé", "ỏe", "oẻ", "õe", "oẽ", "ọe", "oẹ",
	"ùy", "uỳ", "úy", "uý", "ủy", "uỷ", "ũy", "uỹ", "ụy", "uỵ",
)

// oldPlacement moves the tone of open rimes to where many keyboards put it.
func oldPlacement(s string) string { return oldRimes.Replace(s) }

// typo makes one slip of the finger in a word of at least three letters: two
// letters swapped, one left out, one doubled, or one replaced by its
// neighbour. The same text gets the same slip.
func typo(s string) string {
	words := strings.Split(s, " ")
	var long []int
	for i, w := range words {
		if n := len([]rune(w)); n >= 3 && strings.Trim(w, "0123456789/-") != "" {
			long = append(long, i)
		}
	}
	if len(long) == 0 {
		return s
	}
	seed := uint64(0)
	for _, r := range s {
		seed = seed*31 + uint64(r)
	}
	random := rand.New(rand.NewPCG(seed, 1))
	i := long[random.IntN(len(long))]
	w := []rune(words[i])
	at := 1 + random.IntN(len(w)-2)
	switch random.IntN(4) {
	case 0:
		w[at], w[at+1] = w[at+1], w[at]
	case 1:
		w = slices.Delete(w, at, at+1)
	case 2:
		w = slices.Insert(w, at, w[at])
	default:
		w[at] = 'x'
	}
	words[i] = string(w)
	return strings.Join(words, " ")
}
