package viet

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// maxSlug is the longest slug in bytes: with a folder and ".html" it stays
// below every file system's limit, and below 260 characters on Windows.
const maxSlug = 80

// Slug turns a text into a name for addresses: ASCII letters and digits joined
// by single hyphens, "Điều 1. Phạm vi" → "dieu-1-pham-vi". A text longer than
// 80 bytes is cut after a syllable and gets a short hash of the whole. A text
// without Latin letters or digits gives "".
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range Fold(s) {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
			continue
		}
		gap = true
	}
	if b.Len() <= maxSlug {
		return b.String()
	}
	sum := sha256.Sum256([]byte(b.String()))
	head := b.String()[:maxSlug-7]
	if i := strings.LastIndexByte(head, '-'); i > 0 {
		head = head[:i]
	}
	return head + "-" + hex.EncodeToString(sum[:3])
}
