package rank

import "sync"

// free keeps what one search made for the next. Unlike a sync.Pool it forgets
// nothing when memory is collected: what a lexicon has learnt is worth more
// than the space. There are never more than there were searches at a time.
type free[T any] struct {
	mu   sync.Mutex
	list []T
	make func() T
}

func (f *free[T]) get() T {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := len(f.list); n > 0 {
		v := f.list[n-1]
		f.list = f.list[:n-1]
		return v
	}
	return f.make()
}

func (f *free[T]) put(v T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, v)
}
