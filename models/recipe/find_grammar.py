"""Requests for find, put together from type, name, size, age, owner, place and what to do with the files."""
import random as R
import re

from . import slots
from .templates import pick_os
from .wording import vary
from .wordlists import base_stem, directory_name, extension, plain_file_name, stem, word

VERBS = ["find", "find", "find all", "find all", "list", "list all", "show", "show all", "search for", "search for all", "locate", "locate all",
         "get", "show me", "show me all", "look for", "find me all", "give me", "display all", "i need", "find any", "find every", "all", ""]
DELETE = ["delete all", "delete", "remove all", "remove", "find and delete", "find and remove", "find and delete all", "get rid of all",
          "erase all", "clean up", "delete every", "rm all", "recursively delete all", "recursively remove"]
LARGER = ["larger than %s", "bigger than %s", "over %s", "greater than %s", "more than %s", "above %s", "that are larger than %s", "exceeding %s",
          "of more than %s", "at least %s", "with size over %s", "larger than %s", "bigger than %s"]
SMALLER = ["smaller than %s", "less than %s", "under %s", "below %s", "that are smaller than %s", "of less than %s"]
CHANGED = ["modified", "modified", "modified", "changed", "updated", "edited", "touched", "created", "that changed", "that were modified"]
RECENT = ["%s in the last %s", "%s within the last %s", "%s in the past %s", "%s during the last %s", "%s within the past %s", "%s the last %s"]
OLD = ["older than %s", "older than %s", "older than %s", "not modified in %s", "not modified in the last %s", "last modified more than %s ago",
       "modified more than %s ago", "more than %s old", "that are older than %s", "unchanged for %s", "not changed for more than %s",
       "that haven't been modified in %s", "over %s old", "untouched for %s", "not touched in %s"]
OWNED = ["owned by %s", "owned by user %s", "belonging to %s", "that belong to %s", "belonging to user %s", "owned by the user %s"]
BY_EXTENSION = ["files with the .%s extension", "files with extension .%s", "files with a .%s extension", "files with extension %s",
                "files with the %s extension", "files with suffix .%s"]
NAMED = ["files named %s", "files called %s", "file named %s", "the file %s", "a file called %s", "a file named %s", "files with the name %s",
         "file %s", "every file called %s", "the file named %s"]
PART_OF_NAME = [
    ("*%s*", ["files whose name contains %s", "files with %s in the name", "files with %s in their name", "files containing %s in their name",
              "files with names containing %s", "files that have %s in the name", "files whose names contain %s", "files with %s in the filename"]),
    ("%s*", ["files whose name starts with %s", "files starting with %s", "files beginning with %s", "files with names starting with %s", "files that start with %s"]),
    ("*%s", ["files whose name ends with %s", "files ending with %s", "files that end in %s", "files with names ending in %s"]),
]
SPECIAL = [("empty files", "-type f -empty"), ("empty directories", "-type d -empty"), ("empty folders", "-type d -empty"), ("symbolic links", "-type l"),
           ("symlinks", "-type l"), ("executable files", "-type f -executable"), ("broken symlinks", "-xtype l"), ("broken symbolic links", "-xtype l"),
           ("broken links", "-xtype l"), ("hidden files", '-type f -name ".*"'), ("hidden directories", '-type d -name ".*"'), ("zero byte files", "-type f -empty")]
SHALLOW = [" (not in subdirectories)", " without descending into subdirectories", " but not in subdirectories", " non-recursively",
           " without subfolders", " only at the top level"]


def quoted(name):
    return R.choice(["%s", "%s", "'%s'", '"%s"']) % name


def by_extension():
    said, ext = extension()
    noun = said + " files"
    if ext in ("jpg", "png", "gif", "webp", "heic", "svg") and R.random() < .3: noun = said + R.choice([" images", " pictures", " photos"])
    if ext in ("mp4", "mkv", "avi") and R.random() < .3: noun = said + " videos"
    if ext == "sh" and said in ("bash", "shell"): noun = R.choice([said + " scripts", "shell scripts", said + " files"])
    if ext == "py" and said in ("python", "Python"): noun = said + R.choice([" files", " scripts", " source files"])
    r = R.random()
    if r < .10: noun = R.choice(BY_EXTENSION) % ext
    elif r < .16: noun = "files ending " + R.choice(["in .%s", "with .%s", "in %s"]) % ext
    elif r < .20: noun = "*.%s files" % ext
    elif r < .22: noun = "*.%s" % ext
    return noun, "-type f", '-name "*.%s"' % ext


def what():
    """-> (noun, type test, name test or None)"""
    r = R.random()
    if r < .45: return by_extension()
    if r < .50:
        (s1, e1), (s2, e2) = extension(), extension()
        return R.choice(["%s and %s files", "%s or %s files"]) % (s1, s2), "-type f", '\\( -name "*.%s" -o -name "*.%s" \\)' % (e1, e2)
    if r < .62:
        name = R.choice([plain_file_name(), plain_file_name(), word(), stem()])
        noun = R.choice(NAMED) % R.choice(["%s", "%s", "%s", "'%s'", '"%s"']) % name
        if R.random() > .12: return noun, "-type f", '-name "%s"' % name
        return noun + R.choice([" ignoring case", " (case insensitive)", " case insensitively", " regardless of case"]), "-type f", '-iname "%s"' % name
    if r < .72:
        part = R.choice([word(), word(), word() + "_", base_stem()])
        glob, ways = R.choice(PART_OF_NAME)
        return R.choice(ways) % quoted(part), "-type f", '-name "%s"' % glob % part
    if r < .80:
        name = R.choice([directory_name().split("/")[-1].strip("~") or "src", "node_modules", "__pycache__", ".git", "build", word()])
        noun = R.choice(["directories", "folders", "dirs"])
        r = R.random()
        if r < .6:
            ways = [noun + " named %s", noun + " called %s", "directory named %s", "folder called %s", "the %s directories", "folders with the name %s"]
            return R.choice(ways) % quoted(name), "-type d", '-name "%s"' % name
        if r < .8: return R.choice(["directories", "folders", "subdirectories", "subfolders"]), "-type d", None
        return noun + " whose name contains " + quoted(name), "-type d", '-name "*%s*"' % name
    if r < .86: return R.choice(SPECIAL) + (None,)
    return "files", "-type f", None


def size():
    said, n = slots.size()
    return (R.choice(LARGER) % said, "-size +" + n) if R.random() < .78 else (R.choice(SMALLER) % said, "-size -" + n)


def age():
    r = R.random()
    if r < .40:
        said, n = slots.days(True)
        return R.choice(RECENT) % (R.choice(CHANGED), said), "-mtime -%d" % n
    if r < .72:
        said, n = slots.days(False)
        return R.choice(OLD) % said, "-mtime +%d" % n
    if r < .80: return R.choice(["modified today", "changed today", "from today", "modified in the last day", "modified in the last 24 hours", "created today"]), "-mtime -1"
    if r < .85: return R.choice(["modified yesterday", "changed yesterday", "from yesterday"]), "-mtime 1"
    if r < .88:
        said, n = slots.days(True)
        return R.choice(["accessed in the last %s", "opened in the last %s", "read in the last %s"]) % said, "-atime -%d" % n
    if r < .91:
        said, n = slots.days(False)
        return R.choice(["not accessed in %s", "not accessed for %s", "not opened in the last %s", "not accessed for more than %s"]) % said, "-atime +%d" % n
    n = R.choice([5, 10, 15, 30, 45, 60, 90, 120, R.randint(2, 200)])
    said = {60: R.choice(["hour", "60 minutes", "1 hour"]), 120: R.choice(["2 hours", "two hours", "120 minutes"])}.get(n, "%d %s" % (n, R.choice(["minutes", "mins"])))
    return R.choice(["modified in the last %s", "changed in the last %s", "modified within the last %s", "changed within the past %s",
                     "modified in the past %s", "updated in the last %s"]) % said, "-mmin -%d" % n


def owner():
    name = slots.user()
    return R.choice(OWNED) % name, "-user " + name


def mode():
    p = R.choice(["777", "755", "644", "600", "700", "666", "664"])
    return R.choice(["with permissions %s", "with permission %s", "with mode %s", "having permissions %s", "whose permissions are %s", "with %s permissions"]) % p, "-perm " + p


def excluded():
    name = R.choice(["node_modules", ".git", "build", "vendor", "target", "dist", word()])
    return R.choice(["excluding %s", "except in %s", "ignoring %s", "skipping the %s directory", "but not in %s", "excluding the %s folder"]) % name, '-not -path "*/%s/*"' % name


CONDITIONS = [(size, 4), (age, 4), (owner, .6), (mode, .5), (excluded, .5)]


def conditions(noun, kind):
    n = R.choices([0, 1, 2, 3], [34, 44, 19, 3])[0]
    if noun == "files": n = max(n, 1)
    chosen = sorted(CONDITIONS, key=lambda c: -R.random() * c[1])[:n]
    if kind != "-type f": chosen = [c for c in chosen if c[0] in (age, owner, mode)][:1]
    pairs = [(make.__name__, make()) for make, _ in chosen]
    order = ["size", "age", "owner", "mode", "excluded"]
    return [p[0] for _, p in pairs], [p[1] for _, p in sorted(pairs, key=lambda p: order.index(p[0]))]


def place():
    """-> (phrase, path, depth test or None)"""
    said, path = slots.where()
    if R.random() > .05: return said, path, None
    if R.random() < .5: return said + R.choice(SHALLOW), path, "-maxdepth 1"
    n = R.randint(1, 5)
    return said + R.choice([" up to %d levels deep", " at most %d levels deep", " with max depth %d"]) % n, path, "-maxdepth %d" % n


def agree(verb, noun):
    """Verb and noun in one number: 'find every pdf file', no 'all' before 'the file'."""
    if noun.startswith(("the ", "a ", "file ", "every ", "all ")): verb = re.sub(r" ?\b(all|any|every)$", "", verb)
    if verb.endswith("every"): noun = re.sub(r"^(\S+ )?files\b", lambda m: (m.group(1) or "") + "file", noun)
    return (verb + " " + noun).strip()


def find():
    noun, kind, name = what()
    said_place, path, depth = place()
    said, tests = conditions(noun, kind)
    command = " ".join(["find", path] + [t for t in (depth, kind, name) if t] + tests)
    R.shuffle(said)
    said = R.choice([" ", " ", " and ", ", "]).join(said) if len(said) == 2 else R.choice([" ", " and "]).join(said)
    thing = (noun + (said_place + " " + said if R.random() < .5 else " " + said + said_place)).strip()
    text, command, question = act(thing, noun, kind, command)
    system = pick_os(False)
    if system == "macos":
        command = command.replace("-executable", "-perm +111").replace("-xtype l", "-type l ! -exec test -e {} \\; -print")
    return system, vary(text, question), command


def act(thing, noun, kind, command):
    """What to do with the files -> (request, command, is it a question)"""
    listing = R.choice(["find", "list", "show", "find all"])
    r = R.random()
    if r < .62:
        if R.random() > .06: return agree(R.choice(VERBS), thing), command, False
        if noun.startswith(("the ", "a ", "file ", "every ")): return "where is " + thing, command, True
        return R.choice(["which %s are there", "are there any %s", "where are the %s", "what %s are there", "are there %s"]) % thing, command, True
    if r < .76:
        verb = R.choice(DELETE)
        text = "find " + thing + R.choice([" and delete them", " and remove them"]) if R.random() < .12 else agree(verb, thing)
        return text, command + (" -exec rm -rf {} +" if "-type d" in kind and "-empty" not in kind else " -delete"), False
    if r < .82:
        verb = R.choice(["count", "count all", "count the number of", "how many", "number of"])
        question = verb == "how many"
        return agree(verb, thing) + (" are there" if question and R.random() < .5 else ""), command + " | wc -l", question
    if r < .865:
        return agree(listing, thing) + R.choice([" with details", " and show details", " with their sizes", " and show their size", " with sizes",
                                                 " and print their sizes", " with full details"]), command + " -exec ls -lh {} +", False
    if "-type f" not in kind: return agree("find", thing), command, False
    if r < .90:
        return agree(listing, thing) + R.choice([" sorted by size", " sorted by size descending", " largest first", " and sort by size", " ordered by size"]), \
            command + " -exec du -h {} + | sort -hr", False
    if r < .93:
        said, to = slots.directory()
        if '"' in to: return agree("find", thing), command, False
        verb, tool = R.choice([("move all", "mv"), ("move", "mv"), ("find and move", "mv"), ("copy all", "cp"), ("copy", "cp"), ("find and copy", "cp")])
        return agree(verb, thing) + R.choice([" to ", " into "]) + said, command + " -exec %s {} %s/ \\;" % (tool, to), False
    if r < .96:
        said, p = slots.pattern()
        return agree(listing, thing) + R.choice([" containing ", " that contain ", " which contain ", " that mention "]) + said, command + " -exec grep -l %s {} +" % p, False
    if r < .98:
        p = R.choice(["644", "755", "600", "664"])
        return agree("set permissions of all", thing) + " to " + p, command + " -exec chmod %s {} +" % p, False
    return agree(R.choice(["compress", "gzip", "gzip all", "compress all"]), thing), command + " -exec gzip {} +", False
