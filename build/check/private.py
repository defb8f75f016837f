"""No tracked file names this machine's directories, a host that is not meant for everybody, or something that looks like a secret."""
import os
import pathlib
import re
import subprocess
import sys

# Hosts that documentation, schemas and tests may name; names without a dot are inside of a network of their own.
HOSTS = re.compile(
    r"[^.]*|127\.0\.0\.1|0\.0\.0\.0|(?:[\w-]+\.)*example(?:\.(?:com|org|net))?|[\w.-]+\.(?:test|invalid)|(?:www|maven)\.apache\.org"
    r"|keepachangelog\.com|semver\.org|www\.w3\.org|www\.rfc-editor\.org|github\.com|(?:api|www)\.twilio\.com|mycompany\.com|coolify\.io|opentelemetry\.io")
URL = re.compile(r"\b(?:https?|mongodb(?:\+srv)?)://(?:[^/\s\"'`@]*@)?([\w.-]*)")
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bghp_\w{36}\b")
STANDARD = {"bin", "dev", "etc", "home", "lib", "mnt", "opt", "proc", "root", "run", "srv", "sys", "tmp", "usr", "var"}


def directories():
    """This clone's own directory and those above it, and the home directory."""
    root = pathlib.Path.cwd()
    yield from (str(path) for path in (root, *root.parents) if len(path.parts) > 2)
    if root.parts[1] not in STANDARD:
        yield f"/{root.parts[1]}"
    home = os.environ.get("HOME", "/")
    if home != "/":
        yield home


def findings(tracked):
    private = re.compile("(?<![\\w.$}-])(?:" + "|".join(re.escape(path) for path in set(directories())) + ")(?=/)")
    for name in tracked:
        try:
            text = pathlib.Path(name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if private.search(line):
                yield f"{name}:{number}: names a directory of this machine"
            if SECRET.search(line):
                yield f"{name}:{number}: looks like a secret"
            for host in URL.findall(line):
                if not HOSTS.fullmatch(host.rstrip(".")):
                    yield f"{name}:{number}: is the host {host} meant for everybody? Then add it to {sys.argv[0]}"


found = list(findings(subprocess.check_output(["git", "ls-files"], text=True).splitlines()))
print("\n".join(found) if found else "ok")
sys.exit(bool(found))
