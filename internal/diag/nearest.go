package diag

import (
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// Nearest returns the known word closest to a mistyped one, else the first that
// it is the beginning of, or "" when none is close enough to be worth guessing
// (more than a third of its letters differ).
func Nearest(word string, known []string) string {
	best, distance := "", 1+max(1, (1+len([]rune(word)))/3)
	for _, k := range known {
		if d := levenshtein.Distance(word, k, nil); d < distance {
			best, distance = k, d
		}
	}
	if i := slices.IndexFunc(known, func(k string) bool { return len(word) > 3 && strings.HasPrefix(k, word) }); best == "" && i >= 0 {
		return known[i]
	}
	return best
}

// DidYouMean phrases the result of Nearest as a hint, or returns "".
func DidYouMean(word string, known []string) string {
	if k := Nearest(word, known); k != "" {
		return "có phải “" + k + "”?"
	}
	return ""
}
