// A connector as its makers would write it, so that the official client has something to do: two
// people, a team that one of them is a member of, and all that C1 can ask of them.
package main

import (
	"context"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"github.com/conductorone/baton-sdk/pkg/cli"
	"github.com/conductorone/baton-sdk/pkg/config"
	"github.com/conductorone/baton-sdk/pkg/connectorbuilder"
	"github.com/conductorone/baton-sdk/pkg/field"
	"github.com/conductorone/baton-sdk/pkg/types/entitlement"
	"github.com/conductorone/baton-sdk/pkg/types/grant"
	"github.com/conductorone/baton-sdk/pkg/types/resource"
	"github.com/spf13/viper"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

var (
	person = resource.NewResourceType("Person",
		[]v2.ResourceType_Trait{v2.ResourceType_TRAIT_USER},
		&v2.SkipEntitlementsAndGrants{})
	team = resource.NewResourceType("Team", []v2.ResourceType_Trait{v2.ResourceType_TRAIT_GROUP})
)

func main() {
	config.RunConnector(context.Background(), "baton-tiny", "v1.0.0",
		field.NewConfiguration([]field.SchemaField{}), open)
}

func open(context.Context, *viper.Viper, *cli.ConnectorOpts) (
	connectorbuilder.ConnectorBuilderV2, []connectorbuilder.Opt, error,
) {
	return tiny{}, nil, nil
}

type tiny struct{}

func (tiny) Metadata(context.Context) (*v2.ConnectorMetadata, error) {
	return &v2.ConnectorMetadata{DisplayName: "Tiny", Description: "Two people and a team"}, nil
}

func (tiny) Validate(context.Context) (annotations.Annotations, error) { return nil, nil }

func (tiny) ResourceSyncers(context.Context) []connectorbuilder.ResourceSyncerV2 {
	return []connectorbuilder.ResourceSyncerV2{people{}, teams{}}
}

// people lists the two persons; access hangs on the team.
type people struct{}

func (people) ResourceType(context.Context) *v2.ResourceType { return person }

func (people) List(context.Context, *v2.ResourceId, resource.SyncOpAttrs) (
	[]*v2.Resource, *resource.SyncOpResults, error,
) {
	var all []*v2.Resource
	for _, id := range []string{"aroha", "ben"} {
		email := id + "@kauri.example"
		account, err := resource.NewUserResource(id, person, id, []resource.UserTraitOption{
			resource.WithEmail(email, true),
			resource.WithUserProfile(map[string]any{"email": email}),
		})
		if err != nil {
			return nil, nil, err
		}
		all = append(all, account)
	}
	return all, nil, nil
}

func (people) Entitlements(context.Context, *v2.Resource, resource.SyncOpAttrs) (
	[]*v2.Entitlement, *resource.SyncOpResults, error,
) {
	return nil, nil, nil
}

func (people) Grants(context.Context, *v2.Resource, resource.SyncOpAttrs) (
	[]*v2.Grant, *resource.SyncOpResults, error,
) {
	return nil, nil, nil
}

// CreateAccount makes the account that its login names.
func (people) CreateAccount(_ context.Context, info *v2.AccountInfo, _ *v2.LocalCredentialOptions) (
	connectorbuilder.CreateAccountResponse, []*v2.PlaintextData, annotations.Annotations, error,
) {
	account, err := resource.NewUserResource(info.GetLogin(), person, info.GetLogin(), nil)
	if err != nil {
		return nil, nil, nil, err
	}
	return &v2.CreateAccountResponse_SuccessResult{Resource: account, IsCreateAccountResult: true}, nil, nil, nil
}

func (people) CreateAccountCapabilityDetails(context.Context) (
	*v2.CredentialDetailsAccountProvisioning, annotations.Annotations, error,
) {
	none := v2.CapabilityDetailCredentialOption_CAPABILITY_DETAIL_CREDENTIAL_OPTION_NO_PASSWORD
	return &v2.CredentialDetailsAccountProvisioning{
		SupportedCredentialOptions: []v2.CapabilityDetailCredentialOption{none}, PreferredCredentialOption: none,
	}, nil, nil
}

// teams lists the one team, its membership, and who holds it.
type teams struct{}

func (teams) ResourceType(context.Context) *v2.ResourceType { return team }

func (teams) List(context.Context, *v2.ResourceId, resource.SyncOpAttrs) (
	[]*v2.Resource, *resource.SyncOpResults, error,
) {
	payroll, err := resource.NewGroupResource("Payroll", team, "payroll", nil)
	return []*v2.Resource{payroll}, nil, err
}

func (teams) Entitlements(_ context.Context, of *v2.Resource, _ resource.SyncOpAttrs) (
	[]*v2.Entitlement, *resource.SyncOpResults, error,
) {
	member := entitlement.NewAssignmentEntitlement(of, "member", entitlement.WithGrantableTo(person))
	return []*v2.Entitlement{member}, nil, nil
}

func (teams) Grants(_ context.Context, of *v2.Resource, _ resource.SyncOpAttrs) (
	[]*v2.Grant, *resource.SyncOpResults, error,
) {
	aroha := &v2.ResourceId{ResourceType: person.GetId(), Resource: "aroha"}
	return []*v2.Grant{grant.NewGrant(of, "member", aroha)}, nil, nil
}

// Grant makes everybody a member but `nobody`.
func (teams) Grant(_ context.Context, principal *v2.Resource, right *v2.Entitlement) (
	[]*v2.Grant, annotations.Annotations, error,
) {
	if principal.GetId().GetResource() == "nobody" {
		return nil, nil, status.Error(codes.NotFound, "there is no such person")
	}
	return []*v2.Grant{grant.NewGrant(right.GetResource(), right.GetSlug(), principal.GetId())}, nil, nil
}

// Revoke finds that the grant was gone already.
func (teams) Revoke(context.Context, *v2.Grant) (annotations.Annotations, error) {
	return annotations.New(&v2.GrantAlreadyRevoked{}), nil
}
