// A second opinion: verifies an evidence bundle with Go's own note and tlog packages, sharing no code with the product.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run verify.go BUNDLE VKEY
package main

import (
	"archive/zip"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/url"
	"os"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) != 3 {
		fail("usage: verify BUNDLE VKEY")
	}
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	archive, err := zip.OpenReader(os.Args[1])
	check(err)
	files := map[string][]byte{}
	for _, f := range archive.File {
		in, err := f.Open()
		check(err)
		files[f.Name], err = io.ReadAll(in)
		check(err)
	}
	var proven int
	for name, proof := range files {
		if strings.HasPrefix(name, "proofs/") {
			index := strings.TrimSuffix(strings.TrimPrefix(name, "proofs/"), ".tlog-proof")
			verify(index, string(proof), files["events/"+index+".envelope"], files["events/"+index+".json"], verifier)
			proven++
		}
	}
	if proven == 0 {
		fail("no event")
	}
	fmt.Println("proven", proven)
}

// verify leads one event from its bytes to the signed checkpoint.
func verify(name, proof string, envelope, payload []byte, verifier note.Verifier) {
	head, checkpoint, ok := strings.Cut(proof, "\n\n")
	if !ok {
		fail("no checkpoint in proof " + name)
	}
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		fail("not a tlog-proof: " + name)
	}
	signed, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
	check(err)
	tree := strings.Split(signed.Text, "\n")
	if tree[0] != verifier.Name() {
		fail("another origin: " + tree[0])
	}
	platformRoot, err := tlog.ParseHash(tree[2])
	check(err)

	extra, err := base64.StdEncoding.DecodeString(after("extra ", lines[1]))
	check(err)
	path := strings.Split(strings.TrimSuffix(after("velvetastro.io/anchor@v1\n", string(extra)), "\n"), "\n")
	log, index, size := unescape(after("log ", path[0])), number(after("index ", path[1])), number(after("size ", path[2]))
	if strconv.FormatInt(index, 10) != name {
		fail("proof of another leaf: " + name)
	}

	// RecordHash is SHA-256 over 0x00 and the leaf, as RFC 9162 has it; NodeHash puts 0x01 before its children.
	leaf := tlog.RecordHash(leaf(log, string(envelope), payload))
	root := climb(leaf, index, size, hashes(path[3:]))
	anchor := tlog.RecordHash(join("velvetastro.io/root@v1\n", []byte(log), long(size), root[:]))
	check(tlog.CheckRecord(tlog.RecordProof(hashes(lines[3:])), number(tree[1]), platformRoot, number(after("index ", lines[2])), anchor))
}

// climb asks CheckRecord which root a path leads to, by trying the one that this path gives.
func climb(leaf tlog.Hash, index, size int64, path []tlog.Hash) tlog.Hash {
	root, at, last := leaf, index, size-1
	for _, sibling := range path {
		if at&1 == 1 || at == last {
			root = tlog.NodeHash(sibling, root)
			for at != 0 && at&1 == 0 {
				at, last = at>>1, last>>1
			}
		} else {
			root = tlog.NodeHash(root, sibling)
		}
		at, last = at>>1, last>>1
	}
	check(tlog.CheckRecord(tlog.RecordProof(path), size, root, index, leaf))
	return root
}

// leaf puts the stored fields together again.
func leaf(log, envelope string, payload []byte) []byte {
	fields := map[string]string{}
	meta := map[string]string{}
	for _, line := range strings.Split(strings.TrimSuffix(after("velvetastro.io/envelope@v1\n", envelope), "\n"), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		if word == "meta" || word == "meta-json" {
			key, value, _ := strings.Cut(rest, " ")
			kind := map[string]string{"meta": "s", "meta-json": "j"}[word]
			meta[unescape(key)] = kind + unescape(value)
		} else {
			fields[word] = unescape(rest)
		}
	}
	if fields["log"] != log {
		fail("an envelope of another log")
	}
	var sequence []byte
	if text, ok := fields["aggregate-sequence"]; ok {
		sequence = long(number(text))
	}
	return join("velvetastro.io/leaf@v1\n", []byte(log), []byte(fields["aggregate-type"]), []byte(fields["aggregate-id"]), sequence,
		[]byte(fields["event-id"]), []byte(fields["type"]), []byte(fields["revision"]), long(number(fields["recorded"])), payload, metadata(meta))
}

func metadata(meta map[string]string) []byte {
	var keys []string
	for key := range meta {
		keys = append(keys, key)
	}
	sort.Strings(keys) // Go compares strings by their bytes.
	var out []byte
	for _, key := range keys {
		out = append(out, join("", []byte(key))...)
		out = append(out, meta[key][0])
		out = append(out, join("", []byte(meta[key][1:]))...)
	}
	return out
}

func join(domain string, fields ...[]byte) []byte {
	out := []byte(domain)
	for _, field := range fields {
		out = binary.BigEndian.AppendUint32(out, uint32(len(field)))
		out = append(out, field...)
	}
	return out
}

func long(value int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(value))
}

func hashes(lines []string) []tlog.Hash {
	var out []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		check(err)
		out = append(out, hash)
	}
	return out
}

func after(prefix, line string) string {
	if !strings.HasPrefix(line, prefix) {
		fail("expected " + prefix + ", found " + line)
	}
	return line[len(prefix):]
}

func number(text string) int64 {
	value, err := strconv.ParseInt(text, 10, 64)
	check(err)
	return value
}

func unescape(text string) string {
	value, err := url.PathUnescape(text)
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, "not proven:", why)
	os.Exit(1)
}
