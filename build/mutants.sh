#!/bin/sh
# Breaks the product on purpose, once for each patch of build/mutants, and looks whether the tests notice. Works on a copy of the tree under
# target/mutants; Maven's local repository is shared. Names of patches may be given; all of them otherwise. One line for each: killed, by
# which test, or SURVIVED. Exits non-zero when one survives, does not apply or does not compile.
cd "$(dirname "$0")/.." || exit 1
root=$PWD
tree=$root/target/mutants/tree
log=$root/target/mutants/log
mvn=${MVN:-mvn}

if [ $# = 0 ]; then
    set -- build/mutants/*.patch
fi
mkdir -p "$tree" "$log"

# What is built there already stays, so that the next run compiles only what has changed since.
git ls-files --cached --others --exclude-standard | while IFS= read -r file; do
    if [ -f "$file" ] && ! cmp -s "$file" "$tree/$file"; then
        mkdir -p "$tree/$(dirname "$file")" && cp "$file" "$tree/$file"
    fi
done

(cd "$tree" && find . -type f -path '*/src/*') | while IFS= read -r file; do
    [ -f "$root/$file" ] || rm "$tree/$file"
done

run() { # module, tests, log
    rm -rf "$tree/$1/target/surefire-reports"
    (cd "$tree" && $mvn -q -B -Dformatter.skip -Dimpsort.skip -Dsurefire.timeout=300 -Dsurefire.failIfNoSpecifiedTests=false \
        -pl "$1" -am -Dtest="$2" test) > "$3" 2>&1 < /dev/null
}

killer() { # module: the first test that has failed
    cat "$tree/$1"/target/surefire-reports/TEST-*.xml 2> /dev/null | awk '
        /<testcase / { test = $0 }
        /<(failure|error)[ >]/ { print test; exit }' | sed 's/.*<testcase name="\([^"]*\)" classname="[^"]*\.\([^."]*\)".*/\2.\1/'
}

tests() { sed -n 's/^Run: [^ ]* //p' "$1"; }
module() { sed -n 's/^Run: \([^ ]*\) .*/\1/p' "$1"; }

begun=$(date +%s)
for module in $(for patch in "$@"; do module "$patch"; done | sort -u); do
    all=$(for patch in "$@"; do if [ "$(module "$patch")" = "$module" ]; then tests "$patch"; fi; done | tr ',' '\n' | sort -u | paste -sd, -)
    if ! run "$module" "$all" "$log/$module"; then
        echo "the unbroken $module fails already, see target/mutants/log/$module: $(killer "$module")" >&2
        exit 1
    fi
done
echo "unbroken: the tests pass, $(($(date +%s) - begun)) s"

killed=0 bad=0
export GIT_CEILING_DIRECTORIES="$root/target/mutants"
for patch in "$@"; do
    name=$(basename "$patch" .patch)
    module=$(module "$patch")
    since=$(date +%s)
    if ! (cd "$tree" && git apply "$root/$patch") 2> "$log/$name"; then
        verdict="DOES NOT APPLY (make it again)"
        bad=$((bad + 1))
    else
        if run "$module" "$(tests "$patch")" "$log/$name"; then
            verdict=SURVIVED
            bad=$((bad + 1))
        else
            by=$(killer "$module")
            if [ -n "$by" ]; then
                verdict="killed by $by"
                killed=$((killed + 1))
            elif grep -q 'There was a timeout' "$log/$name"; then
                verdict="killed: the tests came to no end"
                killed=$((killed + 1))
            else
                verdict="DOES NOT COMPILE (see target/mutants/log/$name)"
                bad=$((bad + 1))
            fi
        fi
        (cd "$tree" && git apply --reverse "$root/$patch")
    fi
    printf '%-40s %4d s  %s\n' "$name" $(($(date +%s) - since)) "$verdict"
done
echo "$killed of $# killed, $(($(date +%s) - begun)) s"
[ $bad = 0 ]
