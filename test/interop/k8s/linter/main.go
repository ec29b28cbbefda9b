// Asks every rule of kube-score, the optional ones too, of the manifests on stdin, and prints what
// each found as JSON. A module of its own: kube-score doesn't build with the newest Kubernetes types.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/zegl/kube-score/config"
	ks "github.com/zegl/kube-score/domain"
	"github.com/zegl/kube-score/parser"
	"github.com/zegl/kube-score/score"
	"github.com/zegl/kube-score/score/checks"
	"github.com/zegl/kube-score/scorecard"
)

type finding struct {
	Rule string `json:"rule"`
	Said string `json:"said"`
	// Broken is so from a warning on.
	Broken bool `json:"broken"`
}

func main() {
	findings, err := lint(input{os.Stdin})
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(findings)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func lint(text input) ([]finding, error) {
	reader, err := parser.New(nil)
	if err != nil {
		return nil, err
	}
	objects, err := reader.ParseFiles([]ks.NamedReader{text})
	if err != nil {
		return nil, err
	}
	rules := score.RegisterAllChecks(objects, &checks.Config{}, nil)
	asked := config.RunConfiguration{
		EnabledOptionalTests: map[string]struct{}{},
		KubernetesVersion:    config.Semver{Major: 1, Minor: 34},
		// As its own command asks by default.
		MinReplicasDeployment: 2,
		MinReplicasHPA:        2,
	}
	for _, rule := range rules.All() {
		asked.EnabledOptionalTests[rule.ID] = struct{}{}
	}
	card, err := score.Score(objects, rules, &asked)
	if err != nil {
		return nil, err
	}
	var findings []finding
	for _, object := range *card {
		for _, check := range object.Checks {
			if check.Skipped {
				continue
			}
			findings = append(findings, finding{
				Rule:   check.Check.ID,
				Said:   fmt.Sprintf("%s %v", object.HumanFriendlyRef(), check.Comments),
				Broken: check.Grade <= scorecard.GradeWarning,
			})
		}
	}
	return findings, nil
}

type input struct{ *os.File }

func (input) Name() string { return "c1-xero.yaml" }
