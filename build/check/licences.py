"""Every library that is packaged with a service is in docs/licences.md, in this version and under a licence that is allowed, and no other
one is there. `licences.py write` makes that list anew from the bills of materials and the packaged services (make sbom)."""
import json
import os
import pathlib
import re
import sys
import xml.etree.ElementTree

SERVICES = ("api-service", "worker-service")
REPOSITORY = pathlib.Path(os.environ.get("MAVEN_REPOSITORY") or pathlib.Path.home() / ".m2/repository")
LIST = pathlib.Path("docs/licences.md")
# Those that ask of whoever passes the program on no more than to pass their text on with it, or to publish changes of the library itself.
ALLOWED = {"Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-1.0", "EPL-2.0", "EDL-1.0"}
# What licences are called in the descriptions of libraries.
NAMES = [
    (r"apache.*2|asf 2|ASL ?2", "Apache-2.0"),
    (r"^MIT-0$", "MIT-0"),
    (r"\bMIT\b|bouncy castle", "MIT"),
    (r"classpath|\bGPL2 w/ CPE\b|CDDL.*GPL", "GPL-2.0-with-classpath-exception"),
    (r"eclipse distribution|\bEDL\b", "EDL-1.0"),
    (r"eclipse public.*1|EPL.*1\.0", "EPL-1.0"),
    (r"eclipse public|\bEPL\b", "EPL-2.0"),
    (r"BSD.*2", "BSD-2-Clause"),
    # That of iCal4j is BSD's with three clauses, by its text.
    (r"BSD|^iCal4j - License$", "BSD-3-Clause"),
    (r"lesser general public.*3|LGPL.*3", "LGPL-3.0-or-later"),
    (r"lesser general public|LGPL", "LGPL-2.1-or-later"),
    (r"CC0|public domain", "CC0-1.0"),
]
ROW = re.compile(r"^\| ([^| ]+:[^| ]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
HEAD = """# Libraries and licences

What each service is packaged with. Of several licences any one may be chosen. Made by `make sbom`, held against the packaged services by
`build/check/licences.py`.

| library | version | licence | service |
|---|---|---|---|
"""


def packaged(service):
    """Names of the jars of others, as Quarkus writes them: group.artifact-version. Parts for one kind of machine come with their library."""
    jars = [jar.stem for jar in pathlib.Path(service, "target/quarkus-app/lib").rglob("*.jar")]
    return {jar for jar in jars if not jar.startswith("org.campaignrecovery.") and ".native-" not in jar}


def listed():
    rows = ROW.findall(LIST.read_text(encoding="utf-8"))
    return {(f"{library.replace(':', '.')}-{version}"): (licence, services.split(", ")) for library, version, licence, services in rows}


def findings():
    known = listed()
    for service in SERVICES:
        jars = packaged(service)
        here = {name for name, (_, services) in known.items() if service in services}
        yield from (f"{name} is packaged with {service} and not in {LIST}: make sbom" for name in sorted(jars - here))
        yield from (f"{name} is in {LIST} and not packaged with {service}: make sbom" for name in sorted(here - jars))
    for name, (licence, _) in sorted(known.items()):
        if not set(licence.split(" or ")) & ALLOWED:
            yield f"{name} is under {licence}: is that allowed? Then say so in {sys.argv[0]}"


def called(licence):
    name = licence.get("id") or licence.get("name") or licence.get("url", "")
    return next((ours for pattern, ours in NAMES if re.search(pattern, name, re.IGNORECASE)), name or "unknown")


def licences(component):
    given = [called(entry["license"]) if "license" in entry else entry["expression"] for entry in component.get("licenses", [])]
    return " or ".join(sorted(set(given))) or "unknown"


def described(group, artifact, version):
    """By the library's own description, or that of its parent: Quarkus adds libraries that Maven knows nothing of."""
    file = REPOSITORY / group.replace(".", "/") / artifact / version / f"{artifact}-{version}.pom"
    project = xml.etree.ElementTree.parse(file).getroot()
    names = [name.text for name in project.findall("{*}licenses/{*}license/{*}name")]
    parent = project.find("{*}parent")
    if names or parent is None:
        return {"group": group, "name": artifact, "licenses": [{"license": {"name": name}} for name in names]}
    return described(*(parent.findtext(f"{{*}}{part}") for part in ("groupId", "artifactId", "version"))) | {"group": group, "name": artifact}


def added_by_quarkus(jar):
    """Of a name group.artifact-version the parts, as the repository has them."""
    for dot in (match.start() for match in re.finditer(r"\.", jar)):
        for dash in (match.start() for match in re.finditer("-", jar) if match.start() > dot):
            group, artifact, version = jar[:dot], jar[dot + 1:dash], jar[dash + 1:]
            if (REPOSITORY / group.replace(".", "/") / artifact / version).is_dir():
                return described(group, artifact, version)
    return None


def write():
    components = {}
    for service in SERVICES:
        for component in json.loads(pathlib.Path(service, "target/sbom.json").read_text(encoding="utf-8"))["components"]:
            components[f"{component['group']}.{component['name']}-{component['version']}"] = component
    rows = {}
    for service in SERVICES:
        for jar in packaged(service):
            # A classifier stands after the version.
            component = components.get(jar) or next((its for name, its in components.items() if jar.startswith(f"{name}-")), None)
            component = component or added_by_quarkus(jar)
            if component is None:
                sys.exit(f"{jar} is packaged with {service} and in no bill of materials")
            library = f"{component['group']}:{component['name']}"
            key = (library, jar[len(library) + 1:], licences(component))
            rows.setdefault(key, []).append(service)
    LIST.write_text(HEAD + "".join(f"| {library} | {version} | {licence} | {', '.join(services)} |\n"
                                   for (library, version, licence), services in sorted(rows.items())), encoding="utf-8")


def main():
    if any(not packaged(service) for service in SERVICES):
        print("the services are not packaged: make build")
        return 77
    if sys.argv[1:] == ["write"]:
        write()
    found = list(findings())
    print("\n".join(found) if found else f"ok, {len(listed())} libraries")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
