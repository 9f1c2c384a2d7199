package shards

import (
	"bytes"
	"encoding/json"
	"fmt"

	"hoagiai/internal/rank"
)

// encodeEntry writes a page as
//
//	[url, title, date, number, [name…], [[id, heading]…], [block…]]
//
// Kind and field are in the core. A number among the blocks is the heading
// that the following ones stand under, counted from 1, 0 before the first;
// null is a block that repeats its heading.
func encodeEntry(e *rank.Entry) (json.RawMessage, error) {
	headings := make([][2]string, len(e.Headings))
	for i, h := range e.Headings {
		headings[i] = [2]string{h.ID, h.Text}
	}
	blocks := []any{}
	under := -1
	for _, b := range e.Blocks {
		if b.Heading != under {
			under = b.Heading
			blocks = append(blocks, under+1)
		}
		if under >= 0 && under < len(e.Headings) && b.Text == e.Headings[under].Text {
			blocks = append(blocks, nil)
		} else {
			blocks = append(blocks, b.Text)
		}
	}
	names := e.Names
	if names == nil {
		names = []string{}
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode([]any{e.URL, e.Title, e.Date, e.Number, names, headings, blocks}); err != nil {
		return nil, fmt.Errorf("encode search text of %s: %w", e.URL, err)
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// decodeEntry reads what encodeEntry wrote.
func decodeEntry(raw json.RawMessage) (*rank.Entry, error) {
	var e rank.Entry
	var headings [][2]string
	var blocks []any
	if err := json.Unmarshal(raw, &[]any{&e.URL, &e.Title, &e.Date, &e.Number, &e.Names, &headings, &blocks}); err != nil {
		return nil, err
	}
	for _, h := range headings {
		e.Headings = append(e.Headings, rank.Heading{ID: h[0], Text: h[1]})
	}
	under := -1
	for _, b := range blocks {
		switch b := b.(type) {
		case float64:
			under = int(b) - 1
		case string:
			e.Blocks = append(e.Blocks, rank.Block{Heading: under, Text: b})
		default:
			if under < 0 || under >= len(headings) {
				return nil, fmt.Errorf("search text of %s: a block repeats no heading", e.URL)
			}
			e.Blocks = append(e.Blocks, rank.Block{Heading: under, Text: headings[under][1]})
		}
	}
	if len(e.Names) == 0 {
		e.Names = nil
	}
	return &e, nil
}
