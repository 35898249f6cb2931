// A second opinion: verifies an evidence bundle with Go's own note and tlog packages, sharing no code with the product.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run verify.go BUNDLE VKEY
package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/url"
	"os"
	"regexp"
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
	own(files, os.Args[2])
	seen(files, verifier)
	complete(files)
	disclosed(files)
}

// own holds the organisation's own log, which is one of its own to a witness, against the root to which the proofs have led.
func own(files map[string][]byte, vkey string) {
	format, ok := files["format"]
	if !ok {
		return // The first version had none.
	}
	if string(format) != "velvetastro.io/bundle@v2\n" {
		fail("a newer verifier is needed")
	}
	house, rest, _ := strings.Cut(vkey, "+")
	_, material, _ := strings.Cut(rest, "+")
	key, err := base64.StdEncoding.DecodeString(material)
	check(err)
	origin := house + "/" + anchored.log
	named, err := note.NewEd25519VerifierKey(origin, key[1:])
	check(err)
	verifier, err := note.NewVerifier(named)
	check(err)
	signed, err := note.Open(files["log/checkpoint"], note.VerifierList(verifier))
	check(err)
	if signed.Text != fmt.Sprintf("%s\n%d\n%s\n", origin, anchored.size, anchored.root) {
		fail("log/checkpoint is of another state of the log")
	}
}

// seen holds earlier roots of the log against the platform's log as it was then, and against the log as it is now.
func seen(files map[string][]byte, verifier note.Verifier) {
	for name, proof := range files {
		if !strings.HasPrefix(name, "seen/") || !strings.HasSuffix(name, ".tlog-proof") {
			continue
		}
		head, checkpoint, _ := strings.Cut(string(proof), "\n\n")
		signed, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
		check(err)
		tree := strings.Split(signed.Text, "\n")
		if tree[0] != verifier.Name() {
			fail("another origin: " + tree[0])
		}
		platformRoot, err := tlog.ParseHash(tree[2])
		check(err)
		lines := strings.Split(after("c2sp.org/tlog-proof@v1\n", head), "\n")
		extra, err := base64.StdEncoding.DecodeString(after("extra ", lines[0]))
		check(err)
		check(tlog.CheckRecord(tlog.RecordProof(hashes(lines[2:])), number(tree[1]), platformRoot, number(after("index ", lines[1])), tlog.RecordHash(extra)))
		size := number(strings.TrimSuffix(after("seen/", name), ".tlog-proof"))
		var root tlog.Hash
		head = string(join("velvetastro.io/root@v1\n", []byte(anchored.log), long(size))) + "\x00\x00\x00\x20"
		if len(extra) != len(head)+len(root) || !strings.HasPrefix(string(extra), head) {
			fail(name + " is of another log or size")
		}
		copy(root[:], extra[len(head):])
		grown := strings.Split(strings.TrimSuffix(string(files[strings.TrimSuffix(name, ".tlog-proof")+".consistency"]), "\n"), "\n")
		if len(grown) < 3 || grown[0] != "velvetastro.io/consistency@v1" || number(after("from ", grown[1])) != size || number(after("size ", grown[2])) != anchored.size {
			fail(name + " is not followed by how the log grew since")
		}
		check(tlog.CheckTree(tlog.TreeProof(hashes(grown[3:])), anchored.size, anchored.root, size, root))
	}
}

// anchored is the one root of the organisation's log to which all proofs of a bundle lead.
var anchored struct {
	log  string
	size int64
	root tlog.Hash
}

// committed finds the sealed text by the name of its field: within what a sender wrote the quotes around both would be escaped.
var committed = regexp.MustCompile(`"personal":"\d{1,18}-[0-9a-f]{12}\.[A-Za-z0-9_-]+~([A-Za-z0-9_-]{43})"`)

// disclosed holds the values that are shown of an event, and the hashes of those that are not, against what the event commits to.
func disclosed(files map[string][]byte) {
	var events int
	for name, text := range files {
		if !strings.HasPrefix(name, "disclosed/") {
			continue
		}
		all := []byte("velvetastro.io/fields@v1\n")
		for _, line := range strings.Split(strings.TrimSuffix(after("velvetastro.io/disclosure@v1\n", string(text)), "\n"), "\n") {
			words := strings.Split(line, " ")
			given, err := base64.StdEncoding.Strict().DecodeString(words[2])
			check(err)
			field := join("velvetastro.io/field@v1\n", []byte(words[1]), given)
			switch words[0] {
			case "kept":
			case "none":
				sum := sha256.Sum256(append(field, 'n'))
				given = sum[:]
			case "shown":
				sum := sha256.Sum256(append(append(field, 'v'), join("", []byte(unescape(words[3])))...))
				given = sum[:]
			default:
				fail("neither shown nor kept: " + words[0])
			}
			all = append(all, join("", []byte(words[1]), given)...)
		}
		sum := sha256.Sum256(all)
		sealed := committed.FindSubmatch(files["events/"+after("disclosed/", name)+".json"])
		if sealed == nil || string(sealed[1]) != base64.RawURLEncoding.EncodeToString(sum[:]) {
			fail("other values than " + name + " shows")
		}
		events++
	}
	if events > 0 {
		fmt.Println("disclosed", events)
	}
}

// complete holds the events that name an id against what the log's own censuses counted. What the events and the censuses are is proven above.
func complete(files map[string][]byte) {
	var taken []int64
	for name := range files {
		if strings.HasPrefix(name, "census/") {
			taken = append(taken, number(after("census/", name)))
		}
	}
	sort.Slice(taken, func(a, b int) bool { return taken[a] < taken[b] })
	var events, next int64
	var id string
	for i, at := range taken {
		index := strconv.FormatInt(at, 10)
		if !strings.Contains("\n"+string(files["events/"+index+".envelope"]), "\ntype io.velvetastro.language.CensusEvent$CensusTaken\n") {
			fail("no census is recorded by leaf " + index)
		}
		said := regexp.MustCompile(`"from":(\d+),"to":(\d+),"ids":(\d+),"root":"([^"]+)"`).FindSubmatch(files["events/"+index+".json"])
		if said == nil {
			fail("no census in leaf " + index)
		}
		from, to, ids := number(string(said[1])), number(string(said[2])), number(string(said[3]))
		root, err := tlog.ParseHash(string(said[4]))
		check(err)
		lines := strings.Split(strings.TrimSuffix(after("velvetastro.io/census-proof@v1\n", string(files["census/"+index])), "\n"), "\n")
		if i == 0 {
			id, next = after("id ", lines[0]), from
		}
		if from != next || to > at || after("id ", lines[0]) != id || number(after("size ", lines[1])) != ids {
			fail("census " + index + " does not continue the one before")
		}
		next = to
		count, digest := named(files, id, from, to)
		wantCount, wantDigest := counted(lines[2:], id, ids, root)
		if count != wantCount || digest != wantDigest {
			fail(fmt.Sprint("of ", wantCount, " events that name ", id, " there are ", count))
		}
		events += count
	}
	if len(taken) > 0 {
		fmt.Println("complete", events)
	}
}

// named counts the events of a stretch that name an id.
func named(files map[string][]byte, id string, from, to int64) (count int64, digest tlog.Hash) {
	var indexes []int64
	for name := range files {
		if strings.HasPrefix(name, "events/") && strings.HasSuffix(name, ".json") {
			indexes = append(indexes, number(strings.TrimSuffix(after("events/", name), ".json")))
		}
	}
	sort.Slice(indexes, func(a, b int) bool { return indexes[a] < indexes[b] })
	for _, at := range indexes {
		name := "events/" + strconv.FormatInt(at, 10)
		envelope := "\n" + string(files[name+".envelope"])
		its := strings.Contains(envelope, "\nevent-id "+id+"\n")
		names := strings.Contains(envelope, "\naggregate-id "+id+"\n") || bytes.Contains(files[name+".json"], []byte(`"`+id+`"`))
		if at < from || at >= to || its || !names {
			continue
		}
		log := unescape(after("log ", strings.Split(envelope, "\n")[2]))
		hash := tlog.RecordHash(leaf(log, envelope[1:], files[name+".json"]))
		count, digest = count+1, tlog.NodeHash(digest, tlog.RecordHash(join("", long(at), hash[:])))
	}
	return count, digest
}

// counted is what the census says of an id: its entry, or nothing where its neighbours leave no room for one.
func counted(lines []string, id string, ids int64, root tlog.Hash) (count int64, digest tlog.Hash) {
	type place struct {
		index int64
		id    string
	}
	var places []place
	for at := 0; at < len(lines); {
		words := strings.Split(after("entry ", lines[at]), " ")
		end := at + 1
		for end < len(lines) && !strings.HasPrefix(lines[end], "entry ") {
			end++
		}
		d, err := tlog.ParseHash(words[3])
		check(err)
		entry := tlog.RecordHash(join("velvetastro.io/census@v1\n", []byte(words[1]), long(number(words[2])), d[:]))
		check(tlog.CheckRecord(tlog.RecordProof(hashes(lines[at+1:end])), ids, root, number(words[0]), entry))
		if words[1] == id {
			return number(words[2]), d
		}
		places = append(places, place{number(words[0]), words[1]})
		at = end
	}
	switch {
	case len(places) == 0 && ids == 0:
	case len(places) == 1 && places[0].index == 0 && id < places[0].id:
	case len(places) == 1 && places[0].index == ids-1 && id > places[0].id:
	case len(places) == 2 && places[1].index == places[0].index+1 && places[0].id < id && id < places[1].id:
	default:
		fail("neither an entry of " + id + " nor the gap it leaves")
	}
	return 0, digest
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
	if anchored.size != 0 && (anchored.log != log || anchored.size != size || anchored.root != root) {
		fail("proofs of two states")
	}
	anchored.log, anchored.size, anchored.root = log, size, root
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
