package main

import (
	"context"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"github.com/conductorone/baton-sdk/pkg/connectorbuilder"
	"github.com/conductorone/baton-sdk/pkg/types/resource"
)

// keys are what people are issued; nobody has one yet.
type keys struct{}

func (keys) ResourceType(context.Context) *v2.ResourceType { return key }

func (keys) List(context.Context, *v2.ResourceId, resource.SyncOpAttrs) (
	[]*v2.Resource, *resource.SyncOpResults, error,
) {
	return nil, nil, nil
}

func (keys) Entitlements(context.Context, *v2.Resource, resource.SyncOpAttrs) (
	[]*v2.Entitlement, *resource.SyncOpResults, error,
) {
	return nil, nil, nil
}

func (keys) Grants(context.Context, *v2.Resource, resource.SyncOpAttrs) (
	[]*v2.Grant, *resource.SyncOpResults, error,
) {
	return nil, nil, nil
}

// Issue makes a person a key, which is named after the request.
func (people) Issue(_ context.Context, wanted *connectorbuilder.CredentialIssueInput) (
	*connectorbuilder.CredentialIssueOutput, error,
) {
	if wanted.IdentityID.GetResource() == nobody {
		return nil, errNobody
	}
	made, err := resource.NewSecretResource("Key", key, wanted.RequestID, []resource.SecretTraitOption{
		resource.WithSecretIdentityID(wanted.IdentityID),
		resource.WithSecretExpiresAt(wanted.ExpiresAt.AsTime()),
	})
	return &connectorbuilder.CredentialIssueOutput{
		Secret:        made,
		PlaintextData: []*v2.PlaintextData{{Name: "key", Bytes: []byte("key of " + wanted.IdentityID.GetResource())}},
		Annotations:   annotations.New(&v2.RawId{Id: "issued"}),
		ResourceMode:  v2.CredentialResourceMode_CREDENTIAL_RESOURCE_MODE_DISCOVERABLE,
	}, err
}

func (people) IssueCapabilityDetails(context.Context) (
	*v2.CredentialDetailsCredentialIssue, annotations.Annotations, error,
) {
	apiKey := v2.CapabilityDetailCredentialOption_CAPABILITY_DETAIL_CREDENTIAL_OPTION_API_KEY
	return &v2.CredentialDetailsCredentialIssue{
		Options: []*v2.CredentialIssueOptionDescriptor{{
			Option: apiKey, ResourceMode: v2.CredentialResourceMode_CREDENTIAL_RESOURCE_MODE_DISCOVERABLE,
			Expiry: &v2.IssuanceExpiryCapability{}, SecretResourceTypeId: key.GetId(),
		}},
		PreferredOption: apiKey,
	}, nil, nil
}

// Delete takes a key back, which whoever issues keys must be able to.
func (keys) Delete(context.Context, *v2.ResourceId, *v2.ResourceId) (annotations.Annotations, error) {
	return nil, nil
}
