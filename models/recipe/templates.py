"""Request templates: their notation, and one random sample of them.

A line is 'request ;; request => command =>mac command'. In a request, (a|b|) is a choice, x? an optional character or group,
@x a macro, <slot> a slot, a backslash takes the next character as it is; a leading '?' says that the request is a question.
'*N ' before a line is its weight.
"""
import json
import random as R
import re
from collections import namedtuple
from hashlib import sha256
from pathlib import Path

from . import slots
from .notation import expand, parse
from .wordlists import DATA

MACROS = {
    "list": "(list|show|display|print|show me|get|view|see|give me|list|show|find|)",
    "del": "(delete|remove|erase|get rid of|rm|delete|remove)",
}
SLOT = re.compile(r"<([a-z_]+[0-9]?)>")
Request = namedtuple("Request", "question tree weight text")
Template = namedtuple("Template", "weight requests command mac of_macs")
Drawn = namedtuple("Drawn", "text question command mac of_macs")


def weighted(line):
    m = re.match(r"\*(\d+) ", line)
    return (float(m.group(1)), line[m.end():]) if m else (1.0, line)


def request(text):
    question = text.startswith("?")
    text = re.sub(r"@(\w+)", lambda m: MACROS[m.group(1)], text[1:] if question else text)
    return Request(question, parse(text), (text.count("|") + 1) ** .5, text)


# Tools and options that macOS does not have.
LINUX_ONLY = re.compile(r"\b(systemctl|journalctl|systemd-\w+|timedatectl|loginctl|hostnamectl|resolvectl|apt|apt-\w+|dpkg|add-apt-repository|dnf|yum|pacman|snap|flatpak"
                        r"|lsblk|lscpu|lspci|lsusb|lsmod|modprobe|nmcli|ufw|iptables|useradd|userdel|usermod|adduser|groupadd|groupdel|gpasswd|chage|lastb|getent"
                        r"|setfacl|getfacl|swapon|swapoff|hdparm|sensors|smartctl|upower|fdisk|mkfs\.\w+|amixer|strace|nproc|free)\b|^(sudo )?(ip|ss) |-printf|--full-time|/proc/|date -d|chmod --reference|uniq -w")
# What macOS calls differently in any command.
MAC_WORDS = [("sed -i '", "sed -i '' '"), ("sha256sum ", "shasum -a 256 "), ("sha512sum ", "shasum -a 512 "), ("md5sum ", "md5 "), ("tac ", "tail -r "),
             ("xdg-open ", "open "), ("readlink -f ", "realpath "), ("du -h --max-depth=", "du -h -d "), (" -executable", " -perm -u+x"), (" --color", "")]


def mac_command(command):
    """The command on macOS where a template gives none, or None where it is the same."""
    for linux, mac in MAC_WORDS: command = command.replace(linux, mac)
    return command


# How much one intent of a file counts: what people ask every day more than a developer's or administrator's long tail.
FILE_WEIGHTS = {"system": .6, "developer": .5, "network": .8, "handbook1": .6, "handbook2": .4, "macintosh": .8, "macintosh2": .9}
# Files whose requests mostly speak of a Mac.
MAC_FILES = "macintosh"


def read(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"): continue
        weight, rest = weighted(line)
        rest, _, mac = rest.partition(" =>mac ")
        requests, arrow, command = rest.partition(" => ")
        if not arrow: raise ValueError("%s: no command in %r" % (path.name, line))
        command, mac = command.strip(), mac.strip() or mac_command(command.strip())
        yield Template(weight * FILE_WEIGHTS.get(path.stem, 1), [request(r) for r in requests.split(" ;; ")], command, mac if mac != command else None,
                       path.stem.startswith(MAC_FILES))


# Slots of a command that its request may leave out.
DEFAULTS = {"n": "10", "port": "8000", "img_f": "screenshot.png", "dir": ".", "where": ".", "user": "user"}
# Slots that may stand for each other: the request says the second where the command has the first.
ALIASES = (("dir", "d"), ("dir2", "d2"), ("name", "d"), ("path", "d"), ("d", "dir"), ("name", "dir"))


TEMPLATES = [t for path in sorted((DATA / "templates").glob("*.txt")) for t in read(path)]
_WEIGHTS = [t.weight for t in TEMPLATES]


# How much more often than by its own weight a template is drawn that is never wrong, one that always is, and one that was not measured.
KNOWN, UNKNOWN, NEW = .5, 2.5, 1.5


def key(template):
    return sha256(repr((template.command, template.mac, [r.text for r in template.requests])).encode()).hexdigest()[:16]


def heed(path):
    """From now on templates are drawn by what a file says of them: {key: chance that the answer is wrong, 0 to 1}; see difficulty.py."""
    wrong = json.loads(Path(path).read_text(encoding="utf-8"))
    _WEIGHTS[:] = [t.weight * (KNOWN + (UNKNOWN - KNOWN) * wrong[key(t)] if key(t) in wrong else NEW) for t in TEMPLATES]


def draw(template=None):
    """-> Drawn: request text with slots, is it a question, command, macOS command or None, is it what owners of Macs say; None where they do not fit"""
    template = template or R.choices(TEMPLATES, _WEIGHTS)[0]
    r = R.choices(template.requests, [x.weight for x in template.requests])[0]
    text = expand(r.tree)
    said = set(SLOT.findall(text))
    both = [template.command, template.mac or ""]
    for slot, alias in ALIASES:
        if slot not in said and alias in said and "<%s>" % slot in both[0] and "<%s>" % alias not in both[0]:
            both = [c.replace("<%s>" % slot, "<%s>" % alias) for c in both]
    if "<user>" in both[0] and "user" not in said and "ssh" in both[0]:
        both = [c.replace("<user>@", "") for c in both]
    for slot in set(SLOT.findall(" ".join(both))) - said - {"patraw"}:
        if slot not in DEFAULTS: return None
        both = [c.replace("<%s>" % slot, DEFAULTS[slot]) for c in both]
    if "<patraw>" in both[0]: text = text.replace("<pat>", "<patraw>")
    return Drawn(text, r.question, both[0], both[1] or None, template.of_macs)


def fill(text, commands, values=None):
    """Random values for all slots of a request and its commands; values: those that are fixed already."""
    values = dict(values or {})
    together = None

    def value(slot):
        nonlocal together
        if slot not in values:
            if slot in slots.SLOTS:
                values[slot] = slots.SLOTS[slot]()
            else:
                together = together or slots.linked()
                values[slot] = together[slot]
        return values[slot]

    filled = [SLOT.sub(lambda m, side=side: value(m.group(1))[side], s) for side, s in ((0, text),) + tuple((1, c) for c in commands)]
    return filled[0], [tidy(c) for c in filled[1:]]


def tidy(command):
    """Text put together from slots: no quotes inside of quotes, no '~/~', no '//', no quotes inside of a path."""
    command = re.sub(r'""([^" ][^"]*)""', r'"\1"', command)
    command = re.sub(r'"([^" ]* [^"]*)"/([^\s*?]*)(?=\s|$)', r'"\1/\2"', command)
    return re.sub(r"'[^']*'|\S+", lambda m: m.group() if re.search(r"['$]|://", m.group()) else m.group().replace("~/~", "~").replace("//", "/"), command)


def pick_os(differs, command="", of_macs=False):
    """The system a request is tagged with; differs: the command is another one on macOS; of_macs: owners of Macs say it."""
    r = R.random()
    if of_macs: return "macos" if r < .85 else "linux" if r < .97 else ""
    if not differs and LINUX_ONLY.search(command): return "linux" if r < .7 else ""
    if differs: return "macos" if r < .50 else "linux" if r < .88 else ""
    return "macos" if r < .36 else "linux" if r < .82 else ""


def choose(system, command, mac):
    return mac if system == "macos" and mac else command
