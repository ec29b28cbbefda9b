package main

import (
	"context"
	"slices"
	"strings"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/types/resource"
)

var accountType = &v2.ResourceType{
	Id: "user", DisplayName: "Account", Traits: []v2.ResourceType_Trait{v2.ResourceType_TRAIT_USER},
	Annotations: packed(&v2.SkipEntitlementsAndGrants{}),
}

// accounts lists the people of all organisations, each once.
type accounts struct{ directory *directory }

func (accounts) ResourceType(context.Context) *v2.ResourceType { return accountType }

func (a accounts) List(ctx context.Context, parent *v2.ResourceId, opts resource.SyncOpAttrs) (
	[]*v2.Resource, *resource.SyncOpResults, error,
) {
	if parent != nil {
		return nil, nil, nil
	}
	all, err := a.directory.read(ctx)
	if err != nil {
		return nil, nil, err
	}
	people, results, err := page(all.accounts, opts)
	if err != nil {
		return nil, nil, err
	}
	list := make([]*v2.Resource, len(people))
	for i, person := range people {
		if list[i], err = accountResource(person); err != nil {
			return nil, nil, err
		}
	}
	return list, results, nil
}

func (accounts) Entitlements(context.Context, *v2.Resource, resource.SyncOpAttrs) (
	[]*v2.Entitlement, *resource.SyncOpResults, error,
) {
	return nil, nil, nil
}

func (accounts) Grants(context.Context, *v2.Resource, resource.SyncOpAttrs) (
	[]*v2.Grant, *resource.SyncOpResults, error,
) {
	return nil, nil, nil
}

// accountResource takes name, address and time from the row that changed last.
func accountResource(person *account) (*v2.Resource, error) {
	newest := person.rows[0]
	globalID := ""
	var orgs, held, pays []string
	for _, each := range person.rows {
		if timeOf(each.Updated).After(timeOf(newest.Updated)) {
			newest = each
		}
		if globalID == "" {
			globalID = strings.ToLower(each.GlobalID)
		}
		if each.removed() {
			continue
		}
		orgs = append(orgs, each.in.Name)
		if name := each.roleName(); name != "" {
			held = append(held, name)
		}
		if each.Subscriber {
			pays = append(pays, each.in.Name)
		}
	}
	given, family := strings.TrimSpace(newest.FirstName), strings.TrimSpace(newest.LastName)
	email := strings.TrimSpace(newest.Email)
	name := strings.TrimSpace(given + " " + family)
	if name == "" {
		name = email
	}
	if name == "" {
		name = person.id
	}
	status := v2.UserTrait_Status_STATUS_DISABLED
	if len(orgs) > 0 {
		status = v2.UserTrait_Status_STATUS_ENABLED
	}
	options := []resource.UserTraitOption{
		resource.WithEmail(email, true),
		resource.WithUserLogin(email),
		resource.WithStatus(status),
		resource.WithAccountType(v2.UserTrait_ACCOUNT_TYPE_HUMAN),
		resource.WithUserProfile(filled(map[string]any{
			"user_id": person.rows[0].ID, "global_user_id": globalID,
			"first_name": given, "last_name": family, "email": email,
			"organisations": sorted(orgs), "roles": sorted(held), "subscriber_of": sorted(pays),
			"updated_at": timeText(newest.Updated),
		})),
	}
	if given != "" || family != "" {
		options = append(options, resource.WithStructuredName(
			&v2.UserTrait_StructuredName{GivenName: given, FamilyName: family}))
	}
	return resource.NewUserResource(name, accountType, person.id, options,
		resource.WithAnnotation(&v2.RawId{Id: person.id}))
}

// sorted gives each text once, as a profile takes it.
func sorted(texts []string) []any {
	slices.Sort(texts)
	list := []any{}
	for _, text := range slices.Compact(texts) {
		list = append(list, text)
	}
	return list
}
