"""Word lists and file types out of data/, and the random words and names built from them."""
import random as R
import string
from pathlib import Path

DATA = Path(__file__).parent / "data"


def lines(name):
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def word_lists(name):
    """{list name: items}"""
    out = {}
    for line in lines(name):
        key, items = line.split(":", 1)
        out[key] = [item.strip() for item in items.split(",")]
    return out


LISTS = word_lists("words.txt")
EXTENSIONS = [(ways.split("|"), name.strip()) for name, ways in (line.split(" = ") for line in lines("extensions.txt"))]
_EXTENSION_WEIGHTS = [6] * 14 + [3] * 20 + [1.5] * (len(EXTENSIONS) - 34)


def pick(name):
    return R.choice(LISTS[name])


def letters(low, high, alphabet=string.ascii_lowercase):
    return "".join(R.choice(alphabet) for _ in range(R.randint(low, high)))


def syllables(low, high):
    return "".join(pick("syllable") for _ in range(R.randint(low, high)))


def odd_name():
    """A name that no word list holds: several random parts in kebab, snake or camel case, digits, versions."""

    def part():
        r = R.random()
        if r < .30: return pick("word").split("_")[0]
        if r < .55: return syllables(2, 4)
        if r < .80: return letters(2, 9)
        if r < .90: return letters(3, 8, string.ascii_lowercase + string.digits)
        return str(R.randint(0, 99999))

    parts = [part() for _ in range(R.choice([1, 2, 2, 3, 3, 4]))]
    r = R.random()
    if r < .30: return "-".join(parts)
    if r < .60: return "_".join(parts)
    if r < .75: return parts[0] + "".join(p.capitalize() for p in parts[1:])
    if r < .85: return "".join(p.capitalize() for p in parts)
    if r < .90: return "-".join(parts) + R.choice(["-v%d", ".%d", "_%d", "-v1.%d"]) % R.randint(0, 30)
    if r < .95: return "_".join(parts).upper()
    return letters(4, 14, string.ascii_letters + string.digits + "_-").strip("-_") or "q7Zx"


def word():
    if R.random() < .10:
        return odd_name().split(".")[0]
    r = R.random()
    if r < .62: return pick("word")
    if r < .90: return syllables(2, 4)
    if r < .95: return letters(1, 6)
    return pick("word") + str(R.randint(0, 99))


def stem():
    """A file name without its extension."""
    if R.random() < .30:
        return odd_name()
    r = R.random()
    if r < .55: s = word()
    elif r < .75: s = word() + R.choice("_-") + word()
    elif r < .82: s = word() + R.choice("_-") + str(R.randint(1, 2030))
    elif r < .88: s = word() + str(R.randint(0, 999))
    elif r < .91: s = iso_date()
    elif r < .94: s = R.choice(["IMG_", "DSC", "scan", "file", "part", "img"]) + "%0*d" % (R.choice([1, 2, 4]), R.randint(1, 9999))
    elif r < .97: s = word() + "_" + word() + "_" + word()
    else: s = word() + "." + word()
    r = R.random()
    return s.capitalize() if r < .08 else s.upper() if r < .11 else s


def base_stem():
    return stem().split(".")[0]


def iso_date():
    return "%d-%02d-%02d" % (R.randint(2015, 2027), R.randint(1, 12), R.randint(1, 28))


def extension():
    """(a way to say it, the extension)"""
    ways, name = R.choices(EXTENSIONS, _EXTENSION_WEIGHTS)[0]
    return R.choice(ways), name


def file_name(ext=None):
    if ext is None:
        r = R.random()
        if r < .04: return pick("known_file")
        ext = extension()[1]
        if r < .10: return R.choice([stem(), pick("absolute") + "/" + stem() + "." + ext, "~/" + stem() + "." + ext])
        if r < .17: return word() + "/" + stem() + "." + ext
    return stem() + "." + ext


def plain_file_name():
    """Without a directory."""
    return file_name().split("/")[-1]


def directory_name():
    r = R.random()
    if r < .45: return pick("folder")
    if r < .70: return base_stem()
    if r < .82: return word() + "/" + word()
    if r < .90: return pick("absolute")
    if r < .95: return pick("absolute") + "/" + word()
    return "~/" + word()
