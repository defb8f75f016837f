#!/bin/sh
# The ledger on a server of the MongoDB protocol which other people wrote (build/check/second-server, needs Go): the services find out by
# themselves that it does not guard its updates, and send a campaign of 2,000 messages on it once a queue before it makes it guard them
# (SecondServerIT, docs/other-databases.md). Takes minutes.
if ! command -v go > /dev/null; then
    echo "Go was not found: the second server cannot be built"
    exit 77
fi
work=target/check/second-server
mkdir -p "$work" && rm -rf "$work/data" && mkdir "$work/data" || exit 1
(cd build/check/second-server && go build -tags ferretdb_sqlite -o "../../../$work/server" .) || exit 1
make -s build || exit 1

free_port() {
    python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
second=127.0.0.1:$(free_port)
queued=127.0.0.1:$(free_port)
"$work/server" "$second" "$queued" "$work/data" > "$work/log" 2>&1 &
server=$!
trap 'kill $server' EXIT
SECOND_MONGO_URI="mongodb://$second/" QUEUED_MONGO_URI="mongodb://$queued/" "${MVN:-mvn}" -q -B -Dformatter.skip -Dimpsort.skip -pl deploy/system-tests -am \
    -Dslow.groups=second-server -Dslow.excluded= -Dtest=SecondServerIT -Dsurefire.failIfNoSpecifiedTests=false test > "$work/test.log" 2>&1 || {
    cat "$work/test.log"
    exit 1
}
grep '^killed after' "$work/test.log"
echo ok
