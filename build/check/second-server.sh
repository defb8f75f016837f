#!/bin/sh
# The services find out by themselves that a server of the MongoDB protocol which other people wrote does not guard its updates. Builds that
# server (build/check/second-server, needs Go) and runs the first test of SecondServerIT against it; the second one, a campaign of 2,000, is
# not carried to its end there yet (docs/other-databases.md).
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
    -Dtest='SecondServerIT#theProbe*' -Dsurefire.failIfNoSpecifiedTests=false test > "$work/test.log" 2>&1 || {
    cat "$work/test.log"
    exit 1
}
echo ok
