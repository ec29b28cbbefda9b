package interop

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/connectorstore"
	"github.com/conductorone/baton-sdk/pkg/dotc1z"
	"github.com/conductorone/baton-sdk/pkg/dotc1z/c1zstore"
	"github.com/conductorone/baton-sdk/pkg/types/entitlement"
	"github.com/conductorone/baton-sdk/pkg/types/grant"
)

// The module of the real baton-xero isn't to be had from the Go module proxy. What stands in for it
// here asks the same of the sandbox's Xero, and makes its ids with the official SDK.

// batonRoles are its constants; the adviser's isn't spelt as Xero spells it.
var batonRoles = []string{"readonly", "invoiceonly", "standard", "financialadvisor", "managedclient", "cashbookclient"}

// xeroCaller asks the sandbox's Xero as a web app with one refresh token.
type xeroCaller struct {
	t             *testing.T
	api, token    string
	tenant        string
	authenticated http.Client
}

func signInToXero(t *testing.T, env map[string]string) *xeroCaller {
	t.Helper()
	authority, err := os.ReadFile(env["NODE_EXTRA_CA_CERTS"])
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	caller := &xeroCaller{t: t, api: env["XERO_API_URL"]}
	caller.authenticated.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {env["BATON_REFRESH_TOKEN"]}}
	request, err := http.NewRequest(http.MethodPost, env["XERO_IDENTITY_URL"]+"/connect/token", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("content-type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(env["BATON_XERO_CLIENT_ID"], env["BATON_XERO_CLIENT_SECRET"])
	var granted struct {
		AccessToken string `json:"access_token"`
	}
	caller.send(request, &granted)
	caller.token = granted.AccessToken
	var connections []struct{ TenantID string }
	caller.get("/connections", &connections)
	caller.tenant = connections[0].TenantID
	return caller
}

func (c *xeroCaller) get(path string, into any) {
	c.t.Helper()
	request, err := http.NewRequest(http.MethodGet, c.api+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("authorization", "Bearer "+c.token)
	request.Header.Set("accept", "application/json")
	request.Header.Set("xero-tenant-id", c.tenant)
	c.send(request, into)
}

func (c *xeroCaller) send(request *http.Request, into any) {
	c.t.Helper()
	response, err := c.authenticated.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %s", request.URL.Path, response.Status)
	}
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		c.t.Fatalf("%s: %v", request.URL.Path, err)
	}
}

type xeroUser struct{ UserID, EmailAddress, OrganisationRole string }

func (c *xeroCaller) users(where string) []xeroUser {
	c.t.Helper()
	var answer struct{ Users []xeroUser }
	c.get("/api.xro/2.0/Users"+where, &answer)
	return answer.Users
}

// batonXeroFile is what baton-xero would have written of the first organisation.
func batonXeroFile(t *testing.T, xero *xeroCaller) string {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "old.c1z")
	store, err := dotc1z.NewStore(t.Context(), path, dotc1z.WithEngine(c1zstore.EngineSQLite))
	check(err)
	_, err = store.StartNewSync(t.Context(), connectorstore.SyncTypeFull, "")
	check(err)
	named := func(kind, id, name string) *v2.Resource {
		return &v2.Resource{Id: &v2.ResourceId{ResourceType: kind, Resource: id}, DisplayName: name}
	}
	check(store.PutResourceTypes(t.Context(), &v2.ResourceType{Id: "org"}, &v2.ResourceType{Id: "role"}, &v2.ResourceType{Id: "user"}))
	check(store.PutResources(t.Context(), named("org", xero.tenant, "Kauri & Co Limited")))
	for _, user := range xero.users("") {
		check(store.PutResources(t.Context(), named("user", user.UserID, user.EmailAddress)))
	}
	for _, name := range batonRoles {
		role := named("role", name, name)
		check(store.PutResources(t.Context(), role))
		check(store.PutEntitlements(t.Context(), entitlement.NewAssignmentEntitlement(role, name)))
		filter := url.Values{"where": {`OrganisationRole=="` + strings.ToUpper(name) + `"`}}
		for _, user := range xero.users("?" + filter.Encode()) {
			held := grant.NewGrant(role, strings.ToLower(user.OrganisationRole), &v2.ResourceId{ResourceType: "user", Resource: user.UserID})
			check(store.PutGrants(t.Context(), held))
		}
	}
	check(store.EndSync(t.Context()))
	check(store.Close(t.Context()))
	return path
}

// changed is what `compare --json` says of one kind of thing.
type changed struct {
	Kept         int
	Renamed      []struct{ From, To string }
	Gained, Lost []string
}

func TestAllThatBatonXeroHadIsKeptUnderItsIDs(t *testing.T) {
	sandbox, err := startSandbox()
	if err != nil {
		t.Fatal(err)
	}
	defer sandbox.stop()
	xero := signInToXero(t, sandbox.Env)
	old, ours := batonXeroFile(t, xero), filepath.Join(t.TempDir(), "new.c1z")
	program := filepath.Join(made.root, "out", "main", "headless.js")
	sync := exec.Command("node", program, "sync", "--file", ours, "--org", xero.tenant, "--legacy-ids", xero.tenant)
	sync.Dir, sync.Env = t.TempDir(), os.Environ()
	for name, value := range sandbox.Env {
		sync.Env = append(sync.Env, name+"="+value)
	}
	if said, err := sync.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	var found struct {
		Resources            map[string]changed
		Entitlements, Grants changed
	}
	said := output(t, "node", program, "compare", old, ours, "--json")
	if err := json.Unmarshal([]byte(said), &found); err != nil {
		t.Fatal(err)
	}
	kinds := maps.Clone(found.Resources)
	kinds["entitlements"], kinds["grants"] = found.Entitlements, found.Grants
	for kind, each := range kinds {
		if each.Kept == 0 || len(each.Renamed) > 0 || len(each.Lost) > 0 {
			t.Errorf("%s: %+v", kind, each)
		}
		t.Logf("%s: %d kept, %d added", kind, each.Kept, len(each.Gained))
	}
	for kind, each := range found.Resources {
		if len(each.Gained) > 0 {
			t.Errorf("we add resources of type %s: %v", kind, each.Gained)
		}
	}
	organisation := "org:" + xero.tenant
	if want := []string{organisation + ":member", organisation + ":subscriber"}; !slices.Equal(found.Entitlements.Gained, want) {
		t.Errorf("we add the entitlements %v", found.Entitlements.Gained)
	}
	for _, id := range found.Grants.Gained {
		if !strings.HasPrefix(id, organisation+":") && !strings.HasPrefix(id, "role:financialadvisor:financialadvisor:user:") {
			t.Errorf("we add the grant %s", id)
		}
	}
}
