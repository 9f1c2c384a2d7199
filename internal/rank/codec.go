package rank

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hoagiai/internal/charint"
)

// Steps are small numbers, one a page, written as characters.
type Steps []int

// MarshalJSON writes the steps as a string of package charint's numbers.
func (s Steps) MarshalJSON() ([]byte, error) {
	out := []byte{'"'}
	for _, n := range s {
		out = charint.Append(out, n)
	}
	return append(out, '"'), nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Steps) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	*s = make(Steps, 0, len(text))
	for text != "" {
		n, rest, err := charint.Next(text)
		if err != nil {
			return fmt.Errorf("steps: %w", err)
		}
		*s, text = append(*s, n), rest
	}
	return nil
}

// Words are the folded syllables that at least two pages have, with the
// WordStep of how many do.
type Words map[string]int

// MarshalJSON writes the words in the order of their bytes, each after what
// it shares with the one before, then the steps.
func (w Words) MarshalJSON() ([]byte, error) {
	var list strings.Builder
	steps := make(Steps, 0, len(w))
	last := ""
	for _, word := range slices.Sorted(maps.Keys(w)) {
		list.Write(FrontCode(nil, last, word))
		steps = append(steps, w[word])
		last = word
	}
	return json.Marshal([]any{list.String(), steps})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (w *Words) UnmarshalJSON(data []byte) error {
	var list string
	var steps Steps
	if err := json.Unmarshal(data, &[]any{&list, &steps}); err != nil {
		return err
	}
	words, err := FrontDecode(list)
	if err != nil || len(words) != len(steps) {
		return fmt.Errorf("words: %d for %d steps: %w", len(words), len(steps), err)
	}
	*w = make(Words, len(words))
	for i, word := range words {
		(*w)[word] = steps[i]
	}
	return nil
}

// FrontCode appends a term of a sorted list: an upper-case letter for the
// number of bytes that it shares with the term before, then the others. Terms
// are in lower case, so that the letter also ends the term before.
func FrontCode(dst []byte, last, term string) []byte {
	n := 0
	for n < min(len(last), len(term), 25) && last[n] == term[n] {
		n++
	}
	dst = append(dst, 'A'+byte(n))
	return append(dst, term[n:]...)
}

// FrontDecode reads a list written by FrontCode.
func FrontDecode(list string) ([]string, error) {
	var terms []string
	last := ""
	for list != "" {
		n := int(list[0]) - 'A'
		if n < 0 || n > min(25, len(last)) {
			return nil, fmt.Errorf("front-coded list: bad length at %q", list[:1])
		}
		end := strings.IndexFunc(list[1:], func(r rune) bool { return 'A' <= r && r <= 'Z' }) + 1
		if end == 0 {
			end = len(list)
		}
		last = last[:n] + list[1:end]
		terms = append(terms, last)
		list = list[end:]
	}
	return terms, nil
}
