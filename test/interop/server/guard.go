package main

import (
	"context"
	"net/http"
	"path"
	"time"

	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

	"c1-xero/interop/scenario"
)

type carrierKey struct{}

// withCarrier keeps how a call came in, which the stubs don't tell.
func withCarrier(request *http.Request) context.Context {
	carrier := &scenario.Carrier{
		TLS: request.TLS.Version, Protocol: request.Proto, ALPN: request.TLS.NegotiatedProtocol,
		ContentType: request.Header.Get("Content-Type"), Encoding: request.Header.Get("Grpc-Encoding"),
		Agent: request.UserAgent(), Method: request.Method, TE: request.Header.Get("TE"),
	}
	if conn, ok := request.Context().Value(connectionKey{}).(*connection); ok {
		carrier.Connection = conn.number
	}
	return context.WithValue(request.Context(), carrierKey{}, carrier)
}

// carrierOf adds what the stubs know of the call.
func carrierOf(ctx context.Context) (*scenario.Carrier, string) {
	carrier, ok := ctx.Value(carrierKey{}).(*scenario.Carrier)
	if !ok {
		return &scenario.Carrier{}, ""
	}
	if deadline, ok := ctx.Deadline(); ok {
		carrier.Deadline = time.Until(deadline).Milliseconds()
	}
	authorization := ""
	if values := metadata.ValueFromIncomingContext(ctx, "authorization"); len(values) == 1 {
		authorization = values[0]
	}
	for index := range authorization {
		if authorization[index] == ' ' {
			carrier.Scheme = authorization[:index]
			break
		}
	}
	return carrier, authorization
}

// unary notes a call and its answer, with what the official validators say, and misbehaves when it should.
func (b *baton) unary(ctx context.Context, request any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	rpc := path.Base(info.FullMethod)
	message := request.(proto.Message)
	carrier, authorization := carrierOf(ctx)
	event := scenario.Event{Kind: "began", RPC: rpc, Task: taskOf(message), Carrier: carrier, Violations: violations(message)}
	event.Request, _ = proto.Marshal(message)
	number := b.journal.note(event)

	answer, err := b.answer(ctx, rpc, authorization, message, handle)
	ended := scenario.Event{Kind: "answered", Number: number, RPC: rpc, Task: event.Task, Code: uint32(status.Code(err))}
	if given, ok := answer.(interface{ GetTask() *v1.Task }); ok && err == nil {
		ended.Given = given.GetTask().GetId()
	}
	b.journal.note(ended)
	return answer, err
}

func (b *baton) answer(ctx context.Context, rpc, authorization string, message proto.Message, handle grpc.UnaryHandler) (any, error) {
	fault := b.fault(rpc)
	switch {
	case !b.tokens.holds(authorization):
		return nil, status.Error(codes.Unauthenticated, "no valid token")
	case len(violations(message)) > 0:
		return nil, status.Error(codes.InvalidArgument, violations(message)[0])
	case fault.Kind == "code":
		return nil, injected(fault.Code)
	case fault.Kind == "cut":
		_ = ctx.Value(connectionKey{}).(*connection).Close()
	}
	answer, err := handle(ctx, message)
	switch {
	case err == nil && fault.Kind == "lost":
		return nil, injected(fault.Code)
	case err == nil && fault.Kind == "big":
		annotate(answer, &anypb.Any{TypeUrl: "type.googleapis.com/judge.Big", Value: make([]byte, 5<<20)})
	case err == nil && fault.Kind == "strange":
		annotate(answer, &anypb.Any{TypeUrl: "type.googleapis.com/judge.Unheard", Value: []byte{1, 2, 3}})
		answer.(proto.Message).ProtoReflect().SetUnknown([]byte{0xfa, 0x3f, 1, 7}) // field 1023, of a C1 to come
	}
	return answer, err
}

func annotate(answer any, with *anypb.Any) {
	if annotated, ok := answer.(interface{ SetAnnotations([]*anypb.Any) }); ok {
		annotated.SetAnnotations([]*anypb.Any{with})
	}
}

func (b *baton) stream(service any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handle grpc.StreamHandler) error {
	rpc := path.Base(info.FullMethod)
	carrier, authorization := carrierOf(stream.Context())
	number := b.journal.note(scenario.Event{Kind: "began", RPC: rpc, Carrier: carrier})
	watched := &watchedStream{ServerStream: stream}
	fault := b.fault(rpc)
	err := status.Error(codes.Unauthenticated, "no valid token")
	switch {
	case !b.tokens.holds(authorization):
	case fault.Kind == "code":
		err = injected(fault.Code)
	case fault.Kind == "torn":
		watched.tornBy = injected(fault.Code)
		fallthrough
	default:
		err = handle(service, watched)
	}
	b.journal.note(scenario.Event{
		Kind: "answered", Number: number, RPC: rpc, Task: watched.task, Code: uint32(status.Code(err)),
		Violations: watched.violations, Upload: watched.upload,
	})
	return err
}

// watchedStream shows the validators each message, and carries what the handler made of them.
type watchedStream struct {
	grpc.ServerStream
	violations []string
	task       string
	upload     *scenario.Upload
	// tornBy is what the second message is answered with, nil for none.
	tornBy   error
	messages int
}

func (w *watchedStream) RecvMsg(into any) error {
	if w.messages++; w.messages > 1 && w.tornBy != nil {
		return w.tornBy
	}
	err := w.ServerStream.RecvMsg(into)
	if message, ok := into.(proto.Message); ok && err == nil {
		w.violations = append(w.violations, violations(message)...)
	}
	return err
}

func violations(message proto.Message) []string {
	judged, ok := message.(interface{ ValidateAll() error })
	if !ok {
		return nil
	}
	err := judged.ValidateAll()
	if err == nil {
		return nil
	}
	if many, ok := err.(interface{ AllErrors() []error }); ok {
		var found []string
		for _, one := range many.AllErrors() {
			found = append(found, one.Error())
		}
		return found
	}
	return []string{err.Error()}
}

func taskOf(message proto.Message) string {
	if about, ok := message.(interface{ GetTaskId() string }); ok {
		return about.GetTaskId()
	}
	return ""
}
