package k8s

import (
	"maps"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// decoded asserts something of each text's objects.
func decoded(t *testing.T, assert func(*testing.T, printed, manifests)) {
	t.Helper()
	forEvery(t, func(t *testing.T, one printed) {
		found, err := decode(one.text)
		if err != nil {
			t.Fatal(err)
		}
		assert(t, one, found)
	})
}

func TestTheOfficialTypesTakeEveryFieldAndAllStandInTheirNamespace(t *testing.T) {
	decoded(t, func(t *testing.T, one printed, found manifests) {
		kinds := []string{"Namespace", "Secret", "PersistentVolumeClaim", "NetworkPolicy", "Deployment"}
		if !one.secret {
			kinds = slices.Delete(kinds, 1, 2)
		}
		// A namespace must be there before what it holds, and all that a pod needs before the pod.
		if !slices.Equal(found.kinds, kinds) {
			t.Fatalf("there are %v", found.kinds)
		}
		namespaces := []string{found.claim.Namespace, found.policy.Namespace, found.deployment.Namespace}
		if one.secret {
			namespaces = append(namespaces, found.secret.Namespace)
		}
		for _, namespace := range namespaces {
			if namespace != one.namespace || found.namespace.Name != one.namespace {
				t.Errorf("%s stands in %q", one.name, namespace)
			}
		}
	})
}

func TestTheSecretsPlacesAreEmptyAndThePodReadsThemAll(t *testing.T) {
	decoded(t, func(t *testing.T, one printed, found manifests) {
		from := container(t, found).EnvFrom
		if len(from) != 1 || from[0].SecretRef == nil || from[0].SecretRef.Name != "baton-xero-secrets" {
			t.Errorf("the pod reads %v", from)
		}
		if !one.secret {
			return
		}
		want := map[string]string{"BATON_CLIENT_ID": "", "BATON_CLIENT_SECRET": "", "BATON_XERO_CLIENT_ID": "", "BATON_XERO_CLIENT_SECRET": ""}
		if one.web {
			want["BATON_REFRESH_TOKEN"] = ""
		}
		if found.secret.Name != "baton-xero-secrets" || found.secret.Type != corev1.SecretTypeOpaque || len(found.secret.Data) > 0 || !maps.Equal(found.secret.StringData, want) {
			t.Errorf("the Secret is %+v", found.secret)
		}
		if !strings.Contains(one.text, "# ") || !strings.Contains(one.text, "kubectl -n "+one.namespace+" create secret generic baton-xero-secrets --from-env-file=") {
			t.Error("nothing says how to fill it")
		}
	})
}

func TestPodSecurityAdmissionTakesThePodAtItsStrictestLevel(t *testing.T) {
	strictest := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks())
	if err != nil {
		t.Fatal(err)
	}
	decoded(t, func(t *testing.T, _ printed, found manifests) {
		pod := found.deployment.Spec.Template
		results := policy.AggregateCheckResults(evaluator.EvaluatePod(strictest, &pod.ObjectMeta, &pod.Spec))
		if !results.Allowed {
			t.Errorf("%s: %s", results.ForbiddenReason(), results.ForbiddenDetail())
		}
	})
}

func TestThePodHasNoMoreRightsThanItNeeds(t *testing.T) {
	decoded(t, func(t *testing.T, _ printed, found manifests) {
		pod := found.deployment.Spec.Template.Spec
		rights := container(t, found).SecurityContext
		for what, holds := range map[string]bool{
			"isn't root":                      *rights.RunAsNonRoot && *rights.RunAsUser > 10_000 && *rights.RunAsGroup > 10_000,
			"can't become root":               !*rights.AllowPrivilegeEscalation && !*rights.Privileged,
			"has no capabilities":             slices.Equal(rights.Capabilities.Drop, []corev1.Capability{"ALL"}) && len(rights.Capabilities.Add) == 0,
			"has the runtime's seccomp rules": rights.SeccompProfile.Type == corev1.SeccompProfileTypeRuntimeDefault,
			"can't change its own program":    *rights.ReadOnlyRootFilesystem,
			"can write to its volumes":        *pod.SecurityContext.FSGroup == *rights.RunAsGroup,
			"has no token of the cluster's":   !*pod.AutomountServiceAccountToken,
		} {
			if !holds {
				t.Errorf("that it %s doesn't hold: %+v and %+v", what, pod.SecurityContext, rights)
			}
		}
	})
}

func TestThePodIsBoundedAndProbed(t *testing.T) {
	decoded(t, func(t *testing.T, _ printed, found manifests) {
		one := container(t, found)
		for _, name := range []corev1.ResourceName{corev1.ResourceCPU, corev1.ResourceMemory, corev1.ResourceEphemeralStorage} {
			request, limit := one.Resources.Requests[name], one.Resources.Limits[name]
			if request.Sign() <= 0 || limit.Cmp(request) < 0 {
				t.Errorf("%s: %v of at most %v", name, &request, &limit)
			}
		}
		probes := map[string]*corev1.Probe{"/live": one.LivenessProbe, "/ready": one.ReadinessProbe}
		for path, probe := range probes {
			if probe == nil || probe.HTTPGet == nil || probe.HTTPGet.Path != path {
				t.Fatalf("%s isn't asked: %+v", path, probe)
			}
			if port := probe.HTTPGet.Port; port.Type != intstr.String || portNamed(one, port.StrVal) == 0 {
				t.Errorf("%s is asked at %v, which the container doesn't open", path, port)
			}
		}
		if env(one, "BATON_HEALTH_CHECK_PORT") != "8081" || portNamed(one, "health") != 8081 {
			t.Error("the probes ask elsewhere than the program answers")
		}
	})
}

func TestTwoNeverRunAtATimeAndWhatRotatesIsKeptOnTheVolume(t *testing.T) {
	decoded(t, func(t *testing.T, one printed, found manifests) {
		spec := found.deployment.Spec
		if *spec.Replicas != 1 || spec.Strategy.Type != appsv1.RecreateDeploymentStrategyType {
			t.Errorf("%d at a time, by %s", *spec.Replicas, spec.Strategy.Type)
		}
		size := found.claim.Spec.Resources.Requests[corev1.ResourceStorage]
		if !slices.Equal(found.claim.Spec.AccessModes, []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce}) || size.Cmp(resource.MustParse("1Gi")) != 0 {
			t.Errorf("the claim is %+v", found.claim.Spec)
		}
		state := mountOf(t, found, found.claim.Name)
		inside := container(t, found)
		if env(inside, "BATON_XERO_STATE_DIR") != state {
			t.Errorf("the state folder isn't on the volume, which is at %s", state)
		}
		token := env(inside, "BATON_XERO_TOKEN_FILE")
		if one.web != (token != "") || one.web && !strings.HasPrefix(token, state+"/") {
			t.Errorf("the token file is %q", token)
		}
		if *spec.Template.Spec.TerminationGracePeriodSeconds <= 30 {
			t.Error("a running upload isn't let end")
		}
	})
}

func TestTheNetworkPolicyLetsOutDNSXeroC1AndTheProxyAndNobodyIn(t *testing.T) {
	decoded(t, func(t *testing.T, one printed, found manifests) {
		spec := found.policy.Spec
		if len(spec.Ingress) != 0 || len(spec.PolicyTypes) != 2 || len(spec.PodSelector.MatchLabels) == 0 {
			t.Errorf("it lets in: %+v", spec)
		}
		for name, value := range spec.PodSelector.MatchLabels {
			if found.deployment.Spec.Template.Labels[name] != value {
				t.Errorf("it isn't about our pod: %v", spec.PodSelector)
			}
		}
		open := map[string]bool{}
		for _, rule := range spec.Egress {
			if len(rule.To) != 0 {
				t.Errorf("names have changing addresses, but it names some: %v", rule.To)
			}
			for _, port := range rule.Ports {
				open[string(*port.Protocol)+" "+port.Port.String()] = true
			}
		}
		// 5353 is where OpenShift's DNS listens behind its service, which is what a policy is held against.
		want := map[string]bool{"TCP 443": true, "UDP 53": true, "TCP 53": true, "UDP 5353": true, "TCP 5353": true}
		if one.proxyPort != 0 {
			want["TCP 3128"] = true
		}
		if !maps.Equal(open, want) {
			t.Errorf("it lets out %v", open)
		}
		if proxy := env(container(t, found), "HTTPS_PROXY"); (proxy == "http://proxy.example:3128") != (one.proxyPort != 0) {
			t.Errorf("the proxy is %q", proxy)
		}
	})
}

func TestNamesLabelsAndVariablesAreOnesThatKubernetesTakes(t *testing.T) {
	decoded(t, func(t *testing.T, one printed, found manifests) {
		var wrong []string
		for _, name := range []string{found.namespace.Name, found.claim.Name, found.policy.Name, found.deployment.Name, container(t, found).Name} {
			wrong = append(wrong, validation.IsDNS1123Label(name)...)
		}
		for name, value := range found.deployment.Spec.Template.Labels {
			wrong = append(wrong, validation.IsQualifiedName(name)...)
			wrong = append(wrong, validation.IsValidLabelValue(value)...)
		}
		for name, value := range found.deployment.Spec.Selector.MatchLabels {
			if found.deployment.Spec.Template.Labels[name] != value {
				wrong = append(wrong, "the selector misses the pods")
			}
		}
		for _, variable := range container(t, found).Env {
			wrong = append(wrong, validation.IsEnvVarName(variable.Name)...)
		}
		for _, port := range container(t, found).Ports {
			wrong = append(wrong, validation.IsValidPortName(port.Name)...)
		}
		if len(wrong) > 0 {
			t.Error(wrong)
		}
		if image := container(t, found).Image; !strings.HasPrefix(image, one.image) || strings.HasSuffix(image, ":latest") {
			t.Errorf("the image is %s", image)
		}
	})
}

func container(t *testing.T, found manifests) corev1.Container {
	t.Helper()
	if all := found.deployment.Spec.Template.Spec.Containers; len(all) == 1 {
		return all[0]
	}
	t.Fatal("there isn't one container")
	return corev1.Container{}
}

func env(one corev1.Container, name string) string {
	for _, variable := range one.Env {
		if variable.Name == name {
			return variable.Value
		}
	}
	return ""
}

func portNamed(one corev1.Container, name string) int32 {
	for _, port := range one.Ports {
		if port.Name == name {
			return port.ContainerPort
		}
	}
	return 0
}

// mountOf is where the container sees a claim's volume.
func mountOf(t *testing.T, found manifests, claim string) string {
	t.Helper()
	for _, volume := range found.deployment.Spec.Template.Spec.Volumes {
		if volume.PersistentVolumeClaim == nil || volume.PersistentVolumeClaim.ClaimName != claim {
			continue
		}
		for _, mount := range container(t, found).VolumeMounts {
			if mount.Name == volume.Name && !mount.ReadOnly {
				return mount.MountPath
			}
		}
	}
	t.Fatalf("nothing mounts %s", claim)
	return ""
}
