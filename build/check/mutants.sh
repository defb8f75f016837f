#!/bin/sh
# The patches of build/mutants apply, say what they break and which tests are to notice, and leave no invariant and no rule out.
if ! git rev-parse --git-dir > /dev/null 2>&1; then
    exit 77
fi
status=0 patches=0
for patch in build/mutants/*.patch; do
    patches=$((patches + 1))
    if ! git apply --check "$patch"; then
        echo "$patch does not apply any more: make it again, so that make mutants breaks what it is to break"
        status=1
    fi
    if ! head -n 1 "$patch" | grep -Eq '^(Invariant ([1-9]|10)|R[1-4]), .*[a-z].*\.$'; then
        echo "$patch: the first line must be a sentence that begins with the invariant or rule it breaks"
        status=1
    fi
    for test in $(sed -n 's/^Run: [^ ]* //p' "$patch" | tr ',' ' '); do
        module=$(sed -n 's/^Run: \([^ ]*\) .*/\1/p' "$patch")
        if [ -z "$(find "$module/src/test" -name "${test%%#*}.java" 2> /dev/null)" ]; then
            echo "$patch: there is no test ${test%%#*} in $module"
            status=1
        fi
    done
    if ! grep -q '^Run: [^ ]* [^ ]*$' "$patch"; then
        echo "$patch: a line \"Run: <module> <tests>\" is missing"
        status=1
    fi
done
for rule in 'Invariant 1' 'Invariant 2' 'Invariant 3' 'Invariant 4' 'Invariant 5' 'Invariant 6' 'Invariant 7' 'Invariant 8' 'Invariant 9' \
    'Invariant 10' R1 R2 R3 R4; do
    if ! grep -qs "^$rule," build/mutants/*.patch; then
        echo "no patch of build/mutants breaks $rule"
        status=1
    fi
done
[ $status = 0 ] && echo "$patches patches apply"
exit $status
