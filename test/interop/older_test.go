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
	if len(found.Unprintable) > 0 {
		t.Errorf("it can't print %v", found.Unprintable)
	}
	want := len(meant.ResourceTypes) + meant.resources() + len(meant.Entitlements) + len(meant.Grants)
	if len(found.Records) != want {
		t.Errorf("it prints %d records, %d were intended", len(found.Records), want)
	}
}

func TestTheOlderReaderSeesNoDifferenceBetweenTwoSyncsOfTheSameAccess(t *testing.T) {
	first, second := readWithOlder(t, "without-groups.c1z"), readWithOlder(t, "again-without-groups.c1z")
	if !reflect.DeepEqual(first.Records, second.Records) {
		t.Errorf("it sees %v\nand then %v", first.Records, second.Records)
	}
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
