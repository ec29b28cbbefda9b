package interop

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// judge is a column of docs/conformance.md.
type judge string

const (
	// byValidators: the official validators and readers judge what we send and write.
	byValidators judge = "validators"
	// byClient: the official client works against our C1.
	byClient judge = "client"
	// byStubs: our client works against a C1 on the official stubs.
	byStubs judge = "stubs"
)

// verdict is what one judge says of one rule of rules.json.
type verdict struct {
	Rule   string `json:"rule"`
	Judge  judge  `json:"judge"`
	Passed bool   `json:"passed"`
}

var table = struct {
	sync.Mutex
	rules    map[string]bool
	verdicts map[verdict]bool
}{verdicts: map[verdict]bool{}}

// rule runs a check as a subtest of the rule's name, and notes what came of it. A rule that is
// judged more than once must hold each time.
func rule(t *testing.T, id string, by judge, check func(t *testing.T)) {
	t.Helper()
	t.Run(id, func(t *testing.T) {
		t.Cleanup(func() {
			if !t.Skipped() {
				note(id, by, !t.Failed())
			}
		})
		if !table.rules[id] {
			t.Fatalf("rules.json has no rule %s", id)
		}
		check(t)
	})
}

// holds is a rule that one look can judge; the rest says what was seen when it doesn't hold.
func holds(t *testing.T, id string, by judge, good bool, seen ...any) {
	t.Helper()
	rule(t, id, by, func(t *testing.T) {
		t.Helper()
		if !good {
			t.Error(seen...)
		}
	})
}

func note(id string, by judge, passed bool) {
	table.Lock()
	defer table.Unlock()
	about := verdict{Rule: id, Judge: by}
	before, known := table.verdicts[about]
	table.verdicts[about] = passed && (before || !known)
}

func readRules() error {
	var rules []struct{ ID string }
	if err := readJSON("rules.json", &rules); err != nil {
		return err
	}
	table.rules = map[string]bool{}
	for _, one := range rules {
		table.rules[one.ID] = true
	}
	return nil
}

// writeVerdicts puts them where conformance.ts makes the table of them.
func writeVerdicts() error {
	table.Lock()
	defer table.Unlock()
	all := []verdict{}
	for about, passed := range table.verdicts {
		about.Passed = passed
		all = append(all, about)
	}
	slices.SortFunc(all, func(one, other verdict) int {
		return cmp.Or(cmp.Compare(one.Rule, other.Rule), cmp.Compare(one.Judge, other.Judge))
	})
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	folder := filepath.Join(made.root, "test", "results", "conformance")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "interop.json"), text, 0o644)
}
