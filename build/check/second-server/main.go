// A server of the MongoDB protocol that other people wrote: FerretDB 1, on SQLite. It listens at two addresses, the first and the second
// argument: at the first it is as it is, at the second the requests that write wait for each other (queue.go). Its files are in the directory
// of the third argument, until SIGTERM. It writes without waiting for the disk: this is about what it answers, not what it survives.
package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"log"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

const (
	headerLength = 16
	// Most of its time goes into decoding documents that are garbage at once: fewer collections save a fifth of it.
	garbagePercent = 400
)

// FerretDB reserves memory for as many documents as a batch may have before it reads one, and the driver of reactive streams asks for
// batches of 2^31 - 1 when all of a result is wanted: 16 GiB for a query. Nothing else of a request is changed on its way.
var (
	unbounded = []byte("\x10batchSize\x00\xff\xff\xff\x7f")
	bounded   = []byte("\x10batchSize\x00\xe8\x03\x00\x00")
)

func main() {
	debug.SetGCPercent(garbagePercent)
	directory := os.Args[3]
	server, err := ferretdb.New(&ferretdb.Config{
		Listener: ferretdb.ListenerConfig{Unix: directory + "/socket"},
		Handler:  "sqlite",
		SQLiteURL: "file:" + directory +
			"/?_pragma=synchronous(off)&_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)",
	})
	if err != nil {
		log.Fatal(err)
	}
	go accept(os.Args[1], door{directory: directory})
	go accept(os.Args[2], door{directory: directory, queue: make(queue, 1)})
	stopped, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := server.Run(stopped); err != nil {
		log.Fatal(err)
	}
}

// door is an address at which clients reach the server; without a queue nothing waits.
type door struct {
	directory string
	queue     queue
}

func accept(address string, at door) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go at.join(client)
	}
}

// join carries requests to the server and replies back, one at a time, as drivers send them.
func (at door) join(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("unix", at.directory+"/socket")
	if err != nil {
		log.Print(err)
		return
	}
	defer server.Close()
	requests, gone := make(chan []byte, 1), make(chan struct{})
	go func() {
		defer close(gone)
		for request, err := read(client); err == nil; request, err = read(client) {
			requests <- bytes.ReplaceAll(request, unbounded, bounded)
		}
	}()
	for {
		select {
		case <-gone:
			return
		case request := <-requests:
			reply, err := at.ask(server, request, gone)
			if err != nil {
				return
			}
			if _, err := client.Write(reply); err != nil {
				return
			}
		}
	}
}

func (at door) ask(server net.Conn, request []byte, gone <-chan struct{}) ([]byte, error) {
	command := commandOf(request)
	if at.queue != nil && writes(command) {
		if err := at.queue.enter(gone); err != nil {
			return nil, err
		}
		defer at.queue.leave()
	}
	if _, err := server.Write(request); err != nil {
		return nil, err
	}
	reply, err := read(server)
	if err == nil && command == "createIndexes" {
		err = indexIDs(at.directory)
	}
	return reply, err
}

func read(from net.Conn) ([]byte, error) {
	header := make([]byte, headerLength)
	if _, err := io.ReadFull(from, header); err != nil {
		return nil, err
	}
	message := make([]byte, binary.LittleEndian.Uint32(header))
	copy(message, header)
	_, err := io.ReadFull(from, message[headerLength:])
	return message, err
}
