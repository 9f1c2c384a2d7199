package rank

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hoagiai/internal/viet"
)

// suggest returns the query that may have been meant where a syllable is one
// that no page has, or has accents that no page has: "" when all are known. It
// is only offered, never searched for in silence. A query with more than three
// unknown syllables is in another language, or nonsense.
func (x *Index) suggest(ctx context.Context, q *query) (string, error) {
	unknown := 0
	for _, s := range q.syllables {
		if x.unknown(s) {
			unknown++
		}
	}
	if unknown > 3 {
		return "", nil
	}
	var b strings.Builder
	end := 0
	for i, s := range q.syllables {
		if s.whole || s.part || s.asking {
			continue
		}
		meant, err := x.meant(ctx, q, i)
		if err != nil {
			return "", err
		}
		if meant != "" {
			b.WriteString(q.text[end:s.start] + meant)
			end = s.end
		}
	}
	if end == 0 {
		return "", nil
	}
	b.WriteString(q.text[end:])
	better := x.readQuery(b.String(), false)
	if err := x.lookUp(ctx, better); err != nil {
		return "", err
	}
	x.spell(better, false)
	return better.understood(), nil
}

// unknown tells whether no page has a syllable, however it is spelled.
func (x *Index) unknown(s *syllable) bool {
	_, ok := x.core.Words[s.folded]
	return !ok && !s.single.known()
}

// meant is what to read for a syllable instead, without accents, or "".
func (x *Index) meant(ctx context.Context, q *query, i int) (string, error) {
	s := q.syllables[i]
	if !x.unknown(s) {
		if s.typed == s.folded || s.has(q.next(i)) {
			return "", nil
		}
		return s.folded, nil
	}
	if s.folded == "" || len(s.folded) > longest || strings.Trim(s.folded, letters) != "" {
		return "", nil
	}
	best, most := "", -1
	for _, word := range x.neighbours(s.folded) {
		listed := 0
		for _, pair := range []string{x.pairBefore(q, i, word), x.pairBehind(q, i, word)} {
			if pair == "" {
				continue
			}
			spellings, err := x.source.Spellings(ctx, pair, true)
			if err != nil {
				return "", err
			}
			listed += Listed(spellings)
		}
		if listed > most {
			best, most = word, listed
		}
	}
	return best, nil
}

func (q *query) next(i int) *clause {
	if i+1 < len(q.syllables) {
		return q.syllables[i+1].pair
	}
	return nil
}

// has tells whether pages have the syllable with its accents, or whether that
// is not known.
func (s *syllable) has(next *clause) bool {
	seen := false
	for _, c := range []*clause{s.single, s.pair, next} {
		if c == nil {
			continue
		}
		for i := range c.spellings {
			first, second, _ := strings.Cut(c.spellings[i].Exact, " ")
			if c == s.single && first == s.typed || c == s.pair && second == s.typed || c == next && first == s.typed {
				return true
			}
			seen = true
		}
	}
	return !seen
}

func (x *Index) pairBefore(q *query, i int, word string) string {
	if q.syllables[i].pair == nil {
		return ""
	}
	return q.syllables[i-1].folded + " " + word
}

func (x *Index) pairBehind(q *query, i int, word string) string {
	if q.next(i) == nil {
		return ""
	}
	return word + " " + q.syllables[i+1].folded
}

const (
	letters = "abcdefghijklmnopqrstuvwxyz"
	longest = 10 // letters of a syllable, slips included
)

// neighbours returns the three commonest words that one slip of the finger
// makes into this one: a letter left out, doubled or wrong, two swapped
// (Damerau 1964).
func (x *Index) neighbours(word string) []string {
	var list []string
	add := func(w string) {
		if _, ok := x.core.Words[w]; ok && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	for i := range len(word) + 1 {
		if i < len(word) {
			add(word[:i] + word[i+1:])
		}
		if i+1 < len(word) {
			add(word[:i] + word[i+1:i+2] + word[i:i+1] + word[i+2:])
		}
		for _, c := range letters {
			add(word[:i] + string(c) + word[i:])
			if i < len(word) {
				add(word[:i] + string(c) + word[i+1:])
			}
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(x.core.Words[b], x.core.Words[a]), cmp.Compare(a, b))
	})
	return list[:min(3, len(list))]
}

// MaxCompletions is how many completions there are at most.
const MaxCompletions = 8

// Complete returns what a query that is being typed may become: its last
// syllable, from two letters on, finished in the ways that pages have behind
// the one before, the commonest first. A query of one syllable becomes the common bigrams of
// titles that begin so, which the core knows.
func (x *Index) Complete(ctx context.Context, text string) ([]string, error) {
	q := x.readQuery(text, false)
	n := len(q.syllables)
	if n == 0 || q.cut || !strings.HasSuffix(strings.TrimRight(text, "\r\n"), q.text[q.syllables[n-1].start:]) {
		return []string{}, nil
	}
	last := q.syllables[n-1]
	// The canonical form is that of a whole syllable: "vi" would be "vy".
	prefix := last.folded
	if last.typed == last.original {
		prefix = viet.Fold(q.text[last.start:last.end])
	}
	if last.whole || last.part || strings.Trim(prefix, letters) != "" {
		return []string{}, nil
	}
	if n == 1 {
		return x.starts(prefix, last.typed), nil
	}
	if last.pair == nil || len(prefix) < 2 {
		return []string{}, nil // one letter says too little for what it loads
	}
	before := x.readQuery(q.text[:last.start], false)
	if err := x.lookUp(ctx, before); err != nil {
		return nil, err
	}
	x.spell(before, false)
	found := map[string]*completion{}
	err := x.source.Following(ctx, q.syllables[n-2].folded+" "+prefix, true, func(folded, exact string, listed int) {
		c := found[folded]
		if c == nil {
			c = &completion{}
			found[folded] = c
		}
		c.add(exact, listed, last.typed)
	})
	return order(found, strings.TrimSpace(before.understood())+" "), err
}

// starts returns the common bigrams of titles that begin like a syllable and
// keep its accents.
func (x *Index) starts(prefix, typed string) []string {
	list := []string{}
	for _, pair := range x.core.Starts {
		first, _, _ := strings.Cut(pair, " ")
		if len(list) < MaxCompletions && strings.HasPrefix(viet.Fold(first), prefix) && keeps(typed, first) {
			first, second, _ := strings.Cut(pair, " ")
			list = append(list, viet.Shown(first)+" "+viet.Shown(second))
		}
	}
	return list
}

// completion is one folded term with its commonest spelling.
type completion struct {
	exact        string
	most, listed int
}

func (c *completion) add(exact string, listed int, typed string) {
	tail := exact[strings.IndexByte(exact, ' ')+1:]
	if !keeps(typed, tail) {
		return
	}
	c.listed += listed
	if listed > c.most || listed == c.most && exact < c.exact {
		c.exact, c.most = exact, listed
	}
}

// order lists completions, the commonest first.
func order(found map[string]*completion, head string) []string {
	var folded []string
	for f, c := range found {
		if c.most > 0 {
			folded = append(folded, f)
		}
	}
	slices.SortFunc(folded, func(a, b string) int {
		return cmp.Or(cmp.Compare(found[b].listed, found[a].listed), cmp.Compare(a, b))
	})
	list := []string{}
	for _, f := range folded[:min(MaxCompletions, len(folded))] {
		exact := found[f].exact
		list = append(list, head+viet.Shown(exact[strings.IndexByte(exact, ' ')+1:]))
	}
	return list
}
