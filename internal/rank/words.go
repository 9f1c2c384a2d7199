package rank

import (
	_ "embed"
	"strings"
)

//go:embed words/groups.txt
var groupsText string

//go:embed words/asking.txt
var askingText string

//go:embed words/types.txt
var typesText string

// BuiltinGroups returns the words of this field that have another name.
func BuiltinGroups() [][]string {
	var groups [][]string
	for _, line := range lines(groupsText) {
		var forms []string
		for form := range strings.SplitSeq(line, "=") {
			forms = append(forms, strings.TrimSpace(form))
		}
		groups = append(groups, forms)
	}
	return groups
}

// NewCore returns a core with the words and weights of this package, and the
// portal's own groups before the built-in ones.
func NewCore(groups [][]string) *Core {
	return &Core{Spec: Spec, Groups: append(groups, BuiltinGroups()...), Asking: lines(askingText), Types: lines(typesText), Weights: Tuned, Words: Words{}}
}

func lines(text string) (list []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "# ") {
			list = append(list, line)
		}
	}
	return list
}
