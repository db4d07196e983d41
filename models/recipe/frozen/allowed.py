"""Says whether a command may run in a scratch folder: only known programs, and no path that leads out of the folder."""

import re

import shell_words

PROGRAMS = frozenset("""
    ls find grep egrep fgrep sed awk gawk mawk cat head tail sort uniq wc cut tr tee cp mv rm mkdir rmdir touch ln chmod
    du stat file tar gzip gunzip zcat bzip2 bunzip2 bzcat xz unxz xzcat zip unzip zipinfo basename dirname realpath
    readlink echo printf test [ true false pwd cd diff cmp comm paste join fold fmt nl tac rev shuf split csplit md5sum
    sha1sum sha256sum sha512sum cksum base64 xxd od hexdump strings seq expr xargs sh bash jq git install mktemp
    truncate less more : pr column expand unexpand numfmt perl read export dd rename mapfile
""".split())

GIT_COMMANDS = frozenset("""
    add am apply archive bisect blame branch checkout cherry-pick clean clone commit config describe diff fetch grep init
    log ls-files ls-remote merge mv pull push rebase reflog remote reset restore rev-list rev-parse revert rm shortlog
    show stash status switch tag
""".split())

KEYWORDS = frozenset("if then elif else fi do done while until ! { } time in esac".split())
HARMLESS_FILES = frozenset("/dev/null /dev/stdin /dev/stdout /dev/stderr /dev/zero /dev/urandom".split())
SCRIPT_READERS = frozenset("sed awk gawk mawk perl grep egrep fgrep jq".split())
XARGS_VALUES = ("-I", "-n", "-P", "-L", "-d", "-s", "-a", "-E")


class NotAllowed(Exception):
    """The command must not run here; the text says why."""


def check(command):
    """Raises NotAllowed unless every program is known and every path stays inside."""
    try:
        tokens = shell_words.split(command)
    except shell_words.Unreadable as reason:
        raise NotAllowed(str(reason)) from reason
    assigned = {"HOME", "PWD"} | set(re.findall(r"\b(\w+)=", command)) | set(re.findall(r"\bfor (\w+)\b", command))
    assigned |= {name for names in re.findall(r"\bread ((?:-\w+ )*[\w ]+)", command) for name in names.split()}
    simple, expects_command, in_for = [], True, False
    for position, token in enumerate(tokens):
        for inner in token.substitutions:
            check(inner)
        _check_variables(token, assigned)
        if token.is_operator:
            if any(mark in token.text for mark in "<>") and token.text not in ("<(", ">("):
                target = tokens[position + 1] if position + 1 < len(tokens) else None
                if target is not None and not target.is_operator:
                    _check_path(target.text)
                continue
            _check_simple(simple)
            simple, expects_command, in_for = [], True, False
        elif position and tokens[position - 1].is_operator and any(mark in tokens[position - 1].text for mark in "<>") \
                and tokens[position - 1].text not in ("<(", ">("):
            continue
        elif in_for:
            _check_path(token.text)
        elif expects_command and token.raw in ("for", "case", "select"):
            in_for = True
        elif expects_command and (token.raw in KEYWORDS or re.match(r"\w+=", token.raw)):
            _check_path(token.text.split("=", 1)[-1])
        else:
            expects_command = False
            simple.append(token)
    _check_simple(simple)


def _check_variables(token, assigned):
    outside_quotes = re.sub(r"'[^']*'", "", token.raw)
    for name in re.findall(r"\$\{?(\w+)", outside_quotes):
        if name not in assigned and not name.isdigit():
            raise NotAllowed(f"the variable {name} has no value here")


def _check_path(text):
    if text in HARMLESS_FILES:
        return
    for part in [text, *text.split("=")[1:]]:
        if part.startswith("/") or re.search(r"(^|/)\.\.(/|$)", part) or re.match(r"~[^/]", part) \
                or re.match(r"\$\{?\d+\}?/", part) or re.match(r"file:|\$\(", part):
            raise NotAllowed(f"{part} may lie outside the scratch folder")


def _check_simple(tokens):
    if not tokens:
        return
    program, arguments = tokens[0].text, tokens[1:]
    if program not in PROGRAMS:
        raise NotAllowed(f"{program} is not among the programs that run in the scratch folder")
    texts = [token.text for token in arguments]
    if program != "tr":
        script = _script_position(program, texts)
        for position, text in enumerate(texts):
            if position != script and not (program == "find" and texts[position - 1] in ("-regex", "-iregex", "-perm")):
                _check_path(text)
    _check_program(program, texts, arguments)


def _script_position(program, texts):
    if program not in SCRIPT_READERS:
        return -1
    for position, text in enumerate(texts):
        if position and re.fullmatch(r"-[a-zA-Z]*e", texts[position - 1]):
            return position
    position = 0
    while position < len(texts) and texts[position].startswith("-"):
        position += 2 if texts[position] in ("-A", "-B", "-C", "-m", "-F", "-v") and program != "sed" \
            and not (program.endswith("grep") and texts[position] == "-v") else 1
    return position


def _check_program(program, texts, arguments):
    joined = " ".join(texts)
    if program in ("awk", "gawk", "mawk") and re.search(r"system\s*\(|getline|\|\s*\"|>\s*\"/", joined):
        raise NotAllowed("the awk script starts programs or writes elsewhere")
    if program == "perl" and re.search(r"system|exec|unlink|open|qx|`|rmtree|require|\buse\b", joined):
        raise NotAllowed("the perl script does more than edit text")
    if program == "tar" and re.search(r"--to-command|--use-compress-program|--checkpoint-action|^\w*P|(^| )-\w*P|--absolute", joined):
        raise NotAllowed("tar would start programs or leave the folder")
    if program == "git":
        _check_git(texts)
    elif program == "find":
        for position, text in enumerate(texts):
            if text in ("-exec", "-execdir", "-ok", "-okdir"):
                end = next((at for at in range(position, len(texts)) if texts[at] in (";", "+")), len(texts))
                _check_simple(arguments[position + 1:end])
    elif program == "xargs":
        position = 0
        while position < len(texts) and texts[position].startswith("-"):
            position += 2 if texts[position] in XARGS_VALUES else 1
        _check_simple(arguments[position:])
    elif program in ("sh", "bash"):
        if not texts or not re.fullmatch(r"-\w*c", texts[0]) or len(texts) < 2:
            raise NotAllowed(f"{program} runs here with -c alone")
        check(texts[1])


def _check_git(texts):
    position = 0
    while position < len(texts) and texts[position].startswith("-"):
        position += 2 if texts[position] == "-C" else 1
    subcommand = texts[position] if position < len(texts) else ""
    if subcommand not in GIT_COMMANDS:
        raise NotAllowed(f"git {subcommand} does not run in the scratch folder")
    if "-c" in texts[:position] or re.search(
            r"--exec|--upload-pack|--receive-pack|alias\.|core\.(?!excludesfile)|bisect run|::|--extcmd", " ".join(texts)):
        raise NotAllowed("git would start programs")
