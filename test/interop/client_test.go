package interop

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
)

// greet starts a sandbox and an official connector that serves it, and waits for its Hello.
func greet(t *testing.T, more ...string) *sandbox {
	t.Helper()
	c1, err := startSandbox()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c1.stop)

	var said bytes.Buffer
	connector := exec.Command(made.connector, "--log-format", "json")
	connector.Dir = t.TempDir()
	connector.Stdout, connector.Stderr = &said, &said
	// The sandbox reads the files that SQLite is in.
	connector.Env = append(c1.environment(), "BATON_STORAGE_ENGINE=sqlite", "BATON_C1Z_TEMP_DIR="+connector.Dir)
	connector.Env = append(connector.Env, more...)
	if err := connector.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = connector.Process.Signal(os.Interrupt)
		_ = connector.Wait()
		if t.Failed() {
			t.Logf("the official connector said:\n%s", said.String())
		}
	})
	c1.control(t, "wait", map[string]any{"kind": "hello"}, nil)
	return c1
}

func expectNoViolation(t *testing.T, now state) {
	t.Helper()
	for _, violation := range now.Violations {
		t.Errorf("the sandbox holds against the official client: %s", violation)
	}
}

func TestTheOfficialClientGreetsSyncsUploadsAndFinishes(t *testing.T) {
	c1 := greet(t, "BATON_HOST_ID=judge")
	first := c1.finished(t, "") // the sandbox asks for a sync after the first Hello
	now := c1.state(t)
	expectNoViolation(t, now)
	if len(now.Hellos) != 1 || now.Hellos[0].Request.DisplayName != "Tiny" || now.Hellos[0].Request.HostID != "judge" {
		t.Errorf("the Hellos are %+v", now.Hellos)
	}
	rule(t, "K-02", byClient, func(t *testing.T) {
		ending{}.expect(t, first)
		if first.Kind != "sync_full" || first.Heartbeats == 0 || first.Deliveries != 1 {
			t.Errorf("the first task ended as %+v", first)
		}
		if len(now.Uploads) != 1 || now.Uploads[0].TaskID != first.ID {
			t.Errorf("the uploads are %+v", now.Uploads)
		}
	})

	id := c1.enqueue(t, "hello", map[string]any{})
	ended := c1.finished(t, id)
	now = c1.state(t)
	expectNoViolation(t, now)
	last := now.Hellos[len(now.Hellos)-1]
	// The sandbox counts that Hello as the end; a FinishTask would have been a second one.
	holds(t, "K-01", byClient, ended.State == "done" && ended.Finishes == 1 && last.Request.TaskID == id, ended, last)
}

func TestTheOfficialClientFetchesTasksInBulkFromTheSandbox(t *testing.T) {
	c1 := greet(t, "BATON_GET_TASKS=true")
	if first := c1.finished(t, ""); first.Kind != "sync_full" || first.State != "done" {
		t.Errorf("the first task ended as %+v", first)
	}
	expectNoViolation(t, c1.state(t))
}
