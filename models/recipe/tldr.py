"""tldr-pages (CC-BY 4.0): descriptions and commands, with their placeholders filled and mentioned in the request."""
import json
import os
import random as R
import re

from . import slots
from .nl2bash import ascii_only, read
from .wordlists import LISTS, base_stem, directory_name, file_name, word

SYSTEMS = {"common": "", "linux": "linux", "osx": "macos"}
PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
KNOWN = set(LISTS["known_tool"])
A_FOLDER = re.compile(r"\b(a|the|a given|a specific|specific|given|the specified|a specified|another) (directory|folder)\b")
A_FILE = re.compile(r"\b(a|an|the|a given|a specific|specific|given|the specified|a specified|another) (\w+ )?(file|archive|image|document)\b"
                    r"(?! (system|descriptor|name|type))")


def value(p):
    """A placeholder's text -> (random value, does the request have to mention it)"""
    option = re.fullmatch(r"\[(-\w+)\|(--[\w-]+)\]", p)
    if option: return R.choice(option.groups()), False
    if p.startswith("-"): return p.split("|")[0].strip(), False
    if "|" in p and "path" not in p: return R.choice(p.split("|")), True
    low = p.lower()
    if "path/to" in low or re.search(r"file|directory|folder", low):
        ext = re.search(r"\.([a-z0-9.]{1,7})", os.path.basename(p.split()[0]))

        def name():
            if re.search(r"dir|folder", low): return directory_name()
            return base_stem() + "." + ext.group(1).strip(".") if ext else file_name()

        return (name() + " " + name() if "..." in p and R.random() < .4 else name()), True
    if "user" in low: return slots.user(), True
    if re.search(r"^(host|hostname|remote_host|server|domain|address)", low): return slots.host(), True
    if "url" in low or "http" in low: return slots.url(), True
    if "port" in low: return slots.port(), True
    if "pid" in low or "process_id" in low: return str(R.randint(2, 65000)), True
    if "branch" in low: return slots.branch(), True
    if "commit" in low: return slots.commit(), True
    if re.search(r"pattern|string|text|regex|search", low): return word(), True
    if re.fullmatch(r"\d+", low): return str(R.randint(1, max(10, min(9999, int(low) * 3)))), True
    if re.search(r"name|package|group|container|image|service|unit|key|value|tag|id", low): return word(), True
    return (p.split()[0] if "..." in p else p), True


class Tldr:
    """The pages as a source of samples."""

    def __init__(self, corpora):
        self.examples = []
        for line in read(corpora, "tldr-en.jsonl.gz"):
            j = json.loads(line) if line else {}
            if j.get("platform") not in SYSTEMS: continue
            description = j["description"].rstrip(":")
            if len(j["command"]) <= 140 and len(description) <= 160 and ascii_only(description + j["command"]):
                self.examples.append((SYSTEMS[j["platform"]], j["page"], description, j["command"]))
        self.weights = [4.0 if known(page) else 1.0 for _, page, _, _ in self.examples]

    def sample(self):
        system, page, text, command = R.choices(self.examples, self.weights)[0]
        values = {}
        for p in PLACEHOLDER.findall(command): values.setdefault(p, value(p))
        command = PLACEHOLDER.sub(lambda m: values[m.group(1)][0], command).replace("\\{\\{", "{{").replace("\\}\\}", "}}")
        text = re.sub(r"\[(\w+)\]", r"\1", text)
        text = re.sub(r"`([^`]*)`", r"\1", text)
        text = re.sub(r"\s*\(.*?\)", lambda m: m.group(0) if R.random() < .3 else "", text)
        text = mention(text, [(p, v) for p, (v, said) in values.items() if said])
        if R.random() < (.45 if known(page) else .95):
            tool = command.replace("sudo ", "").split()[0]
            text = R.choice(["%s: %s" % (tool, text), "%s using %s" % (text, tool), "%s with %s" % (text, tool), "%s %s" % (tool, text),
                             "use %s to %s" % (tool, text[:1].lower() + text[1:])])
        if R.random() < .5: text = text[:1].lower() + text[1:]
        if not system: system = R.choice(["linux", "macos", ""])
        return system, text, command


def known(page):
    return page.split("-")[0] in KNOWN


def mention(text, values):
    """Puts the values where the description speaks of 'a file' or 'a directory', the others behind it."""
    rest = []
    for placeholder, v in values:
        low = placeholder.lower()
        m = A_FOLDER.search(text) if "dir" in low else A_FILE.search(text) if "path/to" in low or "file" in low else None
        if m: text = text[:m.start()] + v + text[m.end():]
        else: rest.append(v)
    if not rest: return text
    return text + R.choice([": %s", " %s", " (%s)", " - %s", " for %s", " %s"]) % R.choice([", ", " ", " "]).join(rest)
