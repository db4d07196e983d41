"""Runs a command in a fresh folder made by a world's script, and tells what it printed and left behind."""

import bz2
import gzip
import hashlib
import io
import lzma
import os
import re
import shutil
import signal
import stat
import subprocess
import tarfile
import tempfile
import threading
import zipfile
from dataclasses import dataclass
from pathlib import Path

import allowed

WORLDS = Path(__file__).parent / "worlds"
NEEDED = ("bash", "find", "sed", "awk", "tar", "gzip", "zip", "unzip", "git", "jq")
TIMEOUT_SECONDS = 5
OUTPUT_LIMIT = 1_000_000
FILE_LIMIT_KIB = 65_536
HASHED_BYTES = 1 << 20
NOBODY = 65534
IGNORED = {".git", ".gitconfig", ".lesshst", ".bash_history", ".config", ".cache"}
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "USER": "tester", "LOGNAME": "tester", "TERM": "dumb",
    "PAGER": "cat", "GIT_PAGER": "cat", "GIT_EDITOR": "true", "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_DATE": "2026-11-01T12:00:00Z", "GIT_COMMITTER_DATE": "2026-11-01T12:00:00Z", "GIT_ALLOW_PROTOCOL": "file",
}

_templates = {}
_TEMPLATES_LOCK = threading.Lock()


@dataclass(frozen=True)
class Outcome:
    """What a command printed, the names that stand in its folder, and the state of all files and repositories."""

    stdout: str
    names: frozenset
    state: tuple


def missing_programs():
    """The programs that effect checks need and this machine lacks."""
    return [name for name in NEEDED if shutil.which(name, path=ENVIRONMENT["PATH"]) is None]


def run(command, world, setup="", times=False):
    """The outcome of a command; raises allowed.NotAllowed, or subprocess.TimeoutExpired, when there is none."""
    allowed.check(command)
    template = _template(world, setup)
    with tempfile.TemporaryDirectory(prefix="frozen-", ignore_cleanup_errors=True) as folder:
        root = _owned(folder)
        _bash(f"cp -a '{template}/.' .", root, "")
        before = _names(root)
        stdout = _bash(f"ulimit -f {FILE_LIMIT_KIB}\n{command}", root, "y\n" * 50, may_fail=True)
        return Outcome(stdout.replace(str(root), "~"), frozenset(before | _names(root)), _state(root, times))


def _template(world, setup):
    """A folder that holds what the world's script and the setup make; runs begin with a copy of it."""
    with _TEMPLATES_LOCK:
        key = (world, setup)
        if key not in _templates:
            folder = tempfile.TemporaryDirectory(prefix="frozen-", ignore_cleanup_errors=True)
            script = (WORLDS / "common.sh").read_text() + (WORLDS / f"{world}.sh").read_text() + setup + "\n"
            _bash("set -e\n" + script, _owned(folder.name), "")
            _templates[key] = folder
        return _templates[key].name


def _owned(folder):
    root = Path(folder).resolve()
    if os.geteuid() == 0:
        os.chown(root, NOBODY, NOBODY)
        root.chmod(0o755)
    return root


def _bash(script, root, stdin, may_fail=False):
    as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            ["bash", "--norc", "--noprofile", "-c", script], cwd=root, env={**ENVIRONMENT, "HOME": str(root)}, umask=0o022,
            stdin=subprocess.PIPE, stdout=out, stderr=err, start_new_session=True, **as_nobody)
        try:
            process.communicate(stdin.encode(), timeout=TIMEOUT_SECONDS)
        finally:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.communicate()
        out.seek(0)
        err.seek(0)
        if process.returncode and not may_fail:
            raise RuntimeError(f"the setup of a scratch folder failed: {err.read().decode(errors='replace')}\n{script}")
        return out.read(OUTPUT_LIMIT).decode(errors="replace")


def _names(root):
    found = set()
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in IGNORED]
        found.update(os.path.relpath(os.path.join(folder, name), root) for name in folders + files)
    return found


def _state(root, times):
    entries = []
    for folder, folders, files in os.walk(root):
        if ".git" in folders or (folder.endswith(".git") and "HEAD" in files):
            entries.append((os.path.relpath(folder, root), "repository", _repository(Path(folder), root)))
        folders[:] = [name for name in folders if name not in IGNORED and not name.endswith(".git")]
        for name in folders + [name for name in files if name not in IGNORED]:
            path = Path(folder, name)
            entries.append((os.path.relpath(path, root), *_entry(path, root, times)))
    config = root / ".gitconfig"
    if config.exists():
        entries.append((".gitconfig", sorted(line.strip() for line in config.read_text().splitlines())))
    return tuple(sorted(entries, key=repr))


def _entry(path, root, times):
    status = path.lstat()
    mode = stat.S_IMODE(status.st_mode)
    if path.is_symlink():
        target = os.path.normpath(os.path.join(path.parent, os.readlink(path)))
        return "link", os.path.relpath(target, root)
    if path.is_dir():
        return "folder", mode
    links = status.st_nlink
    when = int(status.st_mtime) if times else 0
    try:
        return "file", mode, links, when, _content(path.name, path)
    except OSError:
        return "file", mode, links, when, "unreadable"


def _content(name, path):
    size = path.stat().st_size
    with open(path, "rb") as file:
        data = file.read(HASHED_BYTES)
    try:
        members = _members(name, data, path)
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, RuntimeError):
        members = None
    return members if members is not None else (size, hashlib.sha256(data).hexdigest())


def _members(name, data, path):
    """What an archive or a compressed file holds, so that equal contents are equal however they were packed."""
    if data[:4] in (b"PK\3\4", b"PK\5\6"):
        with zipfile.ZipFile(path) as archive:
            return _normal((each.filename, each.is_dir(), each.flag_bits & 1 or archive.read(each)) for each in archive.infolist())
    packers = {b"\x1f\x8b": ("gzip", gzip), b"BZ": ("bzip2", bz2), b"\xfd7": ("xz", lzma)}
    kind, unpacker = packers.get(data[:2], ("none", None))
    plain = unpacker.decompress(path.read_bytes()) if unpacker else data
    if re.search(r"\.(tar(\.\w+)?|tgz|tbz2?|txz)$", name):
        with tarfile.open(fileobj=io.BytesIO(plain if unpacker else path.read_bytes())) as archive:
            return (kind, *_normal((each.name, each.isdir(), b"" if not each.isfile() else archive.extractfile(each).read())
                                   for each in archive.getmembers()))
    return (kind, hashlib.sha256(plain).hexdigest()) if unpacker else None


def _normal(members):
    kept = []
    for name, is_folder, content in members:
        plain = re.sub(r"^(\./|tmp/frozen-\w+/)+", "", name).rstrip("/")
        if not is_folder and plain not in ("", "."):
            kept.append((plain, content if content is True or isinstance(content, int) else hashlib.sha256(content).hexdigest()))
    return tuple(sorted(kept, key=repr))


def _repository(folder, root):
    """Branches, tags, stashes, remotes and the state of the work tree: not what two equal histories may differ in."""
    def git(*words):
        return _bash("git " + " ".join(words), folder, "", may_fail=True)

    refs = []
    for line in git("for-each-ref", "--format='%(refname)'").split():
        if line != "refs/stash" and not line.endswith("/HEAD"):
            refs.append((line, git("rev-parse", f"'{line}^{{tree}}'").strip(), git("log", "-30", "--format='%an %s'", f"'{line}'")))
    return (git("symbolic-ref", "-q", "HEAD").strip() or git("rev-parse", "HEAD^{tree}").strip(), tuple(refs),
            git("status", "--porcelain"), git("stash", "list", "--format='%gd'"), git("remote", "-v"),
            git("config", "--local", "--get-regexp", "'^user'")).__repr__().replace(str(root), "~")
