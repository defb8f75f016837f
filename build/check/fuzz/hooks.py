"""What schemathesis does beside its own checks: it uses ids that exist (FUZZ_IDS), holds every answer against the table of docs/access.md
for the role that asks (FUZZ_ROLE), and counts the answers (FUZZ_COUNTS, a file)."""
import atexit
import collections
import json
import os
import pathlib
import random
import re

import schemathesis

ROLE = os.environ["FUZZ_ROLE"]
IDS = json.loads(os.environ["FUZZ_IDS"])
REPOSITORY = pathlib.Path(__file__).parents[3]
COUNTS = pathlib.Path(os.environ["FUZZ_COUNTS"])
ROW = re.compile(r"^\| `[A-Z]+ /[^`]*` \| `(\w+)` \|(.*)\|$", re.MULTILINE)
ROLES = ["anonymous", "marketer", "marketing-manager", "operator", "admin"]
# A stream that does not end by itself.
WITHOUT_IDS = {"followCampaign"}

random.seed(1)
answers = collections.Counter()


def allowed():
    table = (REPOSITORY / "docs/access.md").read_text(encoding="utf-8")
    return {operation: dict(zip(ROLES, (cell.strip() == "yes" for cell in cells.split("|")))) for operation, cells in ROW.findall(table)}


ALLOWED = allowed()


def operation_id(operation):
    return operation.definition.raw["operationId"]


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    operation = operation_id(context.operation)
    known = IDS.get(context.operation.path, {})
    if path_parameters and operation not in WITHOUT_IDS and random.random() < 0.7:
        return {**path_parameters, **{name: random.choice(values) for name, values in known.items() if name in path_parameters}}
    return path_parameters


@schemathesis.check
def access(ctx, response, case):
    """Nobody gets in where the table does not let them."""
    operation = operation_id(case.operation)
    declared = case.method.upper() == case.operation.method.upper()
    answers[operation if declared else case.method, response.status_code] += 1
    if declared and not ALLOWED[operation][ROLE] and response.status_code < 400:
        raise AssertionError(f"{operation} answered {response.status_code} to {ROLE}, who may not use it")
    if declared and ROLE != "anonymous" and response.status_code == 401 and operation != "login":
        raise AssertionError(f"the session of {ROLE} has ended: what follows would test nothing")


@atexit.register
def write():
    COUNTS.write_text(json.dumps([[operation, status, count] for (operation, status), count in sorted(answers.items())]), encoding="utf-8")
