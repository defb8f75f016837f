"""Dashboards and alert rules ask only for metrics and labels that docs/metrics.md has, each alert says what it is about and leads to a
runbook, each runbook is in their list, and each alert is tested firing and not firing. That docs/metrics.md is true is tested against
running services (DoubtIT, MinuteOutageIT), the rules' tests are run by alerts.sh."""
import json
import pathlib
import re
import subprocess
import sys

import yaml

RULES = pathlib.Path("deploy/observability/alerts/campaign-alerts.yml")
TESTS = pathlib.Path("deploy/observability/alerts/campaign-alerts-test.yml")
DASHBOARDS = pathlib.Path("deploy/observability/dashboards")
RUNBOOKS = "docs/runbooks/"
ROW = re.compile(r"^\| `(\w+)` \| (gauge|counter|histogram|timer) \|([^|]*)\|", re.MULTILINE)
PARTS = {"histogram": ("_bucket", "_count", "_sum", "_max"), "timer": ("_count", "_sum", "_max"), "gauge": ("",), "counter": ("",)}
# Every scrape adds the first two, every histogram the third.
ANYWHERE = {"instance", "job", "le"}
STRING = re.compile(r'"[^"]*"')
MATCHERS = re.compile(r"(\w+)\s*\{([^}]*)\}")
GROUPING = re.compile(r"\b(by|without|on|ignoring)\s*\(([^)]*)\)")
NAME = re.compile(r"(?<![\w$.])[a-zA-Z_:][\w:]*(?!\w*\s*\()")
OPERATORS = {"and", "or", "unless", "offset", "bool", "group_left", "group_right", "by", "without", "on", "ignoring"}


def documented():
    """Every series name of docs/metrics.md, and its labels; what stands in brackets are values."""
    series = {}
    for name, kind, labels in ROW.findall(pathlib.Path("docs/metrics.md").read_text(encoding="utf-8")):
        names = set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", labels)))
        series.update({name + part: names for part in PARTS[kind]})
    return series


def asked(expression):
    """The metrics of a PromQL expression and the labels that it names of any of them."""
    text = re.sub(r"\[[^\]]*\]|\boffset\s+\w+", "", STRING.sub('""', expression))
    labels = {label for _, inner in MATCHERS.findall(text) for label in re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", inner)}
    labels |= {label for _, inner in GROUPING.findall(text) for label in re.findall(r"\w+", inner)}
    bare = GROUPING.sub("", MATCHERS.sub(r"\1", text))
    return {name for name in NAME.findall(bare) if name not in OPERATORS}, labels


def unknown(place, expression, series):
    names, labels = asked(expression)
    if not names:
        yield f"{place}: asks for no metric: {expression}"
    for name in sorted(names - series.keys()):
        yield f"{place}: {name} is not in docs/metrics.md"
    known = ANYWHERE.union(*(series.get(name, set()) for name in names))
    for label in sorted(labels - known):
        yield f"{place}: {sorted(names)} have no label {label} in docs/metrics.md"


def dashboards(series):
    for path in sorted(DASHBOARDS.glob("*.json")):
        try:
            dashboard = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as broken:
            yield f"{path}: {broken}"
            continue
        panels = dashboard["panels"]
        if len({panel["id"] for panel in panels}) < len(panels):
            yield f"{path}: two panels have one id"
        for panel in panels:
            place = f"{path}: {panel['title']}"
            if panel["type"] != "row" and not panel.get("targets"):
                yield f"{place}: shows nothing"
            for target in panel.get("targets", []):
                yield from unknown(place, target["expr"], series)
                kept = set(re.findall(r"\w+", " ".join(inner for _, inner in GROUPING.findall(target["expr"]))))
                for label in sorted(set(re.findall(r"{{(\w+)}}", target["legendFormat"])) - kept):
                    yield f"{place}: the legend asks for {label}, which is not kept"


def alerts(series, tracked):
    rules = [rule for group in yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]]
    for rule in rules:
        place = f"{RULES}: {rule['alert']}"
        annotations = rule.get("annotations", {})
        yield from (f"{place}: has no {wanted}" for wanted in ("summary", "description", "runbook_url") if not annotations.get(wanted))
        if rule.get("labels", {}).get("severity") not in {"critical", "warning"}:
            yield f"{place}: is neither critical nor a warning"
        runbook = annotations.get("runbook_url", "")
        if not runbook.startswith(RUNBOOKS) or runbook not in tracked:
            yield f"{place}: there is no runbook {runbook}"
        yield from unknown(place, rule["expr"], series)
    listed = pathlib.Path(RUNBOOKS, "README.md").read_text(encoding="utf-8")
    for name in sorted(tracked):
        if name.startswith(RUNBOOKS) and not name.endswith("/README.md") and f"({name.removeprefix(RUNBOOKS)})" not in listed:
            yield f"{name}: is not in the list of runbooks"
    yield from untested({rule["alert"] for rule in rules})


def untested(names):
    fired, quiet = set(), set()
    for test in yaml.safe_load(TESTS.read_text(encoding="utf-8"))["tests"]:
        for case in test["alert_rule_test"]:
            (fired if case["exp_alerts"] else quiet).add(case["alertname"])
    yield from (f"{TESTS}: {name} is never seen firing" for name in sorted(names - fired))
    yield from (f"{TESTS}: {name} is never seen not firing" for name in sorted(names - quiet))
    yield from (f"{TESTS}: there is no alert {name}" for name in sorted((fired | quiet) - names))


def main():
    series = documented()
    tracked = set(subprocess.check_output(["git", "ls-files"], text=True).splitlines())
    found = [*dashboards(series), *alerts(series, tracked)]
    print("\n".join(found) if found else f"ok, {len(series)} series in docs/metrics.md")
    return bool(found)


sys.exit(main())
