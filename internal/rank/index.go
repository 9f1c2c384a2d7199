package rank

import (
	"context"
	"strings"
	"time"

	"hoagiai/internal/viet"
)

// Index answers queries from a Source. It is safe for concurrent use when the
// Source is.
type Index struct {
	core   *Core
	source Source
	groups *Groups
	asking phrases
	types  phrases
	boards free[*board]
	lexica free[*lexicon]
}

// New returns the index of a core and a source.
func New(core *Core, source Source) *Index {
	x := &Index{core: core, source: source, groups: NewGroups(core.Groups), asking: newPhrases(core.Asking), types: newPhrases(core.Types)}
	x.boards.make = func() *board { return newBoard(core.Pages) }
	x.lexica.make = func() *lexicon { return &lexicon{Lexer: NewLexer(x.groups)} }
	return x
}

// Core returns what the index knows without looking anything up.
func (x *Index) Core() *Core { return x.core }

// reranked is how many pages the second stage reads.
const reranked = 10

// Search answers a query. Values of the query that are out of range are moved
// to the nearest that is allowed.
func (x *Index) Search(ctx context.Context, q Query) (*Answer, error) {
	start := time.Now()
	a := newAnswer(q.Text)
	q = q.clean()
	words := x.readQuery(q.Text, q.AsIs)
	if x.core.Pages > 0 && len(words.clauses) > 0 {
		if err := x.answer(ctx, q, words, a); err != nil {
			return nil, err
		}
	}
	if text := words.understood(); text != a.Query && (words.read || words.cut) {
		a.Understood = text
	}
	a.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return a, nil
}

func (x *Index) answer(ctx context.Context, q Query, words *query, a *Answer) error {
	if err := x.lookUp(ctx, words); err != nil {
		return err
	}
	b := x.boards.get()
	b.why = nil
	x.score(words, b, q.AsIs)
	if len(b.matched) < min(enough, x.core.Pages) {
		if err := x.load(ctx, words.clauses); err != nil {
			return err
		}
		x.score(words, b, q.AsIs)
	}
	read := reranked
	if q.Quick {
		read = min(read, q.Limit)
	}
	list, total, counts := b.best(x.core, words.size, max(read, q.Offset+q.Limit), [3]string{q.Kind, q.Field, q.Year})
	if q.Why {
		x.explain(words, b, q.AsIs, list)
	}
	x.boards.put(b) // a search that fails keeps its own
	a.Total = total
	for i, to := range []map[string]int{a.Facets.Kind, a.Facets.Field, a.Facets.Year} {
		for n, count := range counts[i] {
			if name := x.core.Facets[i].Names[n]; name != "" && count > 0 {
				to[name] = count
			}
		}
	}
	if meant, err := x.suggest(ctx, words); err != nil {
		return err
	} else if meant != "" && meant != words.understood() {
		a.Suggest = append(a.Suggest, meant)
	}
	return x.read(q, words, list, read, a)
}

// explain notes the parts of the scores in the first stage.
func (x *Index) explain(words *query, b *board, asIs bool, list []match) {
	at := map[int]int{}
	for i, m := range list {
		at[m.page] = i
	}
	b.why = func(page int, p Part) {
		if i, ok := at[page]; ok {
			list[i].why = append(list[i].why, p)
		}
	}
	x.score(words, b, asIs)
}

// read puts the first pages in order by their texts and adds those to the
// answer that are asked for.
func (x *Index) read(q Query, words *query, list []match, first int, a *Answer) error {
	r := x.newReader(words)
	defer x.release(r.lexicon)
	r.explain = q.Why
	var pages []candidate
	for i, m := range list {
		if i >= first && (i < q.Offset || i >= q.Offset+q.Limit) {
			continue // neither put in order by its text nor shown
		}
		e, err := x.source.Entry(m.page)
		if err != nil {
			return err
		}
		c := candidate{entry: e, rank: i, score: m.score, why: m.why}
		c.read(r)
		pages = append(pages, c)
	}
	x.secondStage(pages[:min(first, len(pages))])
	for i := range pages {
		if c := &pages[i]; c.rank >= q.Offset && c.rank < q.Offset+q.Limit {
			a.Hits = append(a.Hits, c.hit(r))
		}
	}
	return nil
}

// score fills the board with the first stage.
func (x *Index) score(q *query, b *board, asIs bool) {
	x.spell(q, asIs)
	b.reset()
	for _, c := range q.clauses {
		b.add(c, x.core)
	}
}

// understood is the query with its syllables as they were read.
func (q *query) understood() string {
	var b strings.Builder
	end := 0
	for _, s := range q.syllables {
		if s.whole {
			continue
		}
		text := s.exact
		if text == "" {
			text = s.typed
		}
		b.WriteString(q.text[end:s.start])
		if text == s.original {
			text = q.text[s.start:s.end]
		} else {
			text = viet.Shown(text)
		}
		b.WriteString(text)
		end = s.end
	}
	b.WriteString(q.text[end:])
	return b.String()
}
