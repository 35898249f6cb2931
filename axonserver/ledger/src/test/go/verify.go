// A second opinion: verifies an evidence bundle with Go's own note and tlog packages, sharing no code with the product.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run verify.go BUNDLE VKEY,… [WITNESS-VKEY,…]
package main

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
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
	if len(os.Args) != 3 && len(os.Args) != 4 {
		fail("usage: verify BUNDLE VKEY,… [WITNESS-VKEY,…]")
	}
	var trust trust
	for _, text := range strings.Split(os.Args[2], ",") {
		verifier, err := note.NewVerifier(text)
		check(err)
		trust.keys = append(trust.keys, key{text, verifier})
	}
	if len(os.Args) == 4 {
		for _, text := range strings.Split(os.Args[3], ",") {
			trust.witnesses = append(trust.witnesses, newWitness(text))
		}
	}
	archive, err := zip.OpenReader(os.Args[1])
	check(err)
	files := map[string][]byte{}
	for _, f := range archive.File {
		in, err := f.Open()
		check(err)
		files[f.Name], err = io.ReadAll(in)
		check(err)
	}
	checkpoint := trust.open(files["checkpoint"], "")
	var proven int
	var state anchor
	for name, proof := range files {
		if strings.HasPrefix(name, "proofs/") {
			index := strings.TrimSuffix(strings.TrimPrefix(name, "proofs/"), ".tlog-proof")
			found := verify(index, string(proof), files["events/"+index+".envelope"], files["events/"+index+".json"], checkpoint, string(files["checkpoint"]))
			if proven > 0 && found != state {
				fail("two states of the log")
			}
			state = found
			proven++
		}
	}
	if proven == 0 {
		fail("no event")
	}
	fmt.Println("proven", proven)
	own(files, trust, state)
	since(files, trust, checkpoint, state)
	doubted := doubts(files, trust, state)
	complete(files)
	disclosed(files)
	judged(files)
	if doubted > 0 {
		os.Exit(3)
	}
}

// trust is what was typed: the keys of one log, and the witnesses that must have cosigned it.
type trust struct {
	keys      []key
	witnesses []witness
}

type key struct {
	text string
	note.Verifier
}

// witness verifies a cosignature/v1, which note's own verifiers do not know.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(message, stamped []byte) bool {
	if len(stamped) != 8+ed25519.SignatureSize {
		return false
	}
	seen := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(stamped), message)
	return ed25519.Verify(w.key, []byte(seen), stamped[8:])
}

func newWitness(vkey string) witness {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		fail("no verifier key: " + vkey)
	}
	material := decode(parts[2])
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), material...))
	hash := binary.BigEndian.Uint32(sum[:])
	if len(material) != 33 || material[0] != 4 || parts[1] != fmt.Sprintf("%08x", hash) {
		fail("no witness's key: " + vkey)
	}
	return witness{parts[0], hash, material[1:]}
}

// tree is what a checkpoint says.
type tree struct {
	size int64
	root tlog.Hash
}

// open believes a checkpoint that one of the keys and all the witnesses have signed; within names the log under the house's.
func (t trust) open(signed []byte, within string) tree {
	var known []note.Verifier
	origin := t.keys[0].Name() + within
	for _, key := range t.keys {
		known = append(known, under(key, origin))
	}
	for _, witness := range t.witnesses {
		known = append(known, witness)
	}
	opened, err := note.Open(signed, note.VerifierList(known...))
	check(err)
	for _, witness := range t.witnesses {
		if !signedBy(opened, witness.name) {
			fail("not cosigned by " + witness.name)
		}
	}
	strict(signed, opened)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != origin || !signedBy(opened, origin) {
		fail("no checkpoint of " + origin)
	}
	return tree{number(lines[1]), hash(lines[2])}
}

// strict takes signatures in one spelling; note takes others too.
func strict(signed []byte, opened *note.Note) {
	for _, line := range strings.Split(strings.TrimSuffix(string(signed[len(opened.Text)+1:]), "\n"), "\n") {
		words := strings.Split(after("— ", line), " ")
		decode(words[len(words)-1])
	}
}

// signedBy looks among the signatures that were verified.
func signedBy(opened *note.Note, name string) bool {
	for _, signature := range opened.Sigs {
		if signature.Name == name {
			return true
		}
	}
	return false
}

// under is the same key under the name of another log.
func under(k key, name string) note.Verifier {
	material := decode(strings.SplitN(k.text, "+", 3)[2])
	sum := sha256.Sum256(append([]byte(name+"\n"), material...))
	verifier, err := note.NewVerifier(fmt.Sprintf("%s+%08x+%s", name, binary.BigEndian.Uint32(sum[:]), base64.StdEncoding.EncodeToString(material)))
	check(err)
	return verifier
}

// own is the organisation's log as the witnesses saw it, and when they had seen its beginnings; bundles of the first version have neither.
func own(files map[string][]byte, trust trust, state anchor) {
	format, newer := files["format"]
	if !newer {
		for name := range files {
			if name == "log/checkpoint" || name == "doubts" || strings.HasPrefix(name, "seen/") {
				fail("no format, and what only later versions have: " + name)
			}
		}
		return
	}
	if string(format) != "velvetastro.io/bundle@v2\n" {
		fail("another format: " + string(format))
	}
	if trust.open(files["log/checkpoint"], "/"+state.log) != (tree{state.size, state.root}) {
		fail("log/checkpoint is of another state")
	}
	for name, text := range files {
		if !strings.HasPrefix(name, "seen/") || !strings.HasSuffix(name, ".tlog-proof") {
			continue
		}
		size := strings.TrimSuffix(after("seen/", name), ".tlog-proof")
		_, signed, _ := strings.Cut(string(text), "\n\n")
		then := anchored(string(text), signed, trust.open([]byte(signed), ""))
		if then.log != state.log || strconv.FormatInt(then.size, 10) != size {
			fail("another beginning than " + name)
		}
		begins(files["seen/"+size+".consistency"], tree{then.size, then.root}, tree{state.size, state.root})
	}
}

// doubts is how many of these events the house doubts, as it says itself under the same keys; where an old bundle does not say, one.
func doubts(files map[string][]byte, trust trust, state anchor) (doubted int) {
	signed, there := files["doubts"]
	if !there {
		if _, later := files["format"]; later {
			fail("the house does not say what it doubts")
		}
		return 1
	}
	var known []note.Verifier
	for _, key := range trust.keys {
		known = append(known, key)
	}
	opened, err := note.Open(signed, note.VerifierList(known...))
	check(err)
	strict(signed, opened)
	lines := strings.Split(after("velvetastro.io/doubts@v1\n", opened.Text), "\n")
	if len(lines) < 3 || unescape(after("log ", lines[0])) != state.log || number(after("size ", lines[1])) != state.size {
		fail("doubts about another state")
	}
	for _, line := range lines[2:] {
		leaf, _, _ := strings.Cut(line, " ")
		if _, here := files["proofs/"+leaf+".tlog-proof"]; here {
			doubted++
		}
	}
	if doubted > 0 {
		fmt.Println("doubted", doubted)
	}
	return doubted
}

// judged is by which text, and on which events, each finding was judged, as far as that is here.
func judged(files map[string][]byte) {
	rules, here := map[string]bool{}, map[string]bool{}
	var findings []string
	for name, envelope := range files {
		if !strings.HasSuffix(name, ".envelope") {
			continue
		}
		var kind, id string
		for _, line := range strings.Split(string(envelope), "\n") {
			word, rest, _ := strings.Cut(line, " ")
			switch word {
			case "event-id":
				id = unescape(rest)
			case "type":
				kind = unescape(rest)
			}
		}
		here[id] = true
		payload := strings.TrimSuffix(name, ".envelope") + ".json"
		switch kind {
		case "io.velvetastro.language.FindingRaised":
			findings = append(findings, payload)
		case "io.velvetastro.language.RuleRecorded":
			var rule struct{ Text string }
			check(json.Unmarshal(files[payload], &rule))
			rules[fmt.Sprintf("%x", sha256.Sum256([]byte(rule.Text)))] = true
		}
	}
	whole := 0
	for _, payload := range findings {
		var finding struct {
			RuleHash string
			Evidence []string
		}
		check(json.Unmarshal(files[payload], &finding))
		all := rules[finding.RuleHash]
		for _, id := range finding.Evidence {
			all = all && here[id]
		}
		if all {
			whole++
		}
	}
	if whole > 0 {
		fmt.Println("judged", whole)
	}
}

// since is that nothing was rewritten since the earlier bundle.
func since(files map[string][]byte, trust trust, checkpoint tree, state anchor) {
	signed, there := files["previous/checkpoint"]
	if !there {
		return
	}
	earlier := trustIn(trust.keys).open(signed, "")
	before := anchored(string(files["previous/anchor.tlog-proof"]), string(signed), earlier)
	if before.log != state.log {
		fail("an earlier state of another log")
	}
	begins(files["consistency/platform"], earlier, checkpoint)
	begins(files["consistency/log"], tree{before.size, before.root}, tree{state.size, state.root})
	fmt.Println("since", before.size)
}

// trustIn asks no witness: which of them there were then is the house's business.
func trustIn(keys []key) trust {
	return trust{keys: keys}
}

// anchored is an organisation's root in the platform's log, as the proof's own bytes say it.
func anchored(proof, signed string, platform tree) anchor {
	extra, index, path := parts(proof, signed)
	domain := "velvetastro.io/root@v1\n"
	rest := []byte(after(domain, string(extra)))
	var fields [][]byte
	for len(rest) >= 4 {
		length := binary.BigEndian.Uint32(rest)
		if uint64(length) > uint64(len(rest)-4) {
			fail("an anchor cut short")
		}
		fields, rest = append(fields, rest[4:4+length]), rest[4+length:]
	}
	if len(rest) != 0 || len(fields) != 3 || len(fields[1]) != 8 || len(fields[2]) != 32 {
		fail("no anchor")
	}
	check(tlog.CheckRecord(path, platform.size, platform.root, index, tlog.RecordHash(extra)))
	return anchor{string(fields[0]), int64(binary.BigEndian.Uint64(fields[1])), hashOf(fields[2])}
}

// begins is that the newer tree begins with the older one.
func begins(text []byte, older, newer tree) {
	lines := strings.Split(after("velvetastro.io/consistency@v1\n", string(text)), "\n")
	if len(lines) < 3 || lines[len(lines)-1] != "" {
		fail("no proof of consistency")
	}
	if number(after("from ", lines[0])) != older.size || number(after("size ", lines[1])) != newer.size {
		fail("a proof about other sizes")
	}
	check(tlog.CheckTree(tlog.TreeProof(hashes(lines[2:len(lines)-1])), newer.size, newer.root, older.size, older.root))
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
			if len(words) != map[string]int{"kept": 3, "none": 3, "shown": 4}[words[0]] {
				fail("neither shown nor kept: " + line)
			}
			given := decode(words[2])
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
		root := hash(string(said[4]))
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
		fmt.Println("complete", events, "of", id)
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
		own := tlog.RecordHash(leaf(log, envelope[1:], files[name+".json"]))
		count, digest = count+1, tlog.NodeHash(digest, tlog.RecordHash(join("", long(at), own[:])))
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
		if len(words) != 4 {
			fail("no entry: " + lines[at])
		}
		d := hash(words[3])
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

// anchor is an organisation's root.
type anchor struct {
	log  string
	size int64
	root tlog.Hash
}

// parts takes a tlog-proof apart; its checkpoint has to be the one that is given.
func parts(proof, signed string) (extra []byte, index int64, path tlog.RecordProof) {
	head, checkpoint, ok := strings.Cut(proof, "\n\n")
	if !ok || checkpoint != signed {
		fail("a proof under another checkpoint")
	}
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		fail("not a tlog-proof")
	}
	return decode(after("extra ", lines[1])), number(after("index ", lines[2])), hashes(lines[3:])
}

// verify leads one event from its bytes to the signed checkpoint.
func verify(name, proof string, envelope, payload []byte, platform tree, signed string) anchor {
	extra, at, way := parts(proof, signed)
	path := strings.Split(strings.TrimSuffix(after("velvetastro.io/anchor@v1\n", string(extra)), "\n"), "\n")
	if len(path) < 3 {
		fail("no path: " + name)
	}
	log, index, size := unescape(after("log ", path[0])), number(after("index ", path[1])), number(after("size ", path[2]))
	if strconv.FormatInt(index, 10) != name {
		fail("proof of another leaf: " + name)
	}

	// RecordHash is SHA-256 over 0x00 and the leaf, as RFC 9162 has it; NodeHash puts 0x01 before its children.
	leaf := tlog.RecordHash(leaf(log, string(envelope), payload))
	root := climb(leaf, index, size, hashes(path[3:]))
	anchored := tlog.RecordHash(join("velvetastro.io/root@v1\n", []byte(log), long(size), root[:]))
	check(tlog.CheckRecord(way, platform.size, platform.root, at, anchored))
	return anchor{log, size, root}
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

// leaf puts the stored fields together again: the lines that must be there, in their order, and then the metadata.
func leaf(log, envelope string, payload []byte) []byte {
	lines := strings.Split(after("velvetastro.io/envelope@v1\n", envelope), "\n")
	if lines[len(lines)-1] != "" {
		fail("an envelope without an end")
	}
	lines = lines[:len(lines)-1]
	next := func(word string) string {
		if len(lines) == 0 {
			fail("an envelope without " + word)
		}
		value := unescape(after(word+" ", lines[0]))
		lines = lines[1:]
		return value
	}
	if next("log") != log {
		fail("an envelope of another log")
	}
	var aggregateType, aggregateID string
	var sequence []byte
	if len(lines) > 0 && strings.HasPrefix(lines[0], "aggregate-type ") {
		aggregateType, aggregateID, sequence = next("aggregate-type"), next("aggregate-id"), long(number(next("aggregate-sequence")))
	}
	eventID, payloadType, revision, recorded := next("event-id"), next("type"), next("revision"), long(number(next("recorded")))
	meta := map[string]string{}
	last := ""
	for i, line := range lines {
		word, rest, _ := strings.Cut(line, " ")
		key, value, _ := strings.Cut(rest, " ")
		kind := map[string]string{"meta": "s", "meta-json": "j"}[word]
		if kind == "" || i > 0 && unescape(key) <= last {
			fail("no metadata in its order: " + line)
		}
		last = unescape(key)
		meta[last] = kind + unescape(value)
	}
	return join("velvetastro.io/leaf@v1\n", []byte(log), []byte(aggregateType), []byte(aggregateID), sequence,
		[]byte(eventID), []byte(payloadType), []byte(revision), recorded, payload, metadata(meta))
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
		out = append(out, hash(line))
	}
	return out
}

func after(prefix, line string) string {
	if !strings.HasPrefix(line, prefix) {
		fail("expected " + prefix + ", found " + line)
	}
	return line[len(prefix):]
}

// Each has one spelling here; Go's own parsers take more.
func number(text string) int64 {
	value, err := strconv.ParseInt(text, 10, 64)
	check(err)
	if value < 0 || strconv.FormatInt(value, 10) != text {
		fail("another spelling of " + text)
	}
	return value
}

func decode(text string) []byte {
	bytes, err := base64.StdEncoding.DecodeString(text)
	check(err)
	if base64.StdEncoding.EncodeToString(bytes) != text {
		fail("another spelling of " + text)
	}
	return bytes
}

func hash(text string) tlog.Hash {
	bytes := decode(text)
	if len(bytes) != tlog.HashSize {
		fail("no hash: " + text)
	}
	return hashOf(bytes)
}

func hashOf(bytes []byte) (hash tlog.Hash) {
	copy(hash[:], bytes)
	return hash
}

func unescape(text string) string {
	value, err := url.PathUnescape(text)
	check(err)
	var again strings.Builder
	for _, c := range []byte(value) {
		if c > 0x20 && c < 0x7f && c != '%' {
			again.WriteByte(c)
		} else {
			fmt.Fprintf(&again, "%%%02X", c)
		}
	}
	if again.String() != text {
		fail("another spelling of " + text)
	}
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
