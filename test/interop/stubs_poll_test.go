package interop

import (
	"slices"
	"strings"
	"syscall"
	"testing"

	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	"c1-xero/interop/scenario"
)

// paced is a scenario without tasks and with that `next_poll`.
func paced(milliseconds int64) scenario.Scenario { return scenario.Scenario{NextPoll: &milliseconds} }

// A pause is C1's wish give or take a tenth, never under a second without a task; a timer may be a little early.
func TestOurClientPollsAtThePaceThatC1Sets(t *testing.T) {
	for _, one := range []struct {
		id     string
		wanted scenario.Scenario
		least  int64
	}{
		{"P-01", paced(3000), 2690},
		{"P-02", scenario.Scenario{}, 990},
		{"P-03", paced(0), 990},
		{"P-04", paced(-5000), 990},
		{"P-05", paced(1), 990},
	} {
		t.Run(one.id, func(t *testing.T) {
			p := perform(t, one.wanted)
			p.answered(t, "GetTask", 3)
			p.ends(t, syscall.SIGTERM)
			holds(t, one.id, byStubs, apart(p, "GetTask", one.least), p.calls("GetTask"))
			holds(t, "P-06", byStubs, len(p.calls("GetTasks")) == 0)
		})
	}
}

func TestOurClientIsStoppedInALongPause(t *testing.T) {
	p := perform(t, paced(1<<52))
	p.answered(t, "GetTask", 1)
	code := p.ends(t, syscall.SIGTERM)
	holds(t, "P-07", byStubs, code == 0 && len(p.calls("GetTask")) == 1, code, len(p.calls("GetTask")))
}

func TestOurClientWaitsLongerAfterEachFailedPoll(t *testing.T) {
	wanted := paced(200)
	wanted.Faults = []scenario.Fault{{RPC: "GetTask", Skip: 1, Times: 2, Kind: "code", Code: unavailable}}
	p := perform(t, wanted)
	p.answered(t, "GetTask", 4)
	p.ends(t, syscall.SIGTERM)
	polls := p.calls("GetTask")
	answers := p.which(func(one scenario.Event) bool { return one.Kind == "answered" && one.RPC == "GetTask" })
	holds(t, "P-08", byStubs, polls[2].At-answers[1].At >= 890 && polls[3].At-answers[2].At >= 3590, polls, answers)
	holds(t, "P-09", byStubs, answers[3].Code == 0 && len(p.calls("Hello")) == 1, answers[3])
}

// No code that a poll is refused with ends the process (c1-protocol.md §4.4).
func TestOurClientOutlivesRefusedPolls(t *testing.T) {
	for id, code := range map[string]codes.Code{
		"P-10": codes.PermissionDenied, "P-11": codes.Internal, "P-12": codes.ResourceExhausted, "P-13": codes.Unimplemented,
	} {
		t.Run(code.String(), func(t *testing.T) {
			wanted := paced(200)
			wanted.Faults = []scenario.Fault{{RPC: "GetTask", Times: 1, Kind: "code", Code: uint32(code)}}
			p := perform(t, wanted)
			second := p.answered(t, "GetTask", 2)
			exit := p.ends(t, syscall.SIGTERM)
			holds(t, id, byStubs, second.Code == 0 && exit == 0, second, exit)
		})
	}
}

func TestOurClientFetchesTasksInBulk(t *testing.T) {
	var tasks []*v1.Task
	for _, task := range everyKind() {
		if task.GetNone() == nil && task.GetHello() == nil {
			tasks = append(tasks, task)
		}
	}
	wanted := often(handing(tasks...)...)
	// Known already when it comes again: it is under way.
	wanted.Tasks = append(wanted.Tasks, scenario.Hand{Task: canonical(tasks[0]), Uploading: tasks[0].GetId()})
	wanted.Tasks[0].UploadUntil = 3
	p := perform(t, wanted, "BATON_GET_TASKS=true")
	for _, task := range tasks {
		p.finished(t, task.GetId(), 1)
	}
	code := p.ends(t, syscall.SIGTERM)
	holds(t, "G-01", byStubs, len(p.calls("GetTasks")) > 1 && len(p.calls("GetTask")) == 0, len(p.calls("GetTasks")))
	holds(t, "G-02", byStubs, !slices.ContainsFunc(tasks, func(one *v1.Task) bool { return len(p.reports(one.GetId())) != 1 }))
	holds(t, "G-03", byStubs, len(p.uploads()) == 1, len(p.uploads()))
	holds(t, "G-04", byStubs, code == 0, code)
	holds(t, "G-05", byStubs, !slices.ContainsFunc(bulkPolls(p), func(one *v1.BatonServiceGetTasksRequest) bool {
		return int(one.GetPageSize())+len(one.GetKnownTaskIds()) > 2*slots
	}), bulkPolls(p))
	holds(t, "G-06", byStubs, slices.ContainsFunc(bulkPolls(p), func(one *v1.BatonServiceGetTasksRequest) bool {
		return slices.Contains(one.GetKnownTaskIds(), tasks[0].GetId())
	}), bulkPolls(p))
	holds(t, "D-07", byStubs, !slices.ContainsFunc(p.calls("GetTasks"), func(one scenario.Event) bool { return one.Carrier.Deadline <= 0 }))
	for _, bad := range badMessages() {
		if rpcOf(bad.message) == "GetTasks" {
			holds(t, bad.id, byStubs, soundAsSent(p, "GetTasks"), p.calls("GetTasks"))
		}
	}
}

// slots are as many as the official client's (c1-protocol.md §4.4).
const slots = 3

func bulkPolls(p *play) []*v1.BatonServiceGetTasksRequest {
	var all []*v1.BatonServiceGetTasksRequest
	for _, call := range p.calls("GetTasks") {
		if request := (&v1.BatonServiceGetTasksRequest{}); proto.Unmarshal(call.Request, request) == nil {
			all = append(all, request)
		}
	}
	return all
}

func TestOurClientAsksForOneTaskWhenC1HasNoBulk(t *testing.T) {
	task := syncTask()
	wanted := often(scenario.Hand{Task: canonical(task)})
	wanted.Faults = []scenario.Fault{{RPC: "GetTasks", Times: forEver, Kind: "code", Code: uint32(codes.Unimplemented)}}
	p := perform(t, wanted, "BATON_GET_TASKS=true")
	p.finished(t, task.GetId(), 1)
	p.ends(t, syscall.SIGTERM)
	holds(t, "G-07", byStubs, len(p.calls("GetTasks")) == 1 && len(p.reports(task.GetId())) == 1, len(p.calls("GetTasks")))
}

// Ids that no message of the protocol could carry (c1-protocol.md §3.4).
func TestOurClientLeavesATaskThatCannotBeAnswered(t *testing.T) {
	good := syncTask()
	var tasks []*v1.Task
	for _, id := range []string{"", "../../../../etc/passwd", strings.Repeat("a", 26), strings.Repeat("a", 28), "0123456789abcdefghijklmn/.."} {
		tasks = append(tasks, &v1.Task{Id: id, TaskType: syncTask().GetTaskType()})
	}
	p := perform(t, often(handing(append(tasks, good)...)...))
	p.finished(t, good.GetId(), 1)
	p.ends(t, syscall.SIGTERM)
	holds(t, "X-03", byStubs, !slices.ContainsFunc(p.calls(""), func(one scenario.Event) bool {
		return one.RPC != "Hello" && one.RPC != "GetTask" && one.Task != good.GetId() && one.Task != ""
	}), "it speaks of a task that nobody can speak of")
	holds(t, "X-04", byStubs, p.reports(good.GetId())[0].GetSuccess() != nil && len(p.uploads()) == 1, p.reports(good.GetId()))
	holds(t, "X-05", byStubs, len(p.left(t)) == 0, p.left(t))
}

func TestOurClientTakesStrangeAnswers(t *testing.T) {
	task := syncTask()
	wanted := often(scenario.Hand{Task: canonical(task)})
	for _, rpc := range []string{"Hello", "GetTask", "Heartbeat", "FinishTask"} {
		wanted.Faults = append(wanted.Faults, scenario.Fault{RPC: rpc, Times: forEver, Kind: "strange"})
	}
	p := perform(t, wanted)
	p.finished(t, task.GetId(), 1)
	code := p.ends(t, syscall.SIGTERM)
	reports := p.reports(task.GetId())
	holds(t, "X-06", byStubs, code == 0 && len(reports) == 1 && reports[0].GetSuccess() != nil, code, reports)
}

func TestOurClientOutlivesAnAnswerThatIsTooBig(t *testing.T) {
	task := syncTask()
	wanted := often(scenario.Hand{Task: canonical(task)})
	wanted.Tasks[0].Ended = "nothing yet"
	wanted.Faults = []scenario.Fault{{RPC: "GetTask", Times: 1, Kind: "big"}}
	p := perform(t, wanted)
	p.answered(t, "GetTask", 3)
	code := p.ends(t, syscall.SIGTERM)
	holds(t, "X-07", byStubs, code == 0, code)
}

// What it does instead of believing such an answer is what it does about any that is lost.
func TestOurClientSyncsThoughOtherAnswersAreTooBig(t *testing.T) {
	task := syncTask()
	wanted := often(scenario.Hand{Task: canonical(task), UploadUntil: 3})
	wanted.Faults = []scenario.Fault{
		{RPC: "Hello", Times: 1, Kind: "big"},
		{RPC: "Heartbeat", Skip: 1, Times: 1, Kind: "big"},
		{RPC: "FinishTask", Times: 1, Kind: "big"},
	}
	p := perform(t, wanted)
	p.until(t, "second report", 2, func(one scenario.Event) bool { return one.Kind == "answered" && one.RPC == "FinishTask" })
	p.ends(t, syscall.SIGTERM)
	reports := p.reports(task.GetId())
	holds(t, "X-08", byStubs, len(p.calls("Heartbeat")) > 2 && reports[0].GetSuccess() != nil, reports)
	holds(t, "X-09", byStubs, len(p.calls("Hello")) == 2 && len(p.calls("GetTask")) > 0, len(p.calls("Hello")))
	holds(t, "X-10", byStubs, len(reports) == 2 && same(reports) && len(p.uploads()) == 1, reports)
}

func TestOurClientOpensANewConnectionWhenTheOldOneIsGone(t *testing.T) {
	wanted := paced(200)
	wanted.Faults = []scenario.Fault{{RPC: "GetTask", Skip: 1, Times: 1, Kind: "cut"}}
	p := perform(t, wanted)
	answer := p.answered(t, "GetTask", 4)
	code := p.ends(t, syscall.SIGTERM)
	polls := p.calls("GetTask")
	holds(t, "N-08", byStubs, code == 0 && answer.Code == 0 &&
		polls[0].Carrier.Connection != polls[len(polls)-1].Carrier.Connection, code, answer)
	holds(t, "N-09", byStubs, len(p.calls("Hello")) == 1, len(p.calls("Hello")))
}
