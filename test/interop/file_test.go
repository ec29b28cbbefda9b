package interop

import (
	"context"
	"slices"
	"testing"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/connectorstore"
	"github.com/conductorone/baton-sdk/pkg/dotc1z"
	"github.com/conductorone/baton-sdk/pkg/dotc1z/c1zstore"
	"google.golang.org/protobuf/proto"
)

// ourFiles are all files that our writer made, each with the same people read in its own way.
var ourFiles = []string{
	"sync.c1z", "again.c1z", "changed.c1z", "without-groups.c1z", "again-without-groups.c1z",
	"changed-without-groups.c1z",
}

func openFile(t *testing.T, name string) c1zstore.Store {
	t.Helper()
	return openPath(t, file(name))
}

func openPath(t *testing.T, path string) c1zstore.Store {
	t.Helper()
	store, err := dotc1z.NewStore(t.Context(), path, dotc1z.WithReadOnly(true))
	if err != nil {
		t.Fatalf("the official reader refuses %s: %v", path, err)
	}
	t.Cleanup(func() {
		if err := store.Close(context.Background()); err != nil {
			t.Errorf("%s doesn't close: %v", path, err)
		}
	})
	return store
}

// records are all that the official reader lists, by id.
type records struct {
	resourceTypes                   []string
	resources, entitlements, grants map[string]proto.Message
}

func (r records) all() map[string]proto.Message {
	every := map[string]proto.Message{}
	for _, each := range []map[string]proto.Message{r.resources, r.entitlements, r.grants} {
		for id, record := range each {
			every[id] = record
		}
	}
	return every
}

// list reads everything, a few at a time, as a reader of a big file must.
func list(t *testing.T, store c1zstore.Store) records {
	t.Helper()
	found := records{
		resources: map[string]proto.Message{}, entitlements: map[string]proto.Message{}, grants: map[string]proto.Message{},
	}
	types, err := store.ListResourceTypes(t.Context(), &v2.ResourceTypesServiceListResourceTypesRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range types.GetList() {
		found.resourceTypes = append(found.resourceTypes, one.GetId())
		found.resources["type "+one.GetId()] = one
	}
	pages(t, func(token string) (string, error) {
		page, err := store.ListResources(t.Context(),
			&v2.ResourcesServiceListResourcesRequest{PageToken: token, PageSize: 7})
		for _, one := range page.GetList() {
			found.resources[resourceKey(one.GetId())] = one
		}
		return page.GetNextPageToken(), err
	})
	pages(t, func(token string) (string, error) {
		page, err := store.ListEntitlements(t.Context(),
			&v2.EntitlementsServiceListEntitlementsRequest{PageToken: token, PageSize: 7})
		for _, one := range page.GetList() {
			found.entitlements[one.GetId()] = one
		}
		return page.GetNextPageToken(), err
	})
	pages(t, func(token string) (string, error) {
		page, err := store.ListGrants(t.Context(),
			&v2.GrantsServiceListGrantsRequest{PageToken: token, PageSize: 7})
		for _, one := range page.GetList() {
			found.grants[one.GetId()] = one
		}
		return page.GetNextPageToken(), err
	})
	return found
}

func pages(t *testing.T, next func(token string) (string, error)) {
	t.Helper()
	for token := ""; ; {
		following, err := next(token)
		if err != nil {
			t.Fatal(err)
		}
		if following == "" {
			return
		}
		token = following
	}
}

func resourceKey(id *v2.ResourceId) string { return id.GetResourceType() + ":" + id.GetResource() }

func ids(of map[string]proto.Message) []string {
	var sorted []string
	for id := range of {
		sorted = append(sorted, id)
	}
	slices.Sort(sorted)
	return sorted
}

func TestTheOfficialReaderListsWhatWasIntended(t *testing.T) {
	for _, name := range ourFiles {
		t.Run(name, func(t *testing.T) {
			meant, found := made.files[name], list(t, openFile(t, name))
			var resources []string
			for kind, list := range meant.Resources {
				for _, id := range list {
					resources = append(resources, kind+":"+id)
				}
			}
			for _, kind := range meant.ResourceTypes {
				resources = append(resources, "type "+kind)
			}
			expect := func(what string, got, want []string) {
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("%d %s are read, %d were intended\nread     %v\nintended %v", len(got), what, len(want), got, want)
				}
			}
			expect("resources and types", ids(found.resources), resources)
			expect("entitlements", ids(found.entitlements), meant.Entitlements)
			expect("grants", ids(found.grants), meant.Grants)
		})
	}
}

func TestEveryRecordPassesTheOfficialValidators(t *testing.T) {
	for _, name := range ourFiles {
		t.Run(name, func(t *testing.T) {
			for id, record := range list(t, openFile(t, name)).all() {
				for _, fault := range faults(record) {
					t.Errorf("%s: %s", id, fault)
				}
			}
		})
	}
}

func TestTheOfficialReaderSelectsOurFinishedFullSync(t *testing.T) {
	for _, name := range ourFiles {
		t.Run(name, func(t *testing.T) {
			meta := openFile(t, name).SyncMeta()
			full, err := meta.LatestFullSync(t.Context())
			if err != nil || full == nil {
				t.Fatalf("no finished full sync is found: %v", err)
			}
			newest, err := meta.LatestFinishedSyncOfAnyType(t.Context())
			if err != nil || newest == nil || newest.ID != full.ID {
				t.Errorf("the newest sync of any type is %v, not %s: %v", newest, full.ID, err)
			}
			if full.Type != connectorstore.SyncTypeFull || full.ParentSyncID != "" || !full.SupportsDiff {
				t.Errorf("it is %+v", full)
			}
			if full.StartedAt == nil || full.EndedAt == nil || full.EndedAt.Before(*full.StartedAt) {
				t.Errorf("it runs from %v to %v", full.StartedAt, full.EndedAt)
			}
		})
	}
}

func TestTheOfficialStatisticsAreWhatWasIntended(t *testing.T) {
	for _, name := range ourFiles {
		t.Run(name, func(t *testing.T) {
			meant := made.files[name]
			stats, err := openFile(t, name).SyncMeta().StatsV2(t.Context(), connectorstore.SyncTypeFull, "")
			if err != nil {
				t.Fatal(err)
			}
			got := []int64{stats.GetResourceTypes(), stats.GetResources(), stats.GetEntitlements(), stats.GetGrants()}
			want := []int64{
				int64(len(meant.ResourceTypes)), int64(meant.resources()), int64(len(meant.Entitlements)), int64(len(meant.Grants)),
			}
			if !slices.Equal(got, want) {
				t.Errorf("counts %v, intended %v", got, want)
			}
			for kind, list := range meant.Resources {
				if count := stats.GetResourcesByResourceType()[kind]; count != int64(len(list)) {
					t.Errorf("%d %s, intended %d", count, kind, len(list))
				}
			}
		})
	}
}

func TestEveryGrantCarriesItsWholeEntitlementAndPrincipal(t *testing.T) {
	found := list(t, openFile(t, "sync.c1z"))
	for id, record := range found.grants {
		grant := record.(*v2.Grant)
		right := grant.GetEntitlement()
		if _, known := found.resources[resourceKey(grant.GetPrincipal().GetId())]; !known {
			t.Errorf("%s is held by a principal that isn't in the file", id)
		}
		whole, known := found.entitlements[right.GetId()].(*v2.Entitlement)
		if !known || resourceKey(whole.GetResource().GetId()) != resourceKey(right.GetResource().GetId()) {
			t.Errorf("%s gives an entitlement that isn't in the file", id)
		}
		if want := right.GetId() + ":" + resourceKey(grant.GetPrincipal().GetId()); id != want {
			t.Errorf("grant id %s, by the SDK's rule %s", id, want)
		}
	}
	for id, record := range found.entitlements {
		right := record.(*v2.Entitlement)
		if want := resourceKey(right.GetResource().GetId()) + ":" + right.GetSlug(); id != want {
			t.Errorf("entitlement id %s, by the SDK's rule %s", id, want)
		}
	}
}
