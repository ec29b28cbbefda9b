package interop

import (
	"maps"
	"slices"
	"strings"
	"testing"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"github.com/conductorone/baton-sdk/pkg/types/grant"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// answered is what we tell of the request that produce-answers.ts names so.
func answered(t *testing.T, name string) *v1.BatonServiceFinishTaskRequest {
	t.Helper()
	for _, one := range samples(t) {
		told, ok := one.decoded.(*v1.BatonServiceFinishTaskRequest)
		if ok && strings.TrimRight(told.GetTaskId(), "0") == name {
			return told
		}
	}
	t.Fatalf("no answer %s was produced", name)
	return nil
}

// doneWith reads the response of a success, whose annotations stand in the response too, as the official runner has it.
func doneWith[M proto.Message](t *testing.T, name string, response M, marks ...proto.Message) M {
	t.Helper()
	success := answered(t, name).GetSuccess()
	if success == nil {
		t.Fatalf("%s is no success", name)
	}
	if err := success.GetResponse().UnmarshalTo(response); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	beside := annotations.Annotations(success.GetAnnotations())
	if len(beside) != len(marks) {
		t.Errorf("%s has %d annotations, not %d", name, len(beside), len(marks))
	}
	for _, mark := range marks {
		found := mark.ProtoReflect().New().Interface()
		if ok, err := beside.Pick(found); err != nil || !ok || !proto.Equal(found, mark) {
			t.Errorf("%s isn't marked %s", name, protojson.Format(mark))
		}
	}
	return response
}

func TestOurGrantIsTheOneThatTheOfficialSDKMakes(t *testing.T) {
	for name, marks := range map[string][]proto.Message{
		"Granted":       nil,
		"GrantedBefore": {&v2.GrantAlreadyExists{}},
	} {
		told := doneWith(t, name, &v2.GrantManagerServiceGrantResponse{}, marks...)
		expectSame(t, told.GetAnnotations(), answered(t, name).GetSuccess().GetAnnotations())
		if len(told.GetGrants()) != 1 {
			t.Fatalf("%s tells %d grants", name, len(told.GetGrants()))
		}
		ours := told.GetGrants()[0]
		official := grant.NewGrant(ours.GetEntitlement().GetResource(), "assigned", ours.GetPrincipal())
		if !proto.Equal(ours, official) {
			t.Errorf("ours     %s\nofficial %s", protojson.Format(ours), protojson.Format(official))
		}
		if !slices.Contains(made.files["sync.c1z"].Entitlements, ours.GetEntitlement().GetId()) {
			t.Errorf("%s is of %s, which no sync shows", name, ours.GetEntitlement().GetId())
		}
	}
}

func TestOurGrantNamesTheOneThatGaveWay(t *testing.T) {
	told := doneWith(t, "GrantedInPlaceOfAnother", &v2.GrantManagerServiceGrantResponse{},
		grant.NewGrantReplaced(replacedIn(t)))
	if len(told.GetGrants()) != 1 {
		t.Errorf("%d grants", len(told.GetGrants()))
	}
}

// replacedIn is the id that the answer names, which must be one that a sync of ours shows.
func replacedIn(t *testing.T) string {
	t.Helper()
	var named v2.GrantReplaced
	marks := annotations.Annotations(answered(t, "GrantedInPlaceOfAnother").GetSuccess().GetAnnotations())
	if ok, err := marks.Pick(&named); err != nil || !ok {
		t.Fatalf("no grant gave way: %v", err)
	}
	if !slices.Contains(made.files["sync.c1z"].Grants, named.GetReplacedGrantId()) {
		t.Errorf("no sync shows the grant %q", named.GetReplacedGrantId())
	}
	return named.GetReplacedGrantId()
}

func TestOurRevokesAndDeletionsSayWhatWasSoBefore(t *testing.T) {
	for name, marks := range map[string][]proto.Message{
		"Revoked": nil, "RevokedBefore": {&v2.GrantAlreadyRevoked{}},
	} {
		told := doneWith(t, name, &v2.GrantManagerServiceRevokeResponse{}, marks...)
		expectSame(t, told.GetAnnotations(), answered(t, name).GetSuccess().GetAnnotations())
	}
	for name, marks := range map[string][]proto.Message{
		"Deleted": nil, "DeletedBefore": {&v2.ResourceDoesNotExist{}},
	} {
		told := doneWith(t, name, &v2.DeleteResourceResponse{}, marks...)
		expectSame(t, told.GetAnnotations(), answered(t, name).GetSuccess().GetAnnotations())
	}
}

func expectSame[M proto.Message](t *testing.T, one, other []M) {
	t.Helper()
	if !slices.EqualFunc(one, other, func(a, b M) bool { return proto.Equal(a, b) }) {
		t.Errorf("%v isn't %v", one, other)
	}
}

func TestOurAccountsAreReadAsWhatTheyCameTo(t *testing.T) {
	created := doneWith(t, "Created", &v2.CreateAccountResponse{}).GetSuccess()
	before := doneWith(t, "CreatedBefore", &v2.CreateAccountResponse{}).GetAlreadyExists()
	for name, account := range map[string]*v2.Resource{"Created": created.GetResource(), "CreatedBefore": before.GetResource()} {
		id := account.GetId()
		if !slices.Contains(made.files["sync.c1z"].Resources["user"], id.GetResource()) || id.GetResourceType() != "user" {
			t.Errorf("%s: no sync shows the account %v", name, id)
		}
		traits := annotations.Annotations(account.GetAnnotations())
		if !traits.Contains(&v2.UserTrait{}) {
			t.Errorf("%s isn't a user", name)
		}
	}
	invited := doneWith(t, "Invited", &v2.CreateAccountResponse{}).GetActionRequired()
	if !strings.Contains(strings.ToLower(invited.GetMessage()), "invited, not yet accepted") || invited.GetResource() != nil {
		t.Errorf("invited: %v", invited)
	}
	if !created.GetIsCreateAccountResult() || !before.GetIsCreateAccountResult() || !invited.GetIsCreateAccountResult() {
		t.Error("one isn't marked as the result of making an account")
	}
}

func TestTheAdminsNoIsReadByTheOfficialSDK(t *testing.T) {
	told := answered(t, "Declined")
	reason, declined := grant.GrantCancelledReasonFromStatus(status.FromProto(told.GetStatus()))
	if !declined || reason != told.GetStatus().GetMessage() || reason == "" {
		t.Errorf("read as declined: %v, because %q", declined, reason)
	}
	official := grant.NewErrGrantCancelled(reason).(*grant.ErrGrantCancelled).GRPCStatus().Proto()
	if !proto.Equal(told.GetStatus(), official) {
		t.Errorf("ours     %s\nofficial %s", protojson.Format(told.GetStatus()), protojson.Format(official))
	}
}

func TestWhatIsNotDoneIsFinalWithACodeThatSaysWhy(t *testing.T) {
	for name, code := range map[string]codes.Code{
		"Declined": codes.FailedPrecondition, "OutOfTime": codes.DeadlineExceeded, "Malformed": codes.InvalidArgument,
		"Unknown": codes.NotFound, "Impossible": codes.FailedPrecondition,
	} {
		told := answered(t, name)
		if got := status.FromProto(told.GetStatus()); got.Code() != code || got.Message() == "" {
			t.Errorf("%s: %v", name, got)
		}
		if told.GetError() == nil || !told.GetError().GetNonRetryable() || told.GetError().GetResponse() != nil {
			t.Errorf("%s: %v", name, told.GetFinalState())
		}
		if _, declined := grant.GrantCancelledReasonFromStatus(status.FromProto(told.GetStatus())); declined != (name == "Declined") {
			t.Errorf("%s is read as an admin's no: %v", name, declined)
		}
	}
}

// hellosWith are those that declare accounts to be made, and those that don't.
func hellosWith(t *testing.T) (provisioning, reading []*v2.ConnectorMetadata) {
	t.Helper()
	for _, one := range samples(t) {
		hello, ok := one.decoded.(*v1.BatonServiceHelloRequest)
		if !ok {
			continue
		}
		metadata := hello.GetConnectorMetadata()
		if slices.Contains(metadata.GetCapabilities().GetConnectorCapabilities(), v2.Capability_CAPABILITY_ACCOUNT_PROVISIONING) {
			provisioning = append(provisioning, metadata)
		} else {
			reading = append(reading, metadata)
		}
	}
	return provisioning, reading
}

func TestOurHelloDeclaresRequestsOnlyWhereTheyAreDone(t *testing.T) {
	provisioning, reading := hellosWith(t)
	if len(provisioning) != 1 || len(reading) == 0 {
		t.Fatalf("%d Hellos declare requests, %d don't", len(provisioning), len(reading))
	}
	for _, metadata := range reading {
		if metadata.GetAccountCreationSchema() != nil || metadata.GetCapabilities().GetCredentialDetails() != nil {
			t.Error("one speaks of accounts and makes none")
		}
	}
	capabilities := provisioning[0].GetCapabilities()
	got := map[string][]v2.Capability{}
	for _, one := range capabilities.GetResourceTypeCapabilities() {
		got[one.GetResourceType().GetId()] = one.GetCapabilities()
	}
	sync, targeted := v2.Capability_CAPABILITY_SYNC, v2.Capability_CAPABILITY_TARGETED_SYNC
	granted := []v2.Capability{v2.Capability_CAPABILITY_PROVISION, sync, targeted}
	want := map[string][]v2.Capability{
		"org": granted, "role": granted,
		"user": {sync, v2.Capability_CAPABILITY_ACCOUNT_PROVISIONING, v2.Capability_CAPABILITY_RESOURCE_DELETE, targeted},
	}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("declared %v\nwanted   %v", got, want)
	}
	details := capabilities.GetCredentialDetails().GetCapabilityAccountProvisioning()
	none := v2.CapabilityDetailCredentialOption_CAPABILITY_DETAIL_CREDENTIAL_OPTION_NO_PASSWORD
	if details.GetPreferredCredentialOption() != none || !slices.Equal(details.GetSupportedCredentialOptions(), []v2.CapabilityDetailCredentialOption{none}) {
		t.Errorf("credentials: %v", details)
	}
}

func TestOurHelloAsksForWhatAnInvitationTakes(t *testing.T) {
	provisioning, _ := hellosWith(t)
	fields := provisioning[0].GetAccountCreationSchema().GetFieldMap()
	inOrder := slices.SortedFunc(maps.Keys(fields), func(one, other string) int {
		return int(fields[one].GetOrder() - fields[other].GetOrder())
	})
	if got := strings.Join(inOrder, " "); got != "email given_name family_name organisation role" {
		t.Errorf("C1 shows %s", got)
	}
	for key, field := range fields {
		if !field.GetRequired() || field.GetDisplayName() == "" || field.GetDescription() == "" || field.GetStringField() == nil {
			t.Errorf("%s: %v", key, field)
		}
	}
}
