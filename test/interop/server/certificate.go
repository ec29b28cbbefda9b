package main

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"time"
)

// makeCertificate makes one for localhost that is its own authority, and writes it as `ca.pem`.
func makeCertificate(folder string) (tls.Certificate, string, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, "", err
	}
	wanted := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "localhost"},
		DNSNames: []string{"localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, IsCA: true, BasicConstraintsValid: true,
	}
	made, err := x509.CreateCertificate(rand.Reader, wanted, wanted, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, "", err
	}
	path := filepath.Join(folder, "ca.pem")
	err = os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made}), 0o600)
	return tls.Certificate{Certificate: [][]byte{made}, PrivateKey: key}, path, err
}

// credential is a pair as C1 hands it out (c1-protocol.md §1).
type credential struct {
	id, secret string
	public     ed25519.PublicKey
}

func makeCredential(id, keyID string) (credential, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return credential{}, err
	}
	jwk := map[string]string{
		"kty": "OKP", "crv": "Ed25519",
		"x": base64.RawURLEncoding.EncodeToString(public),
		"d": base64.RawURLEncoding.EncodeToString(private.Seed()),
	}
	if keyID != "" {
		jwk["kid"] = keyID
	}
	text, err := json.Marshal(jwk)
	secret := "secret-token:conductorone.com:v1:" + base64.RawURLEncoding.EncodeToString(text)
	return credential{id, secret, public}, err
}
