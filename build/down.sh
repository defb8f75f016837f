#!/bin/sh
# Stops what the pid files name when the program that does it properly has been cleaned away.
run="${LOCAL_DIR:-.local}/run"
for file in "$run"/*.pid; do
    [ -e "$file" ] || continue
    pid=$(cat "$file")
    # Only a process that carries this directory's mark is ours: ids are reused.
    if tr '\0' '\n' < "/proc/$pid/cmdline" 2>/dev/null | grep -q "^-Dlocal.process=.*#$(basename "$file" .pid)$"; then
        kill "$pid" && echo "$(basename "$file" .pid) told to stop (pid $pid)"
    fi
    rm -f "$file"
done
rm -f "$run"/*.port "$run/stack.env"
