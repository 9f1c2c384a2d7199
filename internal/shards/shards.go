// Package shards keeps the browser's index: the same terms and pages as the
// Bleve index, as small script files that run from a web server, a USB stick
// or a zip alike. It writes them and reads them back as a rank.Source; the
// browser's reader is its JavaScript twin.
//
// Every file calls hg(name, data):
//
//	core.js      the rank.Core and the directory of the other files
//	api.js       0; a server that answers searches itself says 1
//	s-….js       syllables and whole numbers whose keys begin so, or follow
//	p-….js       bigrams likewise
//	t-….js       pages: one a file, several where they are short
//
// Which terms share a file depends on their keys and sizes alone (split.go),
// and files are named by their keys, so that an edit changes few files.
package shards

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Folder is where the files lie in a portal.
const Folder = "search"

// key spells a folded term in the characters that file names and sorted
// directories can have: a to z, digits, space, slash; others as "_" and their
// code point in hexadecimal and "_".
func key(folded string) string {
	plain := true
	for i := 0; i < len(folded); i++ {
		plain = plain && isPlain(folded[i])
	}
	if plain {
		return folded
	}
	var b strings.Builder
	for _, r := range folded {
		if r < utf8.RuneSelf && isPlain(byte(r)) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "_%x_", r)
		}
	}
	return b.String()
}

func isPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == ' ' || c == '/'
}

// folded is the term of a key.
func folded(key string) (string, error) {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(key, "_")
		b.WriteString(before)
		if !ok {
			return b.String(), nil
		}
		code, behind, ok := strings.Cut(rest, "_")
		r, err := strconv.ParseUint(code, 16, 32)
		if !ok || err != nil {
			return "", fmt.Errorf("key %q: bad code point", key)
		}
		b.WriteRune(rune(r))
		key = behind
	}
}

// Families of term files.
const (
	singles = "s-"
	pairs   = "p-"
)

func family(pair bool) string {
	if pair {
		return pairs
	}
	return singles
}

// fileName is the name of the file of terms from a boundary on.
func fileName(family, boundary string) string {
	return family + strings.NewReplacer(" ", "-", "/", ".").Replace(boundary)
}

// textName is the name of the file whose first page has that number.
func textName(page int) string { return "t-" + strconv.Itoa(page) }

// directory says which files there are.
type directory struct {
	Version string `json:"v"` // changes with any of the files
	Singles string `json:"s"` // first keys, front-coded
	Pairs   string `json:"p"`
	Pages   string `json:"t"` // how many pages each text file holds, a character each
}
