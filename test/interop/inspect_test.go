package interop

import (
	"bytes"
	"fmt"
	"strings"

	// Every message that may stand in an Any registers itself.
	_ "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	_ "google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"
)

// faults are all the ways in which the official types find fault with a message and with
// everything in it: fields they don't know, broken rules, Any values they can't read.
func faults(message proto.Message) []string { return faultsAt("", message) }

func faultsAt(path string, message proto.Message) []string {
	var found []string
	say := func(format string, values ...any) {
		found = append(found, strings.TrimPrefix(path+": ", ": ")+fmt.Sprintf(format, values...))
	}
	if judged, ok := message.(interface{ ValidateAll() error }); ok {
		if err := judged.ValidateAll(); err != nil {
			say("%v", err)
		}
	}
	if unknown := message.ProtoReflect().GetUnknown(); len(unknown) > 0 {
		say("%s has unknown fields: %x", message.ProtoReflect().Descriptor().FullName(), []byte(unknown))
	}
	if packed, ok := message.(*anypb.Any); ok {
		content, err := packed.UnmarshalNew()
		if err != nil {
			say("%v", err)
			return found
		}
		if !strings.HasPrefix(packed.GetTypeUrl(), "type.googleapis.com/") {
			say("packed as %q", packed.GetTypeUrl())
		}
		if !bytes.Equal(canonical(content), packed.GetValue()) {
			say("%s isn't packed byte for byte as Go packs it", content.ProtoReflect().Descriptor().FullName())
		}
		return append(found, faultsAt(path+"("+string(content.ProtoReflect().Descriptor().FullName())+")", content)...)
	}
	message.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		for _, part := range messagesIn(field, value) {
			found = append(found, faultsAt(path+"."+string(field.Name()), part)...)
		}
		return true
	})
	return found
}

func messagesIn(field protoreflect.FieldDescriptor, value protoreflect.Value) []proto.Message {
	var parts []proto.Message
	switch {
	case field.IsMap():
		if field.MapValue().Message() != nil {
			value.Map().Range(func(_ protoreflect.MapKey, item protoreflect.Value) bool {
				parts = append(parts, item.Message().Interface())
				return true
			})
		}
	case field.Message() == nil:
	case field.IsList():
		for index := range value.List().Len() {
			parts = append(parts, value.List().Get(index).Message().Interface())
		}
	default:
		parts = append(parts, value.Message().Interface())
	}
	return parts
}

// canonical is what the official SDK would store: fields by number, map keys sorted.
func canonical(message proto.Message) []byte {
	encoded, err := proto.MarshalOptions{Deterministic: true}.Marshal(message)
	if err != nil {
		panic(err) // a message that was just decoded always encodes
	}
	return encoded
}
