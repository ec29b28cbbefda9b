package interop

import (
	"encoding/json"
	"maps"
	"reflect"
	"strings"
	"testing"
)

// seen is what SDK v0.7, the stand-alone CLI's generation, makes of a file.
type seen struct {
	ResourceTypes         int
	Resources             map[string]int
	Entitlements, Grants  int
	Dangling, Unprintable []string
	Records               map[string]any
}

func readWithOlder(t *testing.T, name string) seen {
	t.Helper()
	var found seen
	if err := json.Unmarshal([]byte(output(t, made.older, file(name))), &found); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTheOlderReaderSeesWhatWasIntendedAndNothingMissing(t *testing.T) {
	for _, name := range ourFiles {
		t.Run(name, func(t *testing.T) {
			meant, found := made.files[name], readWithOlder(t, name)
			counts := map[string]int{}
			for kind, list := range meant.Resources {
				counts[kind] = len(list)
			}
			if found.ResourceTypes != len(meant.ResourceTypes) || !maps.Equal(found.Resources, counts) ||
				found.Entitlements != len(meant.Entitlements) || found.Grants != len(meant.Grants) {
				t.Errorf("it sees %+v", found)
			}
			if len(found.Dangling) > 0 {
				t.Errorf("it would print MISSING for %v", found.Dangling)
			}
		})
	}
}

func TestTheOlderReaderPrintsAsJSONWhatHasNoExclusionGroups(t *testing.T) {
	meant, found := made.files["without-groups.c1z"], readWithOlder(t, "without-groups.c1z")
	want := len(meant.ResourceTypes) + meant.resources() + len(meant.Entitlements) + len(meant.Grants)
	holds(t, "I-14", byValidators, len(found.Unprintable) == 0 && len(found.Records) == want,
		len(found.Records), want, found.Unprintable)
}

func TestTheOlderReaderSeesNoDifferenceBetweenTwoSyncsOfTheSameAccess(t *testing.T) {
	first, second := readWithOlder(t, "without-groups.c1z"), readWithOlder(t, "again-without-groups.c1z")
	holds(t, "I-15", byValidators, len(first.Records) > 0 && reflect.DeepEqual(first.Records, second.Records),
		first.Records, second.Records)
}

// The CLI compares the JSON forms; what a changed role changes beside its grants is the person's own record.
func TestTheOlderReaderSeesAChangedRoleAndNothingElse(t *testing.T) {
	before, after := readWithOlder(t, "without-groups.c1z"), readWithOlder(t, "changed-without-groups.c1z")
	meantBefore, meantAfter := made.files["without-groups.c1z"].Grants, made.files["changed-without-groups.c1z"].Grants
	rule(t, "I-16", byValidators, func(t *testing.T) {
		var created, deleted, modified []string
		for id, record := range after.Records {
			if old, known := before.Records[id]; !known {
				created = append(created, id)
			} else if !reflect.DeepEqual(record, old) {
				modified = append(modified, id)
			}
		}
		for id := range before.Records {
			if _, known := after.Records[id]; !known {
				deleted = append(deleted, id)
			}
		}
		expectIDs(t, "created", created, without(meantAfter, meantBefore))
		expectIDs(t, "deleted", deleted, without(meantBefore, meantAfter))
		if len(modified) != 1 || !strings.HasPrefix(modified[0], "user:") {
			t.Errorf("modified are %v", modified)
		}
	})
}

// Why that file is written without them, and that nothing else of ours is unknown to it.
func TestExclusionGroupsAreAllThatTheOlderReaderDoesNotKnow(t *testing.T) {
	found := readWithOlder(t, "sync.c1z")
	if len(found.Unprintable) == 0 {
		t.Error("it knows exclusion groups: without-groups.c1z isn't needed any more")
	}
	for _, one := range found.Unprintable {
		if !strings.Contains(one, "c1.connector.v2.EntitlementExclusionGroup") {
			t.Errorf("it can't print %s", one)
		}
	}
}
