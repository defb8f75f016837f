#!/bin/sh
# A campaign of 2,000 with its ledger in a server of the MongoDB protocol that other people wrote, so that the ledger leans on no server's
# quirks. Builds that server (build/check/second-server, needs Go) and runs SecondServerIT against it: minutes.
if ! command -v go > /dev/null; then
    echo "Go was not found: the second server cannot be built"
    exit 77
fi
work=target/check/second-server
mkdir -p "$work" && rm -rf "$work/data" && mkdir "$work/data" || exit 1
(cd build/check/second-server && go build -tags ferretdb_sqlite -o "../../../$work/server" .) || exit 1
make -s build || exit 1

port=$(python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$work/server" "127.0.0.1:$port" "$work/data" > "$work/log" 2>&1 &
server=$!
trap 'kill $server' EXIT
SECOND_MONGO_URI="mongodb://127.0.0.1:$port/" "${MVN:-mvn}" -q -B -pl deploy/system-tests -am -Dslow.groups=second-server -Dslow.excluded= \
    -Dtest=SecondServerIT -Dsurefire.failIfNoSpecifiedTests=false test > "$work/test.log" 2>&1 || {
    cat "$work/test.log"
    exit 1
}
grep 'killed after' "$work/test.log"
