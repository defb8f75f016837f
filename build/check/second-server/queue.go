package main

import (
	"bytes"
	"encoding/binary"
	"io"
)

// queue lets one writing request at a time through, from the moment at which the server gets it until its reply is there, over all
// connections, in the order in which they came. SQLite knows no queue: its writers look again and again whether it is their turn, and some
// never find it.
//
// It has an effect that is no side effect: FerretDB looks for the documents of an update first and writes them then. When no other write
// comes in between, the guard of an update holds until it is written.
type queue chan struct{}

// enter fails when the client is gone before its turn has come. What nobody waits for any more would hold up everybody else, whose clients
// would give up in turn.
func (q queue) enter(gone <-chan struct{}) error {
	select {
	case q <- struct{}{}:
		return nil
	case <-gone:
		return io.EOF
	}
}

func (q queue) leave() {
	<-q
}

// Requests that change nothing. Whatever else there is waits its turn.
var reading = map[string]bool{
	"hello": true, "isMaster": true, "ismaster": true, "ping": true, "buildInfo": true, "find": true, "getMore": true, "killCursors": true,
	"count": true, "distinct": true, "aggregate": true, "listCollections": true, "listIndexes": true, "endSessions": true,
}

func writes(command string) bool {
	return !reading[command]
}

// commandOf names the command of an OP_MSG: the key of the first element of its document. An OP_QUERY, with which clients introduce
// themselves, is a "hello".
func commandOf(request []byte) string {
	const (
		operationAt = 12
		operation   = 2013 // OP_MSG
		// After the header 4 bytes of flags and the kind of the first section, 0; the document: 4 bytes of length and the element's type.
		kindAt = headerLength + 4
		keyAt  = kindAt + 1 + 4 + 1
	)
	if binary.LittleEndian.Uint32(request[operationAt:]) != operation {
		return "hello"
	}
	if len(request) <= keyAt || request[kindAt] != 0 {
		return "?"
	}
	key, _, _ := bytes.Cut(request[keyAt:], []byte{0})
	return string(key)
}
