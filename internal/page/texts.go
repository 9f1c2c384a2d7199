package page

import (
	"strings"

	"hoagiai/internal/markdown"
	"hoagiai/internal/meta"
)

// Texts returns all that search reads of a page besides its title: what front
// matter says to readers, then the blocks of the body.
func (p *Page) Texts() []markdown.Block {
	var blocks []markdown.Block
	add := func(texts ...string) {
		for _, t := range texts {
			if t = strings.TrimSpace(t); t != "" {
				blocks = append(blocks, markdown.Block{Heading: -1, Text: t})
			}
		}
	}
	add(p.Summary)
	switch {
	case p.Lesson != nil:
		add(p.Lesson.Objectives...)
	case p.Course != nil:
		add(p.Course.Objectives...)
	case p.Article != nil:
		add(p.Article.KeyPoints...)
	case p.Plan != nil:
		add(p.Plan.texts()...)
	case p.Law != nil:
		add(p.Law.Type + " " + p.Law.Number)
		for _, a := range p.Law.Provisions {
			add("Điều " + a.Article + ": " + a.Note)
		}
		add(p.Law.Note)
	case p.Case != nil:
		add(p.Case.Dispute, p.Case.Outcome)
		add(p.Case.Provisions...)
	case p.Term != nil:
		add(p.Term.Definition)
	}
	return append(blocks, p.Body.Blocks...)
}

func (k *PlanKeys) texts() []string {
	texts := []string{strings.TrimSpace(k.Number + " " + k.Issuer), k.Scheme}
	for _, t := range k.Targets {
		texts = append(texts, t.Measure)
	}
	for _, t := range k.Tasks {
		texts = append(texts, t.Work)
	}
	return texts
}

// OtherNames returns what readers call a page by besides its title: a
// document's type and number, the number of a plan, the other names of a term.
func (p *Page) OtherNames() []string {
	switch {
	case p.Law != nil && p.Law.Number != "":
		return []string{p.Law.Type + " " + p.Law.Number}
	case p.Plan != nil && p.Plan.Number != "":
		return []string{p.Plan.Number}
	case p.Term != nil:
		return p.Term.Also
	}
	return nil
}

// Number returns the number of a document or plan, or "".
func (p *Page) Number() string {
	switch {
	case p.Law != nil:
		return p.Law.Number
	case p.Plan != nil:
		return p.Plan.Number
	}
	return ""
}

// Prerequisites returns the ids of what should be studied before this lesson
// or course.
func (p *Page) Prerequisites() []meta.Text {
	switch {
	case p.Lesson != nil:
		return p.Lesson.Prerequisites
	case p.Course != nil:
		return p.Course.Prerequisites
	}
	return nil
}
