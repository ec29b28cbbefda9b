package k8s

import (
	"os"
	"strings"
	"testing"
)

// published is the manifest for baton-xero, with only the image changed to ours.
func published(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../fixtures/baton-xero.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// quoted has the label as Kubernetes takes it.
func quoted(text string) string {
	return strings.Replace(text, "baton: true", `baton: "true"`, 1)
}

func TestKubernetesRefusesThePublishedLabelAndNothingElseOfIt(t *testing.T) {
	text := published(t)
	if _, err := decode(text); err == nil || !strings.Contains(err.Error(), "labels") {
		t.Errorf("of the label `baton: true` it says: %v", err)
	}
	found, err := decode(quoted(text))
	if err != nil {
		t.Fatal(err)
	}
	if found.secret == nil || found.deployment == nil {
		t.Errorf("there are %v", found.kinds)
	}
}

func TestTheDecoderRefusesWhatKubernetesWouldQuietlyDrop(t *testing.T) {
	text, err := run()
	if err != nil {
		t.Fatal(err)
	}
	for what, wrong := range map[string][2]string{
		"a field that it doesn't know": {"replicas: 1", "replica: 1"},
		"a field in other letters":     {"replicas: 1", "Replicas: 1"},
		"a field that stands twice":    {"replicas: 1", "replicas: 1\n  replicas: 1"},
		"a value of the wrong type":    {"replicas: 1", `replicas: "1"`},
	} {
		broken := strings.Replace(text, wrong[0], wrong[1], 1)
		if _, err := decode(broken); broken == text || err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}
