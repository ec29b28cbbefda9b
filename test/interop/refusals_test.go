package interop

import (
	"context"
	"crypto/tls"
	"os"
	"strings"
	"sync"
	"testing"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"github.com/conductorone/baton-sdk/pkg/ugrpc"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
)

// shared is one sandbox for the whole process: Go reads SSL_CERT_FILE once.
var shared = sync.OnceValues(func() (*sandbox, error) {
	c1, err := startSandbox()
	if err != nil {
		return nil, err
	}
	atExit = append(atExit, c1.stop)
	return c1, os.Setenv("SSL_CERT_FILE", c1.Env["NODE_EXTRA_CA_CERTS"])
})

// call opens the sandbox's C1 with the official credential provider and the official stub.
func call(t *testing.T) (*sandbox, v1.BatonServiceClient) {
	t.Helper()
	c1, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	provider, _, host, err := ugrpc.NewC1CredentialProvider(t.Context(),
		c1.Env["BATON_CLIENT_ID"], c1.Env["BATON_CLIENT_SECRET"])
	if err != nil {
		t.Fatalf("the official parser refuses the sandbox's credential: %v", err)
	}
	connection, err := grpc.NewClient(host, grpc.WithPerRPCCredentials(provider),
		grpc.WithTransportCredentials(credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	return c1, v1.NewBatonServiceClient(connection)
}

func send(ctx context.Context, c1 v1.BatonServiceClient, message proto.Message) error {
	var err error
	switch request := message.(type) {
	case *v1.BatonServiceHelloRequest:
		_, err = c1.Hello(ctx, request)
	case *v1.BatonServiceGetTaskRequest:
		_, err = c1.GetTask(ctx, request)
	case *v1.BatonServiceGetTasksRequest:
		_, err = c1.GetTasks(ctx, request)
	case *v1.BatonServiceHeartbeatRequest:
		_, err = c1.Heartbeat(ctx, request)
	case *v1.BatonServiceFinishTaskRequest:
		_, err = c1.FinishTask(ctx, request)
	}
	return err
}

const host = "judge"

// hello is one that nobody objects to, but for what change does to it.
func hello(change func(*v1.BatonServiceHelloRequest)) *v1.BatonServiceHelloRequest {
	request := &v1.BatonServiceHelloRequest{
		HostId:    host,
		BuildInfo: &v1.BatonServiceHelloRequest_BuildInfo{LangVersion: "go1", Package: "judge", PackageVersion: "1"},
		OsInfo: &v1.BatonServiceHelloRequest_OSInfo{
			Hostname: "h", Os: "linux", Platform: "debian", PlatformVersion: "12", PlatformFamily: "debian",
			KernelVersion: "6", KernelArch: "amd64", VirtualizationSystem: "none",
		},
		ConnectorMetadata: &v2.ConnectorMetadata{DisplayName: "Judge"},
	}
	change(request)
	return request
}

// many is one annotation more than a message may have.
func many() []*anypb.Any {
	all := make([]*anypb.Any, 17)
	for index := range all {
		all[index], _ = anypb.New(&v2.RawId{Id: "1"})
	}
	return all
}

var (
	long    = strings.Repeat("é", 257)
	short   = strings.Repeat("a", 26)
	good    = strings.Repeat("a", 27)
	success = &v1.BatonServiceFinishTaskRequest_Success_{Success: &v1.BatonServiceFinishTaskRequest_Success{}}
)

func TestTheSandboxRefusesWhatTheOfficialValidatorsRefuse(t *testing.T) {
	_, c1 := call(t)
	for _, bad := range []struct {
		name    string
		message proto.Message
	}{
		{"Hello without a host", hello(func(h *v1.BatonServiceHelloRequest) { h.HostId = "" })},
		{"Hello with a long host", hello(func(h *v1.BatonServiceHelloRequest) { h.HostId = long })},
		{"Hello without metadata", hello(func(h *v1.BatonServiceHelloRequest) { h.ConnectorMetadata = nil })},
		{"Hello without a name", hello(func(h *v1.BatonServiceHelloRequest) { h.ConnectorMetadata.DisplayName = "" })},
		{"Hello with plain http help", hello(func(h *v1.BatonServiceHelloRequest) { h.ConnectorMetadata.HelpUrl = "http://c1.example" })},
		{"Hello with a long kernel", hello(func(h *v1.BatonServiceHelloRequest) { h.OsInfo.KernelVersion = long })},
		{"Hello with a long version", hello(func(h *v1.BatonServiceHelloRequest) { h.BuildInfo.PackageVersion = long })},
		{"Hello with 17 annotations", hello(func(h *v1.BatonServiceHelloRequest) { h.Annotations = many() })},
		{"Hello with a trait twice", hello(func(h *v1.BatonServiceHelloRequest) {
			h.ConnectorMetadata.Capabilities = &v2.ConnectorCapabilities{
				ResourceTypeCapabilities: []*v2.ResourceTypeCapability{{ResourceType: &v2.ResourceType{
					Id: "user", Traits: []v2.ResourceType_Trait{v2.ResourceType_TRAIT_USER, v2.ResourceType_TRAIT_USER},
				}}},
			}
		})},
		{"GetTask without a host", &v1.BatonServiceGetTaskRequest{}},
		{"GetTask with a long host", &v1.BatonServiceGetTaskRequest{HostId: long}},
		{"GetTasks without a host", &v1.BatonServiceGetTasksRequest{PageSize: 1}},
		{"GetTasks for no task", &v1.BatonServiceGetTasksRequest{HostId: host}},
		{"GetTasks for 101 tasks", &v1.BatonServiceGetTasksRequest{HostId: host, PageSize: 101}},
		{"GetTasks knowing a short id", &v1.BatonServiceGetTasksRequest{HostId: host, PageSize: 1, KnownTaskIds: []string{short}}},
		{"Heartbeat without a task", &v1.BatonServiceHeartbeatRequest{HostId: host}},
		{"Heartbeat with a short task id", &v1.BatonServiceHeartbeatRequest{HostId: host, TaskId: short}},
		{"Heartbeat with 17 annotations", &v1.BatonServiceHeartbeatRequest{HostId: host, TaskId: good, Annotations: many()}},
		{"Heartbeat for a short task id more", &v1.BatonServiceHeartbeatRequest{HostId: host, TaskId: good, TaskIds: []string{short}}},
		{"FinishTask without an end", &v1.BatonServiceFinishTaskRequest{HostId: host, TaskId: good}},
		{"FinishTask without a task", &v1.BatonServiceFinishTaskRequest{HostId: host, FinalState: success}},
		{"FinishTask with 17 annotations", &v1.BatonServiceFinishTaskRequest{HostId: host, TaskId: good,
			FinalState: &v1.BatonServiceFinishTaskRequest_Success_{Success: &v1.BatonServiceFinishTaskRequest_Success{Annotations: many()}}}},
	} {
		t.Run(bad.name, func(t *testing.T) {
			if bad.message.(interface{ ValidateAll() error }).ValidateAll() == nil {
				t.Fatal("the official validator has nothing against it")
			}
			if err := send(t.Context(), c1, bad.message); status.Code(err) != codes.InvalidArgument {
				t.Errorf("the sandbox says %v", err)
			}
		})
	}
}

func TestTheSandboxRefusesUploadsThatTheOfficialValidatorsRefuse(t *testing.T) {
	sandbox, c1 := call(t)
	sandbox.enqueue(t, "sync_full", map[string]any{})
	answer, err := c1.GetTask(t.Context(), &v1.BatonServiceGetTaskRequest{HostId: host})
	if err != nil || answer.GetTask() == nil {
		t.Fatalf("there's no task: %v", err)
	}
	metadata := &v1.BatonServiceUploadAssetRequest{Msg: &v1.BatonServiceUploadAssetRequest_Metadata{
		Metadata: &v1.BatonServiceUploadAssetRequest_UploadMetadata{HostId: host, TaskId: answer.GetTask().GetId()},
	}}
	data := func(size int) *v1.BatonServiceUploadAssetRequest {
		return &v1.BatonServiceUploadAssetRequest{Msg: &v1.BatonServiceUploadAssetRequest_Data{
			Data: &v1.BatonServiceUploadAssetRequest_UploadData{Data: make([]byte, size)},
		}}
	}
	for _, bad := range []struct {
		name          string
		before        []*v1.BatonServiceUploadAssetRequest
		message       *v1.BatonServiceUploadAssetRequest
		onlyInGrammar bool
	}{
		{"nothing in it", nil, &v1.BatonServiceUploadAssetRequest{}, false},
		{"a short task id", nil, &v1.BatonServiceUploadAssetRequest{Msg: &v1.BatonServiceUploadAssetRequest_Metadata{
			Metadata: &v1.BatonServiceUploadAssetRequest_UploadMetadata{HostId: host, TaskId: short},
		}}, false},
		{"an empty chunk", []*v1.BatonServiceUploadAssetRequest{metadata}, data(0), false},
		{"a chunk over a megabyte", []*v1.BatonServiceUploadAssetRequest{metadata}, data(1<<20 + 1), false},
		{"a digest of 31 bytes", []*v1.BatonServiceUploadAssetRequest{metadata, data(9)},
			&v1.BatonServiceUploadAssetRequest{Msg: &v1.BatonServiceUploadAssetRequest_Eof{
				Eof: &v1.BatonServiceUploadAssetRequest_UploadEOF{Sha256Checksum: make([]byte, 31)},
			}}, false},
		{"data before metadata", nil, data(9), true},
		{"metadata twice", []*v1.BatonServiceUploadAssetRequest{metadata}, metadata, true},
		{"another digest", []*v1.BatonServiceUploadAssetRequest{metadata, data(9)},
			&v1.BatonServiceUploadAssetRequest{Msg: &v1.BatonServiceUploadAssetRequest_Eof{
				Eof: &v1.BatonServiceUploadAssetRequest_UploadEOF{Sha256Checksum: make([]byte, 32)},
			}}, true},
	} {
		t.Run(bad.name, func(t *testing.T) {
			if refused := bad.message.ValidateAll() != nil; refused == bad.onlyInGrammar {
				t.Fatalf("refused by the official validator: %v", refused)
			}
			stream, err := c1.UploadAsset(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, message := range append(bad.before, bad.message) {
				// A server that has refused already makes sending fail; its answer says why.
				_ = stream.Send(message)
			}
			if _, err := stream.CloseAndRecv(); status.Code(err) != codes.InvalidArgument {
				t.Errorf("the sandbox says %v", err)
			}
		})
	}
}

func TestTheSandboxTakesWhatTheOfficialValidatorsTake(t *testing.T) {
	_, c1 := call(t)
	for _, message := range []proto.Message{
		hello(func(*v1.BatonServiceHelloRequest) {}),
		hello(func(h *v1.BatonServiceHelloRequest) { h.HostId = strings.Repeat("é", 256) }),
		hello(func(h *v1.BatonServiceHelloRequest) { h.Annotations = many()[1:] }),
		&v1.BatonServiceGetTaskRequest{HostId: "another"},
		&v1.BatonServiceGetTasksRequest{HostId: "another", PageSize: 100, KnownTaskIds: []string{good}},
	} {
		t.Run(string(message.ProtoReflect().Descriptor().Name()), func(t *testing.T) {
			if found := faults(message); len(found) > 0 {
				t.Fatal(found)
			}
			if err := send(t.Context(), c1, message); err != nil {
				t.Errorf("the sandbox says %v", err)
			}
		})
	}
}
