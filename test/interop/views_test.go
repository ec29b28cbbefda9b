package interop

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	cli "github.com/conductorone/baton-sdk/pb/baton/v1"
	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	reader "github.com/conductorone/baton-sdk/pb/c1/reader/v2"
	"github.com/xuri/excelize/v2"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// show lets the CLI print a view of a file of ours, and reads it as the official type.
func show(t *testing.T, into proto.Message, view ...string) {
	t.Helper()
	said := runBaton(t, "sync.c1z", append(view, "-o", "json")...)
	if err := protojson.Unmarshal([]byte(said), into); err != nil {
		t.Fatalf("baton %v: %v\n%s", view, err, said)
	}
}

// expectIDs compares in any order, each as often as it should be there.
func expectIDs(t *testing.T, what string, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("%s: %d are shown, %d were intended\nshown    %v\nintended %v", what, len(got), len(want), got, want)
	}
}

func resourcesShown(shown *cli.ResourceListOutput) []string {
	var all []string
	for _, one := range shown.GetResources() {
		all = append(all, resourceKey(one.GetResource().GetId()))
	}
	return all
}

func entitlementsShown(t *testing.T, view ...string) []string {
	var shown cli.EntitlementListOutput
	show(t, &shown, append([]string{"entitlements"}, view...)...)
	var all []string
	for _, one := range shown.GetEntitlements() {
		all = append(all, one.GetEntitlement().GetId())
	}
	return all
}

func grantsShown(t *testing.T, view ...string) []string {
	var shown cli.GrantListOutput
	show(t, &shown, append([]string{"grants"}, view...)...)
	var all []string
	for _, one := range shown.GetGrants() {
		all = append(all, one.GetGrant().GetId())
	}
	return all
}

// keysOf are the resources of those types, as rows are keyed.
func keysOf(meant intended, types ...string) []string {
	var all []string
	for _, kind := range types {
		for _, id := range meant.Resources[kind] {
			all = append(all, kind+":"+id)
		}
	}
	return all
}

// held are the grants that a look at grant and entitlement picks.
func held(t *testing.T, picks func(*v2.Grant) bool) (grants, entitlements, principals []string) {
	t.Helper()
	for id, one := range list(t, openFile(t, "sync.c1z")).grants {
		if given := one.(*v2.Grant); picks(given) {
			grants = append(grants, id)
			entitlements = append(entitlements, given.GetEntitlement().GetId())
			principals = append(principals, resourceKey(given.GetPrincipal().GetId()))
		}
	}
	slices.Sort(principals)
	return grants, entitlements, slices.Compact(principals)
}

// heldRole is one that somebody has.
func heldRole(t *testing.T) string {
	t.Helper()
	for _, one := range list(t, openFile(t, "sync.c1z")).grants {
		if on := one.(*v2.Grant).GetEntitlement().GetResource().GetId(); on.GetResourceType() == "role" {
			return on.GetResource()
		}
	}
	t.Fatal("nobody has a role")
	return ""
}

func TestTheOfficialViewsHoldWhatWasIntended(t *testing.T) {
	meant := made.files["sync.c1z"]
	person, role, right := meant.Resources["user"][0], heldRole(t), meant.Entitlements[0]
	onRole := func(one *v2.Grant) bool {
		return resourceKey(one.GetEntitlement().GetResource().GetId()) == "role:"+role
	}
	ofRight := func(one *v2.Grant) bool { return one.GetEntitlement().GetId() == right }
	anyOf := func(*v2.Grant) bool { return true }
	rule(t, "I-01", byValidators, func(t *testing.T) {
		var all, people cli.ResourceListOutput
		show(t, &all, "resources")
		expectIDs(t, "resources", resourcesShown(&all), keysOf(meant, "org", "role", "user"))
		show(t, &people, "resources", "-t", "user")
		expectIDs(t, "accounts", resourcesShown(&people), keysOf(meant, "user"))
		var types cli.ResourceTypeListOutput
		show(t, &types, "resource-types")
		if len(types.GetResourceTypes()) != len(meant.ResourceTypes) {
			t.Errorf("the types are %v", types.GetResourceTypes())
		}
	})
	rule(t, "I-02", byValidators, func(t *testing.T) {
		expectIDs(t, "entitlements", entitlementsShown(t), meant.Entitlements)
		var ofRoles []string
		for _, id := range meant.Entitlements {
			if strings.HasPrefix(id, "role:") {
				ofRoles = append(ofRoles, id)
			}
		}
		expectIDs(t, "entitlements of roles", entitlementsShown(t, "-t", "role"), ofRoles)
	})
	rule(t, "I-03", byValidators, func(t *testing.T) {
		expectIDs(t, "grants", grantsShown(t), meant.Grants)
		ofOne, _, _ := held(t, ofRight)
		expectIDs(t, "grants of an entitlement", grantsShown(t, "-e", right), ofOne)
		onOne, _, _ := held(t, onRole)
		expectIDs(t, "grants on a role", grantsShown(t, "-t", "role", "-r", role), onOne)
	})
	rule(t, "I-04", byValidators, func(t *testing.T) {
		var shown cli.ResourceAccessListOutput
		show(t, &shown, "access", "-t", "user", "-r", person)
		var got []string
		for _, on := range shown.GetAccess() {
			for _, one := range on.GetEntitlements() {
				got = append(got, one.GetId())
			}
		}
		_, want, _ := held(t, func(one *v2.Grant) bool { return one.GetPrincipal().GetId().GetResource() == person })
		expectIDs(t, "access", got, want)
	})
	rule(t, "I-05", byValidators, func(t *testing.T) {
		for _, one := range []struct {
			view  []string
			picks func(*v2.Grant) bool
		}{{nil, anyOf}, {[]string{"-e", right}, ofRight}, {[]string{"-t", "role", "-r", role}, onRole}} {
			var shown cli.ResourceListOutput
			show(t, &shown, append([]string{"principals"}, one.view...)...)
			_, _, want := held(t, one.picks)
			expectIDs(t, "principals "+strings.Join(one.view, " "), resourcesShown(&shown), want)
		}
	})
	rule(t, "I-06", byValidators, func(t *testing.T) {
		var run reader.SyncRun
		show(t, &run, "stats")
		stats := run.GetStats()
		got := counts{int(stats.GetResourceTypes()), int(stats.GetResources()), int(stats.GetEntitlements()), int(stats.GetGrants())}
		if got != countsOf(meant) {
			t.Errorf("the counts are %+v, intended were %+v", got, countsOf(meant))
		}
	})
	rule(t, "I-07", byValidators, func(t *testing.T) {
		var shown cli.SyncListOutput
		show(t, &shown, "syncs")
		full, err := openFile(t, "sync.c1z").SyncMeta().LatestFullSync(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		syncs := shown.GetSyncs()
		if len(syncs) != 1 || syncs[0].GetId() != full.ID || syncs[0].GetSyncType() != "full" || syncs[0].GetParentSyncId() != "" ||
			!syncs[0].GetStartedAt().AsTime().Equal(*full.StartedAt) || !syncs[0].GetEndedAt().AsTime().Equal(*full.EndedAt) {
			t.Errorf("the syncs are %v", syncs)
		}
	})
}

func countsOf(meant intended) counts {
	return counts{len(meant.ResourceTypes), meant.resources(), len(meant.Entitlements), len(meant.Grants)}
}

func TestTheOfficialExportsHoldWhatWasIntended(t *testing.T) {
	meant := made.files["sync.c1z"]
	table := csvRows(t, export(t, "csv"))
	rule(t, "I-08", byValidators, func(t *testing.T) { expectTable(t, table, meant) })
	rule(t, "I-09", byValidators, func(t *testing.T) {
		book, err := excelize.OpenFile(export(t, "xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		rows, err := book.GetRows(book.GetSheetList()[0])
		if err != nil {
			t.Fatal(err)
		}
		expectTable(t, rows, meant)
	})
	rule(t, "I-10", byValidators, func(t *testing.T) {
		expectSameRecords(t, list(t, openPath(t, export(t, "c1z"))), list(t, openFile(t, "sync.c1z")))
	})
}

func csvRows(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// expectTable expects a row for each account, each entitlement and each grant. An account's column
// is its UserID in Xero, which the profile holds.
func expectTable(t *testing.T, rows [][]string, meant intended) {
	t.Helper()
	cell := func(row []string, name string) string {
		if column := slices.Index(rows[0], name); column >= 0 && column < len(row) {
			return row[column]
		}
		return ""
	}
	accounts := map[string]bool{}
	var entitlements []string
	grants := 0
	for _, row := range rows[1:] {
		switch row[0] {
		case "Identity":
			accounts[cell(row, "User ID")] = true
		case "Entitlement":
			entitlements = append(entitlements, cell(row, "Entitlement"))
		case "Grant":
			grants++
			if !accounts[cell(row, "User ID")] || !slices.Contains(meant.Entitlements, cell(row, "Entitlement")) {
				t.Errorf("a grant of what isn't there: %v", row)
			}
		}
	}
	if want := len(meant.Resources["user"]); len(accounts) != want || accounts[""] {
		t.Errorf("%d accounts, %d were intended", len(accounts), want)
	}
	expectIDs(t, "entitlements", entitlements, meant.Entitlements)
	if grants != len(meant.Grants) {
		t.Errorf("%d grants, %d were intended", grants, len(meant.Grants))
	}
}

func expectSameRecords(t *testing.T, got, want records) {
	t.Helper()
	all := want.all()
	if len(all) == 0 || len(got.all()) != len(all) {
		t.Fatalf("%d records, not %d", len(got.all()), len(all))
	}
	for id, record := range got.all() {
		if !proto.Equal(record, all[id]) {
			t.Errorf("%s is %v, not %v", id, record, all[id])
		}
	}
}
