#!/bin/sh
# Two versions side by side: workers and an api of an older commit finish campaigns together with those of today, while one of each is
# killed (RollingUpgradeIT; docs/runbooks/rolling-upgrade.md says why this commit, OTHER=commit takes another one). The older ones are built
# from this repository's history; where that does not go back so far, as in a shallow clone, this is left out.
other=${OTHER:-04561b8a10128e2bdafc722e49bd0d2242c87d7e}
if ! commit=$(git rev-parse --quiet --verify "$other^{commit}"); then
    echo "left out: commit $other is not here, so there is no older version to run beside this one (a shallow clone? git fetch --unshallow)"
    exit 77
fi
make -s build || exit 1
work=$PWD/target/check/rolling
tree=$work/$commit
if [ ! -e "$tree/built" ]; then
    rm -rf "$work" && mkdir -p "$tree" || exit 1
    git archive "$commit" | tar -x -C "$tree" || exit 1
    (cd "$tree" && "${MVN:-mvn}" -q -B -Dmaven.test.skip=true -Dformatter.skip=true -Dimpsort.skip=true -pl api-service,worker-service -am package) \
        > "$work/build.log" 2>&1 || {
        cat "$work/build.log"
        exit 1
    }
    touch "$tree/built"
fi
OTHER_VERSION=$tree "${MVN:-mvn}" -q -B -Dformatter.skip -Dimpsort.skip -pl deploy/system-tests -am \
    -Dslow.groups=rolling -Dslow.excluded= -Dtest=RollingUpgradeIT -Dsurefire.failIfNoSpecifiedTests=false test > "$work/test.log" 2>&1 || {
    cat "$work/test.log"
    exit 1
}
grep '^rolling' "$work/test.log"
echo "ok, beside $(git log -1 --format='%h of %cs' "$commit")"
