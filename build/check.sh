#!/bin/sh
# Runs every check of build/check. Each says in its first lines what it checks, and exits non-zero on a finding, 77 when it cannot be
# carried out here. The tools that they need are installed at fixed versions (build/check/requirements.txt) under target/check.
cd "$(dirname "$0")/.." || exit 1

if ! command -v python3 > /dev/null; then
    echo "make check needs python3 (3.10 or newer, with venv and pip); it was not found" >&2
    exit 1
fi
tools=target/check/tools
wanted=$(cksum < build/check/requirements.txt)
if [ "$(cat "$tools/installed" 2> /dev/null)" != "$wanted" ]; then
    echo "Installing the tools of build/check/requirements.txt"
    rm -rf "$tools"
    if ! python3 -m venv "$tools" || ! "$tools/bin/pip" install --quiet --disable-pip-version-check -r build/check/requirements.txt; then
        echo "make check could not install its tools: it needs python3's venv and pip, and a package index" >&2
        exit 1
    fi
    echo "$wanted" > "$tools/installed"
fi
PATH="$PWD/$tools/bin:$PATH"
export PATH PYTHONDONTWRITEBYTECODE=1

passed=0 failed=0 skipped=0
for check in build/check/*.sh build/check/*.py; do
    [ -e "$check" ] || continue
    echo "== $(basename "$check")"
    case $check in
        *.py) python "$check" ;;
        *) sh "$check" ;;
    esac
    case $? in
        0) passed=$((passed + 1)) ;;
        77) skipped=$((skipped + 1)) ;;
        *)
            failed=$((failed + 1))
            echo "FAILED: $check"
            ;;
    esac
done
echo "$passed passed, $failed failed$([ $skipped = 0 ] || echo ", $skipped skipped")"
[ $failed = 0 ]
