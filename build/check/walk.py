"""A fresh reader's walk: the commands of the README's first campaign, at most ten, work as they stand there in a clean clone, the campaign
is completed, and everybody whom it planned has received what the ledger says. The clone is of the tree as it would be committed now; it
builds itself, as a reader's would. Its ports are free ones, and whatever the walk has started is stopped. Needs bash, curl and jq."""
import collections
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

MOST = 10
SECTION = "## The first campaign"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"# (\d+)(?:: (.*))?$")
# The first word of what the README says about a command is what the command says, where it is one of these.
STATES = {"draft", "pending_approval", "approved", "completed"}
AGAIN = "again"
PATIENCE = 180
README_API = "localhost:3000"
LIMIT_SECONDS = 900
TOOLS = ("bash", "curl", "jq")
# What of the environment a reader's shell has, too; nothing may lead to a stack or servers that run already.
KEPT = re.compile(r"PATH|HOME|USER|LANG|LC_.*|TMPDIR|JAVA.*|MVN|MAVEN_.*|M2.*|.*_proxy|.*_PROXY|SSL_.*|GIT_.*")


class Finding(Exception):
    """Why the walk is not what it should be."""


def block(readme):
    section = readme[readme.index(f"\n{SECTION}\n"):]
    return BLOCK.search(section).group(1)


def complete(lines):
    return subprocess.run(["bash", "-n"], input="\n".join(lines), text=True, stderr=subprocess.DEVNULL, check=False).returncode == 0


def commands(text):
    """As a shell reads them: lines that only make sense together are one."""
    lines = []
    for line in text.splitlines():
        lines += [line] if lines or line.strip() else []
        if lines and complete(lines):
            yield "\n".join(lines)
            lines = []
    if lines:
        raise Finding(f"no shell can read: {lines[0]}")


def remarks(walk):
    """What the README says about each command, by its number."""
    if len(walk) > MOST:
        raise Finding(f"{len(walk)} commands are more than {MOST}")
    for number, command in enumerate(walk, 1):
        found = NUMBER.search(command)
        if not found or int(found.group(1)) != number:
            raise Finding(f"command {number} does not end with its number: {command}")
        yield number, found.group(2) or ""


def script(walk, texts):
    """One shell carries out all, and ends at the first command that fails or does not say what the README says. Of each there is a file
    with what it said."""
    yield "set -euo pipefail"
    for number, command in enumerate(walk, 1):
        yield f"walk_{number}() {{\n{command}\n}}\nsay=\"$SAID/{number}\""
        once = f'walk_{number} > "$say" 2>&1'
        word = re.match(r"\w*", texts[number]).group()
        promised = f'grep -qw {word} "$say"' if word in STATES else "true"
        if AGAIN in texts[number]:
            yield f"for _ in $(seq {PATIENCE}); do {once}; if {promised}; then break; fi; sleep 1; done"
        else:
            yield once
        yield promised


def free_ports():
    """A port for the api and the first of two for the workers."""
    while True:
        with contextlib.ExitStack() as held:
            ports = []
            for wanted in (0, 0, None):
                one = held.enter_context(socket.socket())
                try:
                    one.bind(("127.0.0.1", ports[-1] + 1 if wanted is None else wanted))
                except OSError:
                    break
                ports.append(one.getsockname()[1])
            if len(ports) == 3:
                return ports[0], ports[1]


def environment(said, api, workers):
    kept = {name: value for name, value in os.environ.items() if KEPT.fullmatch(name)}
    own = {"SAID": str(said), "API_PORT_BASE": str(api), "WORKER_PORT_BASE": str(workers)}
    own |= {f"STACK_{part}_PORT": "0" for part in ("MONGO", "KAFKA", "SMTP", "TWILIO")}
    return kept | own


def clone(target):
    """What a clone would be if everything that has changed here, new files aside that nobody has added, were committed."""
    subprocess.run(["git", "clone", "--quiet", ".", target], check=True)
    changes = subprocess.run(["git", "diff", "--binary", "HEAD"], check=True, stdout=subprocess.PIPE).stdout
    if changes:
        subprocess.run(["git", "apply"], cwd=target, input=changes, check=True)


def last_lines(file, count=30):
    return "\n".join(file.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])


def take(walk, texts, home, said, its):
    """Carries the walk out; a failure comes with what the command and the processes have said."""
    text = "\n".join(script(walk, texts)).replace(README_API, f"localhost:{its['API_PORT_BASE']}")
    shell = subprocess.Popen(["bash", "-c", text], cwd=home, env=its, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        status = shell.wait(LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        status = f"no end after {LIMIT_SECONDS} s"
    finally:
        if shell.poll() is None:
            os.killpg(shell.pid, signal.SIGKILL)
            shell.wait()
    reached = max((int(file.name) for file in said.iterdir()), default=0)
    if status != 0:
        logs = "\n".join(f"-- {log.name}\n{last_lines(log)}" for log in sorted(home.glob(".local/log/*.log")))
        raise Finding(f"command {reached} does not work ({status}): {walk[reached - 1]}\n{last_lines(said / str(reached))}\n{logs}")


def run_of(texts, said):
    """The run, as the command shows it that is to be repeated."""
    number = next(number for number, remark in texts.items() if AGAIN in remark)
    return json.loads((said / str(number)).read_text(encoding="utf-8"))


def receivers(record):
    return collections.Counter(json.loads(line)["to"].strip().lower() for line in record.read_text(encoding="utf-8").splitlines())


def messages_agree(run, home):
    """@return a sentence"""
    sentences = []
    for channel, record in (("email", "smtp.ndjson"), ("sms", "sms.ndjson")):
        planned, counts = run["planned"][channel], run["counts"][channel]
        got = receivers(home / ".local" / "data" / record)
        twice = [address for address, count in got.items() if count > 1]
        if not planned or twice or not counts["sent"] <= len(got) <= counts["sent"] + counts["in_doubt"] or \
                planned != counts["sent"] + counts["in_doubt"]:
            raise Finding(f"{channel}: planned {planned}, {counts}, received by {len(got)}, twice by {twice}")
        sentences.append(f"{len(got)} of {planned} by {channel}")
    return ", ".join(sentences)


def left_behind(home):
    left = [file.name for file in home.glob(".local/run/*.pid")]
    if left:
        raise Finding(f"still there after the last command: {left}")


def main():
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        print(f"left out: {', '.join(missing)} not found")
        return 77
    if subprocess.run(["git", "rev-parse", "--git-dir"], capture_output=True, check=False).returncode:
        print("left out: this is no clone of the repository")
        return 77
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to stop"))
    place = pathlib.Path(tempfile.mkdtemp(prefix="walk-"))
    home, said = place / "clone", place / "said"
    said.mkdir()
    its = environment(said, *free_ports())
    try:
        clone(home)
        walk = list(commands(block((home / "README.md").read_text(encoding="utf-8"))))
        texts = dict(remarks(walk))
        take(walk, texts, home, said, its)
        left_behind(home)
        print(f"ok, {len(walk)} commands, received: {messages_agree(run_of(texts, said), home)}")
        return 0
    except Finding as finding:
        print(f"README.md: {finding}")
        return 1
    finally:
        if home.exists():
            subprocess.run(["make", "--silent", "down"], cwd=home, env=its, stdout=subprocess.DEVNULL, check=False)
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
