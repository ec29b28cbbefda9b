package k8s

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
)

// onPurpose are the linter's rules that the manifests break, each with the reason.
var onPurpose = map[string]string{
	"container-cpu-requests-equal-limits":              "it idles between C1's tasks: a whole core kept for it would lie idle too",
	"container-memory-requests-equal-limits":           "most organisations need a quarter of what the largest need",
	"container-resource-requests-equal-limits":         "the two before it in one rule",
	"container-ephemeral-storage-request-equals-limit": "only a sync of the largest needs the room, for minutes",
}

func TestTheLinterFindsNothingButWhatIsSoOnPurpose(t *testing.T) {
	met := map[string]bool{}
	forEvery(t, func(t *testing.T, one printed) {
		findings := lint(t, one.text)
		if len(findings) < 20 {
			t.Errorf("only %d rules were asked", len(findings))
		}
		for _, finding := range findings {
			met[finding.Rule] = met[finding.Rule] || finding.Broken
			if finding.Broken && onPurpose[finding.Rule] == "" {
				t.Errorf("%s: %s", finding.Rule, finding.Said)
			}
		}
	})
	for rule := range onPurpose {
		if !met[rule] {
			t.Errorf("%s isn't broken, so it needs no reason", rule)
		}
	}
}

// That it can find something: it has much to say of what is published for baton-xero.
func TestTheLinterHasItsEyesOpen(t *testing.T) {
	var broken []string
	for _, finding := range lint(t, quoted(published(t))) {
		if finding.Broken {
			broken = append(broken, finding.Rule)
		}
	}
	for _, rule := range []string{"container-resources", "container-security-context-readonlyrootfilesystem", "pod-networkpolicy"} {
		if !slices.Contains(broken, rule) {
			t.Errorf("it finds %v, and not %s", broken, rule)
		}
	}
}

type finding struct {
	Rule, Said string
	Broken     bool
}

// linter is the program of the folder below, from the build cache.
var linter = sync.OnceValues(func() (string, error) {
	build := exec.Command("go", "tool", "-n", "c1-xero/interop/k8s/linter")
	build.Dir = "linter"
	path, err := build.Output()
	return strings.TrimSpace(string(path)), err
})

// lint is what kube-score says.
func lint(t *testing.T, text string) []finding {
	t.Helper()
	program, err := linter()
	if err != nil {
		t.Fatal(err)
	}
	var said, complained bytes.Buffer
	asked := exec.Command(program)
	asked.Stdin, asked.Stdout, asked.Stderr = strings.NewReader(text), &said, &complained
	if err := asked.Run(); err != nil {
		t.Fatalf("%v\n%s", err, complained.String())
	}
	var findings []finding
	if err := json.Unmarshal(said.Bytes(), &findings); err != nil {
		t.Fatal(err)
	}
	return findings
}
