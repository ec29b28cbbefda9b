package interop

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
)

// sandbox is a C1 (and a Xero) on loopback, in a process of its own.
type sandbox struct {
	// Env is what a connector needs to work against it.
	Env map[string]string `json:"env"`
	// Control is the address that turns its knobs.
	Control string `json:"control"`

	stop func()
}

func startSandbox() (*sandbox, error) {
	command := exec.Command(tsx(), filepath.Join(made.root, "test", "sandbox", "main.ts"), "--port", "0")
	command.Dir = made.root
	command.Stderr = os.Stderr
	input, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	said, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	// It runs until its standard input closes.
	started := &sandbox{stop: func() {
		_ = input.Close()
		_ = command.Wait()
	}}
	lines := bufio.NewReader(said)
	line, err := lines.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, started)
	}
	if err != nil {
		started.stop()
		return nil, fmt.Errorf("the sandbox doesn't start: %w\n%s", err, line)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return started, nil
}

// environment is that of this process, with the sandbox's C1 to connect to. Go trusts the
// authorities in SSL_CERT_FILE as Node does those in NODE_EXTRA_CA_CERTS.
func (s *sandbox) environment() []string {
	environment := os.Environ()
	for name, value := range s.Env {
		if strings.HasPrefix(name, "BATON_CLIENT_") {
			environment = append(environment, name+"="+value)
		}
	}
	return append(environment, "SSL_CERT_FILE="+s.Env["NODE_EXTRA_CA_CERTS"])
}

// control asks the sandbox's C1 to do something, and reads the answer into one that may be nil.
func (s *sandbox) control(t *testing.T, command string, body, answer any) {
	t.Helper()
	s.knob(t, "c1/"+command, body, answer)
}

// knob does the same for the whole sandbox.
func (s *sandbox) knob(t *testing.T, command string, body, answer any) {
	t.Helper()
	sent, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	// What should have happened long ago won't happen any more.
	client := http.Client{Timeout: 2 * time.Minute}
	response, err := client.Post(strings.TrimSuffix(s.Control, "/")+"/"+command, "application/json", bytes.NewReader(sent))
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	defer response.Body.Close()
	received, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %s %v", command, response.Status, received, err)
	}
	if answer == nil {
		return
	}
	if err := json.Unmarshal(received, answer); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, received)
	}
}

// enqueue gives the connector something to do, and returns the task's id.
func (s *sandbox) enqueue(t *testing.T, kind string, body map[string]any) string {
	t.Helper()
	var task struct{ ID string }
	s.control(t, "tasks", map[string]any{"kind": kind, "body": body}, &task)
	return task.ID
}

// hand gives the connector a task of the official type, with all that our own .proto leaves out.
func (s *sandbox) hand(t *testing.T, wanted *v1.Task) string {
	t.Helper()
	var task struct{ ID string }
	s.control(t, "tasks", map[string]any{"kind": "encoded", "body": canonical(wanted)}, &task)
	return task.ID
}

type task struct {
	ID, Kind, State string
	Heartbeats      int
	Deliveries      int
	Finishes        int
	Outcome         *outcome
}

type outcome struct {
	OK, NonRetryable bool
	Code             int
	Message          string
	Details          []packed
	Annotations      []packed
	Response         *packed
}

// packed is an Any that came back.
type packed struct {
	TypeURL string
	Encoded []byte
}

// content is what is in there, nil when there is nothing or nobody knows the type.
func (p *packed) content() proto.Message {
	if p == nil {
		return nil
	}
	content, err := (&anypb.Any{TypeUrl: p.TypeURL, Value: p.Encoded}).UnmarshalNew()
	if err != nil {
		return nil
	}
	return content
}

type upload struct {
	TaskID, Kind string
	Bytes        int
	Lines        int
	Problems     []string
	Sync         struct{ Type string }
	Counts       struct{ ResourceTypes, Resources, Entitlements, Grants int }
}

// state is all that the sandbox's C1 knows.
type state struct {
	Hellos []struct {
		Request struct{ HostID, TaskID, DisplayName string }
	}
	Tasks      []task
	Uploads    []upload
	Violations []string
}

func (s *sandbox) state(t *testing.T) state {
	t.Helper()
	var now state
	s.control(t, "state", map[string]any{}, &now)
	return now
}

// finished waits for the end of a task, of any when the id is empty.
func (s *sandbox) finished(t *testing.T, id string) task {
	t.Helper()
	wanted := map[string]any{"kind": "finished"}
	if id != "" {
		wanted["task"] = id
	}
	var event struct{ Task task }
	s.control(t, "wait", wanted, &event)
	return event.Task
}
