"""NL2Bash (Lin et al. 2018, MIT): cleaning, the held-out part, and new literals for known pairs."""
import gzip
import hashlib
import random as R
import re
from pathlib import Path

from .wordlists import base_stem, extension, pick, word

HELD_OUT = 500
COMMON_SHAPE = 25


def read(corpora, name):
    return gzip.open(Path(corpora) / name, "rt", encoding="utf-8", errors="replace").read().split("\n")


def ascii_only(text):
    return all(31 < ord(c) < 127 for c in text)


def shape(command):
    """The command without its literals."""
    command = re.sub(r"'[^']*'|\"[^\"]*\"", "S", command)
    out = []
    for t in command.split():
        if t.startswith("-") and not re.search(r"\d", t): out.append(t)
        elif re.fullmatch(r"[a-z][a-z0-9_.+-]*", t) and (not out or out[-1] in ("|", "sudo", "xargs", "-exec", ";", "&&", "S|")): out.append(t)
        elif t in ("|", "&&", "||", ";", "{}", "\\;", "+", "!", "\\(", "\\)", "-o"): out.append(t)
        else: out.append("A")
    return re.sub(r"(A )+", "A ", " ".join(out) + " ").strip()


def normal(request):
    return re.sub(r"\W+", " ", request.lower()).strip()


def pairs(corpora):
    seen = {}
    for n, c in zip(read(corpora, "nl2bash.nl.gz"), read(corpora, "nl2bash.cm.gz")):
        n = re.sub(r"^\(GNU specific\) |^\(Linux specific\) ", "", re.sub(r"\s+", " ", n.strip()))
        c = re.sub(r"^\$ ", "", re.sub(r"\s+", " ", c.strip()))
        if n and c and len(c) <= 180 and len(n) <= 260 and ascii_only(n + c): seen.setdefault((n.lower(), c), (n, c))
    return list(seen.values())


def split(corpora):
    """-> (training pairs, held-out pairs): no held-out pair shares its command's shape or its request with a training pair."""
    groups = {}
    every = pairs(corpora)
    for p in every: groups.setdefault(shape(p[1]), []).append(p)
    held = []
    for key in sorted(groups, key=lambda k: hashlib.sha1(k.encode()).hexdigest()):
        if len(held) >= HELD_OUT: break
        if len(groups[key]) <= COMMON_SHAPE: held += groups[key]
    held = held[:HELD_OUT]
    shapes = {shape(c) for _, c in held}
    requests = {normal(n) for n, _ in held}
    return [p for p in every if shape(p[1]) not in shapes and normal(p[0]) not in requests], held


LITERAL = re.compile(r"\"[^\"]+\"|'[^']+'|[^\s,;:]+")


def with_new_literals(n, c):
    """Replaces literals that stand in both request and command by random ones of their kind."""
    for t in sorted(set(LITERAL.findall(n))):
        v = t.strip("\"'`.,;:()?!")
        if not v or R.random() < .35: continue
        ext = re.fullmatch(r"\*?\.([a-z0-9]{1,5})", v)
        if ext:
            new = extension()[1]
            if "." + ext.group(1) in c and "." not in new:
                n, c = (re.sub(r"\.%s\b" % ext.group(1), "." + new, s) for s in (n, c))
        elif re.fullmatch(r"\d+", v):
            n, c = new_number(n, c, v)
        else:
            n, c = new_name(n, c, v, t[0] in "\"'")
    return n, c


def new_number(n, c, v):
    if v in ("0", "1") or re.search(r"[$&>]%s\b|\b%s>" % (v, v), c): return n, c
    old = r"(?<![\w.])%s(?=[kKMGTcb]?[Bb]?(?![\w.]))" % v
    new = str(R.randint(max(2, int(v) // 3), int(v) * 3 + 5))
    n2, c2 = re.sub(old, new, n), re.sub(old, new, c)
    return (n2, c2) if n2 != n and c2 != c else (n, c)


def new_name(n, c, v, was_quoted):
    file = re.fullmatch(r"[\w-]+\.[A-Za-z0-9]{1,5}", v)
    path = re.fullmatch(r"[~/.]?[\w.-]*(/[\w.-]+)+/?", v)
    name = re.fullmatch(r"[A-Za-z_][\w-]*", v) and (was_quoted or re.search(r"[_\d]", v) or v[1:] != v[1:].lower())
    if not (file or path or name) or len(v) < 2 or v in ("/dev/null", "stdin", "stdout"): return n, c
    old = r"(?<![\w$-])%s(?![\w-])" % re.escape(v)
    if not re.search(old, c): return n, c
    if file: new = base_stem() + "." + (v.rsplit(".", 1)[1] if R.random() < .6 else extension()[1])
    elif path and v.startswith(("/", "~")): new = R.choice([pick("absolute"), "/" + word() + "/" + word(), "/path/to/" + word(), "/" + word()])
    elif path: new = word() + "/" + word()
    else: new = word() if v[0].islower() else word().upper() if v == v.upper() else word().capitalize()
    return re.sub(old, lambda _: new, n), re.sub(old, lambda _: new, c)


class Nl2Bash:
    """The training pairs as a source of samples, and the held-out pairs."""

    def __init__(self, corpora):
        self.train, self.held = split(corpora)

    def sample(self):
        n, c = R.choice(self.train)
        if R.random() < .6: n, c = with_new_literals(n, c)
        if R.random() < .25: n = n[:1].lower() + n[1:]
        if R.random() < .2 and n.endswith("."): n = n[:-1]
        return ("linux" if R.random() < .75 else ""), n, c
