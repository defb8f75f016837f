#!/bin/sh
# The repository's shell scripts parse.
status=0
for script in $(git ls-files '*.sh' .ci); do
    sh -n "$script" && echo "ok $script" || status=1
done
exit $status
