"""Requests with random unusual names, and the commands that copy them: how well names arrive."""
import random as R
import string

from .wordlists import letters

EXTENSIONS = ["txt", "csv", "py", "log", "json", "md", "tar.gz", "conf", "jpg", "sh"]
# Alphabets of its own: nothing here is taken from the lists or name patterns of the training data.
CONSONANTS, VOWELS = "bcdfghjklmnpqrstvwxz", "aeiouy"
REQUESTS = [
    ("show the contents of {f}", "cat {f}"), ("delete {f}", "rm {f}"), ("count the lines in {f}", "wc -l {f}"),
    ("make {f} executable", "chmod +x {f}"), ("copy {f} to {g}", "cp {f} {g}"), ("rename {f} to {g}", "mv {f} {g}"),
    ("sort {f}", "sort {f}"), ("last 20 lines of {f}", "tail -n 20 {f}"), ("compare {f} and {g}", "diff {f} {g}"),
    ("create the directory {d}", "mkdir {d}"), ("remove the folder {d}", "rm -r {d}"), ("what type of file is {f}", "file {f}"),
]


def nonsense():
    return "".join(R.choice(CONSONANTS) + R.choice(VOWELS) + R.choice(["", "", R.choice(CONSONANTS)]) for _ in range(R.randint(1, 3)))


def name(kind):
    parts = [nonsense() for _ in range(R.choice([2, 2, 3]))]
    if kind == "kebab": return "-".join(parts)
    if kind == "snake": return "_".join(parts)
    if kind == "camel": return parts[0] + "".join(p.capitalize() for p in parts[1:])
    if kind == "digits": return parts[0] + R.choice(["", "-", "_"]) + str(R.randint(0, 999999))
    if kind == "random": return letters(5, 10, string.ascii_letters + string.digits)
    if kind == "version": return "%s-v%d.%d" % (parts[0], R.randint(0, 20), R.randint(0, 20))
    return parts[0]


KINDS = ["kebab", "snake", "camel", "digits", "random", "version", "plain", "space", "path", "url"]


def file(kind):
    if kind == "space": return '"%s %s.%s"' % (nonsense(), nonsense(), R.choice(EXTENSIONS))
    if kind == "path": return R.choice(["/", "~/", ""]) + "/".join(nonsense() for _ in range(R.randint(1, 3))) + "/" + name("snake") + "." + R.choice(EXTENSIONS)
    return name(kind) + "." + R.choice(EXTENSIONS)


def case(kind):
    """-> (request, expected command)"""
    if kind == "url":
        url = "https://%s.%s/%s" % (nonsense(), R.choice(["com", "org", "io"]), file(R.choice(["kebab", "digits", "random"])))
        return "download " + url, "wget " + url
    request, command = R.choice(REQUESTS)
    folder = file(kind).rsplit(".", 1)[0] + ('"' if kind == "space" else "") if "{d}" in request else ""
    values = {"f": file(kind), "g": file(R.choice(KINDS[:7])), "d": folder}
    return request.format(**values), command.format(**values)


def cases(n, seed=4242):
    R.seed(seed)
    return [(KINDS[i % len(KINDS)],) + case(KINDS[i % len(KINDS)]) for i in range(n)]
