package main

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// atOnce is how many organisations are read at the same time.
const atOnce = 4

// directory is all that Xero says, read once and kept for the sync.
type directory struct {
	client *xero
	mu     sync.Mutex
	found  *found
}

type found struct {
	organisations []*members
	byID          map[string]*members
	accounts      []*account
}

// members is one organisation with its people in order of their UserIDs.
type members struct {
	organisation
	rows []row
	// By Xero's name of their role.
	holders map[string][]row
}

type row struct {
	user
	accountID string
}

// account is all rows of one person, in order of organisations and UserIDs.
type account struct {
	id   string
	rows []place
}

type place struct {
	row
	in *members
}

func (d *directory) read(ctx context.Context) (*found, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.found != nil {
		return d.found, nil
	}
	connections, err := d.client.connections(ctx)
	if err != nil {
		return nil, err
	}
	connections = slices.DeleteFunc(connections, func(c connection) bool { return c.TenantType != "ORGANISATION" })
	organisations := make([]*members, len(connections))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, c := range connections {
		group.Go(func() (err error) {
			organisations[i], err = d.readOne(ctx, c)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	d.found = arrange(organisations)
	return d.found, nil
}

func (d *directory) readOne(ctx context.Context, c connection) (*members, error) {
	facts, err := d.client.organisation(ctx, c.TenantID)
	if err != nil {
		return nil, err
	}
	facts.Name = cmp.Or(strings.TrimSpace(facts.Name), strings.TrimSpace(c.TenantName), facts.ID)
	users, err := d.client.users(ctx, c.TenantID)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(users, func(a, b user) int { return strings.Compare(a.ID, b.ID) })
	rows := make([]row, len(users))
	holders := map[string][]row{}
	for i, u := range users {
		rows[i] = row{user: u, accountID: cmp.Or(strings.ToLower(u.GlobalID), u.ID)}
		holders[u.Role] = append(holders[u.Role], rows[i])
	}
	return &members{organisation: facts, rows: rows, holders: holders}, nil
}

// arrange joins each person's rows to one account.
func arrange(organisations []*members) *found {
	slices.SortFunc(organisations, func(a, b *members) int { return strings.Compare(a.ID, b.ID) })
	result := &found{organisations: organisations, byID: map[string]*members{}}
	byID := map[string]*account{}
	for _, m := range organisations {
		result.byID[m.ID] = m
		for _, r := range m.rows {
			a := byID[r.accountID]
			if a == nil {
				a = &account{id: r.accountID}
				byID[r.accountID] = a
				result.accounts = append(result.accounts, a)
			}
			a.rows = append(a.rows, place{row: r, in: m})
		}
	}
	slices.SortFunc(result.accounts, func(a, b *account) int { return strings.Compare(a.id, b.id) })
	return result
}
