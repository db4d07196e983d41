"""The development set: 300 everyday requests by somebody who had seen no template and no other test set. It may be looked at, and
data may be written after a look at its failures; what it says of such data is flattering then.

An answer is right when one of the entry's expressions matches all of it; an open request also takes a placeholder in capitals or a
refusal, as its expressions say."""
import json
import re
from pathlib import Path

from .refusals import REFUSAL

PLAIN_QUOTES = re.compile(r'(?<![\w\\=])"([\w./@:+-]+)"(?!\w)')


def load():
    with open(Path(__file__).with_name("development.jsonl"), encoding="utf-8") as file: return [json.loads(line) for line in file]


def is_right(entry, command):
    """Whether a command is one that the entry takes, with or without quotes around plain words."""
    c = re.sub(r"^sudo ", "", re.sub(r"\s+", " ", command).strip()).replace("'", '"')
    if c.startswith(REFUSAL): c = REFUSAL
    return any(re.fullmatch(a, said) for a in entry["accept"] for said in (c, PLAIN_QUOTES.sub(r"\1", c)))


def report(answer, n):
    """answer(request, system) -> (command, score); -> lines that tell how many of the first n are right, and which are wrong"""
    rows = [(is_right(e, command), e, command, score) for e in load()[:n] for command, score in [answer(e["request"], e["os"])]]
    if not rows: return []
    out = ["development set: %d of %d" % (sum(r[0] for r in rows), len(rows))]
    for key in ("category", "os", "style", "kind"):
        values = dict.fromkeys(r[1][key] for r in rows)
        counts = ((v, [r[0] for r in rows if r[1][key] == v]) for v in values)
        out.append("  %s: %s" % (key, ", ".join("%s %d of %d" % (v, sum(right), len(right)) for v, right in counts)))
    return out + ["  wrong: %s [%s] %s -> %s  (%.3f)" % (e["id"], e["os"], e["request"], command, score) for right, e, command, score in rows if not right]
