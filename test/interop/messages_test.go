package interop

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

var sampleName = regexp.MustCompile(`^\d+-([\w.]+)\.bin$`)

// sample is one message as our client would send it.
type sample struct {
	name    string
	encoded []byte
	// decoded is the same in the official type, and meant what we said it means, by field names.
	decoded, meant proto.Message
}

func samples(t *testing.T) []sample {
	t.Helper()
	paths, err := filepath.Glob(file("messages/*.bin"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no messages were produced: %v", err)
	}
	var all []sample
	for _, path := range paths {
		all = append(all, readSample(t, path))
	}
	return all
}

func readSample(t *testing.T, path string) sample {
	t.Helper()
	name := filepath.Base(path)
	parts := sampleName.FindStringSubmatch(name)
	if parts == nil {
		t.Fatalf("%s isn't named <number>-<message>.bin", name)
	}
	kind, err := protoregistry.GlobalTypes.FindMessageByName(protoreflect.FullName(parts[1]))
	if err != nil {
		t.Fatalf("the official SDK has no %s: %v", parts[1], err)
	}
	encoded, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	decoded := kind.New().Interface()
	if err := proto.Unmarshal(encoded, decoded); err != nil {
		t.Fatalf("%s doesn't decode: %v", name, err)
	}
	text, err := os.ReadFile(strings.TrimSuffix(path, ".bin") + ".json")
	if err != nil {
		t.Fatal(err)
	}
	meant := kind.New().Interface()
	if err := protojson.Unmarshal(text, meant); err != nil {
		t.Fatalf("%s names a field that the official type doesn't have: %v", name, err)
	}
	return sample{name, encoded, decoded, meant}
}

func TestOurMessagesHoldNothingThatTheOfficialTypesDoNotKnowOrRefuse(t *testing.T) {
	for _, one := range samples(t) {
		t.Run(one.name, func(t *testing.T) {
			for _, fault := range faults(one.decoded) {
				t.Error(fault)
			}
		})
	}
}

func TestOurMessagesMeanTheSameInTheOfficialTypes(t *testing.T) {
	for _, one := range samples(t) {
		t.Run(one.name, func(t *testing.T) {
			if !proto.Equal(one.decoded, one.meant) {
				t.Errorf("sent %s\nmeant %s", protojson.Format(one.decoded), protojson.Format(one.meant))
			}
		})
	}
}

func TestOurMessagesAreTheBytesThatGoWouldSend(t *testing.T) {
	for _, one := range samples(t) {
		t.Run(one.name, func(t *testing.T) {
			if again := canonical(one.decoded); !bytes.Equal(one.encoded, again) {
				t.Errorf("we send %x\nGo sends %x", one.encoded, again)
			}
		})
	}
}

func TestEveryMessageOfTheServiceWasProduced(t *testing.T) {
	produced := map[string]bool{}
	for _, one := range samples(t) {
		name := string(one.decoded.ProtoReflect().Descriptor().Name())
		one.decoded.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, _ protoreflect.Value) bool {
			if field.ContainingOneof() != nil {
				produced[name+"."+string(field.Name())] = true
			}
			return true
		})
		produced[name] = true
	}
	for _, name := range []string{
		"BatonServiceHelloRequest", "BatonServiceGetTaskRequest", "BatonServiceGetTasksRequest",
		"BatonServiceHeartbeatRequest", "BatonServiceUploadAssetRequest.metadata",
		"BatonServiceUploadAssetRequest.data", "BatonServiceUploadAssetRequest.eof",
		"BatonServiceFinishTaskRequest.success", "BatonServiceFinishTaskRequest.error",
	} {
		if !produced[name] {
			t.Errorf("there's no %s among what produce.ts made", name)
		}
	}
}

func TestOurHelloSaysAllThatC1NeedsToRegisterAConnector(t *testing.T) {
	for _, one := range samples(t) {
		hello, ok := one.decoded.(*v1.BatonServiceHelloRequest)
		if !ok {
			continue
		}
		if hello.GetHostId() == "" || hello.GetConnectorMetadata().GetDisplayName() != "Xero" {
			t.Errorf("%s: host %q, name %q", one.name, hello.GetHostId(), hello.GetConnectorMetadata().GetDisplayName())
		}
		for _, part := range []proto.Message{hello.GetBuildInfo(), hello.GetOsInfo()} {
			fields := part.ProtoReflect().Descriptor().Fields()
			for index := range fields.Len() {
				if part.ProtoReflect().Get(fields.Get(index)).String() == "" {
					t.Errorf("%s: %s is empty", one.name, fields.Get(index).FullName())
				}
			}
		}
		capabilities := hello.GetConnectorMetadata().GetCapabilities()
		if len(capabilities.GetConnectorCapabilities()) == 0 {
			t.Errorf("%s declares no capability", one.name)
		}
		var types []string
		for _, capability := range capabilities.GetResourceTypeCapabilities() {
			types = append(types, capability.GetResourceType().GetId())
		}
		if strings.Join(types, " ") != "org role user" {
			t.Errorf("%s declares the resource types %v", one.name, types)
		}
	}
}

func TestOurUploadIsTheFileInSmallEnoughChunksWithItsDigest(t *testing.T) {
	whole, err := os.ReadFile(file("messages/uploaded"))
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	var sent, digest []byte
	for _, one := range samples(t) {
		part, ok := one.decoded.(*v1.BatonServiceUploadAssetRequest)
		switch {
		case !ok:
		case part.GetMetadata() != nil:
			order = append(order, "metadata")
		case part.GetData() != nil:
			order = append(order, "data")
			sent = append(sent, part.GetData().GetData()...)
			if size := len(part.GetData().GetData()); size > 512<<10 {
				t.Errorf("a chunk has %d bytes", size)
			}
		case part.GetEof() != nil:
			order = append(order, "eof")
			digest = part.GetEof().GetSha256Checksum()
		}
	}
	if got := strings.Join(order, " "); got != "metadata data data eof" {
		t.Errorf("we send %s", got)
	}
	if sum := sha256.Sum256(whole); !bytes.Equal(sent, whole) || !bytes.Equal(digest, sum[:]) {
		t.Errorf("%d of %d bytes arrive, with the digest %x", len(sent), len(whole), digest)
	}
}
