"""Random values of the slots in request templates: each slot gives (text in the request, text in the command)."""
import random as R

from .wordlists import (base_stem, directory_name, extension, file_name, iso_date, odd_name, pick, plain_file_name,
                        stem, syllables, word)


def same(make):
    """A slot whose value reads the same in request and command."""

    def slot():
        v = make()
        return v, v

    return slot


def listed(name):
    return same(lambda: pick(name) if R.random() < .85 else word())


def file(ext=None):
    if R.random() < .04:
        name = R.choice([word(), word().capitalize()]) + " " + R.choice([word(), word().capitalize(), str(R.randint(1, 2030))])
        if R.random() < .25: name += " " + word()
        name += "." + (ext or extension()[1])
        return R.choice(["'%s'", '"%s"']) % name, '"%s"' % name
    name = file_name(ext)
    r = R.random()
    return ('"%s"' % name if r < .05 else "'%s'" % name if r < .09 else name), name


def files(*extensions):
    return lambda: file(R.choice(extensions))


def directory(bare=False):
    """'Downloads', 'the src folder', '/var/log', ...; bare: the name alone"""
    r = R.random()
    if r < .16:
        home = pick("home_folder")
        name = home if R.random() < .6 else home.lower()
        ways = [name, "~/" + home]
        if not bare:
            ways += [w % name for w in ("my %s folder", "the %s folder", "%s folder", "my %s", "the %s directory", "my %s directory")]
        return R.choice(ways), "~/" + home
    if r < .21 and not bare:
        return R.choice(["my home directory", "home", "the home directory", "my home folder", "~", "$HOME"]), "~"
    if r < .24:
        name = word().capitalize() + " " + word()
        return R.choice(["'%s'", '"%s"']) % name, '"%s"' % name
    name = directory_name()
    if bare: return name, name
    r = R.random()
    if name.startswith(("/", "~")):
        return (name if r < .85 else "the %s directory" % name), name
    if r < .4: return name, name
    said = R.choice(["the %s folder", "the %s directory", "%s folder", "%s directory", "the folder %s", "the directory %s",
                     "the %s dir", "'%s'", '"%s"', "folder %s", "directory %s", "./%s", "%s/"]) % name
    return (said, said) if said.startswith("./") else (said, name)


HERE = ["in the current directory", "here", "in this directory", "in this folder", "in current directory",
        "in the current folder", "under the current directory", "in the current directory tree", "recursively",
        "below here", "in the working directory", "in cwd", "in this tree"]
EVERYWHERE = ["on this machine", "on the system", "on the whole system", "on the entire filesystem", "under /",
              "in the root filesystem", "on my computer", "anywhere on disk", "on the whole disk"]


def where():
    """An optional phrase with a leading space -> path ('.' when absent)"""
    r = R.random()
    if r < .40: return "", "."
    if r < .58: return " " + R.choice(HERE), "."
    if r < .61: return " " + R.choice(EVERYWHERE), "/"
    said, name = directory()
    return R.choice([" in ", " in ", " in ", " under ", " inside ", " from ", " within ", " below "]) + said, name


SIZE_WAYS = {
    "k": ["%dKB", "%d KB", "%dk", "%d kilobytes", "%dkb", "%d kb", "%dK"],
    "M": ["%dMB", "%d MB", "%dM", "%d megabytes", "%dmb", "%d mb", "%d megs", "%dMB", "%d MB"],
    "G": ["%dGB", "%d GB", "%dG", "%d gigabytes", "%dgb", "%d gb", "%d gigs", "%dGB"],
}
ONE_WAYS = {"k": ["1 kilobyte", "a kilobyte"], "M": ["1 megabyte", "a megabyte", "one megabyte"],
            "G": ["1 gigabyte", "a gigabyte", "one gigabyte", "a gig", "1 gig"]}


def size():
    unit = R.choices("kMG", [2, 6, 2])[0]
    n = R.choice([1, 2, 3, 4, 5, 10, R.randint(1, 50)] if unit == "G" else
                 [1, 2, 5, 10, 20, 25, 50, 100, 150, 200, 250, 500, 512, 750, 5, 10, 100, R.randint(1, 999), R.randint(1, 99)])
    if n == 1 and R.random() < .3: return R.choice(ONE_WAYS[unit]), "1" + unit
    return R.choice(SIZE_WAYS[unit]) % n, "%d%s" % (n, unit)


NUMBER_WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
                15: "fifteen", 20: "twenty", 30: "thirty", 50: "fifty", 100: "a hundred"}


def in_words(n, chance):
    return NUMBER_WORDS[n] if n in NUMBER_WORDS and n > 1 and R.random() < chance else str(n)


def number():
    n = R.choice([1, 2, 3, 4, 5, 5, 7, 10, 10, 10, 15, 20, 20, 25, 30, 50, 100, R.randint(2, 40), R.randint(2, 400)])
    return in_words(n, .2), str(n)


def small_number():
    n = R.randint(2, 12)
    return in_words(n, .3), str(n)


def days(recent):
    """'7 days', 'week', 'a month', ... -> number of days; recent: as in 'in the last week', else as in 'older than a week'"""
    r = R.random()
    if r < .62:
        n = R.choice([1, 2, 3, 5, 7, 10, 14, 30, 60, 90, 180, 365, 7, 30, R.randint(2, 120)])
        return ("%s days" % in_words(n, .15) if n > 1 else "day" if recent else "1 day"), n
    if r < .74: return ("week" if recent else R.choice(["a week", "1 week", "one week"])), 7
    if r < .82:
        n = R.choice([2, 3, 4])
        return "%s weeks" % in_words(n, .5), 7 * n
    if r < .90: return ("month" if recent else R.choice(["a month", "1 month", "one month"])), 30
    if r < .94:
        n = R.choice([2, 3, 6])
        return "%s months" % in_words(n, .5), 30 * n
    return ("24 hours", 1) if r < .97 else ("year" if recent else "a year", 365)


def pattern():
    r = R.random()
    if r < .5: w = word()
    elif r < .72: w = pick("search_word")
    elif r < .84: w = word() + " " + word()
    elif r < .92: w = word() + R.choice(["()", "_", ".", "-", ":"]) + (word() if R.random() < .6 else "")
    else: w = str(R.randint(10, 9999))
    w = w.rstrip(".-")
    if " " in w:
        said = R.choice(["'%s'", '"%s"', '"%s"', "%s"])
    else:
        said = R.choices(["%s", "'%s'", '"%s"', "the word %s", "the string %s", "the text %s"], [44, 18, 22, 8, 5, 3])[0]
    return said % w, '"%s"' % w


def old_and_new():
    a, b = R.choice([(word(), word()), (word(), word()), (stem(), stem()), (str(R.randint(1, 9999)), str(R.randint(1, 9999))),
                     (R.choice("localhost http 8080 true false debug".split()), R.choice("0.0.0.0 https 9090 false true release".split()))])
    a, b = a.replace("/", "_").replace(".", "_"), b.replace("/", "_")
    said = R.choice(["%s", "%s", "'%s'", '"%s"'])
    return (said % a, a), (said % b, b)


def ip():
    return "%d.%d.%d.%d" % (R.choice([10, 192, 172, 8, R.randint(1, 223)]), R.choice([0, 168, 16, R.randint(0, 255)]), R.randint(0, 255), R.randint(1, 254))


def host():
    r = R.random()
    if r < .5: return pick("host")
    if r < .7: return word() + R.choice([".com", ".org", ".net", ".io", ".example.com", ".local", ""])
    return word() + str(R.randint(1, 20)) if r < .8 else ip()


def url():
    site = pick("host") if R.random() < .4 else word() + R.choice([".com", ".org", ".net", ".io"])
    u = R.choice(["https://", "https://", "http://"]) + site
    r = R.random()
    if r < .5: return u + "/" + plain_file_name()
    if r < .75: return u + "/" + word() + "/" + stem() + "." + extension()[1]
    return u + "/" + R.choice(["api", "v1", "docs", word()]) + "/" + word() if r < .9 else u


PORTS = [80, 443, 22, 21, 25, 3000, 3306, 5000, 5432, 6379, 8000, 8080, 8081, 8443, 8888, 9000, 9090, 27017, 4200, 5173]


def port():
    return str(R.choice(PORTS + [R.randint(1024, 65535), R.randint(1024, 9999)]))


def user():
    return pick("user") if R.random() < .75 else syllables(2, 2)


def branch():
    return R.choice(["main", "master", "develop", "feature/" + word(), "feature-" + word(), "bugfix/" + word(), "fix-" + word(), word(),
                     "release/%d.%d" % (R.randint(1, 9), R.randint(0, 9)), word() + "-" + word(), "hotfix", "dev", "staging", odd_name()])


ORDINALS = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]


def suffixed(n):
    return "%d%s" % (n, "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th"))


def ordinal():
    n = R.choice(list(range(1, 11)) + [R.randint(1, 200)])
    return (ORDINALS[n] if n <= 10 and R.random() < .5 else suffixed(n)), str(n)


def column():
    n = R.randint(1, 9)
    return R.choice(["%s column" % ORDINALS[n], "column %d" % n, "%s field" % ORDINALS[n], "field %d" % n, "%s column" % suffixed(n)]), str(n)


def message():
    m = " ".join(word() for _ in range(R.randint(1, 4)))
    m = R.choice(["fix " + m, "add " + m, "update " + m, "initial commit", "remove " + m, m, "fix typo in " + m])
    return R.choice(['"%s"', "'%s'", "%s"]) % m, '"%s"' % m


def commit():
    return "".join(R.choice("0123456789abcdef") for _ in range(R.choice([7, 7, 8, 10])))


def repository():
    return R.choice(["https://github.com/%s/%s.git", "https://github.com/%s/%s", "git@github.com:%s/%s.git"]) % (word(), R.choice([word(), word() + "-" + word()]))


def nested():
    return "/".join(word() for _ in range(R.choice([2, 2, 3, 3, 4]))) if R.random() < .8 else R.choice(
        ["src/main/resources", "src/test/java", "app/src/main", "docs/api/v1", "a/b/c", "var/cache/app", "lib/core/utils"])


DELIMITERS = [("comma", ","), ("tab", "\\t"), ("colon", ":"), ("semicolon", ";"), ("pipe", "|"), ("space", " ")]
RECURSIVELY = ["recursively", "including subdirectories", "in all subdirectories", "including all subfolders", "recursively"]
ADDRESS = same(lambda: R.choice(["10.0", "192.168", "172.16"]) + ".%d.%d" % (R.randint(0, 255), R.randint(1, 254)))

SLOTS = dict(
    file=file, file2=file, file3=file, txt=files("txt"), csv=files("csv"), json=files("json"), log=files("log"), sh=files("sh"),
    py=files("py"), zip=files("zip"), tar=files("tar"), tbz=files("tar.bz2"), txz=files("tar.xz"), sz=files("7z"), rar=files("rar"),
    gz=files("log.gz", "txt.gz", "json.gz", "gz", "sql.gz"), img_f=files("png", "jpg"),
    tgz=same(lambda: stem() + R.choice([".tar.gz"] * 5 + [".tgz"])),
    dir=directory, dir2=directory, d=lambda: directory(True), d2=lambda: directory(True), where=where, where2=where,
    path=same(lambda: R.choice([directory_name(), directory_name(), file_name(), word() + "/" + word(), nested()])), nested=same(nested),
    name=same(base_stem), name2=same(base_stem), word=same(word), word2=same(word), patraw=same(word), pat=pattern, pat2=pattern,
    ext=extension, ext2=extension, size=size, n=number, m=number, k=small_number, ord=ordinal, col=column,
    host=same(host), host2=same(host), ip=ADDRESS, url=same(url), port=same(port), port2=same(port), giturl=same(repository),
    user=same(user), group=listed("group"), svc=listed("service"), proc=listed("process"), pkg=listed("package"), img=listed("image"),
    pypkg=listed("python_package"), npmpkg=listed("npm_package"), env=listed("variable"), app=same(lambda: pick("application")),
    branch=same(branch), branch2=same(branch), hash=same(commit), hash2=same(commit), msg=message,
    tag=same(lambda: "v%d.%d.%d" % (R.randint(0, 9), R.randint(0, 20), R.randint(0, 9))),
    cont=same(lambda: R.choice(["web", "db", "api", "app", "worker", "cache", word(), word() + "_1", word() + "-" + word()])),
    perm=same(lambda: R.choice("755 644 600 700 777 640 750 664 400 444 775 711".split())), pid=same(lambda: str(R.randint(2, 65000))),
    simple=same(lambda: pick("simple_command")), simple2=same(lambda: pick("simple_command")), cmdname=same(lambda: pick("command_name")),
    vext=same(lambda: pick("media")), vext2=same(lambda: pick("media")), vext3=same(lambda: R.choice(["docx", "rtf", "html", "odt"])),
    exd=same(lambda: pick("excluded")), dev=same(lambda: pick("device")), tz=same(lambda: pick("timezone")),
    year=same(lambda: str(R.randint(1999, 2035))), date=same(iso_date), date2=same(iso_date),
    hh=same(lambda: "%02d" % R.randint(0, 23)), mi=same(lambda: R.choice(["00", "15", "30", "45"])),
    epoch=same(lambda: str(R.randint(10 ** 9, 2 * 10 ** 9))), email=same(lambda: pick("user") + "@" + word() + ".com"),
    expr=same(lambda: R.choice(["%d + %d", "%d * %d", "%d - %d", "%d / %d", "%d+%d", "%d*%d"]) % (R.randint(1, 999), R.randint(1, 99))),
    recur=lambda: (R.choice(RECURSIVELY), ""),
)


def linked():
    """Slots whose values belong together: a line range, old and new text, two delimiters."""
    a = R.randint(1, 300)
    b = a + R.randint(1, 200)
    old, new = old_and_new()
    (d1, d2) = R.sample(DELIMITERS, 2)
    return {"a": (str(a), str(a)), "b": (str(b), str(b)), "old": old, "new": new, "delim": d1, "delim2": d2}
