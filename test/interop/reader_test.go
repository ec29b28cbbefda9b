package interop

import (
	"context"
	"encoding/json"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/connectorstore"
	"github.com/conductorone/baton-sdk/pkg/dotc1z"
	"github.com/conductorone/baton-sdk/pkg/dotc1z/c1zstore"
	"github.com/conductorone/baton-sdk/pkg/types/entitlement"
	"github.com/conductorone/baton-sdk/pkg/types/grant"
)

// inspected is what our command line says of a file.
type inspected struct {
	Version       int
	Sync          struct{ ID, Type string }
	ResourceTypes []struct {
		ID                              string
		Resources, Entitlements, Grants int64
	}
	Resources, Entitlements, Grants int64
}

func inspect(t *testing.T, path string, flags ...string) string {
	t.Helper()
	program := filepath.Join(made.root, "out", "main", "headless.js")
	return output(t, "node", append([]string{program, "inspect", path}, flags...)...)
}

func inspectJSON(t *testing.T, path string) inspected {
	t.Helper()
	var found inspected
	if err := json.Unmarshal([]byte(inspect(t, path, "--json")), &found); err != nil {
		t.Fatal(err)
	}
	return found
}

// The official command line's view of the same file.
type official struct {
	ID, SyncType string
	Stats        struct {
		Resources, Entitlements, Grants                                           json.Number
		ResourcesByResourceType, EntitlementsByResourceType, GrantsByResourceType map[string]json.Number
	}
}

// agree compares every count with the official command line's.
func agree(t *testing.T, path string, found inspected) {
	t.Helper()
	var judge official
	if err := json.Unmarshal([]byte(output(t, made.cli, "--file", path, "stats", "-o", "json")), &judge); err != nil {
		t.Fatal(err)
	}
	if found.Sync.ID != judge.ID || found.Sync.Type != judge.SyncType {
		t.Errorf("we read sync %+v, the official command line %s, %s", found.Sync, judge.ID, judge.SyncType)
	}
	counts := func(of func(index int) (string, int64)) map[string]int64 {
		byType := map[string]int64{}
		for index := range found.ResourceTypes {
			if id, count := of(index); count > 0 {
				byType[id] = count
			}
		}
		return byType
	}
	types := found.ResourceTypes
	same := func(what string, all int64, ours map[string]int64, wantAll json.Number, want map[string]json.Number) {
		theirs := map[string]int64{}
		for id, text := range want {
			count, _ := text.Int64()
			theirs[id] = count
		}
		if total, _ := wantAll.Int64(); total != all || !maps.Equal(ours, theirs) {
			t.Errorf("we count %d %s, %v; the official command line %s, %v", all, what, ours, wantAll, theirs)
		}
	}
	same("resources", found.Resources, counts(func(i int) (string, int64) { return types[i].ID, types[i].Resources }),
		judge.Stats.Resources, judge.Stats.ResourcesByResourceType)
	same("entitlements", found.Entitlements, counts(func(i int) (string, int64) { return types[i].ID, types[i].Entitlements }),
		judge.Stats.Entitlements, judge.Stats.EntitlementsByResourceType)
	same("grants", found.Grants, counts(func(i int) (string, int64) { return types[i].ID, types[i].Grants }),
		judge.Stats.Grants, judge.Stats.GrantsByResourceType)
}

func TestWeCountInAFileWhatTheOfficialCommandLineCounts(t *testing.T) {
	for name, path := range map[string]string{
		"ours":               file("sync.c1z"),
		"the official SDK's": officialFile(t, dotc1z.WithEngine(c1zstore.EngineSQLite)),
		"an older SDK's":     olderFile(t),
		"with slim grants":   officialFile(t, dotc1z.WithEngine(c1zstore.EngineSQLite), dotc1z.WithV2GrantsWriter(true)),
	} {
		t.Run(name, func(t *testing.T) {
			found := inspectJSON(t, path)
			if found.Version != 1 || found.Grants == 0 {
				t.Errorf("we read %+v", found)
			}
			agree(t, path, found)
		})
	}
}

func TestWeTellAnOfficialFileOfVersion3AndCountItsRows(t *testing.T) {
	converted := filepath.Join(t.TempDir(), "v3.c1z")
	runBaton(t, "sync.c1z", "to-pebble", "--out", converted)
	for name, path := range map[string]string{"converted": converted, "written": officialFile(t)} {
		t.Run(name, func(t *testing.T) {
			found := inspectJSON(t, path)
			if found.Version != 3 || found.Grants == 0 {
				t.Errorf("we read %+v", found)
			}
			agree(t, path, found)
			said := inspect(t, path)
			for _, part := range []string{"A .c1z file of version 3", "C1’s own command baton", "--storage-engine sqlite"} {
				if !strings.Contains(said, part) {
					t.Errorf("we don't say %q:\n%s", part, said)
				}
			}
		})
	}
}

// olderFile lets SDK v0.7 write what our file holds.
func olderFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "older.c1z")
	output(t, made.older, file("sync.c1z"), path)
	return path
}

// officialFile lets the official SDK write a small sync, in the format that the options ask for.
func officialFile(t *testing.T, options ...dotc1z.C1ZOption) string {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "official.c1z")
	store, err := dotc1z.NewStore(t.Context(), path, options...)
	check(err)
	_, err = store.StartNewSync(t.Context(), connectorstore.SyncTypeFull, "")
	check(err)
	person := &v2.Resource{Id: &v2.ResourceId{ResourceType: "user", Resource: "ana"}, DisplayName: "Ana"}
	team := &v2.Resource{Id: &v2.ResourceId{ResourceType: "group", Resource: "crew"}, DisplayName: "Crew"}
	member := entitlement.NewAssignmentEntitlement(team, "member")
	check(store.PutResourceTypes(t.Context(), &v2.ResourceType{Id: "group"}, &v2.ResourceType{Id: "user"}))
	check(store.PutResources(t.Context(), team, person))
	check(store.PutEntitlements(t.Context(), member))
	check(store.PutGrants(t.Context(), grant.NewGrant(team, "member", person.GetId())))
	check(store.EndSync(t.Context()))
	check(store.Close(context.Background()))
	return path
}
