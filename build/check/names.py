"""Classes and alerts that the documentation names in `code` exist in the sources, and so do the files that it names by their path."""
import pathlib
import re
import subprocess
import sys

CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CLASS = re.compile(r"(?<!…)\b[A-Z][a-z0-9]+(?:[A-Z]+[a-z0-9]+)*(?:[A-Z]+)?\b")
FILE = re.compile(r"[\w.-]+(?:/[\w.*-]+)+/?")
TYPE = re.compile(r"\b(?:class|interface|record|enum)\s+([A-Z]\w*)")
ALERT = re.compile(r"^ *- alert: (\w+)", re.MULTILINE)
# Names of others.
FOREIGN = {"PersistentLoginManager", "ReactiveMailer", "MailClient", "MVStore", "MailEncoder"}


def known(tracked):
    names = set(FOREIGN)
    for name in tracked:
        if name.endswith(".java"):
            names.add(pathlib.Path(name).stem)
            names.update(TYPE.findall(pathlib.Path(name).read_text(encoding="utf-8")))
        elif name.endswith("-alerts.yml"):
            names.update(ALERT.findall(pathlib.Path(name).read_text(encoding="utf-8")))
    return names


def exists(path, tracked):
    path = path.rstrip("/").partition("*")[0]
    return any(name == path or name.startswith(path) or f"/{path}" in name for name in tracked)


def classes(code):
    """Of several humps: a single word may be anything, for instance a header."""
    return [name for name in CLASS.findall(code) if sum(letter.isupper() for letter in name) > 1 and "-" not in code]


def findings(tracked):
    types = known(tracked)
    roots = {name.split("/")[0] for name in tracked}
    for path in (pathlib.Path(name) for name in tracked if name.endswith(".md") and name != "CHANGELOG.md"):
        for code in CODE.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
            for name in classes(code):
                if name not in types:
                    yield f"{path}: there is no class {name}"
            if FILE.fullmatch(code) and code.split("/")[0] in roots and "target" not in code and not exists(code, tracked):
                yield f"{path}: there is no file {code}"


found = sorted(set(findings(subprocess.check_output(["git", "ls-files"], text=True).splitlines())))
print("\n".join(found) if found else "ok")
sys.exit(bool(found))
