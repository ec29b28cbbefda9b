package main

import (
	"context"
	"sync"
	"time"

	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"

	"c1-xero/interop/scenario"
)

// baton is the official service as the scenario has it (c1-protocol.md §3, §8.1).
type baton struct {
	v1.UnimplementedBatonServiceServer
	wanted  scenario.Scenario
	tokens  *tokenEndpoint
	journal *journal
	folder  string

	lock    sync.Mutex
	hands   []*hand
	tasks   map[string]*standing
	calls   map[string]int
	starts  int
	changed chan struct{}
}

type hand struct {
	scenario.Hand
	task  *v1.Task
	given bool
}

// standing is how things are with one task.
type standing struct {
	beats, uploads, ends  int
	cancelAt, uploadUntil int
}

func newBaton(wanted scenario.Scenario, tokens *tokenEndpoint, notes *journal, folder string) *baton {
	made := &baton{
		wanted: wanted, tokens: tokens, journal: notes, folder: folder,
		tasks: map[string]*standing{}, calls: map[string]int{}, changed: make(chan struct{}),
	}
	for _, one := range wanted.Tasks {
		task := &v1.Task{}
		// What nobody can decode is handed out as an empty task, which the tests would notice.
		_ = proto.Unmarshal(one.Task, task)
		made.hands = append(made.hands, &hand{one, task, false})
	}
	return made
}

func (b *baton) Hello(_ context.Context, request *v1.BatonServiceHelloRequest) (*v1.BatonServiceHelloResponse, error) {
	if request.GetTaskId() == "" {
		b.lock.Lock()
		defer b.lock.Unlock()
		b.starts++
	} else {
		b.change(request.GetTaskId(), func(task *standing) { task.ends++ })
	}
	return &v1.BatonServiceHelloResponse{}, nil
}

func (b *baton) GetTask(context.Context, *v1.BatonServiceGetTaskRequest) (*v1.BatonServiceGetTaskResponse, error) {
	answer := &v1.BatonServiceGetTaskResponse{NextHeartbeat: duration(b.wanted.NextHeartbeat), NextPoll: b.nextPoll()}
	if next := b.next(1, nil); len(next) > 0 {
		answer.Task, answer.NextPoll = next[0], duration(0)
	}
	return answer, nil
}

func (b *baton) GetTasks(_ context.Context, request *v1.BatonServiceGetTasksRequest) (*v1.BatonServiceGetTasksResponse, error) {
	return &v1.BatonServiceGetTasksResponse{
		Tasks:    b.next(int(request.GetPageSize()), request.GetKnownTaskIds()),
		NextPoll: b.nextPoll(), NextHeartbeat: duration(b.wanted.NextHeartbeat),
	}, nil
}

func (b *baton) Heartbeat(_ context.Context, request *v1.BatonServiceHeartbeatRequest) (*v1.BatonServiceHeartbeatResponse, error) {
	cancelled := false
	b.change(request.GetTaskId(), func(task *standing) {
		task.beats++
		cancelled = task.cancelAt > 0 && task.beats >= task.cancelAt
	})
	return &v1.BatonServiceHeartbeatResponse{NextHeartbeat: duration(b.wanted.NextHeartbeat), Cancelled: cancelled}, nil
}

func (b *baton) FinishTask(_ context.Context, request *v1.BatonServiceFinishTaskRequest) (*v1.BatonServiceFinishTaskResponse, error) {
	b.change(request.GetTaskId(), func(task *standing) { task.ends++ })
	return &v1.BatonServiceFinishTaskResponse{}, nil
}

// next hands out what isn't held back, in order.
func (b *baton) next(most int, known []string) []*v1.Task {
	b.lock.Lock()
	defer b.lock.Unlock()
	var tasks []*v1.Task
	for _, one := range b.hands {
		heldBack := one.Ended != "" && b.standing(one.Ended).ends == 0 ||
			one.Uploading != "" && b.standing(one.Uploading).uploads == 0 || b.starts < one.Hellos
		if one.given || heldBack || len(tasks) == most {
			continue
		}
		one.given = true
		task := b.standing(one.task.GetId())
		task.cancelAt, task.uploadUntil = one.CancelAt, one.UploadUntil
		tasks = append(tasks, one.task)
	}
	return tasks
}

// standing must be called with the lock held.
func (b *baton) standing(id string) *standing {
	if b.tasks[id] == nil {
		b.tasks[id] = &standing{}
	}
	return b.tasks[id]
}

// change alters a task and wakes those who wait for that.
func (b *baton) change(id string, how func(*standing)) {
	b.lock.Lock()
	defer b.lock.Unlock()
	how(b.standing(id))
	close(b.changed)
	b.changed = make(chan struct{})
}

// until waits for a task to be so, or for the caller to go.
func (b *baton) until(ctx context.Context, id string, so func(standing) bool) error {
	for {
		b.lock.Lock()
		now, changed := so(*b.standing(id)), b.changed
		b.lock.Unlock()
		if now {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return status.FromContextError(ctx.Err()).Err()
		}
	}
}

// fault is the one that hits this call of an RPC, if any does.
func (b *baton) fault(rpc string) scenario.Fault {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.calls[rpc]++
	if polls := b.calls["GetTask"] + b.calls["GetTasks"]; polls == b.wanted.Token.ExpireAfter+1 && b.wanted.Token.ExpireAfter > 0 {
		b.wanted.Token.ExpireAfter = 0
		b.tokens.expireAll()
	}
	for _, one := range b.wanted.Faults {
		if one.RPC == rpc && b.calls[rpc] > one.Skip && b.calls[rpc] <= one.Skip+one.Times {
			return one
		}
	}
	return scenario.Fault{}
}

func (b *baton) nextPoll() *durationpb.Duration {
	if b.wanted.NextPoll == nil {
		return nil
	}
	return duration(*b.wanted.NextPoll)
}

func duration(milliseconds int64) *durationpb.Duration {
	return durationpb.New(time.Duration(milliseconds) * time.Millisecond)
}

var injected = func(code uint32) error { return status.Error(codes.Code(code), "as the scenario has it") }
