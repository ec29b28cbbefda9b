package main

import (
	"context"

	config "github.com/conductorone/baton-sdk/pb/c1/config/v1"
	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/actions"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/structpb"
)

// GlobalActions offers `greet`, which answers whom it greeted, and `stumble`, which fails.
func (tiny) GlobalActions(ctx context.Context, registry actions.ActionRegistry) error {
	greet := &v2.BatonActionSchema{
		Name: "greet", DisplayName: "Greet", Description: "Greets somebody",
		Arguments: []*config.Field{{
			Name: "name", DisplayName: "Name",
			Field: &config.Field_StringField{StringField: &config.StringField{}},
		}},
	}
	if err := registry.Register(ctx, greet, func(_ context.Context, arguments *structpb.Struct) (
		*structpb.Struct, annotations.Annotations, error,
	) {
		return &structpb.Struct{Fields: map[string]*structpb.Value{"greeted": arguments.GetFields()["name"]}}, nil, nil
	}); err != nil {
		return err
	}
	stumble := &v2.BatonActionSchema{Name: "stumble", DisplayName: "Stumble", Description: "Fails"}
	return registry.Register(ctx, stumble, func(context.Context, *structpb.Struct) (
		*structpb.Struct, annotations.Annotations, error,
	) {
		return nil, nil, status.Error(codes.FailedPrecondition, "stumbled")
	})
}
