package interop

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/conductorone/baton-sdk/pkg/dotc1z"
)

// Two syncs of the same access, the second with Xero's lists in another order.
func TestTheSameAccessGivesTheSameRowsAndBytes(t *testing.T) {
	first, second := rows(t, "sync.c1z"), rows(t, "again.c1z")
	if len(first) == 0 {
		t.Fatal("there are no rows")
	}
	if !slices.Equal(first, second) {
		t.Errorf("%d and %d rows; the first difference is at row %d", len(first), len(second), difference(first, second))
	}
	if slices.Equal(first, rows(t, "changed.c1z")) {
		t.Error("a changed role changes nothing in the file")
	}
}

// rows are all rows of the file but their sync id and times, in the order in which they lie there.
func rows(t *testing.T, name string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", unpack(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var all []string
	for _, query := range []string{
		`select 'type', external_id, hex(data), '', '', '' from v1_resource_types order by id`,
		`select 'resource', external_id, hex(data), resource_type_id, ifnull(parent_resource_type_id, '-'),
			ifnull(parent_resource_id, '-') from v1_resources order by id`,
		`select 'entitlement', external_id, hex(data), resource_type_id, resource_id, '' from v1_entitlements order by id`,
		`select 'grant', external_id, hex(data), entitlement_id || resource_type_id || resource_id,
			principal_resource_type_id, principal_resource_id from v1_grants order by id`,
	} {
		found, err := db.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		for found.Next() {
			var cells [6]string
			if err := found.Scan(&cells[0], &cells[1], &cells[2], &cells[3], &cells[4], &cells[5]); err != nil {
				t.Fatal(err)
			}
			all = append(all, fmt.Sprint(cells))
		}
		if err := found.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// unpack writes the database that is in the file, as the official decoder gives it, and returns its path.
func unpack(t *testing.T, name string) string {
	t.Helper()
	packed, err := os.Open(file(name))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	decoder, err := dotc1z.NewC1ZFileDecoder(packed)
	if err != nil {
		t.Fatal(err)
	}
	defer decoder.Close()
	content, err := io.ReadAll(decoder)
	if err != nil || !bytes.HasPrefix(content, []byte("SQLite format 3\x00")) {
		t.Fatalf("%s doesn't hold a database: %v", name, err)
	}
	path := filepath.Join(t.TempDir(), "sync.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func difference(one, other []string) int {
	for index := range min(len(one), len(other)) {
		if one[index] != other[index] {
			return index
		}
	}
	return min(len(one), len(other))
}
