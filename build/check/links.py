"""Every relative link in a Markdown file leads to a tracked file or folder, and every #anchor to a heading of it."""
import pathlib
import re
import subprocess
import sys

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.*?)\s*$", re.MULTILINE)


def text_of(path):
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def anchors(path):
    """The names that GitHub gives to headings."""
    names = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text_of(path))]
    return {name if names[:i].count(name) == 0 else f"{name}-{names[:i].count(name)}" for i, name in enumerate(names)}


def findings(tracked):
    here = pathlib.Path.cwd()
    for path in (pathlib.Path(name) for name in tracked if name.endswith(".md")):
        for target in LINK.findall(CODE.sub("", text_of(path))):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            place = (path.parent / file).resolve() if file else path.resolve()
            name = str(place.relative_to(here)) if place.is_relative_to(here) else target
            if name not in tracked and not any(other.startswith(name + "/") for other in tracked):
                yield f"{path}: {target} leads nowhere"
            elif anchor and anchor not in anchors(place):
                yield f"{path}: {target} has no such heading"


found = list(findings(set(subprocess.check_output(["git", "ls-files"], text=True).splitlines())))
print("\n".join(found) if found else "ok")
sys.exit(bool(found))
