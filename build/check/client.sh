#!/bin/sh
# A TypeScript client generated from the api's contract compiles, and walks through a campaign's life against running services
# (build/check/client, needs Node.js; ClientIT).
if ! command -v npm > /dev/null; then
    echo "Node.js was not found: the client cannot be generated"
    exit 77
fi
work=target/check/client
make -s build || exit 1
mkdir -p "$work" && cp build/check/client/* "$work" || exit 1
(cd "$work" && npm ci --silent --no-audit --no-fund &&
    npx --no-install openapi-typescript ../../../api-service/target/openapi/openapi.json --output api.ts > generate.log 2>&1 &&
    npx --no-install tsc --project .) || exit 1
CLIENT_WALK="$PWD/$work/dist/walk.js" "${MVN:-mvn}" -q -B -Dformatter.skip -Dimpsort.skip -pl deploy/system-tests -am -Dslow.groups=client -Dslow.excluded= -Dtest=ClientIT \
    -Dsurefire.failIfNoSpecifiedTests=false test > "$work/test.log" 2>&1 || {
    cat "$work/test.log"
    exit 1
}
grep '^a generated client' "$work/test.log"
