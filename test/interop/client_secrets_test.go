package interop

import (
	"bytes"
	"io"
	"testing"
	"time"

	"filippo.io/age"
	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	v1 "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// vault is whose key C1 has secrets encrypted to (c1-protocol.md §4.13).
var vault = func() *age.X25519Identity {
	made, err := age.GenerateX25519Identity()
	if err != nil {
		panic(err) // there's no randomness
	}
	return made
}()

func toVault() []*v2.EncryptionConfig {
	return []*v2.EncryptionConfig{{
		Provider: "baton/age/v1",
		Config: &v2.EncryptionConfig_AgeRecipientConfig_{
			AgeRecipientConfig: &v2.EncryptionConfig_AgeRecipientConfig{Recipient: vault.Recipient().String()},
		},
	}}
}

func rotating(id string) *v1.Task {
	random := &v2.CredentialOptions_RandomPassword{Length: 12}
	return &v1.Task{TaskType: &v1.Task_RotateCredentials{RotateCredentials: &v1.Task_RotateCredentialsTask{
		ResourceId: personID(id), EncryptionConfigs: toVault(),
		CredentialOptions: &v2.CredentialOptions{Options: &v2.CredentialOptions_RandomPassword_{RandomPassword: random}},
	}}}
}

func issuing(id string) *v1.Task {
	return &v1.Task{TaskType: &v1.Task_IssueCredential{IssueCredential: &v1.Task_IssueCredentialTask{
		IdentityId: personID(id), EncryptionConfigs: toVault(), ExpiresAt: timestamppb.New(time.Now().Add(time.Hour)),
		CredentialOptions: &v2.CredentialIssueOptions{Options: &v2.CredentialIssueOptions_ApiKey_{
			ApiKey: &v2.CredentialIssueOptions_ApiKey{},
		}},
	}}}
}

// judgeSecrets is about tasks whose answer holds a secret, which C1 alone can read.
func judgeSecrets(t *testing.T, c1 *sandbox) {
	rotated, issued := c1.hand(t, rotating("aroha")), c1.hand(t, issuing("aroha"))
	rule(t, "K-08", byClient, func(t *testing.T) {
		got := succeeded(t, c1.finished(t, rotated))
		response, ok := got.Response.content().(*v2.RotateCredentialResponse)
		if !ok || !proto.Equal(response.GetResourceId(), personID("aroha")) || len(got.Annotations) > 0 {
			t.Fatalf("it answers %+v", got)
		}
		expectSecret(t, response.GetEncryptedData(), "new password of aroha")
	})
	rule(t, "K-23", byClient, func(t *testing.T) {
		got := succeeded(t, c1.finished(t, issued))
		response, ok := got.Response.content().(*v2.IssueCredentialResponse)
		if !ok || response.GetRequestId() != issued || response.GetSecret().GetId().GetResource() != issued {
			t.Fatalf("it answers %+v", got)
		}
		expectPacked(t, "annotations", got.Annotations, []proto.Message{&v2.RawId{Id: "issued"}})
		expectSecret(t, response.GetEncryptedData(), "key of aroha")
	})
}

// succeeded is the outcome of a task that must have ended well, with a response that nobody objects to.
func succeeded(t *testing.T, got task) *outcome {
	t.Helper()
	if got.Outcome == nil || !got.Outcome.OK || got.Finishes != 1 || got.Outcome.Response == nil {
		t.Fatalf("it ended as %+v", got)
	}
	for _, fault := range faults(got.Outcome.Response.any()) {
		t.Error(fault)
	}
	return got.Outcome
}

func expectSecret(t *testing.T, sent []*v2.EncryptedData, want string) {
	t.Helper()
	if len(sent) != 1 {
		t.Fatalf("%d secrets came", len(sent))
	}
	opened, err := age.Decrypt(bytes.NewReader(sent[0].GetEncryptedBytes()), vault)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(opened); err != nil || string(plain) != want {
		t.Errorf("the secret is %q: %v", plain, err)
	}
}

// judgeActions is about what an action gives, by the id that it was given.
func judgeActions(t *testing.T, c1 *sandbox) {
	asked := &v1.Task{TaskType: &v1.Task_ActionListSchemas{ActionListSchemas: &v1.Task_ActionListSchemasTask{}}}
	listed, invoked := c1.hand(t, asked), c1.hand(t, invoking("greet"))
	rule(t, "K-15", byClient, func(t *testing.T) {
		response, ok := succeeded(t, c1.finished(t, listed)).Response.content().(*v2.ListActionSchemasResponse)
		names := map[string]bool{}
		for _, one := range response.GetSchemas() {
			names[one.GetName()] = true
		}
		if !ok || len(names) != 2 || !names["greet"] || !names["stumble"] {
			t.Errorf("it lists %v", response)
		}
	})
	id := ""
	rule(t, "K-17", byClient, func(t *testing.T) {
		response, ok := succeeded(t, c1.finished(t, invoked)).Response.content().(*v2.InvokeActionResponse)
		if id = response.GetId(); !ok || id == "" || response.GetStatus() != v2.BatonActionStatus_BATON_ACTION_STATUS_COMPLETE ||
			response.GetResponse().GetFields()["greeted"].GetStringValue() != "Aroha" {
			t.Errorf("it answers %v", response)
		}
	})
	rule(t, "K-18", byClient, func(t *testing.T) {
		response, ok := succeeded(t, c1.finished(t, c1.hand(t, statusOf("greet", id)))).Response.content().(*v2.GetActionStatusResponse)
		if !ok || response.GetId() != id || response.GetName() != "greet" ||
			response.GetResponse().GetFields()["greeted"].GetStringValue() != "Aroha" {
			t.Errorf("it answers %v", response)
		}
	})
}
