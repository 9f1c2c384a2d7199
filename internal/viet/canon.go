// Package viet knows the written forms of Vietnamese: one canonical spelling
// for each syllable, the form without accents, slugs, alphabetical order, and
// the scanner that cuts a text into search terms.
//
// Every function is pure. Text is expected to be valid UTF-8; what is not is
// treated as U+FFFD.
package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// openRimes maps the younger tone placement of an open rime to the older one,
// which the State's documents use: "hoà" and "hòa" are the same word.
var openRimes = map[string]string{
	"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
	"oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
	"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}

// yForI lists the i that is also written y when it is a whole rime.
var yForI = map[rune]string{'i': "y", 'ì': "ỳ", 'í': "ý", 'ỉ': "ỷ", 'ĩ': "ỹ", 'ị': "ỵ"}

// iOnsets are the onsets after which a lone i and a lone y are the same sound
// ("kĩ" = "kỹ"). The merger also joins a few different words ("hi", "hy"):
// harmless, because a key only has to find, never to be shown.
var iOnsets = map[string]bool{"h": true, "k": true, "l": true, "m": true, "s": true, "t": true, "v": true, "qu": true}

// Key returns the canonical form of one syllable: NFC, lower case, the older
// tone placement ("hòa"), y for a lone i. Key(Key(s)) == Key(s).
func Key(syllable string) string {
	s := lower(syllable)
	last, n := utf8.DecodeLastRuneInString(s)
	if n < 2 && last != 'i' {
		return s // the last letter has no tone: nothing can move
	}
	before, m := utf8.DecodeLastRuneInString(s[:len(s)-n])
	if m > 0 {
		if rime, ok := openRimes[string(before)+string(last)]; ok {
			onset := s[:len(s)-n-m]
			if !(before == 'u' && strings.HasSuffix(onset, "q")) {
				return onset + rime
			}
		}
	}
	if y, ok := yForI[last]; ok && iOnsets[s[:len(s)-n]] {
		return s[:len(s)-n] + y
	}
	return s
}

// lower gives the NFC lower-case form. The Turkish dotted İ becomes a plain i,
// as it does nowhere by itself, so that every reader of the index agrees.
func lower(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || 'A' <= s[i] && s[i] <= 'Z' {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if r == 'İ' {
			return 'i'
		}
		return unicode.ToLower(r)
	}, s))
}

// Canon returns a text with every syllable in its canonical form, everything
// between the syllables kept. Two spellings of a name are the same name when
// their Canon is equal.
func Canon(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		end := syllable(s, i)
		if end > i {
			b.WriteString(Key(s[i:end]))
			i = end
			continue
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		b.WriteString(s[i : i+n])
		i += n
	}
	return b.String()
}

// Fold returns the text in lower case without accents: "Hòa giải" and "HOÀ
// GIẢI" become "hoa giai", "đ" becomes "d". Fold(Fold(s)) == Fold(s).
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(lower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ':
			b.WriteByte('d')
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// Marks returns the accents of a text in reading order: its combining marks,
// and đ for itself.
func Marks(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 'đ' || unicode.Is(unicode.Mn, r) {
			return r
		}
		return -1
	}, norm.NFD.String(lower(s)))
}

// Shown returns a key as people write it: keys have y for a lone i ("đơn vỵ"),
// which is for finding, not for reading. Behind v and s people write i, behind
// t and h too but for "ty", "tỷ", "hy", "hỷ", behind m but for "mỹ".
// Key(Shown(key)) == key.
func Shown(key string) string {
	d := norm.NFD.String(key)
	onset, tone, ok := strings.Cut(d, "y")
	switch {
	case !ok || strings.Trim(tone, "\u0300\u0301\u0303\u0309\u0323") != "":
		return key
	case onset == "v" || onset == "s",
		(onset == "t" || onset == "h") && tone != "" && tone != "\u0309",
		onset == "m" && tone != "\u0303":
		return norm.NFC.String(onset + "i" + tone)
	}
	return key
}
