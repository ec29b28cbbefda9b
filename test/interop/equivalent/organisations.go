package main

import (
	"context"
	"fmt"
	"net/url"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/types/entitlement"
	"github.com/conductorone/baton-sdk/pkg/types/grant"
	"github.com/conductorone/baton-sdk/pkg/types/resource"
)

var orgType = &v2.ResourceType{Id: "org", DisplayName: "Organisation"}

const (
	memberSlug     = "member"
	subscriberSlug = "subscriber"
)

// organisations lists those that the sign-in reaches, with their members and who pays for them.
type organisations struct{ directory *directory }

func (organisations) ResourceType(context.Context) *v2.ResourceType { return orgType }

func (o organisations) List(ctx context.Context, _ *v2.ResourceId, _ resource.SyncOpAttrs) (
	[]*v2.Resource, *resource.SyncOpResults, error,
) {
	all, err := o.directory.read(ctx)
	if err != nil {
		return nil, nil, err
	}
	var list []*v2.Resource
	for _, m := range all.organisations {
		made, err := orgResource(m.organisation)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, made)
	}
	return list, nil, nil
}

func orgResource(org organisation) (*v2.Resource, error) {
	options := []resource.ResourceOption{
		resource.WithResourceProfile(filled(map[string]any{
			"organisation_id": org.ID, "name": org.Name, "legal_name": org.LegalName,
			"country_code": org.CountryCode, "base_currency": org.BaseCurrency,
			"organisation_type": org.Type, "version": org.Version, "class": org.Class,
			"edition": org.Edition, "short_code": org.ShortCode, "is_demo_company": org.Demo,
			"status": org.Status, "created": timeText(org.Created),
		})),
		resource.WithAnnotation(
			&v2.ChildResourceType{ResourceTypeId: roleType.GetId()},
			&v2.RawId{Id: org.ID},
			&v2.ExternalLink{Url: usersPage(org.ShortCode)},
		),
	}
	if created := timeOf(org.Created); !created.IsZero() {
		options = append(options, resource.WithResourceCreatedAt(created))
	}
	return resource.NewResource(org.Name, orgType, org.ID, options...)
}

func usersPage(shortCode string) string {
	if shortCode == "" {
		return "https://go.xero.com/Settings/Users"
	}
	return "https://go.xero.com/organisationlogin/default.aspx?shortcode=" +
		url.QueryEscape(shortCode) + "&redirecturl=%2FSettings%2FUsers"
}

func (o organisations) Entitlements(_ context.Context, org *v2.Resource, _ resource.SyncOpAttrs) (
	[]*v2.Entitlement, *resource.SyncOpResults, error,
) {
	name := org.GetDisplayName()
	return []*v2.Entitlement{
		entitlement.NewAssignmentEntitlement(org, memberSlug,
			entitlement.WithGrantableTo(accountType),
			entitlement.WithDisplayName("Member of "+name),
			entitlement.WithDescription(fmt.Sprintf("Is a user of %s in Xero, with any role.", name))),
		entitlement.NewOwnershipEntitlement(org, subscriberSlug,
			entitlement.WithGrantableTo(accountType),
			entitlement.WithDisplayName("Subscriber of "+name),
			entitlement.WithDescription(fmt.Sprintf(
				"Pays for %s. Changed by transferring the subscription in Xero.", name)),
			entitlement.WithAnnotation(&v2.EntitlementImmutable{})),
	}, nil, nil
}

func (o organisations) Grants(ctx context.Context, org *v2.Resource, opts resource.SyncOpAttrs) (
	[]*v2.Grant, *resource.SyncOpResults, error,
) {
	all, err := o.directory.read(ctx)
	if err != nil {
		return nil, nil, err
	}
	rows, results, err := page(all.byID[org.GetId().GetResource()].rows, opts)
	if err != nil {
		return nil, nil, err
	}
	var grants []*v2.Grant
	for _, r := range rows {
		if r.removed() {
			continue
		}
		grants = append(grants, grant.NewGrant(org, memberSlug, r.principal()))
		if r.Subscriber {
			grants = append(grants, grant.NewGrant(org, subscriberSlug, r.principal(),
				grant.WithAnnotation(&v2.GrantImmutable{})))
		}
	}
	return grants, results, nil
}
