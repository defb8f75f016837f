#!/bin/sh
# The repository's shell scripts pass ShellCheck.
git ls-files '*.sh' '.ci/*' | sort > target/check/scripts
[ -s target/check/scripts ] || exit 1
xargs shellcheck < target/check/scripts && sed 's/^/ok /' target/check/scripts
