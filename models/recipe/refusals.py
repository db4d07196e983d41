"""Requests that no shell command can serve; the answer is a comment line, which the host takes for a refusal."""
import random as R

from .notation import expand
from .templates import SLOT, pick_os, request, weighted
from .wording import vary
from .wordlists import letters, lines, syllables, word_lists

REFUSAL = "# no command"
_LISTS = word_lists("lists.txt")
# A pattern counts by the weight of its line and the root of how much it can say.
_WEIGHTED = [(weight, request(text)) for weight, line in map(weighted, lines("refusals.txt")) for text in line.split(" ;; ")]
PATTERNS = [r for _, r in _WEIGHTED]
_WEIGHTS = [weight * r.weight for weight, r in _WEIGHTED]
_QUESTION = ("what", "who", "why", "when", "where", "is ", "are ", "do ", "does ", "how ", "hello", "i ")


def _value(slot):
    if slot == "gibberish":
        return R.choice([syllables(2, 4), letters(3, 9), letters(4, 8, "asdfghjkl"), letters(3, 7, "qwertyuiop")])
    return R.choice(_LISTS[slot])


def refusal():
    r = R.choices(PATTERNS, _WEIGHTS)[0]
    text = expand(r.tree)
    while SLOT.search(text):
        text = SLOT.sub(lambda m: _value(m.group(1)), text)
    return pick_os(False), vary(text, text.startswith(_QUESTION), values=False), REFUSAL
