package serve

import "sync"

// current is a value that is replaced while requests use it: each request
// holds the one it began with, and one that was replaced is closed when its
// last user lets go.
type current[T any] struct {
	mu   sync.RWMutex
	held *held[T]
}

type held[T any] struct {
	value T
	users sync.WaitGroup
	close func() error
}

// get returns the value; the caller calls its release.
func (c *current[T]) get() *held[T] {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.held.users.Add(1)
	return c.held
}

func (h *held[T]) release() { h.users.Done() }

// set replaces the value. The function it returns waits for the users of the
// earlier one and closes it.
func (c *current[T]) set(value T, close func() error) (retire func() error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	old := c.held
	c.held = &held[T]{value: value, close: close}
	return func() error {
		if old == nil || old.close == nil {
			return nil
		}
		old.users.Wait()
		return old.close()
	}
}
