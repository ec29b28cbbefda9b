// Package interop lets the official SDK judge what we send and write, and lets
// the official client judge the sandbox's C1. `go test ./...` here is all it
// takes, after `npm run build` in the project's folder.
package interop

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// made is what the tests judge, and the official programs that judge with them.
var made struct {
	// root is the project's folder.
	root string
	// folder holds what produce.ts made with the product's own code.
	folder string
	// cli is the SDK's own `baton`, connector an official connector, server a C1 on the official
	// stubs, older reads with SDK v0.7.
	cli, connector, server, older string
	// files maps a file's name to what it was meant to hold.
	files map[string]intended
}

type intended struct {
	ResourceTypes []string            `json:"resourceTypes"`
	Resources     map[string][]string `json:"resources"`
	Entitlements  []string            `json:"entitlements"`
	Grants        []string            `json:"grants"`
}

func (i intended) resources() int {
	count := 0
	for _, ids := range i.Resources {
		count += len(ids)
	}
	return count
}

// atExit are the processes to end when all tests are done.
var atExit []func()

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "interop")
	if err == nil {
		err = prepare(folder)
	}
	code := 1
	if err == nil {
		code = m.Run()
		err = writeVerdicts()
	}
	if err != nil {
		code = 1
		fmt.Fprintln(os.Stderr, err)
	}
	for _, end := range atExit {
		end()
	}
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// prepare builds the judges and makes what they judge, side by side.
func prepare(folder string) error {
	root, err := filepath.Abs("../..")
	if err != nil {
		return err
	}
	made.root, made.folder = root, folder
	if err := readRules(); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(root, "out", "main", "headless.js")); err != nil {
		return fmt.Errorf("our command line isn't built; `npm run build` does it: %w", err)
	}
	var work sync.WaitGroup
	failures := make(chan error, 5)
	build := func(module, tool string, path *string) {
		work.Go(func() {
			// The build cache keeps the linked program, so that the second run has it at once.
			said, err := run(module, "go", "tool", "-n", tool)
			*path = strings.TrimSpace(said)
			failures <- err
		})
	}
	build(".", "github.com/conductorone/baton-sdk/cmd/baton", &made.cli)
	build(".", "c1-xero/interop/connector", &made.connector)
	build(".", "c1-xero/interop/server", &made.server)
	build("older", "c1-xero/interop/older", &made.older)
	work.Go(func() {
		_, err := run(root, tsx(), filepath.Join("test", "interop", "produce.ts"), folder)
		failures <- err
	})
	work.Wait()
	close(failures)
	for failure := range failures {
		if failure != nil {
			return failure
		}
	}
	return readJSON(filepath.Join(folder, "intended.json"), &made.files)
}

func run(folder, program string, arguments ...string) (string, error) {
	var said, complained bytes.Buffer
	command := exec.Command(program, arguments...)
	command.Dir, command.Stdout, command.Stderr = folder, &said, &complained
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("%s %v: %w\n%s", program, arguments, err, complained.String())
	}
	return said.String(), nil
}

// tsx runs our TypeScript; it came with `npm ci`.
func tsx() string { return filepath.Join(made.root, "node_modules", ".bin", "tsx") }

func readJSON(path string, into any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

func file(name string) string { return filepath.Join(made.folder, name) }

// output runs a program that must exit with 0 and complain of nothing, and returns what it printed.
func output(t *testing.T, program string, arguments ...string) string {
	t.Helper()
	var said, complained bytes.Buffer
	command := exec.Command(program, arguments...)
	command.Dir, command.Stdout, command.Stderr = t.TempDir(), &said, &complained
	if err := command.Run(); err != nil || complained.Len() > 0 {
		t.Fatalf("%s %v: %v\n%s", filepath.Base(program), arguments, err, complained.String())
	}
	return said.String()
}
