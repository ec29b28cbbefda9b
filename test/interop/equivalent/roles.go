package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/types/entitlement"
	"github.com/conductorone/baton-sdk/pkg/types/grant"
	"github.com/conductorone/baton-sdk/pkg/types/resource"
)

var roleType = &v2.ResourceType{
	Id: "role", DisplayName: "Role", Traits: []v2.ResourceType_Trait{v2.ResourceType_TRAIT_ROLE},
}

const assignedSlug = "assigned"

type role struct {
	xero, name string
	order      uint32
}

// In order of privilege.
var knownRoles = []role{
	{"READONLY", "Read only", 10}, {"CASHBOOKCLIENT", "Cashbook client", 20},
	{"INVOICEONLY", "Invoice only", 30}, {"MANAGEDCLIENT", "Managed client", 40},
	{"STANDARD", "Standard", 50}, {"FINANCIALADVISER", "Adviser", 60},
}

// roles lists the roles of each organisation, with who holds them.
type roles struct{ directory *directory }

func (roles) ResourceType(context.Context) *v2.ResourceType { return roleType }

func (r roles) List(ctx context.Context, parent *v2.ResourceId, _ resource.SyncOpAttrs) (
	[]*v2.Resource, *resource.SyncOpResults, error,
) {
	if parent == nil {
		return nil, nil, nil
	}
	all, err := r.directory.read(ctx)
	if err != nil {
		return nil, nil, err
	}
	org := all.byID[parent.GetResource()]
	var list []*v2.Resource
	for _, each := range knownRoles {
		made, err := resource.NewRoleResource(each.name, roleType, roleID(org.ID, each),
			[]resource.RoleTraitOption{resource.WithRoleProfile(map[string]any{
				"role_name": each.name, "organisation_id": org.ID, "organisation": org.Name,
			})},
			resource.WithParentResourceID(parent),
			resource.WithDescription(each.name+" in "+org.Name))
		if err != nil {
			return nil, nil, err
		}
		list = append(list, made)
	}
	return list, nil, nil
}

func roleID(orgID string, of role) string {
	return orgID + "/" + strings.ToLower(of.xero)
}

func (r roles) Entitlements(ctx context.Context, of *v2.Resource, _ resource.SyncOpAttrs) (
	[]*v2.Entitlement, *resource.SyncOpResults, error,
) {
	known := roleOf(of)
	name := of.GetDescription()
	return []*v2.Entitlement{
		entitlement.NewAssignmentEntitlement(of, assignedSlug,
			entitlement.WithGrantableTo(accountType),
			entitlement.WithDisplayName(name),
			entitlement.WithDescription(fmt.Sprintf("Holds the role %s.", name)),
			entitlement.WithExclusionGroupOrder("xero-role:"+of.GetParentResourceId().GetResource(), known.order)),
	}, nil, nil
}

func (r roles) Grants(ctx context.Context, of *v2.Resource, opts resource.SyncOpAttrs) (
	[]*v2.Grant, *resource.SyncOpResults, error,
) {
	all, err := r.directory.read(ctx)
	if err != nil {
		return nil, nil, err
	}
	held := roleOf(of).xero
	rows, results, err := page(all.byID[of.GetParentResourceId().GetResource()].holders[held], opts)
	if err != nil {
		return nil, nil, err
	}
	grants := make([]*v2.Grant, len(rows))
	for i, row := range rows {
		grants[i] = grant.NewGrant(of, assignedSlug, row.principal())
	}
	return grants, results, nil
}

func roleOf(of *v2.Resource) role {
	name := of.GetDisplayName()
	return knownRoles[slices.IndexFunc(knownRoles, func(each role) bool { return each.name == name })]
}
