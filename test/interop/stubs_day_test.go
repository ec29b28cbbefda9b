package interop

import (
	"crypto/tls"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"c1-xero/interop/scenario"
)

// refusedFor are the kinds that wait for the admin's consent (product.md §8); what we don't do at
// all is UNIMPLEMENTED.
var refusedFor = map[string]codes.Code{
	"grant": codes.FailedPrecondition, "revoke": codes.FailedPrecondition,
	"create_account": codes.FailedPrecondition, "delete_resource": codes.FailedPrecondition,
}

// everyKind is a task of each of the 24 arms of Task.task_type, by the arm's number.
func everyKind() []*v1.Task {
	var all []*v1.Task
	fields := (&v1.Task{}).ProtoReflect().Descriptor().Oneofs().ByName("task_type").Fields()
	for index := range fields.Len() {
		task := &v1.Task{Id: newID()}
		arm := task.ProtoReflect().NewField(fields.Get(index))
		task.ProtoReflect().Set(fields.Get(index), arm)
		all = append(all, task)
	}
	return all
}

func kindOf(task *v1.Task) protoreflect.FieldDescriptor {
	return task.ProtoReflect().WhichOneof(task.ProtoReflect().Descriptor().Oneofs().ByName("task_type"))
}

// A working day of our client: each kind of task once, one that nobody knows yet, and one without a kind.
func TestOurClientThroughAWorkingDay(t *testing.T) {
	kinds := everyKind()
	unheard, unset := &v1.Task{Id: newID()}, &v1.Task{Id: newID()}
	unheard.ProtoReflect().SetUnknown([]byte{0xba, 0x0c, 0}) // field 199, a message of a C1 to come
	wanted := often(handing(append(kinds, unheard, unset)...)...)
	for index, task := range kinds {
		if kindOf(task).Name() == "sync_full" {
			wanted.Tasks[index].UploadUntil = 3
		}
	}
	p := perform(t, wanted)
	for _, task := range append(kinds, unheard, unset) {
		if task.GetNone() == nil {
			p.finished(t, task.GetId(), 1)
		}
	}
	p.until(t, "a poll after all that", len(wanted.Tasks)+1, func(one scenario.Event) bool {
		return one.Kind == "answered" && one.RPC == "GetTask"
	})
	code := p.ends(t, syscall.SIGTERM)
	holds(t, "S-02", byStubs, code == 0, "exit code", code)

	for _, task := range kinds {
		judgeKind(t, p, task)
	}
	judgeRefusal(t, p, "C-24", unheard.GetId(), codes.Unimplemented)
	judgeRefusal(t, p, "C-25", unset.GetId(), codes.Unimplemented)
	judgeHello(t, p, kinds)
	judgeCarrier(t, p)
	judgeExchange(t, p)
	judgeSync(t, p, kinds)
	judgeReports(t, p)
	judgeMessages(t, p)
}

// judgeKind holds a task of the n-th arm against rule C-n.
func judgeKind(t *testing.T, p *play, task *v1.Task) {
	id, field := fmt.Sprintf("C-%02d", kindOf(task).Number()-100), kindOf(task)
	switch reports := p.reports(task.GetId()); field.Name() {
	case "none", "hello":
		holds(t, id, byStubs, len(reports) == 0, reports)
	case "sync_full":
		holds(t, id, byStubs, len(reports) == 1 && reports[0].GetSuccess() != nil, reports)
	default:
		code, found := refusedFor[string(field.Name())]
		if !found {
			code = codes.Unimplemented
		}
		judgeRefusal(t, p, id, task.GetId(), code)
	}
}

func judgeRefusal(t *testing.T, p *play, id, task string, code codes.Code) {
	reports := p.reports(task)
	holds(t, id, byStubs, len(reports) == 1 && reports[0].GetError().GetNonRetryable() &&
		reports[0].GetStatus().GetCode() == int32(code), reports)
}

func judgeHello(t *testing.T, p *play, kinds []*v1.Task) {
	hellos, all := p.hellos(), p.calls("")
	first := hellos[0]
	holds(t, "H-01", byStubs, all[0].RPC == "Hello", all[0].RPC)
	holds(t, "H-02", byStubs, first.GetTaskId() == "", first.GetTaskId())
	holds(t, "H-03", byStubs, emptyIn(first.GetBuildInfo()) == "", emptyIn(first.GetBuildInfo()))
	holds(t, "H-04", byStubs, emptyIn(first.GetOsInfo()) == "", emptyIn(first.GetOsInfo()))
	holds(t, "H-05", byStubs, first.GetConnectorMetadata().GetDisplayName() == "Xero", first)
	capabilities := first.GetConnectorMetadata().GetCapabilities()
	holds(t, "H-06", byStubs, slices.Contains(capabilities.GetConnectorCapabilities(), v2.Capability_CAPABILITY_SYNC) &&
		slices.IsSorted(capabilities.GetConnectorCapabilities()), capabilities)
	undone := []v2.Capability{
		v2.Capability_CAPABILITY_EVENT_FEED, v2.Capability_CAPABILITY_EVENT_FEED_V2, v2.Capability_CAPABILITY_TICKETING,
		v2.Capability_CAPABILITY_ACTIONS, v2.Capability_CAPABILITY_CREDENTIAL_ROTATION, v2.Capability_CAPABILITY_CREDENTIAL_ISSUE,
		v2.Capability_CAPABILITY_RESOURCE_CREATE, v2.Capability_CAPABILITY_PROVISION, v2.Capability_CAPABILITY_ACCOUNT_PROVISIONING,
	}
	holds(t, "H-07", byStubs, !slices.ContainsFunc(capabilities.GetConnectorCapabilities(), func(one v2.Capability) bool {
		return slices.Contains(undone, one)
	}), capabilities)
	var types []string
	for _, one := range capabilities.GetResourceTypeCapabilities() {
		types = append(types, one.GetResourceType().GetId())
	}
	holds(t, "H-08", byStubs, slices.Equal(types, []string{"org", "role", "user"}), types)
	holds(t, "H-09", byStubs, !slices.ContainsFunc(capabilities.GetResourceTypeCapabilities(), func(one *v2.ResourceTypeCapability) bool {
		return one.GetPermissions() == nil || len(one.GetCapabilities()) == 0
	}), capabilities)
	asked := kinds[slices.IndexFunc(kinds, func(one *v1.Task) bool { return one.GetHello() != nil })]
	holds(t, "H-10", byStubs, len(hellos) == 2 && hellos[1].GetTaskId() == asked.GetId(), hellos)
	holds(t, "H-11", byStubs, len(p.reports(asked.GetId())) == 0, p.reports(asked.GetId()))
	holds(t, "H-23", byStubs, proto.Equal(hellos[1].GetConnectorMetadata(), first.GetConnectorMetadata()), hellos[1])
	holds(t, "H-12", byStubs, sameHost(p), "not the same host id everywhere")
	poll := p.order(func(one scenario.Event) bool { return one.RPC == "GetTask" })
	greeted := p.order(func(one scenario.Event) bool { return one.RPC == "Hello" && one.Kind == "answered" })
	holds(t, "H-13", byStubs, greeted < poll, greeted, poll)
}

// emptyIn names a field that is empty.
func emptyIn(message proto.Message) string {
	fields := message.ProtoReflect().Descriptor().Fields()
	for index := range fields.Len() {
		if message.ProtoReflect().Get(fields.Get(index)).String() == "" {
			return string(fields.Get(index).Name())
		}
	}
	return ""
}

func sameHost(p *play) bool {
	for _, event := range p.calls("") {
		if event.RPC == "UploadAsset" {
			continue
		}
		request := map[string]proto.Message{
			"Hello": &v1.BatonServiceHelloRequest{}, "GetTask": &v1.BatonServiceGetTaskRequest{},
			"Heartbeat": &v1.BatonServiceHeartbeatRequest{}, "FinishTask": &v1.BatonServiceFinishTaskRequest{},
		}[event.RPC]
		if proto.Unmarshal(event.Request, request) != nil || request.(interface{ GetHostId() string }).GetHostId() != host {
			return false
		}
	}
	return true
}

// judgeCarrier is about how calls come in: over what, with what, for how long.
func judgeCarrier(t *testing.T, p *play) {
	calls := p.calls("")
	every := func(good func(scenario.Carrier) bool) bool {
		return !slices.ContainsFunc(calls, func(one scenario.Event) bool { return !good(*one.Carrier) })
	}
	holds(t, "N-01", byStubs, every(func(c scenario.Carrier) bool { return c.TLS >= tls.VersionTLS12 }))
	holds(t, "N-02", byStubs, every(func(c scenario.Carrier) bool { return c.ALPN == "h2" && c.Protocol == "HTTP/2.0" }))
	holds(t, "N-03", byStubs, every(func(c scenario.Carrier) bool {
		return c.ContentType == "application/grpc" || c.ContentType == "application/grpc+proto"
	}), calls[0].Carrier)
	holds(t, "N-04", byStubs, every(func(c scenario.Carrier) bool { return c.Method == "POST" && c.TE == "trailers" }), calls[0].Carrier)
	holds(t, "N-05", byStubs, every(func(c scenario.Carrier) bool { return c.Encoding == "" || c.Encoding == "identity" }), calls[0].Carrier)
	holds(t, "N-06", byStubs, every(func(c scenario.Carrier) bool { return strings.Contains(c.Agent, "c1-xero") }), calls[0].Carrier)
	holds(t, "N-07", byStubs, every(func(c scenario.Carrier) bool { return c.Connection == calls[0].Carrier.Connection }))
	holds(t, "T-15", byStubs, every(func(c scenario.Carrier) bool { return c.Scheme == "Bearer" }))
	for id, rpc := range map[string]string{
		"D-01": "Hello", "D-02": "GetTask", "D-03": "Heartbeat", "D-05": "FinishTask",
	} {
		of := p.calls(rpc)
		holds(t, id, byStubs, len(of) > 0 && !slices.ContainsFunc(of, func(one scenario.Event) bool {
			return one.Carrier.Deadline <= 0
		}), of)
	}
	holds(t, "D-06", byStubs, p.calls("GetTask")[0].Carrier.Deadline > p.calls("FinishTask")[0].Carrier.Deadline)
}

// judgeReports is about all FinishTask requests of the day.
func judgeReports(t *testing.T, p *play) {
	var all []*v1.BatonServiceFinishTaskRequest
	ids := map[string]bool{}
	for _, call := range p.calls("FinishTask") {
		if !ids[call.Task] {
			all = append(all, p.reports(call.Task)...)
		}
		ids[call.Task] = true
	}
	every := func(good func(*v1.BatonServiceFinishTaskRequest) bool) bool {
		return !slices.ContainsFunc(all, func(one *v1.BatonServiceFinishTaskRequest) bool { return !good(one) })
	}
	holds(t, "F-01", byStubs, len(all) == len(ids) && len(ids) == 24, len(all), len(ids))
	holds(t, "F-02", byStubs, every(func(one *v1.BatonServiceFinishTaskRequest) bool {
		return one.GetSuccess() == nil || one.GetStatus() == nil
	}), all)
	holds(t, "F-03", byStubs, every(func(one *v1.BatonServiceFinishTaskRequest) bool {
		return one.GetError() == nil || one.GetStatus().GetCode() != 0
	}), all)
	holds(t, "F-04", byStubs, every(func(one *v1.BatonServiceFinishTaskRequest) bool {
		said := one.GetStatus().GetMessage()
		return one.GetError() == nil || strings.HasSuffix(said, ".") && len(said) < 300
	}), all)
	holds(t, "F-05", byStubs, every(func(one *v1.BatonServiceFinishTaskRequest) bool {
		return !strings.Contains(one.GetStatus().GetMessage(), "@") && !strings.Contains(one.GetStatus().GetMessage(), "example")
	}), all)
	holds(t, "F-06", byStubs, every(func(one *v1.BatonServiceFinishTaskRequest) bool {
		return one.GetError().GetResponse() == nil
	}), all)
}

// judgeMessages lets the official validators judge every message that arrived, rule by rule of its type.
func judgeMessages(t *testing.T, p *play) {
	for _, bad := range badMessages() {
		rpc := rpcOf(bad.message)
		if rpc == "GetTasks" {
			continue // another day's
		}
		holds(t, bad.id, byStubs, soundAsSent(p, rpc), rpc)
	}
	for _, bad := range badUploads() {
		if !bad.onlyInGrammar {
			holds(t, bad.id, byStubs, soundAsSent(p, "UploadAsset"))
		}
	}
	holds(t, "E-01", byStubs, !slices.ContainsFunc(p.calls(""), func(one scenario.Event) bool {
		return one.RPC != "UploadAsset" && strangeIn(one)
	}), "a request has fields that the official types don't know")
}

// soundAsSent tells that there were such calls, and that the validators had nothing against any.
func soundAsSent(p *play, rpc string) bool {
	of := p.which(func(one scenario.Event) bool { return one.RPC == rpc })
	return len(of) > 0 && !slices.ContainsFunc(of, func(one scenario.Event) bool { return len(one.Violations) > 0 })
}

func strangeIn(event scenario.Event) bool {
	request := map[string]proto.Message{
		"Hello": &v1.BatonServiceHelloRequest{}, "GetTask": &v1.BatonServiceGetTaskRequest{},
		"GetTasks": &v1.BatonServiceGetTasksRequest{}, "Heartbeat": &v1.BatonServiceHeartbeatRequest{},
		"FinishTask": &v1.BatonServiceFinishTaskRequest{},
	}[event.RPC]
	return proto.Unmarshal(event.Request, request) != nil || len(faults(request)) > 0
}
