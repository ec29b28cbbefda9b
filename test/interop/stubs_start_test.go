package interop

import (
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"google.golang.org/grpc/codes"

	"c1-xero/interop/scenario"
)

var nonce = regexp.MustCompile(`^[0-9a-f]{32}$`)

// judgeExchange is about the assertion that was sent for the working day's token (c1-protocol.md §2.1).
func judgeExchange(t *testing.T, p *play) {
	one := p.exchanges()[0]
	fields := slices.Sorted(slices.Values(one.Fields))
	number := func(name string) float64 { value, _ := one.Claims[name].(float64); return value }
	holds(t, "T-01", byStubs, one.Method == "POST" && one.Path == "/auth/v1/token", one.Method, one.Path)
	holds(t, "T-02", byStubs, one.ContentType == "application/x-www-form-urlencoded", one.ContentType)
	holds(t, "T-03", byStubs, slices.Equal(fields, []string{"client_assertion", "client_assertion_type", "client_id", "grant_type"}), fields)
	holds(t, "T-04", byStubs, one.Form["grant_type"] == "client_credentials", one.Form["grant_type"])
	holds(t, "T-05", byStubs, one.Form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
	holds(t, "T-06", byStubs, one.Form["client_id"] == p.opening.ClientID, one.Form["client_id"])
	holds(t, "T-07", byStubs, one.Verified && one.Header["alg"] == "EdDSA", one.Header)
	text, _ := one.Header["nonce"].(string)
	holds(t, "T-08", byStubs, nonce.MatchString(text), one.Header)
	holds(t, "T-09", byStubs, len(one.Header) == 2, one.Header)
	holds(t, "T-10", byStubs, one.Claims["iss"] == p.opening.ClientID && one.Claims["sub"] == p.opening.ClientID, one.Claims)
	holds(t, "T-11", byStubs, one.Claims["aud"] == "localhost", one.Claims["aud"])
	holds(t, "T-12", byStubs, number("exp") == number("iat")+120 && number("nbf") == number("iat")-120 &&
		number("iat") == float64(int64(number("iat"))), one.Claims)
	holds(t, "T-13", byStubs, len(one.Claims) == 6, one.Claims)
	holds(t, "T-14", byStubs, one.DPoP == "" && !strings.Contains(strings.Join(one.Fields, " "), "secret"))
	holds(t, "T-16", byStubs, len(p.exchanges()) == 1, len(p.exchanges()))
	token := p.order(func(one scenario.Event) bool { return one.Kind == "token" })
	holds(t, "T-17", byStubs, token == 0, token)
}

func TestOurClientNamesTheKeyThatTheCredentialNames(t *testing.T) {
	wanted := paced(200)
	wanted.Token = scenario.Token{KeyID: "key-7", Type: "bearer"}
	p := perform(t, wanted)
	p.answered(t, "GetTask", 1)
	p.ends(t, syscall.SIGTERM)
	holds(t, "T-18", byStubs, p.exchanges()[0].Header["kid"] == "key-7", p.exchanges()[0].Header)
	holds(t, "T-19", byStubs, p.calls("Hello")[0].Carrier.Scheme == "Bearer", p.calls("Hello")[0].Carrier)
}

func TestOurClientReplacesATokenThatC1NoLongerTakes(t *testing.T) {
	wanted := paced(200)
	wanted.Token = scenario.Token{ExpireAfter: 1}
	p := perform(t, wanted)
	p.answered(t, "GetTask", 4)
	p.ends(t, syscall.SIGTERM)
	answers := p.which(func(one scenario.Event) bool { return one.Kind == "answered" && one.RPC == "GetTask" })
	refused := slices.IndexFunc(answers, func(one scenario.Event) bool { return one.Code == uint32(codes.Unauthenticated) })
	holds(t, "T-20", byStubs, refused >= 0 && answers[refused+1].Code == 0 && len(p.exchanges()) == 2, answers, len(p.exchanges()))
	nonces := map[any]bool{}
	for _, one := range p.exchanges() {
		nonces[one.Header["nonce"]] = true
	}
	holds(t, "T-21", byStubs, len(nonces) == len(p.exchanges()), nonces)
}

func TestOurClientRefreshesATokenBeforeItExpires(t *testing.T) {
	wanted := paced(200)
	wanted.Token = scenario.Token{Seconds: 12}
	p := perform(t, wanted)
	p.until(t, "second token", 2, func(one scenario.Event) bool { return one.Kind == "token" })
	p.ends(t, syscall.SIGTERM)
	holds(t, "T-22", byStubs, !slices.ContainsFunc(p.events, func(one scenario.Event) bool {
		return one.Kind == "answered" && one.Code == uint32(codes.Unauthenticated)
	}))
}

// What the token endpoint says before there is a token.
func TestOurClientHeedsTheTokenEndpoint(t *testing.T) {
	for id, status := range map[string]int{"T-23": 503, "T-24": 429, "T-25": 302} {
		t.Run(id, func(t *testing.T) {
			wanted := paced(200)
			wanted.Token = scenario.Token{Statuses: []int{status}}
			p := perform(t, wanted)
			p.answered(t, "GetTask", 1)
			p.ends(t, syscall.SIGTERM)
			exchanges := p.exchanges()
			holds(t, id, byStubs, len(exchanges) == 2 && exchanges[1].Path == "/auth/v1/token" && exchanges[1].Status == 200, exchanges)
		})
	}
	t.Run("T-26", func(t *testing.T) {
		p := perform(t, scenario.Scenario{Token: scenario.Token{Statuses: []int{401, 401, 401}}})
		code := p.ends(t, 0)
		holds(t, "T-26", byStubs, code == 16 && len(p.calls("")) == 0 && len(p.exchanges()) == 1, code, p.exchanges())
	})
}

// Start-up never gives up on what can heal (issue: Hello), and polls for nothing until then.
func TestOurClientGreetsAgainWhenItCanHeal(t *testing.T) {
	for id, code := range map[string]codes.Code{
		"H-14": codes.Unavailable, "H-15": codes.Internal, "H-16": codes.ResourceExhausted,
		"H-17": codes.DeadlineExceeded, "H-18": codes.Unknown,
	} {
		t.Run(code.String(), func(t *testing.T) {
			wanted := paced(200)
			wanted.Faults = []scenario.Fault{{RPC: "Hello", Times: 1, Kind: "code", Code: uint32(code)}}
			p := perform(t, wanted)
			p.answered(t, "GetTask", 1)
			p.ends(t, syscall.SIGTERM)
			hellos := p.which(func(one scenario.Event) bool { return one.Kind == "answered" && one.RPC == "Hello" })
			holds(t, id, byStubs, len(hellos) == 2 && hellos[0].Code == uint32(code) && hellos[1].Code == 0, hellos)
			holds(t, "H-19", byStubs, apart(p, "Hello", 890), hellos)
			holds(t, "H-13", byStubs, p.order(func(one scenario.Event) bool { return one.RPC == "GetTask" }) >
				p.order(func(one scenario.Event) bool { return one.Number == hellos[1].Number && one.Kind == "answered" }))
		})
	}
}

func TestOurClientStopsAtARefusalForGood(t *testing.T) {
	for id, code := range map[string]codes.Code{
		"H-20": codes.PermissionDenied, "H-21": codes.Unimplemented, "H-22": codes.Unauthenticated,
	} {
		t.Run(code.String(), func(t *testing.T) {
			p := perform(t, scenario.Scenario{
				Faults: []scenario.Fault{{RPC: "Hello", Times: forEver, Kind: "code", Code: uint32(code)}},
			})
			exit := p.ends(t, 0)
			holds(t, id, byStubs, exit > 0 && len(p.calls("GetTask")) == 0 && len(p.calls("Hello")) <= 2, exit, p.calls(""))
		})
	}
}
