package interop

import (
	"testing"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/grpc/codes"
)

// counts are those of resource types, resources, entitlements and grants.
type counts struct{ types, resources, entitlements, grants int }

// The small connector has two people and two teams, and a grant on each; who is in the team
// within the other has it in both.
func TestTheOfficialClientSyncsWhatTheTaskAsksFor(t *testing.T) {
	c1 := greet(t)
	c1.finished(t, "") // of the sandbox's own accord
	alone := []*v2.Resource{{Id: teamID("payroll")}}
	for _, one := range []struct {
		rule   string
		wanted *v1.Task_SyncFullTask
		kind   string
		counts counts
	}{
		{"O-01", &v1.Task_SyncFullTask{}, "full", counts{3, 4, 2, 3}},
		{"O-02", &v1.Task_SyncFullTask{SyncResourceTypeIds: []string{"person"}}, "full", counts{1, 2, 0, 0}},
		{"O-03", &v1.Task_SyncFullTask{SkipGrants: true}, "full", counts{3, 4, 2, 0}},
		{"O-04", &v1.Task_SyncFullTask{SkipEntitlementsAndGrants: true}, "resources_only", counts{3, 4, 0, 0}},
		{"O-05", &v1.Task_SyncFullTask{SkipExpandGrants: true}, "full", counts{3, 4, 2, 2}},
		{"O-06", &v1.Task_SyncFullTask{TargetedSyncResources: alone}, "partial", counts{3, 1, 1, 1}},
		{"O-07", &v1.Task_SyncFullTask{TargetedSyncResources: alone, SkipEntitlementsAndGrants: true}, "partial", counts{3, 1, 0, 0}},
		{"O-10", &v1.Task_SyncFullTask{StorageEngine: "sqlite"}, "full", counts{3, 4, 2, 3}},
	} {
		rule(t, one.rule, byClient, func(t *testing.T) {
			id := c1.hand(t, &v1.Task{TaskType: &v1.Task_SyncFull{SyncFull: one.wanted}})
			ending{}.expect(t, c1.finished(t, id))
			uploads := c1.uploadsOf(t, id)
			if len(uploads) != 1 {
				t.Fatalf("the uploads are %+v", uploads)
			}
			file := uploads[0]
			got := counts{file.Counts.ResourceTypes, file.Counts.Resources, file.Counts.Entitlements, file.Counts.Grants}
			if file.Kind != "access" || len(file.Problems) > 0 || file.Sync.Type != one.kind || got != one.counts {
				t.Errorf("it uploads %+v", file)
			}
		})
	}
	strange := &v1.Task_SyncFullTask{SyncResourceTypeIds: []string{"house"}}
	do(t, c1, []duty{{"O-08", &v1.Task{TaskType: &v1.Task_SyncFull{SyncFull: strange}}, retryable(codes.Unknown)}})
	id := c1.hand(t, &v1.Task{Debug: true, TaskType: &v1.Task_SyncFull{SyncFull: &v1.Task_SyncFullTask{}}})
	rule(t, "O-09", byClient, func(t *testing.T) {
		ending{}.expect(t, c1.finished(t, id))
		uploads := c1.uploadsOf(t, id)
		if len(uploads) != 2 || uploads[0].Kind != "access" || uploads[1].Kind != "log" || uploads[1].Lines == 0 {
			t.Errorf("the uploads are %+v", uploads)
		}
	})
	expectNoViolation(t, c1.state(t))
}

func (s *sandbox) uploadsOf(t *testing.T, id string) []upload {
	t.Helper()
	var all []upload
	for _, one := range s.state(t).Uploads {
		if one.TaskID == id {
			all = append(all, one)
		}
	}
	return all
}
