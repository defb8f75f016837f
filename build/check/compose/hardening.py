"""What every service of the given Compose files has: no capabilities and no way to gain any, an image with a fixed tag, what it waits for
can become healthy. Ours write nothing into their images. A secret has no default, and what is published leads to this machine only."""
import pathlib
import re
import sys

import yaml

OURS = re.compile(r"(api|worker)(-\d+)?")
SECRET = re.compile(r".*(PASSWORD|SECRET|TOKEN|_KEY)")
# Asked for, empty unless somebody sets it, or made up by Coolify.
WITHOUT_DEFAULT = re.compile(r"\$\{\w+(:\?[^}]*|:-)\}|\$\{SERVICE_\w+\}")


def environment(service):
    given = service.get("environment", {})
    return given if isinstance(given, dict) else dict(entry.partition("=")[::2] for entry in given)


def findings(services):
    for name, service in services.items():
        if service.get("cap_drop") != ["ALL"] or service.get("cap_add") or service.get("privileged"):
            yield f"{name} keeps capabilities"
        if "no-new-privileges:true" not in service.get("security_opt", []):
            yield f"{name} may gain privileges"
        if "build" not in service and not re.search(r":v?\d[\w.-]*$", service["image"]):
            yield f"{name}: {service['image']} has no fixed tag"
        if OURS.fullmatch(name) and not service.get("read_only"):
            yield f"{name} may write into its image"
        for port in service.get("ports", []):
            if not str(port).startswith("127.0.0.1:"):
                yield f"{name} publishes {port} to everybody"
        for variable, value in environment(service).items():
            if SECRET.fullmatch(variable) and not WITHOUT_DEFAULT.fullmatch(str(value)):
                yield f"{name}: {variable} has a default"
        for other, waited in service.get("depends_on", {}).items():
            if waited["condition"] == "service_healthy" and not {"healthcheck", "build"} & services[other].keys():
                yield f"{name} waits for {other}, which never becomes healthy"


found = [f"{file}: {finding}" for file in sys.argv[1:]
         for finding in findings(yaml.safe_load(pathlib.Path(file).read_text(encoding="utf-8"))["services"])]
print("\n".join(found) if found else "ok, nobody keeps more rights than they need")
sys.exit(bool(found))
