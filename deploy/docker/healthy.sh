#!/bin/bash
# Healthy once the service of this container is ready: its ledger is open, and so on. The image has no curl, and needs none for this.
# The port is that of PORT, or that of whichever service it is.
for port in ${PORT:-3000 3001}; do
    if exec 3<> "/dev/tcp/127.0.0.1/$port"; then
        printf 'GET /q/health/ready HTTP/1.0\r\n\r\n' >&3
        head -n 1 <&3 | grep -q ' 200 '
        exit
    fi
done 2> /dev/null
exit 1
