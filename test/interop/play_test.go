package interop

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/protobuf/proto"

	"c1-xero/interop/scenario"
)

// play is our command line at work with a C1 on the official stubs, which plays a scenario.
type play struct {
	client *exec.Cmd
	// temporary is where the client may put files.
	temporary string
	opening   scenario.Opening
	xero      *sandbox

	said   *bytes.Buffer
	events []scenario.Event
	lines  chan scenario.Event
	close  func()
}

// What should have happened long ago won't happen any more.
const longAgo = 90 * time.Second

// perform starts a C1 with the scenario and our `serve` against it, with more environment.
func perform(t *testing.T, wanted scenario.Scenario, more ...string) *play {
	t.Helper()
	t.Parallel()
	p := stage(t, wanted)
	p.start(t, more...)
	return p
}

// stage starts the C1 alone.
func stage(t *testing.T, wanted scenario.Scenario) *play {
	t.Helper()
	xero, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	p := &play{temporary: t.TempDir(), xero: xero, lines: make(chan scenario.Event, 10_000)}
	text, err := json.Marshal(wanted)
	script := filepath.Join(folder, "scenario.json")
	if err == nil {
		err = os.WriteFile(script, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command(made.server, "-scenario", script, "-folder", folder)
	server.Stderr = os.Stderr
	input, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	said, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	lines := json.NewDecoder(bufio.NewReader(said))
	if err := lines.Decode(&p.opening); err != nil {
		t.Fatalf("the C1 doesn't start: %v", err)
	}
	go func() {
		defer close(p.lines)
		for {
			var event scenario.Event
			if lines.Decode(&event) != nil {
				return
			}
			p.lines <- event
		}
	}()
	p.close = sync.OnceFunc(func() {
		_ = input.Close()
		for event := range p.lines {
			p.events = append(p.events, event)
		}
		_ = server.Wait()
	})
	t.Cleanup(p.close)
	return p
}

// start runs our `serve` against the C1 of this play.
func (p *play) start(t *testing.T, more ...string) {
	t.Helper()
	var consent struct{ RefreshToken string }
	p.xero.knob(t, "xero/consent", map[string]any{}, &consent)
	said := &bytes.Buffer{}
	client := exec.Command("node", filepath.Join(made.root, "out", "main", "headless.js"), "serve")
	client.Dir, client.Stdout, client.Stderr = t.TempDir(), said, said
	client.Env = []string{
		"PATH=" + os.Getenv("PATH"), "NODE_EXTRA_CA_CERTS=" + p.opening.CA,
		"BATON_CLIENT_ID=" + p.opening.ClientID, "BATON_CLIENT_SECRET=" + p.opening.Secret,
		"BATON_REFRESH_TOKEN=" + consent.RefreshToken, "BATON_C1Z_TEMP_DIR=" + p.temporary, "BATON_HOST_ID=" + host,
	}
	for _, name := range []string{
		"XERO_API_URL", "XERO_IDENTITY_URL", "XERO_LOGIN_URL", "BATON_XERO_CLIENT_ID", "BATON_XERO_CLIENT_SECRET",
	} {
		client.Env = append(client.Env, name+"="+p.xero.Env[name])
	}
	client.Env = append(client.Env, more...)
	if err := client.Start(); err != nil {
		t.Fatal(err)
	}
	p.client, p.said = client, said
	t.Cleanup(func() {
		_ = client.Process.Kill()
		_ = client.Wait()
		if t.Failed() {
			t.Logf("our client said:\n%s", said.String())
		}
	})
}

// until reads on in the journal to the n-th event of its kind.
func (p *play) until(t *testing.T, what string, n int, is func(scenario.Event) bool) scenario.Event {
	t.Helper()
	for _, event := range p.events {
		if is(event) {
			if n--; n == 0 {
				return event
			}
		}
	}
	late := time.After(longAgo)
	for {
		select {
		case event, open := <-p.lines:
			if !open {
				t.Fatalf("the journal ends before %s", what)
			}
			p.events = append(p.events, event)
			if is(event) {
				if n--; n == 0 {
					return event
				}
			}
		case <-late:
			t.Fatalf("there's still no %s", what)
		}
	}
}

// answered waits for the n-th answer to an RPC.
func (p *play) answered(t *testing.T, rpc string, n int) scenario.Event {
	t.Helper()
	return p.until(t, rpc, n, func(one scenario.Event) bool { return one.Kind == "answered" && one.RPC == rpc })
}

// finished waits for the n-th end of a task that C1 took note of.
func (p *play) finished(t *testing.T, id string, n int) {
	t.Helper()
	p.until(t, "end of "+id, n, func(one scenario.Event) bool {
		return one.Kind == "answered" && one.Code == 0 && one.Task == id && (one.RPC == "FinishTask" || one.RPC == "Hello")
	})
}

// ends sends a signal (0 for none), waits for our client to end and the journal to be whole, and returns the exit code.
func (p *play) ends(t *testing.T, signal syscall.Signal) int {
	t.Helper()
	if signal != 0 {
		_ = p.client.Process.Signal(signal)
	}
	late := time.AfterFunc(longAgo, func() { _ = p.client.Process.Kill() })
	defer late.Stop()
	_ = p.client.Wait()
	p.close()
	return p.client.ProcessState.ExitCode()
}

// calls are the beginnings of calls, of one RPC or of all when it is empty.
func (p *play) calls(rpc string) []scenario.Event {
	return p.which(func(one scenario.Event) bool {
		return one.Kind == "began" && (rpc == "" || one.RPC == rpc)
	})
}

func (p *play) which(is func(scenario.Event) bool) []scenario.Event {
	var found []scenario.Event
	for _, event := range p.events {
		if is(event) {
			found = append(found, event)
		}
	}
	return found
}

// uploads are the streams that were sent to their end.
func (p *play) uploads() []scenario.Event {
	return p.which(func(one scenario.Event) bool { return one.Kind == "answered" && one.Upload != nil })
}

// exchanges are the calls of the token endpoint.
func (p *play) exchanges() []*scenario.Exchange {
	var all []*scenario.Exchange
	for _, event := range p.events {
		if event.Kind == "token" {
			all = append(all, event.Exchange)
		}
	}
	return all
}

// reports are the FinishTask requests about a task, in order.
func (p *play) reports(id string) []*v1.BatonServiceFinishTaskRequest {
	var all []*v1.BatonServiceFinishTaskRequest
	for _, event := range p.calls("FinishTask") {
		if request := (&v1.BatonServiceFinishTaskRequest{}); event.Task == id && proto.Unmarshal(event.Request, request) == nil {
			all = append(all, request)
		}
	}
	return all
}

func (p *play) hellos() []*v1.BatonServiceHelloRequest {
	var all []*v1.BatonServiceHelloRequest
	for _, event := range p.calls("Hello") {
		if request := (&v1.BatonServiceHelloRequest{}); proto.Unmarshal(event.Request, request) == nil {
			all = append(all, request)
		}
	}
	return all
}

// order is where an event stands in the journal, -1 when it isn't there.
func (p *play) order(is func(scenario.Event) bool) int { return slices.IndexFunc(p.events, is) }

// left are the files that our client left behind.
func (p *play) left(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(p.temporary)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// newID is one as C1 makes them: 27 letters and digits.
func newID() string { return (rand.Text() + rand.Text())[:27] }

// syncTask is a full sync with an id of its own.
func syncTask() *v1.Task {
	return &v1.Task{Id: newID(), TaskType: &v1.Task_SyncFull{SyncFull: &v1.Task_SyncFullTask{}}}
}

// handing makes hands of tasks, which are given out one after another.
func handing(tasks ...*v1.Task) []scenario.Hand {
	var all []scenario.Hand
	for _, one := range tasks {
		all = append(all, scenario.Hand{Task: canonical(one)})
	}
	return all
}

// often is a scenario with quick polls and heartbeats.
func often(hands ...scenario.Hand) scenario.Scenario {
	poll := int64(200)
	return scenario.Scenario{Tasks: hands, NextPoll: &poll, NextHeartbeat: 1000}
}
