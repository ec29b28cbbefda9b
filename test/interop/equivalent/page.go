package main

import (
	"strconv"

	"github.com/conductorone/baton-sdk/pkg/types/resource"
)

// pageSize is how many resources or grants are handed to the SDK at once.
const pageSize = 1000

// page cuts out the items that a token stands for, and makes the token of the next ones.
func page[T any](items []T, opts resource.SyncOpAttrs) ([]T, *resource.SyncOpResults, error) {
	from := 0
	if token := opts.PageToken.Token; token != "" {
		parsed, err := strconv.Atoi(token)
		if err != nil {
			return nil, nil, err
		}
		from = parsed
	}
	to := min(from+pageSize, len(items))
	results := &resource.SyncOpResults{}
	if to < len(items) {
		results.NextPageToken = strconv.Itoa(to)
	}
	return items[from:to], results, nil
}
