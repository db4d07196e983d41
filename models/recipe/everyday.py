"""Everyday requests from the templates: complete ones, and ones that leave something open."""
import random as R
import re

from . import slots, templates
from .wordlists import lines
from .wording import vary

COMPOSABLE = re.compile(r"^(ls|grep|cat|ps|find|du|df|git log|git diff|git status|docker ps|docker images|history|sort|cut|awk|env|dig|who|last"
                        r"|lsof|ss|journalctl|head|tail|tree|apt list|pip list|lsblk|free|uname|date|wc|curl)\b")


def complete(plain=False, template=None):
    """One request of the templates, or of one of them -> (system, request, command), or None; plain: without noise"""
    drawn = templates.draw(template)
    if drawn is None: return None
    text, question, command, mac, of_macs = drawn
    if not plain: text = vary(text, question, values=False)
    text, (command, mac) = templates.fill(text, [command, mac or ""])
    system = templates.pick_os(bool(mac), command, of_macs)
    return system, re.sub(r" +", " ", text).strip(), templates.choose(system, command, mac)


FIRST = [" but only the first %s", " and show only the first %s lines", " (first %s only)", " and show the first %s", ", first %s lines",
         " limited to %s lines", " but just the top %s"]
LAST = [" but only the last %s", " and show only the last %s lines", " (last %s only)", " and show the last %s", ", last %s lines", " and show the last %s matches"]
SAVE = [" and save it to ", " and save the output to ", " and write it to ", " and save the result in ", " and put the output in ", " > ",
        " into the file ", " and redirect the output to ", " to file "]


def compose(sample):
    """Adds a pipe or a redirection to a request: '... and save it to out.txt'."""
    system, text, command = sample
    if text.endswith(("?", ".", "!", "please", "now", "for me")) or not COMPOSABLE.match(command): return sample
    if re.search(r"[|>;&]|-exec|-delete|tail -f| -f$", command): return sample
    r = R.random()
    n_said, n = slots.number()
    f_said, f = slots.file(R.choice(["txt", "txt", "log", "csv"]))
    if r < .40: more, pipe = R.choice(SAVE) + f_said, " > " + f
    elif r < .45: more, pipe = R.choice([" and append it to ", " and append the output to ", " >> "]) + f_said, " >> " + f
    elif r < .58: more, pipe = R.choice(FIRST) % n_said, " | head -n " + n
    elif r < .70: more, pipe = R.choice(LAST) % n_said, " | tail -n " + n
    elif r < .80: more, pipe = R.choice([" and count them", " and count the lines", " and count the results", " and tell me how many there are"]), " | wc -l"
    elif r < .87 and not command.startswith("sort"):
        more, pipe = R.choice([" and sort it", " and sort them", " and sort the output", ", sorted", " in alphabetical order", " and sort the results"]), " | sort"
    elif r < .93: more, pipe = R.choice([" and page through it", " in less", " page by page", " one page at a time", " and pipe it to less", " in a pager"]), " | less"
    else:
        said, p = slots.pattern()
        more, pipe = R.choice([" and filter for ", " but only lines with ", " and grep for ", " and only show lines containing "]) + said, " | grep " + p
    return system, text + more, command + pipe


def join(a, b):
    """Two requests in one."""
    if b is None or len(a[2]) > 40 or len(b[2]) > 40 or "?" in a[1] + b[1] or a[0] != b[0]: return a
    return a[0], a[1].rstrip(".!") + R.choice([" and then ", " and ", " then ", ", then ", " && "]) + b[1][:1].lower() + b[1][1:], a[2] + " && " + b[2]


def everyday():
    r = R.random()
    if r > .085: return complete()
    sample = complete(plain=True)
    if sample is None: return None
    system, text, command = compose(sample) if r < .07 else join(sample, complete(plain=True))
    return system, vary(text), command


# ---------------------------------------------------------------- requests that leave something open
PLACEHOLDERS = {}
for _line in lines("placeholders.txt"):
    _slot, _placeholder, _ways = _line.split(" = ")
    PLACEHOLDERS[_slot] = (_placeholder, _ways.split("|"))
# Slots that may stay filled in while another one is left open.
MAY_STAY = {"n", "m", "k", "size", "perm", "pat", "word", "ext", "where", "recur", "port", "user", "host", "url", "dir", "d", "name", "branch", "msg", "pkg", "file"}
# Where a slot stands behind one of these words, the request has promised a name: nothing vague may follow.
NAMED = re.compile(r"\b(called|named|name|as|user|group|pid|id|service|branch|commit|tag|host|server|container|word|string|text|column|line"
                   r"|process|package|program|path|url|port|directory|folder|file|version|image|database|pod|message|with)\s*$|[-./:=\"'@]$")
ARTICLE = re.compile(r"\b(the|a|an|all|my|this|every)\s*$")


def vague_value(slot, before):
    """-> (words for the request, placeholder), or None where nothing vague fits behind the text"""
    if slot not in PLACEHOLDERS or NAMED.search(before): return None
    placeholder, ways = PLACEHOLDERS[slot]
    said = R.choice(ways)
    if ARTICLE.search(before) or R.random() < .15:
        said = re.sub(r"^(a|an|the|some|my|this|that|one)\s", "", said)
    return said, placeholder


def vague():
    """A request without the names that its command needs: the command has placeholders in their place."""
    drawn = templates.draw()
    if drawn is None: return None
    text, question, command, mac, of_macs = drawn
    said = set(templates.SLOT.findall(text))
    needed = [s for s in said if s in PLACEHOLDERS and "<%s>" % s in command]
    if not needed: return None
    if R.random() < .25 and len(needed) > 1:
        open_slots = {R.choice(needed)}                      # one of several
    else:
        open_slots = set(needed)
    if said - open_slots - MAY_STAY - {"where", "recur", "file", "file2", "name2", "d2", "dir2"}: return None
    values = {}
    for slot in open_slots:
        value = vague_value(slot, text[:text.index("<%s>" % slot)])
        after = text[text.index("<%s>" % slot) + len(slot) + 2:]
        if value is None or re.match(r"[-./:@=\w]|,? (folder|directory|dir|service|process|processes|group|branch|container|image|database|files|file|app|program)\b", after): return None
        values[slot] = value
    if "<ext>" in text and "ext" in open_slots: return None
    text, (command, mac) = templates.fill(vary(text, question, values=False), [command, mac or ""], values)
    system = templates.pick_os(bool(mac), command, of_macs)
    return system, re.sub(r" +", " ", text).strip(), templates.choose(system, command, mac)
