package interop

import (
	"time"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"github.com/conductorone/baton-sdk/pkg/types/entitlement"
	"github.com/conductorone/baton-sdk/pkg/types/grant"
	"github.com/conductorone/baton-sdk/pkg/types/resource"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// What the small connector in connector/ knows, in C1's words.
var (
	payroll = &v2.Resource{Id: teamID("payroll"), DisplayName: "payroll"}
	member  = entitlement.NewAssignmentEntitlement(payroll, "member")
	// noted is an annotation of C1's, which comes back with the answer to a ticket.
	noted = &v2.RawId{Id: "noted by C1"}
	notes = pack(noted)
	noon  = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)
)

func teamID(id string) *v2.ResourceId   { return &v2.ResourceId{ResourceType: "team", Resource: id} }
func personID(id string) *v2.ResourceId { return &v2.ResourceId{ResourceType: "person", Resource: id} }

func pack(messages ...proto.Message) []*anypb.Any {
	var all []*anypb.Any
	for _, one := range messages {
		packed, err := anypb.New(one)
		if err != nil {
			panic(err) // a message of the official types always packs
		}
		all = append(all, packed)
	}
	return all
}

func granting(id string) *v1.Task {
	return &v1.Task{TaskType: &v1.Task_Grant{Grant: &v1.Task_GrantTask{
		Entitlement: member, Principal: &v2.Resource{Id: personID(id)}, Annotations: notes,
	}}}
}

func revoking(id string) *v1.Task {
	return &v1.Task{TaskType: &v1.Task_Revoke{Revoke: &v1.Task_RevokeTask{
		Grant: grant.NewGrant(payroll, "member", personID(id)), Annotations: notes,
	}}}
}

func creatingAccount(login string) *v1.Task {
	return &v1.Task{TaskType: &v1.Task_CreateAccount{CreateAccount: &v1.Task_CreateAccountTask{
		AccountInfo:       &v2.AccountInfo{Login: login},
		CredentialOptions: &v2.CredentialOptions{Options: &v2.CredentialOptions_NoPassword_{NoPassword: &v2.CredentialOptions_NoPassword{}}},
		ResourceTypeId:    "person",
	}}}
}

func creatingTeam(id string) *v1.Task {
	return &v1.Task{TaskType: &v1.Task_CreateResource{CreateResource: &v1.Task_CreateResourceTask{
		Resource: &v2.Resource{Id: teamID(id), DisplayName: "The " + id},
	}}}
}

func deletingTeam(id string) *v1.Task {
	return &v1.Task{TaskType: &v1.Task_DeleteResource{DeleteResource: &v1.Task_DeleteResourceTask{
		ResourceId: teamID(id), ParentResourceId: teamID("office"),
	}}}
}

func chore(name string) *v1.Task_CreateTicketTask {
	return &v1.Task_CreateTicketTask{
		TicketRequest: &v2.TicketRequest{DisplayName: name}, TicketSchema: &v2.TicketSchema{Id: "chore"}, Annotations: notes,
	}
}

func creatingTicket(name string) *v1.Task {
	return &v1.Task{TaskType: &v1.Task_CreateTicketTask_{CreateTicketTask: chore(name)}}
}

func gettingTicket(id string) *v1.Task {
	return &v1.Task{TaskType: &v1.Task_GetTicket{GetTicket: &v1.Task_GetTicketTask{TicketId: id, Annotations: notes}}}
}

func creatingTickets(names ...string) *v1.Task {
	many := &v1.Task_BulkCreateTicketsTask{}
	for _, name := range names {
		many.TicketRequests = append(many.TicketRequests, chore(name))
	}
	return &v1.Task{TaskType: &v1.Task_BulkCreateTickets{BulkCreateTickets: many}}
}

func gettingTickets(ids ...string) *v1.Task {
	many := &v1.Task_BulkGetTicketsTask{}
	for _, id := range ids {
		many.TicketRequests = append(many.TicketRequests, &v1.Task_GetTicketTask{TicketId: id})
	}
	return &v1.Task{TaskType: &v1.Task_BulkGetTickets{BulkGetTickets: many}}
}

func schemaOf(action string) *v1.Task {
	return &v1.Task{TaskType: &v1.Task_ActionGetSchema{ActionGetSchema: &v1.Task_ActionGetSchemaTask{Name: action}}}
}

func invoking(action string) *v1.Task {
	who := &structpb.Struct{Fields: map[string]*structpb.Value{"name": structpb.NewStringValue("Aroha")}}
	return &v1.Task{TaskType: &v1.Task_ActionInvoke{ActionInvoke: &v1.Task_ActionInvokeTask{Name: action, Args: who}}}
}

func statusOf(action, id string) *v1.Task {
	return &v1.Task{TaskType: &v1.Task_ActionStatus{ActionStatus: &v1.Task_ActionStatusTask{Name: action, Id: id}}}
}

func ticket(id string) *v2.Ticket {
	return &v2.Ticket{Id: id, DisplayName: id, Status: &v2.TicketStatus{Id: "open", DisplayName: "Open"}}
}

func personResource(id string) *v2.Resource {
	email := id + "@kauri.example"
	kind := &v2.ResourceType{Id: "person"}
	made, err := resource.NewUserResource(id, kind, id, []resource.UserTraitOption{
		resource.WithEmail(email, true),
		resource.WithUserProfile(map[string]any{"email": email}),
	})
	if err != nil {
		panic(err) // these are good ones
	}
	return made
}

// kindsDone are the kinds that the small connector does, and what the official client answers
// (c1-protocol.md §4.8). Those whose answer holds something made up are tested by themselves.
func kindsDone() []duty {
	schemas := &v2.TicketSchema{
		Id: "chore", DisplayName: "Chore",
		Types:    []*v2.TicketType{{Id: "chore", DisplayName: "Chore"}},
		Statuses: []*v2.TicketStatus{{Id: "open", DisplayName: "Open"}},
	}
	filed := []proto.Message{&v2.RawId{Id: "filed"}, noted}
	done := func(response proto.Message, annotations ...proto.Message) ending {
		return ending{response: response, annotations: annotations}
	}
	gone, made, of := &v2.GrantAlreadyRevoked{}, &v2.RawId{Id: "made"}, &v2.RawId{Id: "of office"}
	created := &v2.Resource{Id: teamID("choir"), DisplayName: "The choir", Annotations: pack(&v2.GroupTrait{})}
	came := &v2.Event{Id: "after yesterday", OccurredAt: timestamppb.New(noon), Event: &v2.Event_UsageEvent{
		UsageEvent: &v2.UsageEvent{ActorResource: personResource("aroha"), TargetResource: personResource("aroha")},
	}}
	return []duty{
		{"K-03", granting("ben"), done(&v2.GrantManagerServiceGrantResponse{
			Grants: []*v2.Grant{grant.NewGrant(payroll, "member", personID("ben"))},
		})},
		{"K-04", revoking("aroha"), done(&v2.GrantManagerServiceRevokeResponse{Annotations: pack(gone)}, gone)},
		{"K-05", creatingAccount("carl"), done(&v2.CreateAccountResponse{Result: &v2.CreateAccountResponse_Success{
			Success: &v2.CreateAccountResponse_SuccessResult{Resource: personResource("carl"), IsCreateAccountResult: true},
		}})},
		{"K-06", creatingTeam("choir"), done(&v2.CreateResourceResponse{Created: created, Annotations: pack(made)}, made)},
		{"K-07", deletingTeam("payroll"), done(&v2.DeleteResourceResponse{Annotations: pack(of)}, of)},
		{"K-10", creatingTicket("sweep"), done(&v2.TicketsServiceCreateTicketResponse{
			Ticket: ticket("sweep"), Annotations: pack(filed...),
		}, filed...)},
		{"K-11", &v1.Task{TaskType: &v1.Task_ListTicketSchemas{ListTicketSchemas: &v1.Task_ListTicketSchemasTask{}}},
			done(&v2.TicketsServiceListTicketSchemasResponse{List: []*v2.TicketSchema{schemas}})},
		{"K-12", gettingTicket("sweep"), done(&v2.TicketsServiceGetTicketResponse{Ticket: ticket("sweep"), Annotations: notes}, noted)},
		{"K-13", creatingTickets("sweep", "dust"), done(&v2.TicketsServiceBulkCreateTicketsResponse{
			Tickets: []*v2.TicketsServiceCreateTicketResponse{{Ticket: ticket("sweep")}, {Ticket: ticket("dust")}},
		})},
		{"K-14", gettingTickets("sweep", "dust"), done(&v2.TicketsServiceBulkGetTicketsResponse{
			Tickets: []*v2.TicketsServiceGetTicketResponse{{Ticket: ticket("sweep")}, {Ticket: ticket("dust")}},
		})},
		{"K-16", schemaOf("stumble"), done(&v2.GetActionSchemaResponse{
			Schema: &v2.BatonActionSchema{Name: "stumble", DisplayName: "Stumble", Description: "Fails"},
		})},
		{"K-21", &v1.Task{TaskType: &v1.Task_ListEventFeeds{ListEventFeeds: &v1.Task_ListEventFeedsTask{}}},
			done(&v2.ListEventFeedsResponse{List: []*v2.EventFeedMetadata{
				{Id: "doors", SupportedEventTypes: []v2.EventType{v2.EventType_EVENT_TYPE_USAGE}},
			}})},
		{"K-22", &v1.Task{TaskType: &v1.Task_ListEvents{ListEvents: &v1.Task_ListEventsTask{
			EventFeedId: "doors", StartAt: timestamppb.New(noon), Cursor: "yesterday", PageSize: 1,
		}}}, done(&v2.ListEventsResponse{Events: []*v2.Event{came}, Cursor: "next", HasMore: true})},
		{"K-09", &v1.Task{TaskType: &v1.Task_EventFeed{EventFeed: &v1.Task_EventFeedTask{}}}, retryable(codes.Unknown)},
		{"K-19", &v1.Task{TaskType: &v1.Task_CreateSyncDiff{CreateSyncDiff: &v1.Task_CreateSyncDiffTask{
			BaseSyncId: newID(), NewSyncId: newID(),
		}}}, retryable(codes.Unknown)},
		{"K-20", &v1.Task{TaskType: &v1.Task_CompactSyncs_{CompactSyncs: &v1.Task_CompactSyncs{}}}, retryable(codes.Unknown)},
		{"K-24", unheardTask(), retryable(codes.Unknown)},
		{"K-25", &v1.Task{}, retryable(codes.Unknown)},
	}
}

// unheardTask is of a kind that nobody knows yet: field 199, a message of a C1 to come.
func unheardTask() *v1.Task {
	task := &v1.Task{}
	task.ProtoReflect().SetUnknown([]byte{0xba, 0x0c, 0})
	return task
}

const nobody = "nobody"

// kindsRefused are the same, when the connector refuses.
func kindsRefused() []duty {
	declined := &errdetails.ErrorInfo{
		Reason: "grant_cancelled", Domain: "github.com/conductorone/baton-sdk",
		Metadata: map[string]string{"reason": "nobody can't be removed"},
	}
	return []duty{
		{"KR-03", granting(nobody), final(codes.NotFound)},
		{"KR-04", revoking(nobody), final(codes.FailedPrecondition, declined)},
		{"KR-05", creatingAccount(nobody), final(codes.NotFound)},
		{"KR-06", creatingTeam(nobody), final(codes.NotFound)},
		{"KR-07", deletingTeam(nobody), final(codes.NotFound)},
		{"KR-08", rotating(nobody), final(codes.NotFound)},
		{"KR-10", creatingTicket(nobody), retryable(codes.NotFound, noted)},
		{"KR-12", gettingTicket(nobody), retryable(codes.NotFound, noted)},
		{"KR-13", creatingTickets("sweep", nobody), retryable(codes.NotFound)},
		{"KR-14", gettingTickets("sweep", nobody), retryable(codes.NotFound)},
		{"KR-16", schemaOf("unheard"), retryable(codes.NotFound)},
		{"KR-17", invoking("unheard"), retryable(codes.NotFound)},
		// An action that fails loses the connector's code and response (c1-protocol.md §4.7).
		{"KR-17", invoking("stumble"), retryable(codes.Unknown)},
		{"KR-18", statusOf("greet", "unheard"), retryable(codes.NotFound)},
		{"KR-23", issuing(nobody), final(codes.NotFound)},
	}
}

// kindsMalformed are those that can lack what they are about.
func kindsMalformed() []duty {
	return []duty{
		{"KM-03", &v1.Task{TaskType: &v1.Task_Grant{Grant: &v1.Task_GrantTask{}}}, final(codes.Unknown)},
		{"KM-04", &v1.Task{TaskType: &v1.Task_Revoke{Revoke: &v1.Task_RevokeTask{}}}, final(codes.Unknown)},
		{"KM-05", &v1.Task{TaskType: &v1.Task_CreateAccount{CreateAccount: &v1.Task_CreateAccountTask{}}}, final(codes.Unknown)},
		{"KM-06", &v1.Task{TaskType: &v1.Task_CreateResource{CreateResource: &v1.Task_CreateResourceTask{}}}, final(codes.Unknown)},
		{"KM-07", &v1.Task{TaskType: &v1.Task_DeleteResource{DeleteResource: &v1.Task_DeleteResourceTask{}}}, final(codes.Unknown)},
		{"KM-08", &v1.Task{TaskType: &v1.Task_RotateCredentials{RotateCredentials: &v1.Task_RotateCredentialsTask{}}}, final(codes.Unknown)},
		{"KM-10", &v1.Task{TaskType: &v1.Task_CreateTicketTask_{CreateTicketTask: &v1.Task_CreateTicketTask{Annotations: notes}}},
			ending{code: codes.Unknown, final: true, annotations: []proto.Message{noted}}},
		{"KM-12", gettingTicket(""), final(codes.Unknown)},
		{"KM-13", creatingTickets(), final(codes.Unknown)},
		{"KM-14", gettingTickets(), final(codes.Unknown)},
		{"KM-16", schemaOf(""), retryable(codes.Unknown)},
		{"KM-17", invoking(""), retryable(codes.Unknown)},
		{"KM-18", statusOf("greet", ""), retryable(codes.Unknown)},
		{"KM-23", &v1.Task{TaskType: &v1.Task_IssueCredential{IssueCredential: &v1.Task_IssueCredentialTask{
			IdentityId: personID("aroha"),
		}}}, final(codes.Unknown)},
	}
}
