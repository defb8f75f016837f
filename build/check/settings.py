"""Every variable and campaign.* setting that the services read is in the README's configuration tables, none is there that they do not
read, and docker-compose.yml gives each service the variables that it reads and no others."""
import pathlib
import re
import sys

import yaml

SERVICES = {"api-service": "api", "worker-service": "worker"}
SHARED_SOURCES = "common-ledger"
SHARED = pathlib.Path("common-ledger/src/main/resources/META-INF/microprofile-config.properties")
VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]*)[:}]")
MAPPING = re.compile(r'^( *)@ConfigMapping\(prefix = "([^"]+)"\)\s+(?:public )?interface \w+ \{(.*?)^\1\}', re.MULTILINE | re.DOTALL)
METHOD = re.compile(r"^\s*([\w.<>]+) (\w+)\(\);", re.MULTILINE)
NESTED = re.compile(r"^ *interface (\w+)[^{]*\{(.*?)^ *\}", re.MULTILINE | re.DOTALL)
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


def configuration_tables():
    readme = pathlib.Path("README.md").read_text(encoding="utf-8")
    section = readme[readme.index("\n## Configuration"):]
    section = section[:section.index("\n## ", 5)]
    return {token for row in section.splitlines() if row.startswith("|") for token in TOKEN.findall(row.split("|")[1])}


def main():
    found = []
    named = configuration_tables()
    compose = yaml.safe_load(pathlib.Path("docker-compose.yml").read_text(encoding="utf-8"))["services"]
    everything = set(settings(SHARED_SOURCES))
    for service, name in SERVICES.items():
        own = pathlib.Path(service, "src/main/resources/application.properties")
        wanted = variables(own) | variables(SHARED)
        given = set(compose[name]["environment"])
        found += [f"docker-compose.yml: {name} is not given {variable}" for variable in sorted(wanted - given)]
        found += [f"docker-compose.yml: {name} does not read {variable}" for variable in sorted(given - wanted)]
        everything |= wanted | set(settings(service))
    found += [f"README.md: {name} is missing in the configuration tables" for name in sorted(everything - named)]
    found += [f"README.md: no service reads {name}" for name in sorted(named - everything)
              if re.fullmatch(r"[A-Z][A-Z0-9_]+|campaign\.[a-z.-]+", name)]
    print("\n".join(found) if found else f"ok, {len(everything)} variables and settings")
    return bool(found)


sys.exit(main())
