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

func TestTheOfficialClientGreetsSyncsUploadsAndFinishesAgainstTheSandbox(t *testing.T) {
	c1 := greet(t, "BATON_HOST_ID=judge")
	first := c1.finished(t, "") // the sandbox asks for a sync after the first Hello
	if first.Kind != "sync_full" || first.State != "done" || first.Heartbeats == 0 || first.Deliveries != 1 {
		t.Errorf("the first task ended as %+v", first)
	}
	now := c1.state(t)
	expectNoViolation(t, now)
	if len(now.Hellos) != 1 || now.Hellos[0].Request.DisplayName != "Tiny" || now.Hellos[0].Request.HostID != "judge" {
		t.Errorf("the Hellos are %+v", now.Hellos)
	}
	if len(now.Uploads) != 1 || now.Uploads[0].TaskID != first.ID {
		t.Fatalf("the uploads are %+v", now.Uploads)
	}
	file := now.Uploads[0]
	if file.Kind != "access" || len(file.Problems) > 0 {
		t.Errorf("the sandbox misreads an official file: %s %v", file.Kind, file.Problems)
	}
	if counts := file.Counts; counts.ResourceTypes != 2 || counts.Resources != 3 || counts.Entitlements != 1 || counts.Grants != 1 {
		t.Errorf("it counts %+v in it", counts)
	}
}

func TestTheOfficialClientAnswersAHelloTaskWithAHelloAlone(t *testing.T) {
	c1 := greet(t)
	id := c1.enqueue(t, "hello", map[string]any{})
	if ended := c1.finished(t, id); ended.State != "done" {
		t.Errorf("it ended as %+v", ended)
	}
	now := c1.state(t)
	expectNoViolation(t, now)
	if last := now.Hellos[len(now.Hellos)-1]; last.Request.TaskID != id {
		t.Errorf("the last Hello answers %q, the task is %q", last.Request.TaskID, id)
	}
}

func TestTheOfficialClientSyncsWhatTheTaskAsksFor(t *testing.T) {
	c1 := greet(t)
	c1.finished(t, "")
	id := c1.enqueue(t, "sync_full", map[string]any{"skip_grants": true, "storage_engine": "sqlite"})
	if ended := c1.finished(t, id); ended.State != "done" {
		t.Errorf("it ended as %+v", ended)
	}
	now := c1.state(t)
	expectNoViolation(t, now)
	if last := now.Uploads[len(now.Uploads)-1]; last.TaskID != id || last.Counts.Resources != 3 || last.Counts.Grants != 0 {
		t.Errorf("the last upload is %+v", last)
	}
}

func TestTheOfficialClientTellsTheSandboxOfATaskItCannotDo(t *testing.T) {
	c1 := greet(t)
	ended := c1.finished(t, c1.enqueue(t, "event_feed", map[string]any{}))
	if ended.State != "failed" || ended.Outcome == nil || ended.Outcome.Code != 2 || ended.Finishes != 1 {
		t.Errorf("it ended as %+v", ended)
	}
	expectNoViolation(t, c1.state(t))
}

func TestTheOfficialClientFetchesTasksInBulkFromTheSandbox(t *testing.T) {
	c1 := greet(t, "BATON_GET_TASKS=true")
	if first := c1.finished(t, ""); first.Kind != "sync_full" || first.State != "done" {
		t.Errorf("the first task ended as %+v", first)
	}
	expectNoViolation(t, c1.state(t))
}
