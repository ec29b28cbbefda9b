package main
import (
 _ "github.com/conductorone/baton-sdk/pkg/dotc1z/manager/local"
 _ "google.golang.org/protobuf/encoding/protojson"
)
func main(){}
