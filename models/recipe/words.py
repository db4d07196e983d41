"""The words of requests, by which the host knows a misspelt one: those that templates are made of, the most frequent first, and
after an empty line those that are right too, but nothing that another word is corrected to."""
import random as R
import re
from collections import Counter

from . import refusals, templates
from .notation import expand
from .wording import CHAT, PHRASES
from .wordlists import LISTS, word_lists

TEXTS = 60000        # requests that are counted
LEAST = 4            # times that a word must occur in them
# Texts that must have a word, or it may be a mistake: people wrote the one by the thousand, and reviewed the other.
LEAST_NL2BASH, LEAST_TLDR = 15, 2
# Not a part of a name, a path, an option or a slot.
WORD = re.compile(r"(?<![\w<./~$@:-])[a-z]{2,}(?![\w>/@:-]|\.\w)")


def spoken():
    """What templates say, their slots left open, without the noise that training adds."""
    drawn = None
    while drawn is None: drawn = templates.draw()
    return drawn[0].lower()


def found(texts, least):
    """The words that occur in that many texts."""
    return {w for w, n in Counter(w for text in texts for w in set(WORD.findall(text.lower()))).items() if n >= least}


def words(nl2bash, tldr, seed=1):
    """-> (frequent words, most frequent first; other right ones)"""
    R.seed(seed)
    counts = Counter(w for _ in range(TEXTS) for w in WORD.findall(spoken()))
    frequent = [w for w, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= LEAST]
    others = [expand(R.choice(CHAT)) for _ in range(TEXTS // 4)] + [expand(R.choice(refusals.PATTERNS).tree) for _ in range(TEXTS // 4)]
    lists = [item for lists in (LISTS, word_lists("lists.txt"), PHRASES) for items in lists.values() for item in items]
    right = set(counts) | found(others, 1) | found((request for request, _ in nl2bash.train), LEAST_NL2BASH) | found((text for _, _, text, _ in tldr.examples), LEAST_TLDR) | found(lists, 1)
    return frequent, sorted(right - set(frequent))


def write(path, nl2bash, tldr):
    frequent, right = words(nl2bash, tldr)
    path.write_text("\n".join(frequent) + "\n\n" + "\n".join(right) + "\n", encoding="utf-8")
    print("%9d  %s: %d words, %d more that are right" % (path.stat().st_size, path.name, len(frequent), len(right)))
