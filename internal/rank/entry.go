package rank

import (
	"encoding/binary"
	"errors"
)

// Append writes the entry in a form that DecodeEntry reads in one pass.
func (e *Entry) Append(dst []byte) []byte {
	text := func(s string) {
		dst = binary.AppendUvarint(dst, uint64(len(s)))
		dst = append(dst, s...)
	}
	count := func(n int) { dst = binary.AppendUvarint(dst, uint64(n)) }
	for _, s := range []string{e.URL, e.Title, e.Number, e.Kind, e.Field, e.Date} {
		text(s)
	}
	count(len(e.Names))
	for _, name := range e.Names {
		text(name)
	}
	count(len(e.Headings))
	for _, h := range e.Headings {
		text(h.ID)
		text(h.Text)
	}
	count(len(e.Blocks))
	for _, b := range e.Blocks {
		count(b.Heading + 1)
		text(b.Text)
	}
	return dst
}

var errEntry = errors.New("rank: entry is cut short")

// DecodeEntry reads what Append wrote. The entry's texts share the memory of s.
func DecodeEntry(s string) (*Entry, error) {
	d := decoder{rest: s}
	e := &Entry{}
	for _, to := range []*string{&e.URL, &e.Title, &e.Number, &e.Kind, &e.Field, &e.Date} {
		*to = d.text()
	}
	if n := d.count(); n > 0 {
		e.Names = make([]string, n)
		for i := range e.Names {
			e.Names[i] = d.text()
		}
	}
	if n := d.count(); n > 0 {
		e.Headings = make([]Heading, n)
		for i := range e.Headings {
			e.Headings[i] = Heading{ID: d.text(), Text: d.text()}
		}
	}
	if n := d.count(); n > 0 {
		e.Blocks = make([]Block, n)
		for i := range e.Blocks {
			e.Blocks[i] = Block{Heading: d.number() - 1, Text: d.text()}
		}
	}
	if d.bad || d.rest != "" {
		return nil, errEntry
	}
	return e, nil
}

type decoder struct {
	rest string
	bad  bool
}

func (d *decoder) number() (n int) {
	for i := 0; i < len(d.rest) && i < 9; i++ {
		n |= int(d.rest[i]&0x7f) << (7 * i)
		if d.rest[i] < 0x80 {
			d.rest = d.rest[i+1:]
			return n
		}
	}
	d.bad, d.rest = true, ""
	return 0
}

// count is a number of things that take a byte each at least.
func (d *decoder) count() int {
	n := d.number()
	if n > len(d.rest) {
		d.bad = true
		return 0
	}
	return n
}

func (d *decoder) text() string {
	n := d.count()
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}
