"""The training data: all sources and their shares, as an endless stream of (system, request, command)."""
import random as R

from .everyday import everyday, vague
from .find_grammar import find
from .nl2bash import Nl2Bash
from .refusals import refusal
from .tldr import Tldr

SHARES = {"everyday": .745, "vague": .085, "refusal": .075, "find": .035, "nl2bash": .055, "tldr": .005}
LONGEST_REQUEST, LONGEST_COMMAND = 260, 190


class Mixture:
    def __init__(self, corpora):
        self.nl2bash = Nl2Bash(corpora)
        tldr = Tldr(corpora)
        self.sources = {"everyday": everyday, "vague": vague, "refusal": refusal, "find": find, "nl2bash": self.nl2bash.sample, "tldr": tldr.sample}
        self.names, self.weights = zip(*SHARES.items())

    def sample(self):
        """Of the source drawn, so that sources which often draw in vain keep their share."""
        draw = self.sources[R.choices(self.names, self.weights)[0]]
        while True:
            s = draw()
            if s and s[2] and len(s[1]) < LONGEST_REQUEST and len(s[2]) < LONGEST_COMMAND: return s
