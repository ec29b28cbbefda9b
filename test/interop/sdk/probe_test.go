package interop
import (
 _ "github.com/conductorone/baton-sdk/pkg/dotc1z"
 _ "github.com/conductorone/baton-sdk/pb/c1/connectorapi/baton/v1"
 _ "github.com/conductorone/baton-sdk/pkg/cli"
)
