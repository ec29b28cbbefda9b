package main

import (
	"context"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"github.com/conductorone/baton-sdk/pkg/types/entitlement"
	"github.com/conductorone/baton-sdk/pkg/types/grant"
	"github.com/conductorone/baton-sdk/pkg/types/resource"
)

// teams lists the office, the payroll team within it, their membership, and who holds it.
type teams struct{}

func (teams) ResourceType(context.Context) *v2.ResourceType { return team }

func (teams) List(context.Context, *v2.ResourceId, resource.SyncOpAttrs) (
	[]*v2.Resource, *resource.SyncOpResults, error,
) {
	var all []*v2.Resource
	for _, id := range []string{"office", "payroll"} {
		one, err := resource.NewGroupResource(id, team, id, nil)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, one)
	}
	return all, nil, nil
}

// Get finds one team, for a sync of that team alone.
func (teams) Get(_ context.Context, id, _ *v2.ResourceId) (*v2.Resource, annotations.Annotations, error) {
	one, err := resource.NewGroupResource(id.GetResource(), team, id.GetResource(), nil)
	return one, nil, err
}

func (teams) Entitlements(_ context.Context, of *v2.Resource, _ resource.SyncOpAttrs) (
	[]*v2.Entitlement, *resource.SyncOpResults, error,
) {
	member := entitlement.NewAssignmentEntitlement(of, "member", entitlement.WithGrantableTo(person, team))
	return []*v2.Entitlement{member}, nil, nil
}

func (teams) Grants(_ context.Context, of *v2.Resource, _ resource.SyncOpAttrs) (
	[]*v2.Grant, *resource.SyncOpResults, error,
) {
	if of.GetId().GetResource() == "payroll" {
		aroha := &v2.ResourceId{ResourceType: person.GetId(), Resource: "aroha"}
		return []*v2.Grant{grant.NewGrant(of, "member", aroha)}, nil, nil
	}
	payroll := &v2.Resource{Id: &v2.ResourceId{ResourceType: team.GetId(), Resource: "payroll"}}
	within := &v2.GrantExpandable{
		EntitlementIds: []string{entitlement.NewEntitlementID(payroll, "member")}, Shallow: true,
	}
	return []*v2.Grant{grant.NewGrant(of, "member", payroll, grant.WithAnnotation(within))}, nil, nil
}

// Grant makes everybody a member but nobody.
func (teams) Grant(_ context.Context, principal *v2.Resource, right *v2.Entitlement) (
	[]*v2.Grant, annotations.Annotations, error,
) {
	if principal.GetId().GetResource() == nobody {
		return nil, nil, errNobody
	}
	return []*v2.Grant{grant.NewGrant(right.GetResource(), right.GetSlug(), principal.GetId())}, nil, nil
}

// Revoke finds that the grant was gone already.
func (teams) Revoke(_ context.Context, held *v2.Grant) (annotations.Annotations, error) {
	if held.GetPrincipal().GetId().GetResource() == nobody {
		return nil, grant.NewErrGrantCancelled("nobody can't be removed")
	}
	return annotations.New(&v2.GrantAlreadyRevoked{}), nil
}

// Create makes the team that was asked for.
func (teams) Create(_ context.Context, wanted *v2.Resource) (*v2.Resource, annotations.Annotations, error) {
	if wanted.GetId().GetResource() == nobody {
		return nil, nil, errNobody
	}
	made, err := resource.NewGroupResource(wanted.GetDisplayName(), team, wanted.GetId().GetResource(), nil)
	return made, annotations.New(&v2.RawId{Id: "made"}), err
}

// Delete says whose team it was.
func (teams) Delete(_ context.Context, id, parent *v2.ResourceId) (annotations.Annotations, error) {
	if id.GetResource() == nobody {
		return nil, errNobody
	}
	return annotations.New(&v2.RawId{Id: "of " + parent.GetResource()}), nil
}
