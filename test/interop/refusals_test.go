package interop

import (
	"context"
	"crypto/tls"
	"os"
	"slices"
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

// badMessage breaks one rule of one message, which it is named after in rules.json.
type badMessage struct {
	id      string
	message proto.Message
}

func badMessages() []badMessage {
	metadata := func(change func(*v2.ConnectorMetadata)) *v1.BatonServiceHelloRequest {
		return hello(func(h *v1.BatonServiceHelloRequest) { change(h.ConnectorMetadata) })
	}
	declaring := func(one *v2.ResourceType) *v1.BatonServiceHelloRequest {
		return metadata(func(m *v2.ConnectorMetadata) {
			m.Capabilities = &v2.ConnectorCapabilities{
				ResourceTypeCapabilities: []*v2.ResourceTypeCapability{{ResourceType: one}},
			}
		})
	}
	succeeding := func(with *v1.BatonServiceFinishTaskRequest_Success) *v1.BatonServiceFinishTaskRequest {
		return &v1.BatonServiceFinishTaskRequest{HostId: host, TaskId: good,
			FinalState: &v1.BatonServiceFinishTaskRequest_Success_{Success: with}}
	}
	failing := func(with *v1.BatonServiceFinishTaskRequest_Error) *v1.BatonServiceFinishTaskRequest {
		return &v1.BatonServiceFinishTaskRequest{HostId: host, TaskId: good,
			FinalState: &v1.BatonServiceFinishTaskRequest_Error_{Error: with}}
	}
	return []badMessage{
		{"M-01", hello(func(h *v1.BatonServiceHelloRequest) { h.HostId = "" })},
		{"M-02", hello(func(h *v1.BatonServiceHelloRequest) { h.HostId = long })},
		{"M-03", hello(func(h *v1.BatonServiceHelloRequest) { h.ConnectorMetadata = nil })},
		{"M-04", metadata(func(m *v2.ConnectorMetadata) { m.DisplayName = "" })},
		{"M-05", metadata(func(m *v2.ConnectorMetadata) { m.HelpUrl = "http://c1.example" })},
		{"M-06", metadata(func(m *v2.ConnectorMetadata) { m.Description = strings.Repeat("a", 4097) })},
		{"M-07", hello(func(h *v1.BatonServiceHelloRequest) { h.OsInfo.KernelVersion = long })},
		{"M-08", hello(func(h *v1.BatonServiceHelloRequest) { h.BuildInfo.PackageVersion = long })},
		{"M-09", hello(func(h *v1.BatonServiceHelloRequest) { h.Annotations = many() })},
		{"M-10", declaring(&v2.ResourceType{Id: "user", Traits: []v2.ResourceType_Trait{
			v2.ResourceType_TRAIT_USER, v2.ResourceType_TRAIT_USER,
		}})},
		{"M-11", declaring(&v2.ResourceType{})},
		{"M-12", declaring(&v2.ResourceType{Id: "user", Traits: []v2.ResourceType_Trait{99}})},
		{"M-13", declaring(&v2.ResourceType{Id: "user", DisplayName: strings.Repeat("a", 1025)})},
		{"M-14", &v1.BatonServiceGetTaskRequest{}},
		{"M-15", &v1.BatonServiceGetTaskRequest{HostId: long}},
		{"M-16", &v1.BatonServiceGetTasksRequest{PageSize: 1}},
		{"M-17", &v1.BatonServiceGetTasksRequest{HostId: long, PageSize: 1}},
		{"M-18", &v1.BatonServiceGetTasksRequest{HostId: host}},
		{"M-19", &v1.BatonServiceGetTasksRequest{HostId: host, PageSize: 101}},
		{"M-20", &v1.BatonServiceGetTasksRequest{HostId: host, PageSize: 1, KnownTaskIds: []string{short}}},
		{"M-21", &v1.BatonServiceGetTasksRequest{HostId: host, PageSize: 1, Annotations: many()}},
		{"M-22", &v1.BatonServiceHeartbeatRequest{TaskId: good}},
		{"M-23", &v1.BatonServiceHeartbeatRequest{HostId: host}},
		{"M-24", &v1.BatonServiceHeartbeatRequest{HostId: host, TaskId: short}},
		{"M-25", &v1.BatonServiceHeartbeatRequest{HostId: host, TaskId: good, Annotations: many()}},
		{"M-26", &v1.BatonServiceHeartbeatRequest{HostId: host, TaskId: good, TaskIds: []string{short}}},
		{"M-27", &v1.BatonServiceHeartbeatRequest{HostId: host, TaskId: good, TaskIds: slices.Repeat([]string{good}, 101)}},
		{"M-28", &v1.BatonServiceFinishTaskRequest{TaskId: good, FinalState: success}},
		{"M-29", &v1.BatonServiceFinishTaskRequest{HostId: host, FinalState: success}},
		{"M-30", &v1.BatonServiceFinishTaskRequest{HostId: host, TaskId: short, FinalState: success}},
		{"M-31", &v1.BatonServiceFinishTaskRequest{HostId: host, TaskId: good}},
		{"M-32", succeeding(&v1.BatonServiceFinishTaskRequest_Success{Annotations: many()})},
		{"M-33", failing(&v1.BatonServiceFinishTaskRequest_Error{Annotations: many()})},
	}
}

// rpcOf is the RPC that takes a message.
func rpcOf(message proto.Message) string {
	name := string(message.ProtoReflect().Descriptor().Name())
	return strings.TrimSuffix(strings.TrimPrefix(name, "BatonService"), "Request")
}

func TestTheSandboxRefusesWhatTheOfficialValidatorsRefuse(t *testing.T) {
	_, c1 := call(t)
	ours := samples(t)
	for _, bad := range badMessages() {
		rule(t, bad.id, byValidators, func(t *testing.T) {
			if validate(bad.message) == nil {
				t.Error("the official validator has nothing against it")
			}
			soundSamples(t, ours, bad.message)
		})
		rule(t, bad.id, byClient, func(t *testing.T) {
			if err := send(t.Context(), c1, bad.message); status.Code(err) != codes.InvalidArgument {
				t.Errorf("the sandbox says %v", err)
			}
		})
	}
}

func validate(message proto.Message) error {
	return message.(interface{ ValidateAll() error }).ValidateAll()
}

// soundSamples holds what our client sends of the same type against the validator: something, and all of it good.
func soundSamples(t *testing.T, ours []sample, like proto.Message) {
	t.Helper()
	count := 0
	for _, one := range ours {
		if one.decoded.ProtoReflect().Descriptor() != like.ProtoReflect().Descriptor() {
			continue
		}
		count++
		if err := validate(one.decoded); err != nil {
			t.Errorf("%s: %v", one.name, err)
		}
	}
	if count == 0 {
		t.Error("our client never sends one")
	}
}

// badUpload is a stream that breaks a rule with its last message.
type badUpload struct {
	id      string
	before  []*v1.BatonServiceUploadAssetRequest
	message *v1.BatonServiceUploadAssetRequest
	// onlyInGrammar tells that the message is good by itself, where it doesn't belong.
	onlyInGrammar bool
}

// about is the task of badUploads, put in by whoever has one.
var about = &v1.BatonServiceUploadAssetRequest_UploadMetadata{HostId: host, TaskId: good}

func badUploads() []badUpload {
	metadata := func(of *v1.BatonServiceUploadAssetRequest_UploadMetadata) *v1.BatonServiceUploadAssetRequest {
		return &v1.BatonServiceUploadAssetRequest{Msg: &v1.BatonServiceUploadAssetRequest_Metadata{Metadata: of}}
	}
	data := func(size int) *v1.BatonServiceUploadAssetRequest {
		return &v1.BatonServiceUploadAssetRequest{Msg: &v1.BatonServiceUploadAssetRequest_Data{
			Data: &v1.BatonServiceUploadAssetRequest_UploadData{Data: make([]byte, size)},
		}}
	}
	eof := func(size int, annotations ...*anypb.Any) *v1.BatonServiceUploadAssetRequest {
		return &v1.BatonServiceUploadAssetRequest{Msg: &v1.BatonServiceUploadAssetRequest_Eof{
			Eof: &v1.BatonServiceUploadAssetRequest_UploadEOF{Sha256Checksum: make([]byte, size), Annotations: annotations},
		}}
	}
	begun := []*v1.BatonServiceUploadAssetRequest{metadata(about)}
	sent := append(slices.Clone(begun), data(9))
	return []badUpload{
		{"M-34", nil, &v1.BatonServiceUploadAssetRequest{}, false},
		{"M-35", nil, metadata(&v1.BatonServiceUploadAssetRequest_UploadMetadata{TaskId: good}), false},
		{"M-36", nil, metadata(&v1.BatonServiceUploadAssetRequest_UploadMetadata{HostId: host, TaskId: short}), false},
		{"M-37", nil, metadata(&v1.BatonServiceUploadAssetRequest_UploadMetadata{HostId: host, TaskId: good, Annotations: many()}), false},
		{"M-38", begun, data(0), false},
		{"M-39", begun, data(1<<20 + 1), false},
		{"M-40", sent, eof(31), false},
		{"M-41", sent, eof(32, many()...), false},
		{"U-01", nil, data(9), true},
		{"U-01", begun, metadata(about), true},
		{"U-03", sent, eof(32), true},
	}
}

func TestTheSandboxRefusesUploadsThatTheOfficialValidatorsRefuse(t *testing.T) {
	sandbox, c1 := call(t)
	sandbox.enqueue(t, "sync_full", map[string]any{})
	answer, err := c1.GetTask(t.Context(), &v1.BatonServiceGetTaskRequest{HostId: host})
	if err != nil || answer.GetTask() == nil {
		t.Fatalf("there's no task: %v", err)
	}
	about.TaskId = answer.GetTask().GetId()
	ours := samples(t)
	for _, bad := range badUploads() {
		if !bad.onlyInGrammar {
			rule(t, bad.id, byValidators, func(t *testing.T) {
				if bad.message.ValidateAll() == nil {
					t.Error("the official validator has nothing against it")
				}
				soundSamples(t, ours, bad.message)
			})
		}
		rule(t, bad.id, byClient, func(t *testing.T) {
			stream, err := c1.UploadAsset(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, message := range append(slices.Clone(bad.before), bad.message) {
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
