// The connector that a Go engineer would write with the official SDK for what ours does: the same
// calls to Xero, the same resources, entitlements and grants under the same ids. The bench runs
// ours beside it; it is no part of the product. Built for syncs of one file alone.
package main

import (
	"context"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"github.com/conductorone/baton-sdk/pkg/cli"
	"github.com/conductorone/baton-sdk/pkg/config"
	"github.com/conductorone/baton-sdk/pkg/connectorbuilder"
	"github.com/conductorone/baton-sdk/pkg/field"
	"github.com/spf13/viper"
)

var (
	tokenField = field.StringField("token", field.WithRequired(true),
		field.WithDescription("The access token for Xero's API"))
	apiField = field.StringField("xero-api-url", field.WithRequired(true),
		field.WithDescription("The address of Xero's API"))
)

func main() {
	schema := field.NewConfiguration([]field.SchemaField{tokenField, apiField})
	config.RunConnector(context.Background(), "baton-equivalent", "v1.0.0", schema, open)
}

func open(_ context.Context, v *viper.Viper, _ *cli.ConnectorOpts) (
	connectorbuilder.ConnectorBuilderV2, []connectorbuilder.Opt, error,
) {
	client := &xero{api: v.GetString(apiField.FieldName), token: v.GetString(tokenField.FieldName)}
	return connector{&directory{client: client}}, nil, nil
}

type connector struct{ directory *directory }

func (connector) Metadata(context.Context) (*v2.ConnectorMetadata, error) {
	return &v2.ConnectorMetadata{DisplayName: "Xero", Description: "Xero's organisations and people"}, nil
}

func (connector) Validate(context.Context) (annotations.Annotations, error) { return nil, nil }

func (c connector) ResourceSyncers(context.Context) []connectorbuilder.ResourceSyncerV2 {
	return []connectorbuilder.ResourceSyncerV2{
		organisations{c.directory}, roles{c.directory}, accounts{c.directory},
	}
}
