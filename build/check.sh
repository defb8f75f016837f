#!/bin/sh
# Runs every script of build/check. Each says what it checks, installs the tools that it needs, and exits non-zero on a finding.
cd "$(dirname "$0")/.." || exit 1
failed=0
for script in build/check/*.sh; do
    echo "== $(basename "$script" .sh)"
    "$script" || { failed=1; echo "FAILED: $script"; }
done
exit $failed
