package interop

import (
	"bytes"
	"os"
	"slices"
	"syscall"
	"testing"

	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

	"c1-xero/interop/scenario"
)

const (
	unavailable = uint32(codes.Unavailable)
	forEver     = 1000
)

// judgeSync is about the one sync of the working day, which had time for three heartbeats.
func judgeSync(t *testing.T, p *play, kinds []*v1.Task) {
	id := kinds[slices.IndexFunc(kinds, func(one *v1.Task) bool { return one.GetSyncFull() != nil })].GetId()
	is := func(kind, rpc string) func(scenario.Event) bool {
		return func(one scenario.Event) bool {
			return one.Kind == kind && one.RPC == rpc && (one.Task == id || one.Task == "")
		}
	}
	beats, uploads, report := p.calls("Heartbeat"), p.uploads(), p.reports(id)
	if len(uploads) != 1 || len(report) != 1 {
		t.Fatalf("%d uploads and %d reports", len(uploads), len(report))
	}
	upload := uploads[0].Upload
	holds(t, "B-01", byStubs, p.order(is("answered", "Heartbeat")) < p.order(is("began", "UploadAsset")))
	holds(t, "B-02", byStubs, !slices.ContainsFunc(beats, func(one scenario.Event) bool { return one.Task != id }), beats)
	holds(t, "B-03", byStubs, len(beats) >= 3 && apart(p, "Heartbeat", 990), beats)
	uploading := p.order(is("began", "UploadAsset"))
	holds(t, "B-04", byStubs, slices.ContainsFunc(p.events[uploading:], is("began", "Heartbeat")))
	ended := slices.IndexFunc(p.events, func(one scenario.Event) bool { return one.RPC == "FinishTask" && one.Task == id })
	holds(t, "B-05", byStubs, !slices.ContainsFunc(p.events[ended:], is("began", "Heartbeat")))

	order := upload.Order
	holds(t, "U-01", byStubs, order[0] == "metadata" && !slices.Contains(order[1:], "metadata"), order)
	holds(t, "U-02", byStubs, order[len(order)-1] == "eof" && !slices.Contains(order[:len(order)-1], "eof"), order)
	holds(t, "U-03", byStubs, upload.DigestFits, "another digest")
	holds(t, "U-04", byStubs, upload.Closed, "left open")
	holds(t, "U-05", byStubs, uploads[0].Task == id, uploads[0].Task)
	holds(t, "U-06", byStubs, chunked(upload.Sizes), upload.Sizes)
	holds(t, "U-07", byStubs, p.order(is("answered", "UploadAsset")) < ended)
	holds(t, "U-08", byStubs, len(p.left(t)) == 0, p.left(t))
	content, err := os.ReadFile(upload.Path)
	holds(t, "U-09", byStubs, err == nil && bytes.HasPrefix(content, []byte("C1ZF\x00")), err)
	rule(t, "U-10", byStubs, func(t *testing.T) {
		if found := list(t, openPath(t, upload.Path)); len(found.resources) < 30 || len(found.grants) == 0 {
			t.Errorf("%d resources, %d grants", len(found.resources), len(found.grants))
		}
	})
	holds(t, "F-07", byStubs, report[0].GetSuccess() != nil && report[0].GetSuccess().GetResponse() == nil &&
		len(report[0].GetSuccess().GetAnnotations()) == 0, report[0])
}

// apart tells that no call of the RPC began sooner after the answer to the one before than so many milliseconds.
func apart(p *play, rpc string, least int64) bool {
	answered := int64(-1 << 40)
	for _, event := range p.events {
		switch {
		case event.RPC != rpc:
		case event.Kind == "answered":
			answered = event.At
		case event.At-answered < least:
			return false
		}
	}
	return true
}

// chunked tells that all chunks have 512 KiB but the last, which has something.
func chunked(sizes []int) bool {
	for index, size := range sizes {
		if index < len(sizes)-1 && size != 512<<10 || size < 1 || size > 512<<10 {
			return false
		}
	}
	return len(sizes) > 0
}

func TestOurClientStopsACancelledTask(t *testing.T) {
	first, later := syncTask(), syncTask()
	p := perform(t, often(
		scenario.Hand{Task: canonical(first), CancelAt: 1},
		scenario.Hand{Task: canonical(later), CancelAt: 2, UploadUntil: forEver, Ended: first.GetId()},
	))
	p.finished(t, first.GetId(), 1)
	p.finished(t, later.GetId(), 1)
	p.ends(t, syscall.SIGTERM)
	for id, task := range map[string]*v1.Task{"B-06": first, "B-07": later} {
		reports := p.reports(task.GetId())
		holds(t, id, byStubs, len(reports) == 1 && reports[0].GetStatus().GetCode() == int32(codes.Canceled) &&
			!reports[0].GetError().GetNonRetryable(), reports)
	}
	holds(t, "B-08", byStubs, !slices.ContainsFunc(p.uploads(), func(one scenario.Event) bool { return one.Code == 0 }), p.uploads())
	holds(t, "B-09", byStubs, len(p.left(t)) == 0, p.left(t))
}

func TestOurClientSurvivesAMissedHeartbeat(t *testing.T) {
	task := syncTask()
	wanted := often(scenario.Hand{Task: canonical(task), UploadUntil: 3})
	wanted.Faults = []scenario.Fault{{RPC: "Heartbeat", Skip: 1, Times: 1, Kind: "code", Code: unavailable}}
	p := perform(t, wanted)
	p.finished(t, task.GetId(), 1)
	p.ends(t, syscall.SIGTERM)
	holds(t, "B-10", byStubs, p.reports(task.GetId())[0].GetSuccess() != nil, p.reports(task.GetId()))
}

func TestOurClientEndsATaskThatC1HearsNothingOf(t *testing.T) {
	task := syncTask()
	wanted := often(scenario.Hand{Task: canonical(task), UploadUntil: forEver})
	wanted.Faults = []scenario.Fault{{RPC: "Heartbeat", Skip: 1, Times: forEver, Kind: "code", Code: unavailable}}
	p := perform(t, wanted)
	p.finished(t, task.GetId(), 1)
	p.ends(t, syscall.SIGTERM)
	reports := p.reports(task.GetId())
	holds(t, "B-11", byStubs, len(p.calls("Heartbeat")) == 10 && len(reports) == 1 &&
		reports[0].GetStatus().GetCode() != 0 && !reports[0].GetError().GetNonRetryable(), len(p.calls("Heartbeat")), reports)
}

func TestOurClientTriesAnUploadAgain(t *testing.T) {
	once, never := syncTask(), syncTask()
	wanted := often(
		scenario.Hand{Task: canonical(once)},
		scenario.Hand{Task: canonical(never), Ended: once.GetId()},
		scenario.Hand{Task: canonical(never), Ended: never.GetId()},
	)
	wanted.Faults = []scenario.Fault{
		{RPC: "UploadAsset", Times: 1, Kind: "code", Code: unavailable},
		{RPC: "UploadAsset", Skip: 2, Times: 3, Kind: "code", Code: unavailable},
	}
	p := perform(t, wanted)
	p.finished(t, once.GetId(), 1)
	p.finished(t, never.GetId(), 2)
	p.ends(t, syscall.SIGTERM)
	whole, reports := p.uploads(), p.reports(never.GetId())
	holds(t, "U-11", byStubs, len(whole) > 0 && whole[0].Task == once.GetId() && whole[0].Upload.DigestFits &&
		whole[0].Upload.Order[0] == "metadata" && p.reports(once.GetId())[0].GetSuccess() != nil, whole)
	holds(t, "U-12", byStubs, len(reports) > 0 && reports[0].GetStatus().GetCode() != 0 &&
		!reports[0].GetError().GetNonRetryable() && len(p.calls("UploadAsset")) == 6, reports, len(p.calls("UploadAsset")))
	holds(t, "U-13", byStubs, len(p.left(t)) == 0, p.left(t))
	holds(t, "L-04", byStubs, len(reports) == 2 && reports[1].GetSuccess() != nil, reports)
}

func TestOurClientSendsAnUploadThatWasTornWholeAgain(t *testing.T) {
	task := syncTask()
	wanted := often(scenario.Hand{Task: canonical(task)})
	wanted.Faults = []scenario.Fault{{RPC: "UploadAsset", Times: 1, Kind: "torn", Code: unavailable}}
	p := perform(t, wanted)
	p.finished(t, task.GetId(), 1)
	p.ends(t, syscall.SIGTERM)
	whole := p.uploadsOf(task.GetId())
	holds(t, "U-14", byStubs, len(p.calls("UploadAsset")) == 2 && len(whole) == 1 && whole[0].Upload.DigestFits &&
		whole[0].Upload.Order[0] == "metadata" && p.reports(task.GetId())[0].GetSuccess() != nil, whole)
}

func TestOurClientGivesUpAnUploadWhoseDigestC1Refuses(t *testing.T) {
	task := syncTask()
	wanted := often(scenario.Hand{Task: canonical(task)})
	wanted.Faults = []scenario.Fault{{RPC: "UploadAsset", Times: 3, Kind: "torn", Code: uint32(codes.InvalidArgument)}}
	p := perform(t, wanted)
	p.finished(t, task.GetId(), 1)
	p.ends(t, syscall.SIGTERM)
	reports := p.reports(task.GetId())
	holds(t, "U-15", byStubs, len(p.calls("UploadAsset")) == 3 && len(reports) == 1 && reports[0].GetError() != nil &&
		reports[0].GetStatus().GetCode() != 0 && !reports[0].GetError().GetNonRetryable() && len(p.left(t)) == 0,
		reports, len(p.calls("UploadAsset")))
}

func TestOurClientAnswersASecondDeliveryByItsLedger(t *testing.T) {
	task, refused := syncTask(), &v1.Task{Id: newID(), TaskType: &v1.Task_Grant{Grant: &v1.Task_GrantTask{}}}
	p := perform(t, often(
		scenario.Hand{Task: canonical(task), UploadUntil: 9},
		scenario.Hand{Task: canonical(task), UploadUntil: 9, Uploading: task.GetId()},
		scenario.Hand{Task: canonical(task), Ended: task.GetId()},
		scenario.Hand{Task: canonical(refused)},
		scenario.Hand{Task: canonical(refused), Ended: refused.GetId()},
	))
	p.finished(t, task.GetId(), 2)
	p.finished(t, refused.GetId(), 2)
	p.ends(t, syscall.SIGTERM)
	given := len(p.which(func(one scenario.Event) bool { return one.Given == task.GetId() }))
	holds(t, "L-01", byStubs, given == 3 && len(p.reports(task.GetId())) == 2, given, p.reports(task.GetId()))
	holds(t, "L-02", byStubs, same(p.reports(task.GetId())) && len(p.uploads()) == 1, p.reports(task.GetId()), len(p.uploads()))
	holds(t, "L-03", byStubs, same(p.reports(refused.GetId())) && len(p.reports(refused.GetId())) == 2, p.reports(refused.GetId()))
}

func same(reports []*v1.BatonServiceFinishTaskRequest) bool {
	return len(reports) > 0 && !slices.ContainsFunc(reports, func(one *v1.BatonServiceFinishTaskRequest) bool {
		return !proto.Equal(one, reports[0])
	})
}

func TestOurClientSaysTheEndOfATaskUntilC1HasHeardIt(t *testing.T) {
	for id, fault := range map[string]scenario.Fault{
		"F-08": {RPC: "FinishTask", Times: 1, Kind: "lost", Code: unavailable},
		"F-09": {RPC: "FinishTask", Times: 2, Kind: "code", Code: unavailable},
	} {
		t.Run(id, func(t *testing.T) {
			task := syncTask()
			wanted := often(scenario.Hand{Task: canonical(task)})
			wanted.Faults = []scenario.Fault{fault}
			p := perform(t, wanted)
			p.finished(t, task.GetId(), 1)
			p.ends(t, syscall.SIGTERM)
			reports := p.reports(task.GetId())
			holds(t, id, byStubs, len(reports) == fault.Times+1 && same(reports) && len(p.uploads()) == 1, reports)
		})
	}
}

func TestOurClientLetsARunningUploadFinishWhenItIsStopped(t *testing.T) {
	for id, signal := range map[string]syscall.Signal{"S-01": syscall.SIGTERM, "S-04": syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			task := syncTask()
			p := perform(t, often(scenario.Hand{Task: canonical(task), UploadUntil: 3}))
			p.until(t, "upload", 1, func(one scenario.Event) bool { return one.Kind == "began" && one.RPC == "UploadAsset" })
			code := p.ends(t, signal)
			reports := p.reports(task.GetId())
			holds(t, id, byStubs, code == 0 && len(reports) == 1 && reports[0].GetSuccess() != nil, code, reports)
			over := slices.IndexFunc(p.events, func(one scenario.Event) bool { return one.Kind == "answered" && one.RPC == "UploadAsset" })
			holds(t, "S-03", byStubs, over > 0 && !slices.ContainsFunc(p.events[over:], func(one scenario.Event) bool {
				return one.RPC == "GetTask" && one.Kind == "began"
			}), "it polls after it was stopped")
		})
	}
}

// What C1 may write into a task beyond what the task needs.
func TestOurClientSyncsWhateverElseATaskSays(t *testing.T) {
	curious := syncTask()
	curious.GetSyncFull().Annotations = []*anypb.Any{{TypeUrl: "type.googleapis.com/judge.Unheard", Value: []byte{1, 2}}}
	curious.GetSyncFull().ProtoReflect().SetUnknown([]byte{0xfa, 0x3f, 1, 7})
	pebble := syncTask()
	pebble.GetSyncFull().StorageEngine = "pebble"
	p := perform(t, often(handing(curious, pebble)...))
	p.finished(t, curious.GetId(), 1)
	p.finished(t, pebble.GetId(), 1)
	p.ends(t, syscall.SIGTERM)
	holds(t, "X-01", byStubs, p.reports(curious.GetId())[0].GetSuccess() != nil, p.reports(curious.GetId()))
	rule(t, "X-02", byStubs, func(t *testing.T) {
		if len(p.uploads()) != 2 {
			t.Fatalf("%d uploads", len(p.uploads()))
		}
		if found := list(t, openPath(t, p.uploads()[1].Upload.Path)); len(found.resources) == 0 {
			t.Error("the official reader finds nothing in it")
		}
	})
}
