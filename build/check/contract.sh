#!/bin/sh
# The api's contract is of use, and true: a TypeScript client generated from it compiles and walks through a campaign's life against
# running services (build/check/client, needs Node.js; ClientIT); and of the requests that schemathesis makes up from it, as nobody and in
# two roles, none is answered by a 5xx or outside of the contract, and nobody gets in where docs/access.md does not let them
# (build/check/fuzz, FuzzIT).
if ! command -v npm > /dev/null; then
    echo "Node.js was not found: the client cannot be generated"
    exit 77
fi
work=$PWD/target/check/contract
make -s build || exit 1
rm -rf "$work" && mkdir -p "$work" && cp build/check/client/* "$work" || exit 1
(cd "$work" && npm ci --silent --no-audit --no-fund &&
    npx --no-install openapi-typescript ../../../api-service/target/openapi/openapi.json --output api.ts > generate.log 2>&1 &&
    npx --no-install tsc --project .) || exit 1
CLIENT_WALK="$work/dist/walk.js" FUZZ_WORK=$work "${MVN:-mvn}" -q -B -Dformatter.skip -Dimpsort.skip -pl deploy/system-tests -am \
    -Dslow.groups='client|fuzz' -Dslow.excluded= -Dtest=ClientIT,FuzzIT -Dsurefire.failIfNoSpecifiedTests=false test > "$work/test.log" 2>&1 || {
    cat "$work/test.log"
    exit 1
}
grep '^a generated client\|^fuzz' "$work/test.log"
