// A connector as its makers would write it, so that the official client has something to do: two
// people, two teams, one of them within the other, and all that C1 can ask of them. What is asked
// about `nobody` fails.
package main

import (
	"context"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"github.com/conductorone/baton-sdk/pkg/cli"
	"github.com/conductorone/baton-sdk/pkg/config"
	"github.com/conductorone/baton-sdk/pkg/connectorbuilder"
	"github.com/conductorone/baton-sdk/pkg/field"
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
	key  = resource.NewResourceType("Key",
		[]v2.ResourceType_Trait{v2.ResourceType_TRAIT_SECRET},
		&v2.SkipEntitlementsAndGrants{})
)

const nobody = "nobody"

var errNobody = status.Error(codes.NotFound, "there is no such person")

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
	return &v2.ConnectorMetadata{DisplayName: "Tiny", Description: "Two people and two teams"}, nil
}

func (tiny) Validate(context.Context) (annotations.Annotations, error) { return nil, nil }

func (tiny) ResourceSyncers(context.Context) []connectorbuilder.ResourceSyncerV2 {
	return []connectorbuilder.ResourceSyncerV2{people{}, teams{}, keys{}}
}
