package interop

import (
	"slices"
	"syscall"
	"testing"

	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"

	"c1-xero/interop/scenario"
)

// kill ends our client as a power cut would.
func (p *play) kill(t *testing.T) {
	t.Helper()
	if err := p.client.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.client.Wait()
}

func TestOurClientSaysAfterARestartWhatC1NeverHeard(t *testing.T) {
	task, state := syncTask(), "BATON_XERO_STATE_DIR="+t.TempDir()
	wanted := often(scenario.Hand{Task: canonical(task)})
	wanted.Faults = []scenario.Fault{{RPC: "FinishTask", Times: 2, Kind: "code", Code: unavailable}}
	p := perform(t, wanted, state)
	p.answered(t, "FinishTask", 1)
	p.kill(t)
	p.start(t, state)
	p.finished(t, task.GetId(), 1)
	p.ends(t, syscall.SIGTERM)
	reports := p.reports(task.GetId())
	holds(t, "L-05", byStubs, len(p.hellos()) == 2 && len(reports) > 1 && same(reports) &&
		reports[0].GetSuccess() != nil && len(p.uploads()) == 1, reports, len(p.uploads()))
}

// killedInUpload is our client, killed while it uploads the file of a task, with what comes later.
func killedInUpload(t *testing.T, task *v1.Task, later ...scenario.Hand) *play {
	t.Helper()
	first := scenario.Hand{Task: canonical(task), UploadUntil: forEver}
	p := perform(t, often(append([]scenario.Hand{first}, later...)...))
	p.until(t, "upload", 1, func(one scenario.Event) bool { return one.Kind == "began" && one.RPC == "UploadAsset" })
	p.kill(t)
	if len(p.left(t)) == 0 {
		t.Error("there was nothing to clear up")
	}
	p.start(t)
	return p
}

func TestOurClientClearsUpAfterItWasKilled(t *testing.T) {
	p := killedInUpload(t, syncTask())
	p.answered(t, "Hello", 2)
	p.ends(t, syscall.SIGTERM)
	holds(t, "U-16", byStubs, len(p.left(t)) == 0, p.left(t))
}

func TestOurClientDoesAnewWhatItWasKilledIn(t *testing.T) {
	task := syncTask()
	p := killedInUpload(t, task, scenario.Hand{Task: canonical(task), Hellos: 2})
	p.finished(t, task.GetId(), 1)
	p.ends(t, syscall.SIGTERM)
	reports := p.reports(task.GetId())
	holds(t, "L-06", byStubs, len(reports) == 1 && reports[0].GetSuccess() != nil && slices.ContainsFunc(p.uploads(),
		func(one scenario.Event) bool { return one.Code == 0 }), reports)
}
