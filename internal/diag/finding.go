// Package diag describes what is wrong, or worth a look, in the files an editor wrote.
//
// A Finding is data, never an error of the machine: it has a code, a grade, a
// place and a message in Vietnamese. The grade belongs to the code, so one kind
// of mistake can't be a lỗi here and a lưu ý there.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Grade tells whether a finding stops publication.
type Grade string

// The two grades. A page with a Fault can't be correct, so nothing is
// published; a page with a Notice can, but someone should look.
const (
	Fault  Grade = "lỗi"
	Notice Grade = "lưu ý"
)

// Pos is a place in a file. Line and Col start at 1 and Col counts characters;
// Line 0 means the file as a whole.
type Pos struct {
	File string
	Line int
	Col  int
}

// String gives "file:line:col", or "file" for the file as a whole.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Finding is one thing found in one place.
type Finding struct {
	Grade   Grade  `json:"grade"`
	Code    Code   `json:"code"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// Pos returns the place of the finding.
func (f Finding) Pos() Pos { return Pos{f.File, f.Line, f.Col} }

// List collects findings. The zero value is ready to use.
type List []Finding

// Add appends a finding with the grade of its code.
func (l *List) Add(code Code, at Pos, hint, format string, args ...any) {
	*l = append(*l, Finding{
		Grade: code.Grade(), Code: code,
		File: at.File, Line: at.Line, Col: at.Col,
		Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// Faults counts the findings of grade Fault.
func (l List) Faults() int {
	n := 0
	for _, f := range l {
		if f.Grade == Fault {
			n++
		}
	}
	return n
}

// Strict returns the list with every notice turned into a fault.
func (l List) Strict() List {
	out := slices.Clone(l)
	for i := range out {
		out[i].Grade = Fault
	}
	return out
}

// Sort orders the list by file, line, column, code and message, and drops
// findings that are alike in all of them.
func (l *List) Sort() {
	slices.SortStableFunc(*l, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	*l = slices.Compact(*l)
}
