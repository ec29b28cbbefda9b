package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"c1-xero/interop/scenario"
)

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// tokenEndpoint is `POST /auth/v1/token` (c1-protocol.md §2.1), and knows the tokens it gave.
type tokenEndpoint struct {
	client  credential
	wanted  scenario.Token
	journal *journal

	lock   sync.Mutex
	asked  int
	tokens map[string]time.Time
}

func (e *tokenEndpoint) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	exchange := e.read(request)
	e.lock.Lock()
	e.asked++
	planned := 0
	if e.asked <= len(e.wanted.Statuses) {
		planned = e.wanted.Statuses[e.asked-1]
	}
	e.lock.Unlock()
	switch {
	case planned != 0:
		exchange.Status = planned
	case !e.good(exchange):
		exchange.Status = http.StatusUnauthorized
	default:
		exchange.Status = http.StatusOK
	}
	e.journal.note(scenario.Event{Kind: "token", Exchange: exchange})
	if exchange.Status == http.StatusFound {
		response.Header().Set("Location", "/elsewhere")
	}
	response.Header().Set("Content-Type", "application/json")
	response.WriteHeader(exchange.Status)
	if exchange.Status == http.StatusOK {
		_ = json.NewEncoder(response).Encode(e.issue())
	}
}

// read takes the request apart; what isn't there stays empty.
func (e *tokenEndpoint) read(request *http.Request) *scenario.Exchange {
	seen := &scenario.Exchange{
		Method: request.Method, Path: request.URL.Path, ContentType: request.Header.Get("Content-Type"),
		Agent: request.UserAgent(), DPoP: request.Header.Get("DPoP"), Form: map[string]string{},
	}
	_ = request.ParseForm()
	for name, values := range request.PostForm {
		seen.Fields = append(seen.Fields, name)
		seen.Form[name] = strings.Join(values, " and ")
	}
	assertion, err := jwt.ParseSigned(seen.Form["client_assertion"], []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		return seen
	}
	seen.Header = headerOf(seen.Form["client_assertion"])
	seen.Verified = assertion.Claims(e.client.public, &seen.Claims) == nil
	return seen
}

// headerOf is the protected header as it stands there, with members that the library doesn't show.
func headerOf(assertion string) map[string]any {
	encoded, _, _ := strings.Cut(assertion, ".")
	text, _ := base64.RawURLEncoding.DecodeString(encoded)
	var header map[string]any
	_ = json.Unmarshal(text, &header)
	return header
}

// good is what C1 asks of an exchange; the tests look at the rest.
func (e *tokenEndpoint) good(seen *scenario.Exchange) bool {
	return seen.Method == http.MethodPost && seen.Path == "/auth/v1/token" && seen.Verified &&
		seen.Form["client_id"] == e.client.id && seen.Form["grant_type"] == "client_credentials" &&
		seen.Form["client_assertion_type"] == assertionType &&
		seen.Claims["iss"] == e.client.id && seen.Claims["sub"] == e.client.id && seen.Claims["aud"] == "localhost"
}

func (e *tokenEndpoint) issue() map[string]any {
	e.lock.Lock()
	defer e.lock.Unlock()
	seconds := e.wanted.Seconds
	if seconds == 0 {
		seconds = 600
	}
	token := rand.Text()
	if e.tokens == nil {
		e.tokens = map[string]time.Time{}
	}
	e.tokens[token] = time.Now().Add(time.Duration(seconds) * time.Second)
	kind := e.wanted.Type
	if kind == "" {
		kind = "Bearer"
	}
	return map[string]any{"access_token": token, "token_type": kind, "expires_in": seconds}
}

// holds tells whether an authorization is one of ours and lives.
func (e *tokenEndpoint) holds(authorization string) bool {
	e.lock.Lock()
	defer e.lock.Unlock()
	token, ours := strings.CutPrefix(authorization, "Bearer ")
	return ours && time.Now().Before(e.tokens[token])
}

func (e *tokenEndpoint) expireAll() {
	e.lock.Lock()
	defer e.lock.Unlock()
	clear(e.tokens)
}
