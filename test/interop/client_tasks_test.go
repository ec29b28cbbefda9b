package interop

import (
	"strings"
	"testing"

	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
)

// duty is a task for the official client with a small connector, and what must come of it.
type duty struct {
	// rule is one of rules.json.
	rule string
	task *v1.Task
	ending
}

// ending is what a FinishTask says (c1-protocol.md §4.7); the zero value is a success without anything.
type ending struct {
	code  codes.Code
	final bool
	// response, annotations and details are compared whole.
	response             proto.Message
	annotations, details []proto.Message
}

func retryable(code codes.Code, annotations ...proto.Message) ending {
	return ending{code: code, annotations: annotations}
}

func final(code codes.Code, details ...proto.Message) ending {
	return ending{code: code, final: true, details: details}
}

// works starts the official client with all that a connector may be allowed to do.
func works(t *testing.T, more ...string) *sandbox {
	t.Helper()
	return greet(t, append([]string{"BATON_PROVISIONING=true", "BATON_TICKETING=true"}, more...)...)
}

// do hands out all duties at once, and holds the end of each against its rule.
func do(t *testing.T, c1 *sandbox, duties []duty) {
	t.Helper()
	ids := make([]string, len(duties))
	for index, one := range duties {
		ids[index] = c1.hand(t, one.task)
	}
	for index, one := range duties {
		rule(t, one.rule, byClient, func(t *testing.T) { one.ending.expect(t, c1.finished(t, ids[index])) })
	}
}

// expect holds a task against its ending, and lets the official validators judge what came with it.
func (e ending) expect(t *testing.T, got task) {
	t.Helper()
	said := got.Outcome
	if said == nil || got.Finishes != 1 {
		t.Fatalf("it ended as %+v", got)
	}
	if said.OK != (e.code == codes.OK) || codes.Code(said.Code) != e.code || said.NonRetryable != e.final {
		t.Errorf("it ended with %v, final %t: %s", codes.Code(said.Code), said.NonRetryable, said.Message)
	}
	if (e.response != nil || said.Response != nil) && !proto.Equal(said.Response.content(), e.response) {
		t.Errorf("the response is %v, not %v", said.Response.content(), e.response)
	}
	expectPacked(t, "annotations", said.Annotations, e.annotations)
	expectPacked(t, "details", said.Details, e.details)
	if said.Response != nil {
		for _, fault := range faults(said.Response.any()) {
			t.Error(fault)
		}
	}
}

func expectPacked(t *testing.T, what string, got []packed, want []proto.Message) {
	t.Helper()
	same := len(got) == len(want)
	for index := range got {
		same = same && proto.Equal(got[index].content(), want[index])
		for _, fault := range faults(got[index].any()) {
			t.Error(fault)
		}
	}
	if !same {
		t.Errorf("the %s are %v, not %v", what, got, want)
	}
}

func (p *packed) any() *anypb.Any { return &anypb.Any{TypeUrl: p.TypeURL, Value: p.Encoded} }

// silent hands out a task and another after it, to a client that does one at a time: when the
// second has ended, nothing more will be heard of the first.
func silent(t *testing.T, c1 *sandbox, wanted *v1.Task) {
	t.Helper()
	id := c1.hand(t, wanted)
	c1.finished(t, c1.enqueue(t, "event_feed", map[string]any{}))
	for _, one := range c1.state(t).Tasks {
		if one.ID == id && (one.Deliveries != 1 || one.Finishes > 0 || one.Outcome != nil) {
			t.Errorf("it ended as %+v", one)
		}
	}
}

// oneAtATime makes the order of answers that of the tasks.
const oneAtATime = "BATON_TASK_CONCURRENCY=1"

func TestTheOfficialClientDoesEachKindOfTask(t *testing.T) {
	c1 := works(t)
	do(t, c1, kindsDone())
	judgeSecrets(t, c1)
	judgeActions(t, c1)
	expectNoViolation(t, c1.state(t))
}

func TestTheOfficialClientTellsWhyATaskFailed(t *testing.T) {
	c1 := works(t, oneAtATime)
	do(t, c1, kindsRefused())
	do(t, c1, kindsMalformed())
	events := &v1.Task{TaskType: &v1.Task_ListEvents{ListEvents: &v1.Task_ListEventsTask{EventFeedId: "windows"}}}
	rule(t, "KR-22", byClient, func(t *testing.T) { silent(t, c1, events) })
	none := &v1.Task{TaskType: &v1.Task_None{None: &v1.Task_NoneTask{}}}
	rule(t, "K-00", byClient, func(t *testing.T) { silent(t, c1, none) })
	expectNoViolation(t, c1.state(t))
}

// What isn't switched on is refused, whatever the Hello declared (c1-protocol.md §4.12).
func TestTheOfficialClientRefusesWhatIsNotSwitchedOn(t *testing.T) {
	c1 := greet(t, oneAtATime)
	var duties []duty
	gated := map[string]ending{
		"K-03": final(codes.FailedPrecondition), "K-04": final(codes.FailedPrecondition), "K-05": final(codes.FailedPrecondition),
		"K-06": final(codes.FailedPrecondition), "K-07": final(codes.FailedPrecondition),
		"K-10": retryable(codes.Unknown, noted), "K-12": retryable(codes.Unknown, noted),
		"K-13": retryable(codes.Unknown), "K-14": retryable(codes.Unknown),
	}
	for _, one := range kindsDone() {
		if ending, ok := gated[one.rule]; ok {
			duties = append(duties, duty{strings.Replace(one.rule, "K", "KF", 1), one.task, ending})
		}
	}
	duties = append(duties,
		duty{"KF-08", rotating("aroha"), final(codes.FailedPrecondition)},
		duty{"KF-23", issuing("aroha"), final(codes.FailedPrecondition)})
	do(t, c1, duties)
	schemas := &v1.Task{TaskType: &v1.Task_ListTicketSchemas{ListTicketSchemas: &v1.Task_ListTicketSchemasTask{}}}
	rule(t, "KF-11", byClient, func(t *testing.T) { silent(t, c1, schemas) })
	expectNoViolation(t, c1.state(t))
}
