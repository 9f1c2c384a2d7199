package markdown

import "strings"

// checkScheme tells the scheme of a destination, "" when it has none, and
// whether a page may carry it. "luat:" names a legal document by its number.
func checkScheme(dest string, image bool) (scheme string, safe bool) {
	// Browsers drop tabs, line breaks and leading control characters before
	// they look for a scheme, and so must we.
	clean := strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, dest)
	if strings.HasPrefix(clean, "//") || strings.HasPrefix(clean, `\`) || strings.HasPrefix(clean, `/\`) {
		return "//", false
	}
	i := strings.IndexAny(clean, ":/?#")
	if i < 0 || clean[i] != ':' {
		return "", true
	}
	scheme = strings.ToLower(clean[:i])
	if !isScheme(scheme) {
		return "", true
	}
	switch scheme {
	case "http", "https":
		return scheme, !image // nothing is ever loaded from another host
	case "mailto", "tel", "luat":
		return scheme, !image
	}
	return scheme + ":", false
}

// IsExternal reports whether a destination leads out of the portal.
func IsExternal(dest string) bool {
	scheme, _ := checkScheme(dest, false)
	return scheme != ""
}

// IsSafe reports whether a page may link to a destination.
func IsSafe(dest string) bool {
	_, safe := checkScheme(dest, false)
	return safe
}

// isScheme follows RFC 3986, section 3.1, as browsers do: anything else before
// a colon is part of a path.
func isScheme(s string) bool {
	for i, c := range []byte(s) {
		letter := 'a' <= c && c <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", rune(c))) {
			return false
		}
	}
	return s != ""
}
