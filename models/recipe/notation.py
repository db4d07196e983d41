"""Texts with choices: (a|b|) is a choice, x? an optional character or group, a backslash takes the next character as it is."""
import random as R


def parse(s):
    """-> alternatives, each a list of characters and nested alternatives"""
    alternatives, end = _parse(s, 0)
    if end != len(s): raise ValueError("an unmatched ) at %d of %r" % (end, s))
    return alternatives


def _parse(s, i, depth=0):
    alternatives, current = [], []
    while i < len(s):
        c = s[i]
        i += 1
        if c == "\\":
            current.append(s[i])
            i += 1
        elif c == "(":
            group, i = _parse(s, i, depth + 1)
            current.append(group)
        elif c == ")" and depth:
            return alternatives + [current], i
        elif c == "|":
            alternatives.append(current)
            current = []
        elif c == "?" and current:
            current[-1] = [[current[-1]], []]
        else:
            current.append(c)
    if depth: raise ValueError("an unmatched ( in %r" % s)
    return alternatives + [current], i


def expand(tree):
    """One random text of the alternatives."""
    return "".join(x if isinstance(x, str) else expand(x) for x in R.choice(tree))
