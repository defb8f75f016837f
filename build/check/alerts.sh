#!/bin/sh
# The alert rules can be read by Prometheus, and their unit tests pass. promtool is the one that is installed, or comes out of Debian's
# package of Prometheus, which is unpacked under target/check, without being root and without being installed.
rules=deploy/observability/alerts
work=$PWD/target/check/prometheus

# Debian's package, by the machine's lists of packages, or by lists of our own where it has none.
unpack() {
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" && cd "$work" || return 1
    rm -f prometheus_*.deb
    apt-get -qq download prometheus 2> /dev/null || {
        set -- -qq -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache"
        apt-get "$@" update 2> /dev/null && apt-get "$@" download prometheus 2> /dev/null
    } || return 1
    dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool && rm -rf prometheus_*.deb lists cache
}

promtool=$(command -v promtool) || promtool=$work/usr/bin/promtool
if [ ! -x "$promtool" ] && ! { command -v apt-get && command -v dpkg-deb && (unpack); } > /dev/null; then
    echo "promtool was not found, and apt-get could not fetch Debian's package of Prometheus: the alert rules cannot be tested"
    exit 77
fi
"$promtool" check rules "$rules/campaign-alerts.yml" && "$promtool" test rules "$rules/campaign-alerts-test.yml"
