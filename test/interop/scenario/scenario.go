// Package scenario is what the tests and the C1 on the official stubs tell each other: what C1
// hands out and how it misbehaves, and what it saw.
package scenario

// Scenario is one day in the life of a C1. Durations are in milliseconds.
type Scenario struct {
	Tasks []Hand `json:"tasks"`
	// NextPoll is `next_poll` with nothing to hand out, absent when nil.
	NextPoll *int64 `json:"nextPoll"`
	// NextHeartbeat is `next_heartbeat`.
	NextHeartbeat int64   `json:"nextHeartbeat"`
	Faults        []Fault `json:"faults"`
	Token         Token   `json:"token"`
}

// Hand is one delivery of a task; a second one with the same id is a delivery again.
type Hand struct {
	// Task is a whole Task, as it goes over the wire.
	Task []byte `json:"task"`
	// Ended and Uploading hold it back until that task has had an end, or has an upload under way.
	Ended     string `json:"ended"`
	Uploading string `json:"uploading"`
	// Hellos holds it back until so many have come without a task, which is one for each start.
	Hellos int `json:"hellos"`
	// CancelAt is the heartbeat that is told that the task is cancelled, counted from 1; 0 for none.
	CancelAt int `json:"cancelAt"`
	// UploadUntil is how many heartbeats must have come before an upload is answered.
	UploadUntil int `json:"uploadUntil"`
}

// Fault hits calls of one RPC: Times of them, after Skip good ones.
type Fault struct {
	RPC   string `json:"rpc"`
	Skip  int    `json:"skip"`
	Times int    `json:"times"`
	// Kind is `code`, which answers with Code; `lost`, which does the work first; `torn`, which
	// answers an upload with Code before its end; `cut`, which closes the connection; `big`, which answers with more than 4 MiB; `strange`, which answers
	// with fields and an Any that nobody knows.
	Kind string `json:"kind"`
	Code uint32 `json:"code"`
}

// Token is how the token endpoint behaves.
type Token struct {
	// Seconds that a token lives, 600 when 0.
	Seconds int `json:"seconds"`
	// Statuses are the first answers, instead of a token; 302 points elsewhere.
	Statuses []int `json:"statuses"`
	// Type is `token_type`, Bearer when empty.
	Type string `json:"type"`
	// ExpireAfter is how many polls make all tokens expire, once; 0 for never.
	ExpireAfter int `json:"expireAfter"`
	// KeyID puts a `kid` into the credential's key.
	KeyID string `json:"keyId"`
}

// Opening is the first line that the server prints.
type Opening struct {
	ClientID string `json:"clientId"`
	Secret   string `json:"secret"`
	// CA is the file of the authority that signed its certificate.
	CA string `json:"ca"`
}

// Event is a line of the journal, in the order in which things happened.
type Event struct {
	// Kind is `token`, `began` or `answered`; the latter two have the same Number for one call.
	Kind   string `json:"kind"`
	Number int    `json:"number"`
	// At is in milliseconds since the start.
	At  int64  `json:"at"`
	RPC string `json:"rpc"`
	// Task is the id that the request names, Given the one that the answer hands out.
	Task  string `json:"task"`
	Given string `json:"given"`
	Code  uint32 `json:"code"`
	// Request is a unary request as the official type encodes it.
	Request []byte `json:"request"`
	// Violations are what the official validators have against the request.
	Violations []string  `json:"violations"`
	Carrier    *Carrier  `json:"carrier"`
	Upload     *Upload   `json:"upload"`
	Exchange   *Exchange `json:"exchange"`
}

// Carrier is how a call came in.
type Carrier struct {
	Connection  int    `json:"connection"`
	TLS         uint16 `json:"tls"`
	Protocol    string `json:"protocol"`
	ALPN        string `json:"alpn"`
	ContentType string `json:"contentType"`
	Encoding    string `json:"encoding"`
	Agent       string `json:"agent"`
	Method      string `json:"method"`
	TE          string `json:"te"`
	// Deadline is the time left in milliseconds, 0 without one.
	Deadline int64 `json:"deadline"`
	// Scheme is that of the authorization.
	Scheme string `json:"scheme"`
}

// Upload is a stream of UploadAsset, told at its answer.
type Upload struct {
	// Order are the arms of its messages, Sizes the bytes of each chunk.
	Order []string `json:"order"`
	Sizes []int    `json:"sizes"`
	// DigestFits tells that the digest is that of the data.
	DigestFits bool `json:"digestFits"`
	// Closed tells that the client closed its half after the last message.
	Closed bool `json:"closed"`
	// Path is where the data lies.
	Path string `json:"path"`
}

// Exchange is a call of the token endpoint.
type Exchange struct {
	Method      string            `json:"method"`
	Path        string            `json:"path"`
	ContentType string            `json:"contentType"`
	Agent       string            `json:"agent"`
	DPoP        string            `json:"dpop"`
	Fields      []string          `json:"fields"`
	Form        map[string]string `json:"form"`
	Header      map[string]any    `json:"header"`
	Claims      map[string]any    `json:"claims"`
	// Verified tells that the assertion is signed with the credential's key.
	Verified bool `json:"verified"`
	Status   int  `json:"status"`
}
