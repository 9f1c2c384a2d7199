package viet

import (
	"regexp"
	"strings"
)

// wellFormed is an onset and a rime, its vowels as VNI keys them: 6 for the
// hat of â ê ô, 7 for the horn of ơ ư, 8 for the bowl of ă. A row has the
// nuclei that take the same codas. "gie6ng" is g + ie6ng, "quynh" q + uynh.
// Rimes of loans alone ("xoong") are left out, lest foreign words pass.
var wellFormed = regexp.MustCompile(`^(qu|gi|[^aeiouyw]*)(` + strings.Join([]string{
	`ai|ao|au6?|ay6?|eo|eu6|ia|ieu6|iu|oa[ioy]|oeo|oi[67]?|ua7?|uay6|ui7?|uo7|uoi[67]|uou7|uu7|uya|uyu|y|yeu6`,
	`(a|oa)(|c|ch|m|n|ng|nh|p|t)`,
	`(e|o|o6|u)(|c|m|n|ng|p|t)`,
	`(a6|a8|ie6|oa8|uo7)(c|m|n|ng|p|t)`,
	`(e6|i)(|ch|m|n|nh|p|t)`,
	`o7(|m|n|p|t)`,
	`u7(|c|m|n|ng|t)`,
	`uo6(c|m|n|ng|t)`,
	`oe(|m|n|ng|t)`,
	`ye6(m|n|ng|t)`,
	`ua6(n|ng|t)`,
	`ue6(|ch|nh)`,
	`uy(|ch|n|nh|p|t)`,
	`uye6(n|t)`,
}, "|") + `)$`)

var (
	// typedForm parts a known onset from the rest. The u of "qu" and the i of
	// "gi" belong to the onset when another vowel follows.
	typedForm = regexp.MustCompile(`^(qu|gi|d9|dd|tr|ngh?|[cgknpt]h?|[bdhlmrsvx]|)([aeiouyw][a-z0-9]*)$`)

	// partedGi has a key between "gi" and its vowel: "gi1a" for "gia1". The i
	// would pass for the vowel.
	partedGi = regexp.MustCompile(`^gi[^aeiouyw].*[aeiouyw]`)

	// misspelled is found where an onset and a rime exist but do not meet: k,
	// gh and ngh stand for c, g and ng before e, i and y alone; y and yê have
	// few onsets; i and u are not doubled; "qu" takes ôc and ơ, no other o;
	// c, gi and the lips (b, m, p, ph, v) take no medial o or u.
	misspelled = regexp.MustCompile(`^(c|ng)[eiy]|^g(e|ii)|^n?gh[aou]|^k[ou]|^ie|[bcdđginprx]y|.hy|[^u]ye|^qu(u|o([^67]|6[^c]|6?$|7.))` +
		`|^(c|gi)uy|^([bcmpv]|ph|gi)(o[ae]|u(e|a6|ay|o7$))`)

	// A rime that ends in a stop has two tones only, sắc and nặng.
	stopped = regexp.MustCompile(`[cpt]h?[234]$`)

	// A tone is typed once; 0 takes it back.
	toneKeys = regexp.MustCompile(`^([1-5]0?)?$`)

	vowels = regexp.MustCompile(`[aeiouy]+`)
)

// toneMarks are what VNI's keys 1 to 5 put on a vowel.
var toneMarks = map[string]string{"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}

// Typed reads a syllable typed without an input method, in the keys of Telex
// ("hoaf", "ddaats") or VNI ("hoa2", "d9a61t"), and returns its canonical form,
// "hòa" or "đất". Keys may stand anywhere behind the first vowel, but the two
// letters of "aa", "ee" and "oo" stand together. It returns false for what
// holds no key and for what would be no syllable of Vietnamese. A foreign word
// can look typed ("test" is "tét"), so ask only about words nobody knows.
func Typed(syllable string) (string, bool) {
	s := lower(syllable)
	form := typedForm.FindStringSubmatch(s)
	if form == nil || partedGi.MatchString(s) {
		return "", false
	}
	onset, rime := form[1], form[2]
	if !strings.ContainsAny(onset+rime, "0123456789") {
		rime = vniOf(rime)
	}
	keys := strings.Replace(onset, "dd", "d9", 1) + strings.Replace(rime, "u7o7", "uo7", 1)
	tone, shape, bar := only(keys, "012345"), only(keys, "678"), only(keys, "9")
	switch {
	case bar == "9" && strings.HasPrefix(onset, "d"):
		onset = "đ"
	case bar != "" || tone+shape == "":
		return "", false
	}
	rime = only(rime, "abcdefghijklmnopqrstuvwxyz")
	spelled := onset + vowels.ReplaceAllString(rime, "${0}"+shape)
	if !toneKeys.MatchString(tone) || stopped.MatchString(rime+tone) || misspelled.MatchString(spelled) || !wellFormed.MatchString(spelled) {
		return "", false
	}
	rime = shaped(rime, shape)
	seat := toneSeat(rime)
	return Key(onset + rime[:seat] + toneMarks[tone] + rime[seat:]), true
}

// vniOf turns the Telex keys of a rime into those of VNI: "uwowcs" is "u7o7c1".
func vniOf(rime string) string {
	if rime[0] == 'w' {
		rime = "u" + rime
	}
	rime = strings.NewReplacer("aa", "a6", "ee", "e6", "oo", "o6").Replace(rime)
	w := '7'
	if i := strings.IndexAny(rime, "auw"); i >= 0 && rime[i] == 'a' {
		w = '8' // "oaw" is "oă", but "uaw" is "ưa"
	}
	return strings.Map(func(r rune) rune {
		if r == 'w' {
			return w
		}
		if i := strings.IndexRune("zsfrxj---d", r); i >= 0 {
			return '0' + rune(i)
		}
		return r
	}, rime)
}

// only returns those bytes of s that are among the wanted.
func only(s, wanted string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(wanted, r) {
			return r
		}
		return -1
	}, s)
}

// shaped puts a shape on the letters of a known rime: "uong" with 7 is "ương",
// but "uo" is "uơ".
func shaped(rime, shape string) string {
	switch shape {
	case "6":
		i := strings.IndexAny(rime, "aeo") + 1
		return rime[:i] + "\u0302" + rime[i:]
	case "7":
		if rime != "uo" {
			rime = strings.Replace(rime, "u", "u\u031b", 1)
		}
		return strings.Replace(rime, "o", "o\u031b", 1)
	case "8":
		return strings.Replace(rime, "a", "a\u0306", 1)
	}
	return rime
}

// toneSeat returns the place behind the letter that bears the tone, in the
// older placement: the last letter with a shape; without one, the second of
// two vowels when something follows it; else the first.
func toneSeat(rime string) int {
	if i := strings.LastIndexAny(rime, "\u0302\u031b\u0306"); i >= 0 {
		return i + len("\u0302")
	}
	if len(rime) > 2 && vowels.MatchString(rime[1:2]) {
		return 2
	}
	return 1
}
