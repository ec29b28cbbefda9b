package main

import (
	"encoding/json"
	"io"
	"sync"
	"time"

	"c1-xero/interop/scenario"
)

// journal writes what happens, a line of JSON each, in the order in which it happened.
type journal struct {
	lock    sync.Mutex
	lines   *json.Encoder
	started time.Time
	calls   int
}

func newJournal(to io.Writer) *journal {
	return &journal{lines: json.NewEncoder(to), started: time.Now()}
}

func (j *journal) open(opening scenario.Opening) error { return j.lines.Encode(opening) }

// note writes an event; one of a number 0 gets the next number, which is returned.
func (j *journal) note(event scenario.Event) int {
	j.lock.Lock()
	defer j.lock.Unlock()
	if event.Number == 0 {
		j.calls++
		event.Number = j.calls
	}
	event.At = time.Since(j.started).Milliseconds()
	// Whoever reads it has gone when this fails, and wants nothing more.
	_ = j.lines.Encode(event)
	return event.Number
}
