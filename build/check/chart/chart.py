"""Called by build/check/chart.sh with Helm, the wheel of schemas, and perhaps `write`."""
import copy
import functools
import json
import pathlib
import re
import subprocess
import sys
import zipfile

import jsonschema
import referencing
import yaml

sys.path.insert(0, "build/check")
import settings  # noqa: E402

CHART = "deploy/helm"
HERE = pathlib.Path("build/check/chart")
PLAIN = pathlib.Path("deploy/kubernetes")
RELEASE = "campaign-recovery"
OLDEST = re.search(r">=(\d+\.\d+)\.", pathlib.Path(CHART, "Chart.yaml").read_text(encoding="utf-8")).group(1)
# What the chart itself sets at a service, beside what it reads.
OWN = {"JAVA_TOOL_OPTIONS", "MALLOC_ARENA_MAX", "QUARKUS_SHUTDOWN_TIMEOUT", "CAMPAIGN_LEASE_GRACE"}
SECRETS = set(json.loads(settings.CHART.read_text(encoding="utf-8"))["properties"]["secrets"]["properties"]["elsewhere"]["properties"])
QUANTITY = re.compile(r"\d+(\.\d+)?(m|k|[MGT]|[KMGT]i)?")
MOST_MEMORY = {"api": 350_000_000, "worker": 450_000_000}
UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}


class OneKeyOnce(yaml.SafeLoader):
    """Refuses a mapping that has a key twice, of which YAML readers would drop one."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.constructor.ConstructorError(None, None, f"a key is there twice among {keys}", node.start_mark)
        return super().construct_mapping(node, deep)


class Helm:
    def __init__(self, program):
        self.program = program

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], capture_output=True, text=True)

    def render(self, *arguments, version=OLDEST):
        done = self.run("template", RELEASE, CHART, "--kube-version", version, *arguments)
        if done.returncode:
            raise SystemExit(f"helm template {' '.join(arguments)}: {done.stderr}")
        return done.stdout


class Schemas:
    """Kubernetes' own, in which every object allows the properties that it has and no others; the few used fields of custom resources as
    custom-resources.json has them, written by hand after the Go types of KEDA, the Prometheus operator and Strimzi."""

    def __init__(self, wheel):
        self.wheel = zipfile.ZipFile(wheel)
        self.root = "kubernetes_validate/kubernetes-json-schema"
        found = {name.split("/")[2] for name in self.wheel.namelist() if name.startswith(self.root) and "-local-strict/" in name}
        self.versions = {re.match(r"v(\d+\.\d+)", name).group(1): name for name in found}
        self.newest = max(self.versions, key=lambda version: tuple(map(int, version.split("."))))
        self.custom = json.loads((HERE / "custom-resources.json").read_text(encoding="utf-8"))

    @functools.lru_cache
    def definitions(self, version):
        return json.loads(self.wheel.read(f"{self.root}/{self.versions[version]}/_definitions.json"))

    @functools.lru_cache
    def validator(self, version, api, kind):
        definitions = self.definitions(version)
        base = f"{definitions['$id']}#/$defs/"
        if f"{api}/{kind}" in self.custom:
            spec = json.loads(json.dumps(self.custom[f"{api}/{kind}"]).replace("kubernetes:", base))
            meta = {"$ref": base + "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"}
            schema = {"additionalProperties": False, "required": ["metadata", "spec"],
                      "properties": {"apiVersion": {}, "kind": {}, "metadata": meta, "spec": spec}}
        else:
            group = re.sub(r"^([^./]*)(?:\.[^/]*)?/", r"\1-", api)
            try:
                schema = json.loads(self.wheel.read(f"{self.root}/{self.versions[version]}/{kind.lower()}-{group}.json"))
            except KeyError:
                return None
        registry = referencing.Resource.from_contents(definitions) @ referencing.Registry()
        return jsonschema.Draft202012Validator(schema, registry=registry)

    def findings(self, thing, version):
        validator = self.validator(version, thing["apiVersion"], thing["kind"])
        if validator is None:
            yield f"Kubernetes {version} has no {thing['kind']} of {thing['apiVersion']}"
            return
        for error in validator.iter_errors(thing):
            yield f"Kubernetes {version}: {error.json_path}: {error.message}"
        yield from empty(thing, "$")


def empty(value, path):
    """The schemas allow null everywhere, as the API does, which drops it: here it is a value that the template forgot. And they take any
    text for a quantity."""
    if value is None:
        yield f"{path} is null"
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from empty(inner, f"{path}.{key}")
            if key in ("cpu", "memory", "sizeLimit", "ephemeral-storage") and not QUANTITY.fullmatch(str(inner)):
                yield f"{path}.{key}: {inner} is no quantity"
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from empty(inner, f"{path}[{number}]")


def name(thing):
    return f"{thing['kind']} {thing['metadata']['name']}"


def template(thing):
    return thing["spec"]["template"]


def variables(container):
    return {variable["name"]: variable for variable in container["env"]}


def seconds(text):
    return int(re.fullmatch(r"(\d+)s", text).group(1))


def pod_findings(thing):
    spec = template(thing)["spec"]
    security = spec["securityContext"]
    if not (security.get("runAsNonRoot") and security["seccompProfile"]["type"] == "RuntimeDefault"):
        yield "may run as root, or without a seccomp profile"
    if spec.get("automountServiceAccountToken") is not False:
        yield "mounts a token of its service account"
    for container in spec["containers"] + spec.get("initContainers", []):
        own = container.get("securityContext", {})
        if not own.get("readOnlyRootFilesystem") or own.get("allowPrivilegeEscalation") is not False or own["capabilities"] != {"drop": ["ALL"]}:
            yield f"{container['name']} may write to its root file system, escalate privileges or has capabilities"
        if "memory" not in container["resources"]["limits"] or not {"cpu", "memory"} <= set(container["resources"]["requests"]):
            yield f"{container['name']} has no memory limit or no requests"
        if "/tmp" not in [mount["mountPath"] for mount in container["volumeMounts"]] or not any(
                volume["name"] == "tmp" and "emptyDir" in volume for volume in spec["volumes"]):
            yield f"{container['name']} has no /tmp to write to"
        if len(variables(container)) != len(container["env"]):
            yield f"{container['name']} is given a variable twice"
        for variable in container["env"]:
            if variable["name"] in SECRETS and ("value" in variable or "secretKeyRef" not in variable.get("valueFrom", {})):
                yield f"{variable['name']} is not taken from a Secret"


def service_findings(thing, component):
    spec = template(thing)["spec"]
    container = spec["containers"][0]
    given = variables(container)
    if not {"startupProbe", "livenessProbe", "readinessProbe"} <= set(container):
        yield "lacks a probe"
    if [port["containerPort"] for port in container["ports"]] != [int(given["PORT"]["value"])]:
        yield "is probed at another port than its own"
    pause = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    stop = seconds(given["QUARKUS_SHUTDOWN_TIMEOUT" if component == "api" else "CAMPAIGN_LEASE_GRACE"]["value"])
    if spec["terminationGracePeriodSeconds"] < pause + stop + 5:
        yield f"is killed {spec['terminationGracePeriodSeconds']} s after it is told to stop, and needs {pause} s and {stop} s"
    if component == "api" and pause == 0:
        yield "stops while requests still arrive"


def selecting_findings(things):
    """Whatever selects pods selects those of one owner; whatever scales, scales something that does not say how many it is."""
    pods = [(owner, template(owner)["metadata"]["labels"]) for owner in things if owner["kind"] in ("Deployment", "Job")]
    for thing in things:
        spec = thing.get("spec", {})
        selector = {"Service": spec.get("selector"), "NetworkPolicy": spec.get("podSelector", {}).get("matchLabels"),
                    "PodDisruptionBudget": spec.get("selector", {}).get("matchLabels"),
                    "Deployment": spec.get("selector", {}).get("matchLabels")}.get(thing["kind"])
        if selector is not None and sum(selector.items() <= labels.items() for _, labels in pods) != 1:
            yield f"{name(thing)} selects none or several: {selector}"
        if thing["kind"] == "ServiceMonitor" and sum(
                spec["selector"]["matchLabels"].items() <= other["metadata"]["labels"].items() for other in things if other["kind"] == "Service") != 1:
            yield f"{name(thing)} selects none or several"
        if thing["kind"] in ("HorizontalPodAutoscaler", "ScaledObject"):
            target = [owner for owner, _ in pods if owner["metadata"]["name"] == spec["scaleTargetRef"]["name"]]
            if len(target) != 1 or "replicas" in target[0]["spec"]:
                yield f"{name(thing)} scales nothing, or something that says how many it is"


def deployments(things):
    return {thing["metadata"]["labels"]["app.kubernetes.io/component"]: thing for thing in things if thing["kind"] == "Deployment"}


def general_findings(things):
    names = [name(thing) for thing in things]
    yield from (f"{twice} is there twice" for twice in set(names) if names.count(twice) > 1)
    yield from (f"{name(thing)} is in the chart" for thing in things if thing["kind"] in ("Secret", "Role", "ClusterRole"))
    for thing in things:
        if thing["kind"] in ("Deployment", "Job"):
            yield from (f"{name(thing)} {finding}" for finding in pod_findings(thing))
    for component, thing in deployments(things).items():
        yield from (f"{name(thing)} {finding}" for finding in service_findings(thing, component))
    yield from selecting_findings(things)


def every_variable(things):
    """With all values given, each service is given every variable that it reads, and none that it does not read."""
    values = yaml.safe_load((HERE / "values/everything.yaml").read_text(encoding="utf-8"))
    for service, component in settings.SERVICES.items():
        read = (settings.variables(pathlib.Path(service, "src/main/resources/application.properties"))
                | settings.variables(settings.SHARED))
        given = set(variables(template(deployments(things)[component])["spec"]["containers"][0])) - OWN
        given -= {re.sub("[^A-Z0-9]", "_", setting.upper()) for setting in values[component]["settings"]}
        yield from (f"{component} is not given {variable}" for variable in sorted(read - given))
        yield from (f"{component} does not read {variable}" for variable in sorted(given - read))
    counted = variables(template(deployments(things)["api"])["spec"]["containers"][0])["CAMPAIGN_COUNTING_CUSTOMERS"]["value"]
    if counted != "2000000":
        yield f"2000000 became {counted}"


def memory(things):
    for component, thing in deployments(things).items():
        number, unit = re.fullmatch(r"(\d+)(\w*)", template(thing)["spec"]["containers"][0]["resources"]["limits"]["memory"]).groups()
        if int(number) * UNITS[unit] > MOST_MEMORY[component]:
            yield f"{component} may have more than {MOST_MEMORY[component]} bytes by default"


def topics(things):
    """As the local stack creates them; at the worker's group, KEDA looks."""
    java = pathlib.Path("deploy/local/src/main/java/org/campaignrecovery/local/kafka/KafkaTopics.java").read_text(encoding="utf-8")
    java = java.replace("LEDGER,", '"campaign-ledger",')
    wanted = {topic: int(count) for topic, count in re.findall(r'"(campaign-[a-z-]+)",\s*(\d+)', java)}
    for thing in things:
        if thing["kind"] == "Job":
            script = template(thing)["spec"]["containers"][0]["args"][0]
            made = {topic: int(count) for topic, count in re.findall(r"^create (\S+) (\d+)", script, re.MULTILINE)}
            if made != wanted:
                yield f"{name(thing)} creates {made} instead of {wanted}"
            shell = subprocess.run(["shellcheck", "--shell=sh", "-"], input="#!/bin/sh\n" + script, capture_output=True, text=True)
            if shell.returncode:
                yield f"{name(thing)}: {shell.stdout}"
        if thing["kind"] == "ScaledObject":
            worker = pathlib.Path("worker-service/src/main/resources/application.properties").read_text(encoding="utf-8")
            looks = thing["spec"]["triggers"][0]["metadata"]
            for key, prop in {"consumerGroup": "group.id", "topic": "topic"}.items():
                if f"mp.messaging.incoming.campaign-batch.{prop}={looks[key]}\n" not in worker:
                    yield f"{name(thing)} looks at {looks[key]}"
    strimzi = {thing["metadata"]["name"]: thing["spec"]["partitions"] for thing in things if thing["kind"] == "KafkaTopic"}
    if strimzi and strimzi != wanted:
        yield f"KafkaTopics are {strimzi} instead of {wanted}"


def broken(things, schemas):
    """The strict reading is worth something: of each kind an object with a field that does not exist, and one of another type, is found."""
    for thing in things:
        wrong = copy.deepcopy(thing)
        wrong["spec" if "spec" in wrong else "metadata"]["relpicas"] = 2
        other = copy.deepcopy(thing)
        other["metadata"]["labels"]["app.kubernetes.io/version"] = 1
        yield from (f"{name(thing)} may be anything" for bad in (wrong, other) if not any(schemas.findings(bad, schemas.newest)))
    deployment = copy.deepcopy(deployments(things)["api"])
    template(deployment)["spec"]["containers"][0]["readinessProbe"]["httpGet"]["prot"] = "http"
    if not any(schemas.findings(deployment, schemas.newest)):
        yield "a probe may have any field"


def plain(rendered):
    """What deploy/kubernetes has: the hooks, which go first, and the rest."""
    documents = [document for document in re.split(r"^---\n", rendered, flags=re.MULTILINE) if document.strip()]
    head = ("# Rendered from the chart deploy/helm with build/check/chart/values/minimal.yaml. Change these and render it anew:\n"
            "#   build/check/chart.sh write\n")
    parts = {"1-topics.yaml": [], "2-campaign-recovery.yaml": []}
    for document in documents:
        parts["1-topics.yaml" if "helm.sh/hook:" in document else "2-campaign-recovery.yaml"].append(re.sub(r"^# Source: .*\n", "", document))
    return {PLAIN / file: head + "".join(f"---\n{part.strip()}\n" for part in part_list) for file, part_list in parts.items()}


def open_objects(schema, path="$"):
    """Whatever the schema of the values names the properties of takes no others."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema and schema.get("additionalProperties") is not False:
            yield f"{settings.CHART}: {path} takes anything"
        for key, inner in schema.items():
            yield from open_objects(inner, f"{path}.{key}")


def refusals(helm):
    for case in yaml.safe_load((HERE / "refused.yaml").read_text(encoding="utf-8")):
        done = helm.run("template", RELEASE, CHART, "-f", str(HERE / "values/minimal.yaml"), "--set", case["set"])
        if not done.returncode or not re.search(case["says"], done.stderr, re.IGNORECASE):
            yield f"--set {case['set']} is not refused: {done.stderr}"


def main(program, wheel, *orders):
    helm, schemas = Helm(program), Schemas(wheel)
    found, count = [], 0
    for values in sorted(HERE.glob("values/*.yaml")):
        lint = helm.run("lint", CHART, "--strict", "--quiet", "--kube-version", OLDEST, "-f", str(values))
        if lint.returncode:
            found.append(f"helm lint with {values}: {lint.stdout}{lint.stderr}")
            continue
        rendered = helm.render("-f", str(values))
        if values.stem == "minimal" and orders == ("write",):
            PLAIN.mkdir(exist_ok=True)
            for file, text in plain(rendered).items():
                file.write_text(text, encoding="utf-8")
        try:
            things = [thing for thing in yaml.load_all(rendered, OneKeyOnce) if thing]
        except yaml.YAMLError as error:
            found.append(f"{values.name}: {error}")
            continue
        count += len(things)
        more = [f"{name(thing)}: {finding}" for thing in things for version in (OLDEST, schemas.newest) for finding in schemas.findings(thing, version)]
        more = more or [*general_findings(things), *topics(things)]
        if values.stem == "minimal":
            more += memory(things)
            more += [f"{file} is not what the chart renders: build/check/chart.sh write" for file, text in plain(rendered).items()
                     if not file.exists() or file.read_text(encoding="utf-8") != text]
        if values.stem == "everything":
            more += every_variable(things)
        more = more or [*broken(things, schemas)]
        found += [f"{values.name}: {finding}" for finding in more]
    found += refusals(helm)
    found += open_objects(json.loads(settings.CHART.read_text(encoding="utf-8")))
    print("\n".join(found) if found else
          f"ok, {count} objects of {len(list(HERE.glob('values/*.yaml')))} sets of values, Kubernetes {OLDEST} and {schemas.newest}")
    return bool(found)


sys.exit(main(*sys.argv[1:]))
