package main

import (
	"maps"
	"regexp"
	"strconv"
	"time"

	v2 "github.com/conductorone/baton-sdk/pb/c1/connector/v2"
	"github.com/conductorone/baton-sdk/pkg/annotations"
	"google.golang.org/protobuf/proto"
)

var wrappedTime = regexp.MustCompile(`^/Date\((-?\d+)(?:[+-]\d{4})?\)/$`)

// timeOf reads `/Date(1439434356790+0000)/`; anything else is the zero time.
func timeOf(text string) time.Time {
	found := wrappedTime.FindStringSubmatch(text)
	if found == nil {
		return time.Time{}
	}
	milliseconds, err := strconv.ParseInt(found[1], 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(milliseconds).UTC()
}

func timeText(text string) string {
	at := timeOf(text)
	if at.IsZero() {
		return ""
	}
	return at.Format("2006-01-02T15:04:05.000Z")
}

// filled leaves out what Xero didn't send.
func filled(profile map[string]any) map[string]any {
	maps.DeleteFunc(profile, func(_ string, value any) bool { return value == "" })
	return profile
}

func packed(messages ...proto.Message) annotations.Annotations {
	return annotations.New(messages...)
}

func (r row) removed() bool { return r.Role == "REMOVED" }

func (r row) roleName() string {
	for _, each := range knownRoles {
		if each.xero == r.Role {
			return each.name
		}
	}
	return ""
}

func (r row) principal() *v2.ResourceId {
	return &v2.ResourceId{ResourceType: accountType.GetId(), Resource: r.accountID}
}
