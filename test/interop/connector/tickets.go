package main

import (
	"context"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"github.com/conductorone/baton-sdk/pkg/pagination"
)

// One kind of ticket, whose tickets are named after what they were asked to be.
var schema = &v2.TicketSchema{
	Id: "chore", DisplayName: "Chore",
	Types:    []*v2.TicketType{{Id: "chore", DisplayName: "Chore"}},
	Statuses: []*v2.TicketStatus{{Id: "open", DisplayName: "Open"}},
}

func (tiny) ListTicketSchemas(context.Context, *pagination.Token) (
	[]*v2.TicketSchema, string, annotations.Annotations, error,
) {
	return []*v2.TicketSchema{schema}, "", nil, nil
}

func (tiny) GetTicketSchema(context.Context, string) (*v2.TicketSchema, annotations.Annotations, error) {
	return schema, nil, nil
}

func (tiny) CreateTicket(_ context.Context, wanted *v2.Ticket, _ *v2.TicketSchema) (
	*v2.Ticket, annotations.Annotations, error,
) {
	if wanted.GetDisplayName() == nobody {
		return nil, nil, errNobody
	}
	return ticket(wanted.GetDisplayName()), annotations.New(&v2.RawId{Id: "filed"}), nil
}

func (tiny) GetTicket(_ context.Context, id string) (*v2.Ticket, annotations.Annotations, error) {
	if id == nobody {
		return nil, nil, errNobody
	}
	return ticket(id), nil, nil
}

func (tiny) BulkCreateTickets(_ context.Context, wanted *v2.TicketsServiceBulkCreateTicketsRequest) (
	*v2.TicketsServiceBulkCreateTicketsResponse, error,
) {
	answer := &v2.TicketsServiceBulkCreateTicketsResponse{}
	for _, one := range wanted.GetTicketRequests() {
		if one.GetRequest().GetDisplayName() == nobody {
			return nil, errNobody
		}
		answer.Tickets = append(answer.Tickets,
			&v2.TicketsServiceCreateTicketResponse{Ticket: ticket(one.GetRequest().GetDisplayName())})
	}
	return answer, nil
}

func (tiny) BulkGetTickets(_ context.Context, wanted *v2.TicketsServiceBulkGetTicketsRequest) (
	*v2.TicketsServiceBulkGetTicketsResponse, error,
) {
	answer := &v2.TicketsServiceBulkGetTicketsResponse{}
	for _, one := range wanted.GetTicketRequests() {
		if one.GetId() == nobody {
			return nil, errNobody
		}
		answer.Tickets = append(answer.Tickets, &v2.TicketsServiceGetTicketResponse{Ticket: ticket(one.GetId())})
	}
	return answer, nil
}

func ticket(id string) *v2.Ticket {
	return &v2.Ticket{Id: id, DisplayName: id, Status: schema.GetStatuses()[0]}
}
