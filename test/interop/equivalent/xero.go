package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// xero reads Xero's API.
type xero struct {
	api   string
	token string
}

type connection struct {
	TenantID   string `json:"tenantId"`
	TenantType string `json:"tenantType"`
	TenantName string `json:"tenantName"`
}

type organisation struct {
	ID           string `json:"OrganisationID"`
	Name         string
	LegalName    string
	CountryCode  string
	BaseCurrency string
	Type         string `json:"OrganisationType"`
	Version      string
	Class        string
	Edition      string
	ShortCode    string
	Demo         bool   `json:"IsDemoCompany"`
	Status       string `json:"OrganisationStatus"`
	Created      string `json:"CreatedDateUTC"`
}

type user struct {
	ID         string `json:"UserID"`
	GlobalID   string `json:"GlobalUserID"`
	Email      string `json:"EmailAddress"`
	FirstName  string
	LastName   string
	Updated    string `json:"UpdatedDateUTC"`
	Subscriber bool   `json:"IsSubscriber"`
	Role       string `json:"OrganisationRole"`
}

func (x *xero) connections(ctx context.Context) ([]connection, error) {
	var all []connection
	return all, x.get(ctx, "/connections", "", &all)
}

func (x *xero) organisation(ctx context.Context, tenant string) (organisation, error) {
	var answer struct{ Organisations []organisation }
	if err := x.get(ctx, "/api.xro/2.0/Organisation", tenant, &answer); err != nil {
		return organisation{}, err
	}
	if len(answer.Organisations) == 0 {
		return organisation{}, fmt.Errorf("xero names no organisation for tenant %s", tenant)
	}
	return answer.Organisations[0], nil
}

func (x *xero) users(ctx context.Context, tenant string) ([]user, error) {
	var answer struct{ Users []user }
	err := x.get(ctx, "/api.xro/2.0/Users", tenant, &answer)
	return answer.Users, err
}

func (x *xero) get(ctx context.Context, path, tenant string, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, x.api+path, nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+x.token)
	request.Header.Set("Accept", "application/json")
	if tenant != "" {
		request.Header.Set("xero-tenant-id", tenant)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("xero answered %s with %s", path, response.Status)
	}
	return json.NewDecoder(response.Body).Decode(into)
}
