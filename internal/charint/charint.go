// Package charint writes whole numbers as printable characters, so that they
// can stand in a JSON string of a script file without an escape: 92 symbols,
// the ASCII characters from space to tilde but for quote, backslash and "<".
//
// A number below 76 is one character, below 1,180 two, below 26,572 three; a
// larger one is six. The first character tells the length.
package charint

import "errors"

// Symbols is how many values one character can tell apart.
const Symbols = 92

const (
	one   = 76                            // first characters that stand alone
	two   = 12                            // those with one more behind
	three = 3                             // those with two more
	most2 = one + two*Symbols             // 1,180
	most3 = most2 + three*Symbols*Symbols // 26,572
	five  = one + two + three             // the first character of a six-character number
	limit = 92 * 92 * 92 * 92 * 92        // what five characters hold
)

// ErrFormat is returned for a string that no writer of this package made.
var ErrFormat = errors.New("charint: not a number")

// Char returns the character for a value below Symbols.
func Char(v int) byte {
	c := byte(v) + ' '
	if c >= '"' {
		c++
	}
	if c >= '<' {
		c++
	}
	if c >= '\\' {
		c++
	}
	return c
}

// Value returns the value of a character, or false.
func Value(c byte) (int, bool) {
	if c < ' ' || c > '~' || c == '"' || c == '<' || c == '\\' {
		return 0, false
	}
	v := int(c) - ' '
	switch {
	case c > '\\':
		v -= 3
	case c > '<':
		v -= 2
	case c > '"':
		v--
	}
	return v, true
}

// Append writes a number of at most 6.5 thousand million.
func Append(dst []byte, n int) []byte {
	switch {
	case n < 0 || n >= limit:
		panic("charint: number out of range")
	case n < one:
		return append(dst, Char(n))
	case n < most2:
		n -= one
		return append(dst, Char(one+n/Symbols), Char(n%Symbols))
	case n < most3:
		n -= most2
		return append(dst, Char(one+two+n/Symbols/Symbols), Char(n/Symbols%Symbols), Char(n%Symbols))
	}
	dst = append(dst, Char(five))
	for d := limit / Symbols; d > 0; d /= Symbols {
		dst = append(dst, Char(n/d%Symbols))
	}
	return dst
}

// Next reads the number at the start of s and returns what is behind it.
func Next(s string) (n int, rest string, err error) {
	digit := func(i int) int {
		if i >= len(s) {
			err = ErrFormat
			return 0
		}
		v, ok := Value(s[i])
		if !ok {
			err = ErrFormat
		}
		return v
	}
	size := 1
	switch n = digit(0); {
	case n < one:
	case n < one+two:
		n, size = one+(n-one)*Symbols+digit(1), 2
	case n < five:
		n, size = most2+((n-one-two)*Symbols+digit(1))*Symbols+digit(2), 3
	case n == five:
		for n, size = 0, 1; size < 6; size++ {
			n = n*Symbols + digit(size)
		}
	default:
		err = ErrFormat
	}
	if err != nil {
		return 0, "", err
	}
	return n, s[size:], nil
}
