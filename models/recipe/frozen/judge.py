"""Decides whether a command is a right answer to an entry of the set."""

import functools
import re
import subprocess

import allowed
import patterns
import scratch
import shell_words

KINDS = ("specified", "underspecified", "unservable")
SHOWS = ("nothing", "paths", "order", "lines", "sequence", "number", "text")


def is_refusal(command):
    """Whether the answer is the refusal marker."""
    return command.strip().startswith(patterns.REFUSAL)


def verdict(entry, command):
    """None for a right answer, otherwise one sentence that says what is wrong with it."""
    if is_refusal(command):
        return "refused what can be served" if entry["kind"] == "specified" else None
    if entry["kind"] == "unservable":
        return "gave a command where none serves"
    if not command.strip():
        return "no answer"
    try:
        canonical = shell_words.canonical(command)
    except shell_words.Unreadable as reason:
        return f"is no shell command: {reason}"
    if any(re.search(each, canonical) for each in entry.get("reject", ())):
        return "holds what a right answer never holds"
    if any(patterns.compile_accept(each).fullmatch(canonical) for each in entry.get("accept", ())):
        return None
    if "effect" in entry:
        return _effect_verdict(entry["id"], entry["effect"], command)
    return "matches none of the accepted forms"


def _effect_verdict(identity, effect, command):
    world, setup, times = effect["world"], effect.get("setup", ""), effect.get("times", False)
    command = re.sub(r"(^|[|;&(] ?)sudo (?=[a-z])", r"\1", command)
    if effect.get("macos"):
        command = as_gnu(command)
        if command is None:
            return "uses an option that macOS does not have"
    try:
        outcome = scratch.run(command, world, setup, times)
    except allowed.NotAllowed as reason:
        return f"was not run: {reason}"
    except subprocess.TimeoutExpired:
        return f"ran longer than {scratch.TIMEOUT_SECONDS} seconds"
    show = effect.get("show", "nothing")
    for reference in effect["reference"]:
        wanted = _reference_outcome(as_gnu(reference) if effect.get("macos") else reference, world, setup, times)
        if outcome.state == wanted.state and _shown(show, outcome) == _shown(show, wanted):
            return None
        reason = "leaves other files behind" if outcome.state != wanted.state else "prints something else"
    return f"has another effect than the reference: {reason}"


def shows_nothing(entry, reference):
    """Whether a reference of an entry that compares what is printed prints nothing of that, and leaves the files alone."""
    effect = entry["effect"]
    world, setup, times = effect["world"], effect.get("setup", ""), effect.get("times", False)
    outcome = _reference_outcome(as_gnu(reference) if effect.get("macos") else reference, world, setup, times)
    idle = _reference_outcome("true", world, setup, times)
    return outcome.state == idle.state and _shown(effect.get("show", "nothing"), outcome) in (None, [])


@functools.lru_cache(maxsize=None)
def _reference_outcome(reference, world, setup, times):
    return scratch.run(reference, world, setup, times)


def as_gnu(command):
    """A macOS command for the GNU tools here, or None where it uses what macOS lacks."""
    if re.search(r"\bsed\b[^|;]*? -i(?! ?(''|\"\"|['\"]?\.\w))|-printf|--sort=|--time-style|du [^|]*--max-depth|grep -\w*P", command):
        return None
    return re.sub(r"(\bsed\b[^|;]*? -i) ?(''|\"\")", r"\1", command)


def _shown(show, outcome):
    text = outcome.stdout
    if show == "nothing":
        return None
    if show == "text":
        return [line.rstrip() for line in text.rstrip().splitlines()]
    if show == "number":
        return _number(text)
    lines = [line for line in re.split(r"[\n\0]", text) if line.strip()]
    if show in ("lines", "sequence"):
        plain = [text for text in (_plain(line, outcome.names) for line in lines) if text]
        return plain if show == "sequence" else sorted(plain)
    found = [path for path in (_path(line, outcome.names) for line in lines) if path]
    return found if show == "order" else sorted(set(found))


def _number(text):
    lines = [line for line in text.splitlines() if line.strip()]
    found = re.search(r"(?<![\w.])\d+(?:\.\d+)?", lines[0]) if len(lines) == 1 else None
    return float(found[0]) if found else None


def _plain(line, names):
    """A line without line numbers, the name of its file, `./` and superfluous white space."""
    line = re.sub(r"\s+", " ", line.strip())
    file, colon, rest = line.partition(":")
    if colon and re.sub(r"^(\./|~/)", "", file) in names:
        line = rest.strip()
    line = re.sub(r"^--$|^\d+[:-] ?(?=\D|$)", "", line)
    return re.sub(r"^(\./|~/)", "", line).rstrip("/")


def _path(line, names):
    """The file or folder that a line of a listing names, `a/b.txt` for `-rw-r--r-- … ./a/b.txt`."""
    line = re.sub(r" -> .*$", "", line.strip()).rstrip("/*@").replace("\\ ", " ")
    if line.endswith(":"):
        return None
    start = re.match(r"(?:\./|~/)?([^:]+):", line)
    if start and start[1] in names:
        return start[1]
    base = {}
    for name in names:
        base.setdefault(name.rsplit("/", 1)[-1], []).append(name)
    candidates = {name: name for name in names} | {name: paths[0] for name, paths in base.items() if len(paths) == 1}
    best = ""
    for name in candidates:
        at_end = line.endswith(name) and re.search(r"(^|[\s\"'])(\./|~/)?$", line[:len(line) - len(name)])
        at_start = re.match(r"(\./|~/)?" + re.escape(name) + r"\s", line)
        if (at_end or at_start) and len(name) > len(best):
            best = name
    return candidates.get(best)
