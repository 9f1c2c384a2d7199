// Package page reads one content file: front matter and Markdown in, a Page
// out.
//
// A Page depends on its own file, the kind of its folder and the portal's time
// zone, on nothing else. After Parse only package build changes it: it takes
// the body's HTML and text out, to keep them packed.
package page

import (
	"slices"
	"strings"

	"hoagiai/internal/markdown"
	"hoagiai/internal/meta"
)

// Kind says what a page is; its folder decides.
type Kind string

// The kinds of page.
const (
	Lesson   Kind = "lesson"
	Article  Kind = "article"
	Plan     Kind = "plan"
	Law      Kind = "law"
	Question Kind = "question"
	Case     Kind = "case"
	Term     Kind = "term"
	Plain    Kind = "page"
)

// Kinds lists every kind in the order in which portals usually show them.
var Kinds = []Kind{Lesson, Article, Plan, Law, Question, Case, Term, Plain}

// KindNames names the kinds for editors and readers.
var KindNames = map[Kind]string{
	Lesson: "bài học", Article: "bài viết", Plan: "kế hoạch", Law: "văn bản pháp luật",
	Question: "hỏi đáp", Case: "tình huống", Term: "thuật ngữ", Plain: "trang",
}

// Known reports whether the kind is one of Kinds.
func (k Kind) Known() bool { return slices.Contains(Kinds, k) }

func kindList() string {
	names := make([]string, len(Kinds))
	for i, k := range Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// Page is one content file. Exactly one of the pointers below the common part
// is set, by Kind; a section's index of kind lesson has Course instead.
type Page struct {
	File  string // under the content folder, slashes, NFC
	URL   string // under the output's root
	Kind  Kind
	Index bool // an _index.md

	ID         meta.Text
	Title      string
	Summary    string
	Date       meta.Date
	Updated    meta.Date
	Author     string
	Tags       []meta.Text
	Field      string
	Image      meta.Text
	ImageAlt   string
	Files      []meta.Text // attachments
	Sources    []*Source
	Owner      string
	Reviewed   meta.Date
	Reviewer   string
	AsOf       meta.Date
	Layout     meta.Text
	Lang       string
	Draft      bool
	Publish    meta.Date
	Expiry     meta.Date
	Aliases    []meta.Text
	Slug       meta.Text
	FolderKind meta.Text // of an index: the kind of its folder
	Menu       int       // of an index: its place in the menu, 0 for none

	Lesson   *LessonKeys
	Course   *CourseKeys
	Article  *ArticleKeys
	Plan     *PlanKeys
	Law      *LawKeys
	Question *QuestionKeys
	Case     *CaseKeys
	Term     *TermKeys

	Body *markdown.Doc
	Lead string // the first words of the text, for pages without a summary
}

// Source names where a page's facts come from.
type Source struct {
	Title, Author string
	URL           meta.Text
}

// LessonKeys are the keys of a lesson.
type LessonKeys struct {
	Order         int
	Duration      int // minutes
	Objectives    []string
	Audience      string
	Prerequisites []meta.Text // ids
	Narration     meta.Text   // sound file
}

// CourseKeys are the keys of a course's _index.md.
type CourseKeys struct {
	Hours         float64
	Objectives    []string
	Audience      string
	Prerequisites []meta.Text
	PassMark      int // percent
}

// ArticleKeys are the keys of an article.
type ArticleKeys struct {
	Audio, Video meta.Text
	KeyPoints    []string
}

// PlanKeys are the keys of a plan.
type PlanKeys struct {
	Number, Issuer string
	Issued         meta.Date
	From, To       meta.Date
	Scheme, Status string
	Targets        []*Target
	Tasks          []*Task
}

// Target is one figure that a plan wants to reach.
type Target struct{ Measure, Unit, Goal, Reached string }

// Task is one piece of work in a plan.
type Task struct {
	Work, Lead     string
	Partners       []string
	Start, Due     meta.Date
	Status, Result string
}

// LawKeys are the keys of a legal document.
type LawKeys struct {
	Type, Number, Issuer string
	Issued               meta.Date
	Effective            meta.Text // a date as written, "chưa rõ", or nothing
	EffectiveDate        meta.Date
	Ended                meta.Date
	Status               meta.Text
	Replaces, ReplacedBy []meta.Text // numbers
	Amends, AmendedBy    []meta.Text
	Guides, GuidedBy     []meta.Text
	OfficialSource       meta.Text
	Provisions           []*Provision
	Note                 string
}

// Provision is a note on one article of a legal document.
type Provision struct {
	Article, Note string
	Ended         meta.Date
}

// QuestionKeys are the keys of a question.
type QuestionKeys struct {
	Asked      meta.Date
	AnsweredBy string
}

// CaseKeys are the keys of a case.
type CaseKeys struct {
	Dispute    string
	Provisions []string
	Outcome    string
}

// TermKeys are the keys of a term.
type TermKeys struct {
	Also       []string
	Definition string
}
