package viet

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// alphabet is the order of the Vietnamese letters, with the four foreign ones
// where dictionaries put them.
const alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

// tones in dictionary order: level, huyền, hỏi, ngã, sắc, nặng.
var toneOrder = map[rune]int{'\u0300': 1, '\u0309': 2, '\u0303': 3, '\u0301': 4, '\u0323': 5}

var letterOrder = func() map[rune]int {
	m := map[rune]int{}
	for i, r := range []rune(alphabet) {
		m[r] = i + 1
	}
	return m
}()

// Compare orders two texts as a Vietnamese dictionary does: letter by letter
// (a ă â b c d đ e ê …), then by tone (level, huyền, hỏi, ngã, sắc, nặng),
// then by code point so that the order is total. Numbers are ordered by value:
// "Bài 2" before "Bài 10".
func Compare(a, b string) int {
	if a == b {
		return 0
	}
	la, ta := sortKey(a)
	lb, tb := sortKey(b)
	return cmp.Or(cmp.Compare(la, lb), cmp.Compare(ta, tb), strings.Compare(a, b))
}

// Initial returns the letter of the alphabet a text begins with, in upper case
// ("Đất đai" → "Đ", "Ấp" → "Â"), or "#" when it begins with none.
func Initial(s string) string {
	for _, r := range lower(s) {
		base, _ := splitTone(r)
		if _, ok := letterOrder[base]; ok {
			return strings.ToUpper(string(base))
		}
		break
	}
	return "#"
}

// sortKey spells a text in code points that compare as its letters do, and its
// tones likewise.
func sortKey(s string) (letters, tones string) {
	var l, t []rune
	digits := 0
	for _, r := range lower(s) {
		if '0' <= r && r <= '9' {
			digits++
			l = append(l, r)
			continue
		}
		l = padNumber(l, digits)
		digits = 0
		base, tone := splitTone(r)
		t = append(t, rune('0'+tone))
		switch i, ok := letterOrder[base]; {
		case ok:
			l = append(l, rune(0x100+i))
		case inSyllable(r):
			l = append(l, 0x1000+r)
		default:
			l = append(l, ' ')
		}
	}
	return string(padNumber(l, digits)), string(t)
}

// padNumber puts the length of a trailing number before it, so that numbers
// compare by value.
func padNumber(l []rune, digits int) []rune {
	if digits == 0 {
		return l
	}
	start := len(l) - digits
	number := l[start:]
	for len(number) > 1 && number[0] == '0' {
		number = number[1:]
	}
	padded := append([]rune{}, rune(0x80+min(len(number), 0x7f)))
	padded = append(padded, number...)
	return append(l[:start], padded...)
}

// splitTone separates a letter of NFC text from its tone mark.
func splitTone(r rune) (base rune, tone int) {
	if r < utf8.RuneSelf || r == 'đ' {
		return r, 0
	}
	var rest []rune
	for _, d := range norm.NFD.String(string(r)) {
		if t, ok := toneOrder[d]; ok {
			tone = t
			continue
		}
		rest = append(rest, d)
	}
	base, _ = utf8.DecodeRuneInString(norm.NFC.String(string(rest)))
	return base, tone
}
