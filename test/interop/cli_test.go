package interop

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/connectorstore"
	"github.com/conductorone/baton-sdk/pkg/dotc1z"
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

func TestTheOfficialCommandLineCountsWhatWasIntended(t *testing.T) {
	meant := made.files["sync.c1z"]
	for _, view := range []struct {
		command, list string
		count         int
	}{
		{"resource-types", "resourceTypes", len(meant.ResourceTypes)},
		{"resources", "resources", meant.resources()},
		{"entitlements", "entitlements", len(meant.Entitlements)},
		{"grants", "grants", len(meant.Grants)},
	} {
		t.Run(view.command, func(t *testing.T) {
			var shown map[string][]any
			if err := json.Unmarshal([]byte(runBaton(t, "sync.c1z", view.command, "-o", "json")), &shown); err != nil {
				t.Fatal(err)
			}
			if got := len(shown[view.list]); got != view.count {
				t.Errorf("%d are shown, %d were intended", got, view.count)
			}
		})
	}
}

func TestTheOfficialCommandLineExportsOurFile(t *testing.T) {
	for _, format := range []string{"csv", "xlsx", "c1z"} {
		t.Run(format, func(t *testing.T) {
			if content, err := os.ReadFile(export(t, format)); err != nil || len(content) == 0 {
				t.Fatalf("nothing is exported: %v", err)
			}
		})
	}
}

func TestTheOfficialTableNamesEveryAccount(t *testing.T) {
	table, err := os.Open(export(t, "csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	lines, err := csv.NewReader(table).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	accounts := map[string]bool{}
	column := slices.Index(lines[0], "User ID")
	for _, line := range lines[1:] {
		if line[0] == "Identity" {
			accounts[line[column]] = true
		}
	}
	if want := len(made.files["sync.c1z"].Resources["user"]); len(accounts) != want || accounts[""] {
		t.Errorf("it names %d accounts, %d were intended", len(accounts), want)
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
	meant := made.files["sync.c1z"]
	converted := filepath.Join(t.TempDir(), "pebble.c1z")
	said := runBaton(t, "sync.c1z", "to-pebble", "--out", converted)
	if !strings.Contains(said, "Converted C1Z to Pebble") {
		t.Fatalf("it says %s", said)
	}
	var run struct {
		Stats struct{ ResourceTypes, Resources, Entitlements, Grants json.Number }
	}
	if err := json.Unmarshal([]byte(output(t, made.cli, "--file", converted, "stats", "-o", "json")), &run); err != nil {
		t.Fatal(err)
	}
	got := []json.Number{run.Stats.ResourceTypes, run.Stats.Resources, run.Stats.Entitlements, run.Stats.Grants}
	for index, want := range []int{len(meant.ResourceTypes), meant.resources(), len(meant.Entitlements), len(meant.Grants)} {
		if count, err := got[index].Int64(); err != nil || count != int64(want) {
			t.Errorf("count %d of the converted file is %s, intended %d", index, got[index], want)
		}
	}
}

func TestTheOfficialDiffOfTwoSyncsOfTheSameAccessIsEmpty(t *testing.T) {
	if said := diff(t, "sync.c1z", "again.c1z"); len(said.all()) > 0 {
		t.Errorf("it finds %v", said.all())
	}
}

func TestTheOfficialDiffOfAChangedRoleIsThatRole(t *testing.T) {
	before, after := made.files["sync.c1z"].Grants, made.files["changed.c1z"].Grants
	found := diff(t, "sync.c1z", "changed.c1z")
	expect := func(what string, got []record, want []string) {
		var ids []string
		for _, one := range got {
			ids = append(ids, one.ID)
		}
		slices.Sort(ids)
		slices.Sort(want)
		if len(want) == 0 || !slices.Equal(ids, want) {
			t.Errorf("%s grants are %v, intended %v", what, ids, want)
		}
	}
	expect("created", found.Grants.Created, without(after, before))
	expect("deleted", found.Grants.Deleted, without(before, after))
	if len(found.Grants.Modified)+len(found.Entitlements.all())+len(found.Resources.Created)+len(found.Resources.Deleted) > 0 {
		t.Errorf("it finds more: %+v", found)
	}
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
