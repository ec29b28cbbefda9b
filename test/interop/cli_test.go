package interop

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	reader "github.com/conductorone/baton-sdk/pb/c1/reader/v2"
	"github.com/conductorone/baton-sdk/pkg/connectorstore"
	"github.com/conductorone/baton-sdk/pkg/dotc1z"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// runBaton runs the SDK's own CLI on one of our files; what it prints must name nothing as missing.
func runBaton(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	said := output(t, made.cli, append([]string{"--file", file(name)}, arguments...)...)
	if strings.Contains(said, "MISSING ") {
		t.Errorf("baton %v finds something missing:\n%s", arguments, said)
	}
	return said
}

// everyView are the CLI's ways to look at a file, for one person, one role and one entitlement of it.
func everyView(meant intended) [][]string {
	person, role, right := meant.Resources["user"][0], meant.Resources["role"][0], meant.Entitlements[0]
	return [][]string{
		{"resource-types"}, {"resources"}, {"resources", "-t", "user"}, {"entitlements"},
		{"entitlements", "-t", "role"}, {"grants"}, {"grants", "-e", right},
		{"grants", "-t", "role", "-r", role}, {"access", "-t", "user", "-r", person},
		{"principals"}, {"principals", "-e", right}, {"principals", "-t", "role", "-r", role},
		{"stats"}, {"syncs"},
	}
}

func TestTheOfficialCommandLineShowsOurFile(t *testing.T) {
	for _, format := range []string{"console", "json"} {
		for _, view := range everyView(made.files["sync.c1z"]) {
			t.Run(format+" "+strings.Join(view[:min(2, len(view))], " "), func(t *testing.T) {
				if runBaton(t, "sync.c1z", append(view, "-o", format)...) == "" {
					t.Error("it prints nothing")
				}
			})
		}
	}
}

func export(t *testing.T, format string) string {
	t.Helper()
	exported := filepath.Join(t.TempDir(), "export."+format)
	runBaton(t, "sync.c1z", "export", format, "--out", exported)
	return exported
}

// The strictest of the official readers: it checks order, identity and every blob.
func TestTheOfficialCommandLineConvertsOurFileToPebble(t *testing.T) {
	converted := filepath.Join(t.TempDir(), "pebble.c1z")
	said := runBaton(t, "sync.c1z", "to-pebble", "--out", converted)
	if !strings.Contains(said, "Converted C1Z to Pebble") {
		t.Fatalf("it says %s", said)
	}
	rule(t, "I-11", byValidators, func(t *testing.T) {
		var run reader.SyncRun
		if err := protojson.Unmarshal([]byte(output(t, made.cli, "--file", converted, "stats", "-o", "json")), &run); err != nil {
			t.Fatal(err)
		}
		stats := run.GetStats()
		got := counts{int(stats.GetResourceTypes()), int(stats.GetResources()), int(stats.GetEntitlements()), int(stats.GetGrants())}
		if want := countsOf(made.files["sync.c1z"]); got != want {
			t.Errorf("the counts of the converted file are %+v, intended were %+v", got, want)
		}
	})
}

func TestTheOfficialDiffOfTwoSyncsOfTheSameAccessIsEmpty(t *testing.T) {
	said := diff(t, "sync.c1z", "again.c1z")
	holds(t, "I-12", byValidators, len(said.all()) == 0, said.all())
}

func TestTheOfficialDiffOfAChangedRoleIsThatRole(t *testing.T) {
	before, after := made.files["sync.c1z"].Grants, made.files["changed.c1z"].Grants
	found := diff(t, "sync.c1z", "changed.c1z")
	rule(t, "I-13", byValidators, func(t *testing.T) {
		expectIDs(t, "created grants", idsOf(found.Grants.Created), without(after, before))
		expectIDs(t, "deleted grants", idsOf(found.Grants.Deleted), without(before, after))
		if len(found.Grants.Modified)+len(found.Entitlements.all())+len(found.Resources.Created)+len(found.Resources.Deleted) > 0 {
			t.Errorf("it finds more: %+v", found)
		}
	})
}

func idsOf(records []record) []string {
	var all []string
	for _, one := range records {
		all = append(all, one.ID)
	}
	return all
}

func without(ids, others []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(others, id) })
}

type record struct {
	ID string `json:"id"`
}

// Resources carry an object as their id, so theirs is left unread.
type changes[R any] struct{ Created, Deleted, Modified []R }

func (c changes[R]) all() []R { return slices.Concat(c.Created, c.Deleted, c.Modified) }

type differences struct {
	Resources    changes[any]
	Entitlements changes[record]
	Grants       changes[record]
}

func (d differences) all() []any {
	every := d.Resources.all()
	for _, one := range slices.Concat(d.Entitlements.all(), d.Grants.all()) {
		every = append(every, one)
	}
	return every
}

// diff lets the official CLI compare two files of ours, which the official SDK first makes one of.
func diff(t *testing.T, older, newer string) differences {
	t.Helper()
	content, err := os.ReadFile(file(older))
	if err != nil {
		t.Fatal(err)
	}
	both := filepath.Join(t.TempDir(), "both.c1z")
	if err := os.WriteFile(both, content, 0o600); err != nil {
		t.Fatal(err)
	}
	appendSync(t, both, list(t, openFile(t, newer)))
	var found differences
	if err := json.Unmarshal([]byte(output(t, made.cli, "--file", both, "diff")), &found); err != nil {
		t.Fatal(err)
	}
	return found
}

func appendSync(t *testing.T, path string, content records) {
	t.Helper()
	store, err := dotc1z.NewStore(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err = store.StartNewSync(t.Context(), connectorstore.SyncTypeFull, "")
	check(err)
	for _, one := range content.resources {
		switch record := one.(type) {
		case *v2.ResourceType:
			check(store.PutResourceTypes(t.Context(), record))
		case *v2.Resource:
			check(store.PutResources(t.Context(), record))
		}
	}
	for _, one := range content.entitlements {
		check(store.PutEntitlements(t.Context(), typed[*v2.Entitlement](one)))
	}
	for _, one := range content.grants {
		check(store.PutGrants(t.Context(), typed[*v2.Grant](one)))
	}
	check(store.EndSync(t.Context()))
	check(store.Close(context.Background()))
}

func typed[M proto.Message](message proto.Message) M { return message.(M) }
