package shards

// fileSize is about the most that a file of terms holds, in bytes. A smaller
// one makes more files and a longer directory, which every first search loads;
// a larger one brings more terms that nobody asked for. The two are even when
// the size grows as the root of all terms together. It hangs on the number of
// pages alone, so that editing a page moves no boundary elsewhere.
func fileSize(pages int) int {
	switch {
	case pages < 4_000:
		return 2_000
	case pages < 20_000:
		return 4_000
	}
	return 8_000
}

// sized is a key with about what its terms take in a file.
type sized struct {
	key  string
	size int
}

// split cuts sorted keys into files and returns where each begins: the index
// of its first key, and the boundary, which is no longer than needed to tell
// it from the keys before.
//
// Keys that begin alike stay together while they fit. What doesn't fit is cut
// by the next character, and neighbours among the pieces are joined again
// while they fit. So the files depend on the keys and sizes around them alone,
// never on an earlier build, and a key that grows changes its neighbourhood
// only.
func split(keys []sized, most int, visit func(first int, boundary string)) {
	if len(keys) > 0 {
		cut(keys, most, 0, 0, visit)
	}
}

func cut(keys []sized, most, base, depth int, visit func(int, string)) {
	prefix := keys[0].key[:depth]
	if total(keys) <= most || len(keys) == 1 {
		visit(base, prefix)
		return
	}
	open := 0 // size of the file that still takes pieces; 0 for none
	for i := 0; i < len(keys); {
		j := i + 1
		if len(keys[i].key) > depth {
			for j < len(keys) && keys[j].key[depth] == keys[i].key[depth] {
				j++
			}
		}
		size := total(keys[i:j])
		switch {
		case open > 0 && open+size <= most:
			open += size
		case size > most && len(keys[i].key) > depth:
			cut(keys[i:j], most, base+i, depth+1, visit)
			open = 0
		default:
			visit(base+i, keys[i].key[:min(depth+1, len(keys[i].key))])
			open = size
		}
		i = j
	}
}

func total(keys []sized) (sum int) {
	for _, k := range keys {
		sum += k.size
	}
	return sum
}
