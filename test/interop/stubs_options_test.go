package interop

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/grpc/codes"

	"c1-xero/interop/scenario"
)

// syncing is a full sync with options, with an id of its own.
func syncing(options *v1.Task_SyncFullTask) *v1.Task {
	return &v1.Task{Id: newID(), TaskType: &v1.Task_SyncFull{SyncFull: options}}
}

// content is what the official reader finds in an uploaded file.
type content struct {
	kind                            string
	types                           []string
	resources, entitlements, grants int
}

func (p *play) contentOf(t *testing.T, task string) content {
	t.Helper()
	uploads := p.uploadsOf(task)
	if len(uploads) != 1 {
		t.Fatalf("%d uploads", len(uploads))
	}
	store := openPath(t, uploads[0].Upload.Path)
	found := list(t, store)
	run, err := store.SyncMeta().LatestFinishedSyncOfAnyType(t.Context())
	if err != nil || run == nil {
		t.Fatalf("there's no finished sync in it: %v", err)
	}
	types := map[string]bool{}
	for _, one := range found.resources {
		if thing, ok := one.(*v2.Resource); ok {
			types[thing.GetId().GetResourceType()] = true
		}
	}
	seen := content{kind: string(run.Type), entitlements: len(found.entitlements), grants: len(found.grants)}
	for kind := range types {
		seen.types = append(seen.types, kind)
	}
	slices.Sort(seen.types)
	seen.resources = len(found.resources) - len(found.resourceTypes)
	return seen
}

func (p *play) uploadsOf(task string) []scenario.Event {
	return p.which(func(one scenario.Event) bool {
		return one.Kind == "answered" && one.Upload != nil && one.Task == task && one.Code == 0
	})
}

func TestOurClientSyncsWhatTheTaskAsksFor(t *testing.T) {
	meant := made.files["sync.c1z"]
	role := []*v2.Resource{{Id: &v2.ResourceId{ResourceType: "role", Resource: meant.Resources["role"][0]}}}
	plain := syncing(&v1.Task_SyncFullTask{})
	types := syncing(&v1.Task_SyncFullTask{SyncResourceTypeIds: []string{"user"}})
	noGrants := syncing(&v1.Task_SyncFullTask{SkipGrants: true})
	neither := syncing(&v1.Task_SyncFullTask{SkipEntitlementsAndGrants: true})
	direct := syncing(&v1.Task_SyncFullTask{SkipExpandGrants: true})
	single := syncing(&v1.Task_SyncFullTask{TargetedSyncResources: role})
	bare := syncing(&v1.Task_SyncFullTask{TargetedSyncResources: role, SkipEntitlementsAndGrants: true})
	strange := syncing(&v1.Task_SyncFullTask{SyncResourceTypeIds: []string{"house"}})
	sqlite := syncing(&v1.Task_SyncFullTask{StorageEngine: "sqlite"})
	all := []*v1.Task{plain, types, noGrants, neither, direct, single, bare, strange, sqlite}
	// One after another: two syncs at once would only wait for each other.
	hands := handing(all...)
	for index := range all[1:] {
		hands[index+1].Ended = all[index].GetId()
	}
	p := perform(t, often(hands...))
	for _, one := range all {
		p.finished(t, one.GetId(), 1)
	}
	p.ends(t, syscall.SIGTERM)

	whole := p.contentOf(t, plain.GetId())
	every := []string{"org", "role", "user"}
	holds(t, "O-01", byStubs, whole.kind == "full" && slices.Equal(whole.types, every) &&
		whole.entitlements > 0 && whole.grants > 0, whole)
	for _, one := range []struct {
		rule string
		task *v1.Task
		want content
	}{
		{"O-02", types, content{"full", []string{"user"}, len(meant.Resources["user"]), 0, 0}},
		{"O-03", noGrants, content{"full", every, whole.resources, whole.entitlements, 0}},
		{"O-04", neither, content{"resources_only", every, whole.resources, 0, 0}},
		{"O-05", direct, whole},
		{"O-07", bare, content{"partial", []string{"role"}, 1, 0, 0}},
		{"O-10", sqlite, whole},
	} {
		rule(t, one.rule, byStubs, func(t *testing.T) {
			if got := p.contentOf(t, one.task.GetId()); !reflect.DeepEqual(got, one.want) {
				t.Errorf("it uploads %+v, not %+v", got, one.want)
			}
		})
	}
	rule(t, "O-06", byStubs, func(t *testing.T) {
		got := p.contentOf(t, single.GetId())
		if got.kind != "partial" || !slices.Equal(got.types, []string{"role"}) || got.resources != 1 || got.entitlements != 1 {
			t.Errorf("it uploads %+v", got)
		}
	})
	report := p.reports(strange.GetId())
	holds(t, "O-08", byStubs, len(report) == 1 && !report[0].GetError().GetNonRetryable() &&
		report[0].GetStatus().GetCode() != int32(codes.OK) && len(p.uploadsOf(strange.GetId())) == 0, report)
}

func TestOurClientSendsTheLogOfATaskToBeDebugged(t *testing.T) {
	asked, after := syncTask(), syncTask()
	asked.Debug = true
	hands := handing(asked, after)
	hands[1].Ended = asked.GetId()
	p := perform(t, often(hands...))
	p.finished(t, asked.GetId(), 1)
	p.finished(t, after.GetId(), 1)
	p.ends(t, syscall.SIGTERM)
	rule(t, "O-09", byStubs, func(t *testing.T) {
		uploads := p.uploadsOf(asked.GetId())
		if len(uploads) != 2 || len(p.uploadsOf(after.GetId())) != 1 {
			t.Fatalf("%d uploads, and %d without debug", len(uploads), len(p.uploadsOf(after.GetId())))
		}
		ended := slices.IndexFunc(p.events, func(one scenario.Event) bool {
			return one.Kind == "began" && one.RPC == "FinishTask" && one.Task == asked.GetId()
		})
		sent := slices.IndexFunc(p.events, func(one scenario.Event) bool {
			return one.Kind == "answered" && one.Number == uploads[1].Number
		})
		if ended < sent {
			t.Error("the task ends before its log is there")
		}
		file, err := os.ReadFile(uploads[0].Upload.Path)
		if err != nil || !bytes.HasPrefix(file, []byte("C1ZF\x00")) {
			t.Errorf("the first isn't the file: %v", err)
		}
		expectLog(t, uploads[1].Upload.Path)
	})
	holds(t, "U-08", byStubs, len(p.left(t)) == 0, p.left(t))
}

// expectLog expects lines of JSON that name nobody.
func expectLog(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for _, line := range lines {
		var said map[string]any
		if err := json.Unmarshal([]byte(line), &said); err != nil || len(said) == 0 {
			t.Errorf("%q is no line of JSON: %v", line, err)
		}
	}
	if strings.Contains(string(text), "@") {
		t.Error("it holds an e-mail address")
	}
}
