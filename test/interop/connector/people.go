package main

import (
	"context"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"github.com/conductorone/baton-sdk/pkg/connectorbuilder"
	"github.com/conductorone/baton-sdk/pkg/types/resource"
)

// people lists the two persons; access hangs on the teams.
type people struct{}

func (people) ResourceType(context.Context) *v2.ResourceType { return person }

func (people) List(context.Context, *v2.ResourceId, resource.SyncOpAttrs) (
	[]*v2.Resource, *resource.SyncOpResults, error,
) {
	var all []*v2.Resource
	for _, id := range []string{"aroha", "ben"} {
		account, err := account(id)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, account)
	}
	return all, nil, nil
}

func account(id string) (*v2.Resource, error) {
	email := id + "@kauri.example"
	return resource.NewUserResource(id, person, id, []resource.UserTraitOption{
		resource.WithEmail(email, true),
		resource.WithUserProfile(map[string]any{"email": email}),
	})
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

// Get finds one person, for a sync of that person alone.
func (people) Get(_ context.Context, id, _ *v2.ResourceId) (*v2.Resource, annotations.Annotations, error) {
	if id.GetResource() == nobody {
		return nil, nil, errNobody
	}
	found, err := account(id.GetResource())
	return found, nil, err
}

// CreateAccount makes the account that its login names.
func (people) CreateAccount(_ context.Context, info *v2.AccountInfo, _ *v2.LocalCredentialOptions) (
	connectorbuilder.CreateAccountResponse, []*v2.PlaintextData, annotations.Annotations, error,
) {
	if info.GetLogin() == nobody {
		return nil, nil, nil, errNobody
	}
	made, err := account(info.GetLogin())
	if err != nil {
		return nil, nil, nil, err
	}
	return &v2.CreateAccountResponse_SuccessResult{Resource: made, IsCreateAccountResult: true}, nil, nil, nil
}

func (people) CreateAccountCapabilityDetails(context.Context) (
	*v2.CredentialDetailsAccountProvisioning, annotations.Annotations, error,
) {
	none := v2.CapabilityDetailCredentialOption_CAPABILITY_DETAIL_CREDENTIAL_OPTION_NO_PASSWORD
	return &v2.CredentialDetailsAccountProvisioning{
		SupportedCredentialOptions: []v2.CapabilityDetailCredentialOption{none}, PreferredCredentialOption: none,
	}, nil, nil
}

// Rotate gives a person a new password.
func (people) Rotate(_ context.Context, id *v2.ResourceId, _ *v2.LocalCredentialOptions) (
	[]*v2.PlaintextData, annotations.Annotations, error,
) {
	if id.GetResource() == nobody {
		return nil, nil, errNobody
	}
	return []*v2.PlaintextData{{Name: "password", Bytes: []byte("new password of " + id.GetResource())}}, nil, nil
}

func (people) RotateCapabilityDetails(context.Context) (
	*v2.CredentialDetailsCredentialRotation, annotations.Annotations, error,
) {
	random := v2.CapabilityDetailCredentialOption_CAPABILITY_DETAIL_CREDENTIAL_OPTION_RANDOM_PASSWORD
	return &v2.CredentialDetailsCredentialRotation{
		SupportedCredentialOptions: []v2.CapabilityDetailCredentialOption{random}, PreferredCredentialOption: random,
	}, nil, nil
}
