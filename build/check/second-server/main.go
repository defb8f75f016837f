// A server of the MongoDB protocol that other people wrote: FerretDB 1, on SQLite. Listens at the first argument and keeps its files in the
// directory of the second one, until SIGTERM. It writes without waiting for the disk: this is about what it answers, not what it survives.
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
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

const headerLength = 16

// FerretDB reserves memory for as many documents as a batch may have before it reads one, and the driver of reactive streams asks for
// batches of 2^31 - 1 when all of a result is wanted: 16 GiB for a query. Nothing else of a request is changed on its way.
var (
	unbounded = []byte("\x10batchSize\x00\xff\xff\xff\x7f")
	bounded   = []byte("\x10batchSize\x00\xe8\x03\x00\x00")
)

func main() {
	behind := os.Args[2] + "/socket"
	server, err := ferretdb.New(&ferretdb.Config{
		Listener: ferretdb.ListenerConfig{Unix: behind},
		Handler:  "sqlite",
		SQLiteURL: "file:" + os.Args[2] +
			"/?_pragma=synchronous(off)&_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)",
	})
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	go accept(listener, behind)
	stopped, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := server.Run(stopped); err != nil {
		log.Fatal(err)
	}
}

func accept(listener net.Listener, behind string) {
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go join(client, behind)
	}
}

func join(client net.Conn, behind string) {
	defer client.Close()
	server, err := net.Dial("unix", behind)
	if err != nil {
		log.Print(err)
		return
	}
	defer server.Close()
	go func() {
		defer client.Close()
		io.Copy(client, server)
	}()
	for {
		request, err := read(client)
		if err != nil {
			return
		}
		if _, err := server.Write(bytes.ReplaceAll(request, unbounded, bounded)); err != nil {
			return
		}
	}
}

func read(client net.Conn) ([]byte, error) {
	header := make([]byte, headerLength)
	if _, err := io.ReadFull(client, header); err != nil {
		return nil, err
	}
	request := make([]byte, binary.LittleEndian.Uint32(header))
	copy(request, header)
	_, err := io.ReadFull(client, request[headerLength:])
	return request, err
}
