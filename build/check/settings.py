"""Every variable and campaign.* setting that the services read is in the README's configuration tables, none is there that they do not
read; docker-compose.yml and the one for Coolify give each service the variables that it reads and no others; and the values of the Helm chart have a place for
each of them and for no others (that they arrive at the containers, chart.sh checks)."""
import json
import pathlib
import re
import sys

import yaml

SERVICES = {"api-service": "api", "worker-service": "worker"}
SHARED_SOURCES = "common-ledger"
SHARED = pathlib.Path("common-ledger/src/main/resources/META-INF/microprofile-config.properties")
COMPOSE = (pathlib.Path("docker-compose.yml"), pathlib.Path("deploy/coolify/docker-compose.yml"))
# Coolify's own: it leads its proxy to the service and port that this one names.
OF_COOLIFY = "SERVICE_"
CHART = pathlib.Path("deploy/helm/values.schema.json")
# What the chart fills by values of its own.
OF_THE_CHART = {"PORT": "port", "campaign.lease.grace": "graceSeconds"}
VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]*)[:}]")
MAPPING = re.compile(r'^( *)@ConfigMapping\(prefix = "([^"]+)"\)\s+(?:public )?interface \w+ \{(.*?)^\1\}', re.MULTILINE | re.DOTALL)
METHOD = re.compile(r"^\s*([\w.<>]+) (\w+)\(\);", re.MULTILINE)
NESTED = re.compile(r"^ *interface (\w+)[^{]*\{(.*?)^ *\}", re.MULTILINE | re.DOTALL)
FILLED = re.compile(r"^(campaign\.[\w.-]+)=\$\{[A-Z]", re.MULTILINE)
PROPERTY = re.compile(r'@ConfigProperty\(name = "(campaign\.[^"]+)"')
TOKEN = re.compile(r"`([^`\n]+)`")


def kebab(name):
    return re.sub(r"([A-Z])", lambda match: "-" + match.group(1).lower(), name)


def variables(properties):
    return set(VARIABLE.findall("\n".join(line for line in properties.read_text(encoding="utf-8").splitlines() if line[:1] != "#")))


def mapped(prefix, body):
    """The settings of a mapping interface; a method that is typed by a nested interface stands for that one's settings."""
    nested = dict(NESTED.findall(body))
    for typed, method in METHOD.findall(NESTED.sub("", body)):
        name = f"{prefix}.{kebab(method)}"
        if typed in nested:
            yield from (f"{name}.{kebab(inner)}" for _, inner in METHOD.findall(nested[typed]))
        else:
            yield name


def settings(service):
    for source in pathlib.Path(service, "src/main/java").rglob("*.java"):
        text = source.read_text(encoding="utf-8")
        for _, prefix, body in MAPPING.findall(text):
            yield from mapped(prefix, body)
        yield from PROPERTY.findall(text)


def compose_findings(file, service, name):
    read = variables(pathlib.Path(service, "src/main/resources/application.properties")) | variables(SHARED)
    for container, its in yaml.safe_load(file.read_text(encoding="utf-8"))["services"].items():
        if container == name or container.startswith(name + "-"):
            given = {entry.partition("=")[0] for entry in its["environment"]}
            given = {variable for variable in given if not variable.startswith(OF_COOLIFY)}
            yield from (f"{file}: {container} is not given {variable}" for variable in sorted(read - given))
            yield from (f"{file}: {container} does not read {variable}" for variable in sorted(given - read))


def chart_findings(service, name, schema):
    """What may be set for a service in the chart, by its schema, against what the service reads; a setting that a variable fills is set
    by the variable."""
    properties = schema["properties"]
    own = properties[name]["properties"]
    files = (pathlib.Path(service, "src/main/resources/application.properties"), SHARED)
    read = variables(files[0]) | variables(files[1])
    secret = set(properties["secrets"]["properties"]["elsewhere"]["properties"])
    given = (set(properties["env"]["properties"]) | set(own["env"]["properties"])
             | {variable for variable, key in OF_THE_CHART.items() if variable.isupper() and key in own})
    yield from (f"{CHART}: {name} cannot be given {variable}" for variable in sorted(read - given - secret))
    yield from (f"{CHART}: {name} does not read {variable}" for variable in sorted(given - read))
    yield from (f"{CHART}: {variable} is a variable and a secret" for variable in sorted(given & secret))
    filled = {setting for file in files for setting in FILLED.findall(file.read_text(encoding="utf-8"))}
    wanted = ((set(settings(SHARED_SOURCES)) | set(settings(service))) - filled
              - {setting for setting, key in OF_THE_CHART.items() if key in own})
    allowed = {setting for choice in own["settings"]["propertyNames"]["anyOf"] for setting in choice.get("enum", [])}
    yield from (f"{CHART}: {name}.settings refuses {setting}" for setting in sorted(wanted - allowed))
    yield from (f"{CHART}: {name}.settings allows {setting}, which is not read or filled otherwise" for setting in sorted(allowed - wanted))


def secrets_nobody_reads(schema):
    read = set().union(*(variables(pathlib.Path(service, "src/main/resources/application.properties")) for service in SERVICES), variables(SHARED))
    return [f"{CHART}: nobody reads the secret {name}"
            for name in sorted(set(schema["properties"]["secrets"]["properties"]["elsewhere"]["properties"]) - read)]


def configuration_tables():
    readme = pathlib.Path("README.md").read_text(encoding="utf-8")
    section = readme[readme.index("\n## Configuration"):]
    section = section[:section.index("\n## ", 5)]
    return {token for row in section.splitlines() if row.startswith("|") for token in TOKEN.findall(row.split("|")[1])}


def main():
    found = []
    named = configuration_tables()
    schema = json.loads(CHART.read_text(encoding="utf-8"))
    found += secrets_nobody_reads(schema)
    everything = set(settings(SHARED_SOURCES))
    for service, name in SERVICES.items():
        own = pathlib.Path(service, "src/main/resources/application.properties")
        wanted = variables(own) | variables(SHARED)
        for file in COMPOSE:
            found += compose_findings(file, service, name)
        found += chart_findings(service, name, schema)
        everything |= wanted | set(settings(service))
    found += [f"README.md: {name} is missing in the configuration tables" for name in sorted(everything - named)]
    found += [f"README.md: no service reads {name}" for name in sorted(named - everything)
              if re.fullmatch(r"[A-Z][A-Z0-9_]+|campaign\.[a-z.-]+", name)]
    print("\n".join(found) if found else f"ok, {len(everything)} variables and settings")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
