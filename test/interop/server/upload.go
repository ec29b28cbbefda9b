package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"c1-xero/interop/scenario"
)

// UploadAsset takes a stream by the grammar of c1-protocol.md §3.5, and keeps the data.
func (b *baton) UploadAsset(stream grpc.ClientStreamingServer[v1.BatonServiceUploadAssetRequest, v1.BatonServiceUploadAssetResponse]) error {
	seen := &scenario.Upload{}
	var data bytes.Buffer
	var digest []byte
	task, before := "", 0
	for {
		message, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			seen.Closed = true
			break
		}
		if err != nil {
			return err
		}
		switch {
		case message.GetMetadata() != nil:
			seen.Order = append(seen.Order, "metadata")
			task = message.GetMetadata().GetTaskId()
			b.change(task, func(standing *standing) {
				standing.uploads++
				before = standing.beats
			})
		case message.GetData() != nil:
			chunk := message.GetData().GetData()
			seen.Order, seen.Sizes = append(seen.Order, "data"), append(seen.Sizes, len(chunk))
			_, _ = data.Write(chunk)
		case message.GetEof() != nil:
			seen.Order = append(seen.Order, "eof")
			digest = message.GetEof().GetSha256Checksum()
		}
	}
	sum := sha256.Sum256(data.Bytes())
	seen.DigestFits = bytes.Equal(sum[:], digest)
	seen.Path = filepath.Join(b.folder, fmt.Sprintf("upload-%x", sum[:8]))
	if err := os.WriteFile(seen.Path, data.Bytes(), 0o600); err != nil {
		return status.Error(codes.Internal, err.Error())
	}
	watchedBy(stream, task, seen)
	// One of the heartbeats must have come during the upload, however long the work before it took.
	if err := b.until(stream.Context(), task, func(now standing) bool {
		return now.uploadUntil == 0 || now.beats >= max(now.uploadUntil, before+1)
	}); err != nil {
		return err
	}
	if !seen.DigestFits {
		return status.Error(codes.InvalidArgument, "the digest isn't that of the data")
	}
	return stream.SendAndClose(&v1.BatonServiceUploadAssetResponse{})
}

// watchedBy gives the interceptor what the journal should have.
func watchedBy(stream any, task string, upload *scenario.Upload) {
	if generic, ok := stream.(*grpc.GenericServerStream[v1.BatonServiceUploadAssetRequest, v1.BatonServiceUploadAssetResponse]); ok {
		if watched, ok := generic.ServerStream.(*watchedStream); ok {
			watched.task, watched.upload = task, upload
		}
	}
}
