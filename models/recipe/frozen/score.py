#!/usr/bin/env python3
"""Scores answers to the frozen test set, and has the set test itself.

    score.py check-set                                     every right answer accepted, every wrong one rejected
    score.py score ANSWERS.jsonl [--failures]              {"id": …, "command": …} on each line
    score.py ask [--save FILE] [--failures] COMMAND…       runs COMMAND… --os OS -- REQUEST for each request
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import allowed
import judge
import patterns
import scratch

REQUESTS = Path(__file__).parent / "requests.jsonl"
MINIMUM = {"all": 330, "category": 10, "effect": 130, "underspecified": 35, "unservable": 30}
NO_COMMAND_STATUS = 4
ASK_SECONDS = 60
CANNOT_RUN_STATUS = 3


def load(file=REQUESTS):
    """The entries of the set, in order."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def in_parallel(work, items):
    """The results of the work on all items, in order."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return list(pool.map(work, items))


def right_answers(entry):
    """The answers that an entry itself calls right: what it lists, what its effect is compared with, a refusal."""
    references = entry.get("effect", {}).get("reference", [])
    refusal = [patterns.REFUSAL + ": said otherwise"] if entry["kind"] != "specified" else []
    return [*entry.get("right", []), *references, *refusal]


def faults_of(entry):
    """What is wrong with one entry, a list of sentences."""
    faults = []
    if not right_answers(entry):
        faults.append("has no right answer")
    if not entry["wrong"]:
        faults.append("has no wrong answer")
    if entry["kind"] not in judge.KINDS or entry["os"] not in ("linux", "macos"):
        faults.append("has an unknown kind or os")
    if entry.get("effect", {}).get("show", "nothing") not in judge.SHOWS:
        faults.append("has an effect that shows something unknown")
    try:
        for command in right_answers(entry):
            if (reason := judge.verdict(entry, command)) is not None:
                faults.append(f"rejects its right answer ({reason}): {command}")
        for command in entry["wrong"]:
            if judge.verdict(entry, command) is None:
                faults.append(f"accepts its wrong answer: {command}")
        if any(judge.shows_nothing(entry, command) for command in entry.get("effect", {}).get("reference", [])):
            faults.append("has a reference that shows nothing to compare")
    except (allowed.NotAllowed, RuntimeError, TypeError, re.error) as reason:
        faults.append(f"cannot be checked: {reason}")
    return faults


def check_set(entries):
    """Prints counts and faults; the exit status."""
    faults = [f"{entry['id']} {fault}" for entry, found in zip(entries, in_parallel(faults_of, entries)) for fault in found]
    for field in ("id", "request"):
        seen = Counter((entry[field], entry["os"]) if field == "request" else entry[field] for entry in entries)
        faults += [f"{value} stands there twice" for value, times in seen.items() if times > 1]
    kinds = Counter(entry["kind"] for entry in entries)
    counts = {"all": len(entries), "category": len({entry["category"] for entry in entries}),
              "effect": sum("effect" in entry for entry in entries), **kinds}
    faults += [f"only {counts.get(name, 0)} of {least} for: {name}" for name, least in MINIMUM.items() if counts.get(name, 0) < least]
    for field in ("category", "os", "style", "kind"):
        values = Counter(entry[field] for entry in entries)
        print(f"{field}: " + ", ".join(f"{name} {number}" for name, number in sorted(values.items())))
    print(f"checkers: effect {counts['effect']}, pattern {len(entries) - counts['effect'] - kinds['unservable']}, "
          f"refusal only {kinds['unservable']}")
    for fault in faults:
        print("FAULT " + fault)
    print(f"{len(entries)} entries, {len(faults)} faults")
    return 1 if faults else 0


def report(entries, answers, show_failures):
    """Prints the tables by category, kind, os and style; the exit status."""
    known = {entry["id"] for entry in entries}
    if unknown := sorted(set(answers) - known):
        print(f"left out, for no request has such an id: {', '.join(unknown[:5])}", file=sys.stderr)
    verdicts = in_parallel(lambda entry: judge.verdict(entry, answers.get(entry["id"], "")), entries)
    kinds = [kind for kind in judge.KINDS if any(entry["kind"] == kind for entry in entries)]
    print(f"{'category':14}" + "".join(f"{kind:>18}" for kind in [*kinds, "all"]))
    for category in [*dict.fromkeys(entry["category"] for entry in entries), "total"]:
        cells = []
        for kind in [*kinds, None]:
            chosen = [verdict for entry, verdict in zip(entries, verdicts)
                      if category in ("total", entry["category"]) and kind in (None, entry["kind"])]
            cells.append(_share(chosen))
        print(f"{category:14}" + "".join(f"{cell:>18}" for cell in cells))
    for field in ("os", "style"):
        for value in dict.fromkeys(entry[field] for entry in entries):
            print(f"{field + ' ' + value:32}" + _share([verdict for entry, verdict in zip(entries, verdicts) if entry[field] == value]))
    if show_failures:
        for entry, verdict in zip(entries, verdicts):
            if verdict is not None:
                print(f"\n{entry['id']} ({entry['os']}, {entry['kind']}) {entry['request']}\n"
                      f"  answered: {answers.get(entry['id'], '')}\n  {verdict}; right: {right_answers(entry)[0]}")
    return 0


def _share(verdicts):
    right = sum(verdict is None for verdict in verdicts)
    return f"{right} / {len(verdicts)} {100 * right / len(verdicts):5.1f} %" if verdicts else "-"


def read_answers(file):
    """The commands by id; ends the program where the file cannot be read."""
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as reason:
        sys.exit(f"the answers cannot be read: {reason}")
    answers = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                answer = json.loads(line)
                answers[answer["id"]] = answer["command"]
            except (ValueError, KeyError, TypeError):
                sys.exit(f"{file}, line {number}, is no object with id and command: {line[:80]}")
    return answers


def ask(program, entry):
    """What the program prints; the refusal marker where its exit status is that of "no command could be generated"."""
    try:
        done = subprocess.run([*program, "--os", entry["os"], "--", entry["request"]], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=ASK_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return ""
    if done.returncode == NO_COMMAND_STATUS:
        return patterns.REFUSAL
    if done.returncode:
        print(f"{entry['id']}: exit status {done.returncode}: {done.stderr.strip()[:200]}", file=sys.stderr)
    return done.stdout.strip() if done.returncode == 0 else ""


def main(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="task", required=True)
    commands.add_parser("check-set")
    scoring = commands.add_parser("score")
    scoring.add_argument("answers")
    asking = commands.add_parser("ask")
    asking.add_argument("--save", help="write the answers to this file, which `score` reads")
    for each in (scoring, asking):
        each.add_argument("--failures", action="store_true", help="list every wrong answer")
    asking.add_argument("program", nargs=argparse.REMAINDER, metavar="COMMAND")
    options = parser.parse_args(words)

    if missing := scratch.missing_programs():
        print(f"the checkers run commands and need {', '.join(missing)}: install what is missing and run this again", file=sys.stderr)
        return CANNOT_RUN_STATUS
    entries = load()
    if options.task == "check-set":
        return check_set(entries)
    if options.task == "score":
        return report(entries, read_answers(options.answers), options.failures)
    if not options.program:
        parser.error("ask needs the command to ask, such as dist/target/cmdai/bin/cmdai")
    if shutil.which(options.program[0]) is None:
        sys.exit(f"no such program: {options.program[0]}. Build cmdai first: mvn -B package -pl dist -am -DskipTests")
    commands = in_parallel(lambda entry: ask(options.program, entry), entries)
    answers = {entry["id"]: command for entry, command in zip(entries, commands)}
    if options.save:
        lines = [json.dumps({"id": identity, "command": command}, ensure_ascii=False) for identity, command in answers.items()]
        Path(options.save).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return report(entries, answers, options.failures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
