package main

import (
	"context"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"github.com/conductorone/baton-sdk/pkg/connectorbuilder"
	"github.com/conductorone/baton-sdk/pkg/pagination"
	"google.golang.org/protobuf/types/known/timestamppb"
)

func (tiny) EventFeeds(context.Context) []connectorbuilder.EventFeed {
	return []connectorbuilder.EventFeed{doors{}}
}

// doors tells who came to the office: one event, which echoes what was asked.
type doors struct{}

func (doors) EventFeedMetadata(context.Context) *v2.EventFeedMetadata {
	return &v2.EventFeedMetadata{Id: "doors", SupportedEventTypes: []v2.EventType{v2.EventType_EVENT_TYPE_USAGE}}
}

func (doors) ListEvents(_ context.Context, since *timestamppb.Timestamp, page *pagination.StreamToken) (
	[]*v2.Event, *pagination.StreamState, annotations.Annotations, error,
) {
	aroha, err := account("aroha")
	came := &v2.Event{Id: "after " + page.Cursor, OccurredAt: since, Event: &v2.Event_UsageEvent{
		UsageEvent: &v2.UsageEvent{ActorResource: aroha, TargetResource: aroha},
	}}
	return []*v2.Event{came}, &pagination.StreamState{Cursor: "next", HasMore: page.Size == 1}, nil, err
}
