#!/bin/sh
# The OpenAPI documents that the build of both services leaves behind are valid OpenAPI 3.1.
status=0
for service in api-service worker-service; do
    document=$service/target/openapi/openapi.json
    if [ ! -e "$document" ]; then
        echo "$document is not there: building it"
        "${MVN:-mvn}" -q -B -Dmaven.test.skip=true -pl "$service" -am package || exit 1
    fi
    openapi-spec-validator --schema 3.1 "$document" || status=1
done
exit $status
