package main

import (
	"context"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/connectorstore"
	"github.com/conductorone/baton-sdk/pkg/dotc1z"
)

// copyFile writes what one file holds to a new one, as this SDK writes files.
func copyFile(ctx context.Context, from, to string) error {
	source, err := dotc1z.NewC1ZFile(ctx, from)
	if err != nil {
		return err
	}
	defer source.Close(ctx)
	types, err := source.ListResourceTypes(ctx, &v2.ResourceTypesServiceListResourceTypesRequest{})
	if err != nil {
		return err
	}
	resources, err := source.ListResources(ctx, &v2.ResourcesServiceListResourcesRequest{})
	if err != nil {
		return err
	}
	entitlements, err := source.ListEntitlements(ctx, &v2.EntitlementsServiceListEntitlementsRequest{})
	if err != nil {
		return err
	}
	grants, err := source.ListGrants(ctx, &v2.GrantsServiceListGrantsRequest{})
	if err != nil {
		return err
	}
	copied, err := dotc1z.NewC1ZFile(ctx, to)
	if err != nil {
		return err
	}
	_, err = copied.StartNewSync(ctx, connectorstore.SyncTypeFull, "")
	for _, write := range []func() error{
		func() error { return copied.PutResourceTypes(ctx, types.GetList()...) },
		func() error { return copied.PutResources(ctx, resources.GetList()...) },
		func() error { return copied.PutEntitlements(ctx, entitlements.GetList()...) },
		func() error { return copied.PutGrants(ctx, grants.GetList()...) },
		func() error { return copied.EndSync(ctx) },
	} {
		if err == nil {
			err = write()
		}
	}
	if closed := copied.Close(ctx); err == nil {
		err = closed
	}
	return err
}
