// Package k8s holds the manifests that `c1-xero k8s` prints against Kubernetes' own types and an
// ordinary linter. It is a module of its own, so that the official SDK's versions stay theirs.
// `go test .` here is all it takes, after `npm run build` in the project's folder.
package k8s

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apimachinery/pkg/util/yaml"
)

// printed is what one way to call `c1-xero k8s` prints.
type printed struct {
	name, text string
	web        bool
	// secret says whether the Secret with its empty places is among them.
	secret bool
	// proxyPort is where the proxy listens, or 0 without one.
	proxyPort int32
	namespace string
	image     string
}

// every way to call it, each called once: each app, each secret, with and without the rest.
var every = sync.OnceValues(func() ([]printed, error) {
	var all []printed
	for _, app := range []string{"custom", "web"} {
		for _, secret := range []string{"empty", "existing"} {
			for _, plain := range []bool{true, false} {
				one := printed{web: app == "web", secret: secret == "empty", namespace: "c1-xero", image: "c1-xero:"}
				flags := []string{"--app", app, "--secret", secret}
				if !plain {
					one.namespace, one.image, one.proxyPort = "governance", "images.example/c1-xero:9.9.9", 3128
					flags = append(flags, "--namespace", one.namespace, "--image", one.image, "--proxy", "http://proxy.example:3128")
				}
				text, err := run(flags...)
				if err != nil {
					return nil, err
				}
				one.name, one.text = strings.Join(flags, " "), text
				all = append(all, one)
			}
		}
	}
	return all, nil
})

// forEvery asserts something of each.
func forEvery(t *testing.T, assert func(*testing.T, printed)) {
	t.Helper()
	all, err := every()
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		t.Run(one.name, func(t *testing.T) { assert(t, one) })
	}
}

func run(flags ...string) (string, error) {
	program, err := filepath.Abs("../../../out/main/headless.js")
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(program); err != nil {
		return "", fmt.Errorf("our command line isn't built; `npm run build` does it: %w", err)
	}
	var said, complained bytes.Buffer
	command := exec.Command("node", append([]string{program, "k8s"}, flags...)...)
	command.Stdout, command.Stderr = &said, &complained
	if err := command.Run(); err != nil || complained.Len() > 0 {
		return "", fmt.Errorf("c1-xero k8s %v: %w\n%s", flags, err, complained.String())
	}
	return said.String(), nil
}

// manifests are the objects of one text, in Kubernetes' own types.
type manifests struct {
	namespace  *corev1.Namespace
	secret     *corev1.Secret
	claim      *corev1.PersistentVolumeClaim
	policy     *networkingv1.NetworkPolicy
	deployment *appsv1.Deployment
	// kinds in the order in which they stand.
	kinds []string
}

// decode reads as the API server does with `fieldValidation: Strict`: a field that it doesn't know,
// that stands twice or in other letters, or a value of the wrong type, is an error.
func decode(text string) (manifests, error) {
	var found manifests
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{corev1.AddToScheme, appsv1.AddToScheme, networkingv1.AddToScheme} {
		if err := add(scheme); err != nil {
			return found, err
		}
	}
	strict := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme, scheme, json.SerializerOptions{Yaml: true, Strict: true})
	documents := yaml.NewYAMLReader(bufio.NewReader(strings.NewReader(text)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return found, err
		}
		if onlyComments(document) {
			continue
		}
		object, kind, err := strict.Decode(document, nil, nil)
		if err != nil {
			return found, err
		}
		found.kinds = append(found.kinds, kind.Kind)
		if err := found.take(object); err != nil {
			return found, err
		}
	}
}

func (m *manifests) take(object runtime.Object) error {
	switch one := object.(type) {
	case *corev1.Namespace:
		m.namespace = one
	case *corev1.Secret:
		m.secret = one
	case *corev1.PersistentVolumeClaim:
		m.claim = one
	case *networkingv1.NetworkPolicy:
		m.policy = one
	case *appsv1.Deployment:
		m.deployment = one
	default:
		return fmt.Errorf("nobody expects a %T", object)
	}
	return nil
}

func onlyComments(document []byte) bool {
	for _, line := range strings.Split(string(document), "\n") {
		if trimmed := strings.TrimSpace(line); trimmed != "" && !strings.HasPrefix(trimmed, "#") {
			return false
		}
	}
	return true
}
