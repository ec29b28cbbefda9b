// Reads a .c1z with the official SDK of the stand-alone baton CLI's generation
// (v0.7) and prints what that CLI's commands would make of it, as JSON; with a
// second path it writes a copy there instead. The CLI itself can't be pinned: its
// module isn't to be had from the Go module proxy.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	reader_v2 "github.com/conductorone/baton-sdk/pb/c1/reader/v2"
	"github.com/conductorone/baton-sdk/pkg/dotc1z"
	"github.com/conductorone/baton-sdk/pkg/dotc1z/manager/local"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

type report struct {
	ResourceTypes int            `json:"resourceTypes"`
	Resources     map[string]int `json:"resources"`
	Entitlements  int            `json:"entitlements"`
	Grants        int            `json:"grants"`
	// Dangling names every reference to a record that isn't in the file.
	Dangling []string `json:"dangling"`
	// Unprintable names every record whose JSON form fails, with the reason.
	Unprintable []string `json:"unprintable"`
	// Records are all others in their JSON form, which is what the CLI's diff compares.
	Records map[string]json.RawMessage `json:"records"`
}

type reader struct {
	ctx    context.Context
	file   *dotc1z.C1File
	report report
}

func main() {
	if err := do(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func do(ctx context.Context, paths []string) error {
	if len(paths) == 2 {
		return copyFile(ctx, paths[0], paths[1])
	}
	found, err := read(ctx, paths[0])
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(found)
}

// read opens the file as the CLI does: through the manager, on a copy.
func read(ctx context.Context, path string) (report, error) {
	files, err := local.New(ctx, path)
	if err != nil {
		return report{}, err
	}
	defer files.Close(ctx)
	file, err := files.LoadC1Z(ctx)
	if err != nil {
		return report{}, err
	}
	defer file.Close(ctx)

	r := reader{ctx: ctx, file: file, report: report{
		Resources: map[string]int{}, Dangling: []string{}, Unprintable: []string{},
		Records: map[string]json.RawMessage{},
	}}
	for _, list := range []func() error{r.types, r.resources, r.entitlements, r.grants} {
		if err := list(); err != nil {
			return report{}, err
		}
	}
	return r.report, nil
}

func (r *reader) types() error {
	answer, err := r.file.ListResourceTypes(r.ctx, &v2.ResourceTypesServiceListResourceTypesRequest{})
	if err != nil {
		return err
	}
	for _, kind := range answer.GetList() {
		r.report.ResourceTypes++
		r.print("type "+kind.GetId(), kind)
	}
	return nil
}

func (r *reader) resources() error {
	answer, err := r.file.ListResources(r.ctx, &v2.ResourcesServiceListResourcesRequest{})
	if err != nil {
		return err
	}
	for _, thing := range answer.GetList() {
		r.report.Resources[thing.GetId().GetResourceType()]++
		r.print(name(thing.GetId()), thing)
		if parent := thing.GetParentResourceId(); parent != nil {
			r.expect(parent)
		}
	}
	return nil
}

func (r *reader) entitlements() error {
	answer, err := r.file.ListEntitlements(r.ctx, &v2.EntitlementsServiceListEntitlementsRequest{})
	if err != nil {
		return err
	}
	for _, right := range answer.GetList() {
		r.report.Entitlements++
		r.print(right.GetId(), right)
		r.expect(right.GetResource().GetId())
	}
	return nil
}

func (r *reader) grants() error {
	answer, err := r.file.ListGrants(r.ctx, &v2.GrantsServiceListGrantsRequest{})
	if err != nil {
		return err
	}
	for _, held := range answer.GetList() {
		r.report.Grants++
		r.print(held.GetId(), held)
		r.expect(held.GetPrincipal().GetId())
		r.expect(held.GetEntitlement().GetResource().GetId())
		r.expectEntitlement(held.GetEntitlement().GetId())
	}
	return nil
}

func (r *reader) expect(id *v2.ResourceId) {
	_, err := r.file.GetResource(r.ctx, &reader_v2.ResourcesReaderServiceGetResourceRequest{ResourceId: id})
	if err != nil {
		r.report.Dangling = append(r.report.Dangling, name(id))
	}
	_, err = r.file.GetResourceType(r.ctx,
		&reader_v2.ResourceTypesReaderServiceGetResourceTypeRequest{ResourceTypeId: id.GetResourceType()})
	if err != nil {
		r.report.Dangling = append(r.report.Dangling, id.GetResourceType())
	}
}

func (r *reader) expectEntitlement(id string) {
	_, err := r.file.GetEntitlement(r.ctx,
		&reader_v2.EntitlementsReaderServiceGetEntitlementRequest{EntitlementId: id})
	if err != nil {
		r.report.Dangling = append(r.report.Dangling, id)
	}
}

func (r *reader) print(id string, record proto.Message) {
	shown, err := protojson.Marshal(record)
	if err != nil {
		r.report.Unprintable = append(r.report.Unprintable, fmt.Sprintf("%s: %v", id, err))
		return
	}
	r.report.Records[id] = shown
}

func name(id *v2.ResourceId) string { return id.GetResourceType() + ":" + id.GetResource() }
