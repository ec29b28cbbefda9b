package interop

import (
	"slices"
	"strings"
	"syscall"
	"testing"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"github.com/conductorone/baton-sdk/pkg/types/grant"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// heldAndOther is a role that somebody holds by our sync, and another of the same organisation, which they don't.
func heldAndOther(t *testing.T) (held, other *v2.Grant) {
	t.Helper()
	grants := made.files["sync.c1z"].Grants
	for _, id := range grants {
		role, person, isRole := strings.Cut(strings.TrimPrefix(id, "role:"), ":assigned:user:")
		organisation, _, _ := strings.Cut(role, "/")
		if !isRole || strings.HasSuffix(role, "/readonly") {
			continue
		}
		account := &v2.ResourceId{ResourceType: "user", Resource: person}
		held, other := roleGrant(role, account), roleGrant(organisation+"/readonly", account)
		if !slices.Contains(grants, other.GetId()) {
			return held, other
		}
	}
	t.Fatal("nobody holds one role alone")
	return nil, nil
}

func roleGrant(role string, account *v2.ResourceId) *v2.Grant {
	resource := &v2.Resource{Id: &v2.ResourceId{ResourceType: "role", Resource: role}}
	return grant.NewGrant(resource, "assigned", account)
}

func askingFor(wanted *v2.Grant) *v1.Task {
	return &v1.Task{Id: newID(), TaskType: &v1.Task_Grant{Grant: &v1.Task_GrantTask{
		Entitlement: wanted.GetEntitlement(), Principal: wanted.GetPrincipal(),
	}}}
}

// Where nobody is there, our client answers what is so already and refuses the rest at once.
func TestOurClientTakesRequestsOnceItIsTold(t *testing.T) {
	held, other := heldAndOther(t)
	there, missing := askingFor(held), askingFor(other)
	gone := &v1.Task{Id: newID(), TaskType: &v1.Task_Revoke{Revoke: &v1.Task_RevokeTask{Grant: other}}}
	unclear := &v1.Task{Id: newID(), TaskType: &v1.Task_CreateAccount{CreateAccount: &v1.Task_CreateAccountTask{}}}
	tasks := []*v1.Task{there, missing, gone, unclear}
	p := perform(t, often(handing(tasks...)...), "BATON_PROVISIONING=true")
	for _, task := range tasks {
		p.finished(t, task.GetId(), 1)
	}
	p.ends(t, syscall.SIGTERM)

	abilities := p.hellos()[0].GetConnectorMetadata().GetCapabilities().GetConnectorCapabilities()
	if !slices.Contains(abilities, v2.Capability_CAPABILITY_PROVISION) {
		t.Errorf("it declares %v", abilities)
	}
	report := func(task *v1.Task) *v1.BatonServiceFinishTaskRequest {
		all := p.reports(task.GetId())
		if len(all) != 1 || len(faults(all[0])) > 0 {
			t.Fatalf("%d reports: %v", len(all), all)
		}
		return all[0]
	}
	expectMarked(t, report(there), &v2.GrantAlreadyExists{})
	expectMarked(t, report(gone), &v2.GrantAlreadyRevoked{})
	var told v2.GrantManagerServiceGrantResponse
	if err := report(there).GetSuccess().GetResponse().UnmarshalTo(&told); err != nil {
		t.Fatal(err)
	}
	if len(told.GetGrants()) != 1 || !proto.Equal(told.GetGrants()[0], held) {
		t.Errorf("it tells %s", protojson.Format(&told))
	}
	for task, code := range map[*v1.Task]codes.Code{missing: codes.FailedPrecondition, unclear: codes.InvalidArgument} {
		if got := report(task); got.GetStatus().GetCode() != int32(code) || !got.GetError().GetNonRetryable() {
			t.Errorf("it answers %s", protojson.Format(got))
		}
	}
}

func expectMarked(t *testing.T, told *v1.BatonServiceFinishTaskRequest, mark proto.Message) {
	t.Helper()
	marks := annotations.Annotations(told.GetSuccess().GetAnnotations())
	if !marks.Contains(mark) {
		t.Errorf("it answers %s", protojson.Format(told))
	}
}
