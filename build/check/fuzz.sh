#!/bin/sh
# Requests that schemathesis makes up from the api's contract, as nobody and in every kind of role: no answer is a 5xx, none is outside of
# the contract, and nobody gets in where docs/access.md does not let them (build/check/fuzz, FuzzIT).
work=$PWD/target/check/fuzz
rm -rf "$work"
mkdir -p "$work"
make -s build || exit 1
FUZZ_WORK=$work "${MVN:-mvn}" -q -B -Dformatter.skip -Dimpsort.skip -pl deploy/system-tests -am -Dslow.groups=fuzz -Dslow.excluded= -Dtest=FuzzIT \
    -Dsurefire.failIfNoSpecifiedTests=false test > "$work/test.log" 2>&1 || {
    cat "$work/test.log"
    exit 1
}
grep '^fuzz' "$work/test.log"
