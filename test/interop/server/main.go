// A C1 on the official SDK's stubs and validators: `server -scenario <file> -folder <dir>` plays
// a scenario on a port of loopback. Its first line is how to reach it, each further one an event
// of its journal; it runs until its standard input closes.
package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"

	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/grpc"

	"c1-xero/interop/scenario"
)

func main() {
	script := flag.String("scenario", "", "the scenario, a JSON file")
	folder := flag.String("folder", "", "where the authority and the uploads go")
	flag.Parse()
	if err := play(*script, *folder); err != nil {
		log.Fatal(err)
	}
}

func play(script, folder string) error {
	text, err := os.ReadFile(script)
	if err != nil {
		return err
	}
	var wanted scenario.Scenario
	if err := json.Unmarshal(text, &wanted); err != nil {
		return err
	}
	certificate, ca, err := makeCertificate(folder)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	client, err := makeCredential(fmt.Sprintf("judge@localhost:%d/conformance", port), wanted.Token.KeyID)
	if err != nil {
		return err
	}
	journal := newJournal(os.Stdout)
	if err := journal.open(scenario.Opening{ClientID: client.id, Secret: client.secret, CA: ca}); err != nil {
		return err
	}

	tokens := &tokenEndpoint{client: client, wanted: wanted.Token, journal: journal}
	baton := newBaton(wanted, tokens, journal, folder)
	stubs := grpc.NewServer(
		grpc.UnaryInterceptor(baton.unary), grpc.StreamInterceptor(baton.stream))
	v1.RegisterBatonServiceServer(stubs, baton)
	server := &http.Server{
		Handler: http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
			if strings.HasPrefix(request.Header.Get("Content-Type"), "application/grpc") {
				stubs.ServeHTTP(response, request.WithContext(withCarrier(request)))
			} else {
				tokens.ServeHTTP(response, request)
			}
		}),
		ConnContext: numbered(),
		TLSConfig:   &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"h2", "http/1.1"}},
		// Who hangs up in a handshake is no news.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = server.Close()
	}()
	if err := server.ServeTLS(listener, "", ""); err != http.ErrServerClosed {
		return err
	}
	return nil
}

type connectionKey struct{}

// connection is one TCP connection, numbered from 1.
type connection struct {
	net.Conn
	number int
}

func numbered() func(context.Context, net.Conn) context.Context {
	var lock sync.Mutex
	count := 0
	return func(ctx context.Context, conn net.Conn) context.Context {
		lock.Lock()
		defer lock.Unlock()
		count++
		return context.WithValue(ctx, connectionKey{}, &connection{conn, count})
	}
}
