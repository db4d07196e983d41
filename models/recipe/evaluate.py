"""Evaluation by greedy decoding: 100 everyday requests, the development set, copied names, new samples, held-out nl2bash, confidence."""
import json
import random
import re
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import confidence, development
from .copying import cases
from .decode import greedy
from .everyday_test import SECTIONS, TESTS
from .mixture import Mixture
from .nl2bash import split
from .refusals import REFUSAL
from .tokenizer import Tokenizer
from .weights import load_checkpoint, round_to_float16

NO_COMMAND = 4  # the exit status of cmdai for a request that it refuses


def normal(command):
    return re.sub(r"^sudo ", "", re.sub(r"\s+", " ", command.strip()).replace("'", '"'))


def bare(command):
    """Without quotes around simple words."""
    return re.sub(r'"([\w./*~:@%+-]+)"', r"\1", normal(command))


def utilities(command):
    """What stands in command position."""
    out = []
    for part in re.split(r"\||;|&&|\$\(|`", re.sub(r"'[^']*'|\"[^\"]*\"", "S", command)):
        words = [w for w in part.split() if not re.match(r"^[A-Za-z_]+=", w)]
        while words and words[0] in ("sudo", "nohup", "time", "{", "(", "do", "then", "if", "while", "!"): words = words[1:]
        if words: out.append(words[0].strip("()"))
    return out


def everyday(answer, n):
    """-> rows of (right, system, request, command, score)"""
    rows = []
    for request, system, pattern in TESTS[:n]:
        command, score = answer(request, system)
        rows.append((re.fullmatch(pattern, normal(command)) is not None, system, request, command, score))
    return rows


def copied(answer, n):
    """-> rows of (right, kind, request, command, expected): right is who copies every name and finds the command"""
    return [(bare(command) == bare(expected), kind, request, command, expected)
            for kind, request, expected in cases(n) for command, _ in [answer(request, "linux")]]


def fresh(answer, mixture, n, seed=2026):
    """New samples of the templates -> rows of (source, exact, refused, request, command, expected, score)"""
    random.seed(seed)
    rows = []
    for source in ("everyday", "vague", "refusal", "find"):
        samples = []
        while len(samples) < n:
            s = mixture.sources[source]()
            if s: samples.append(s)
        for system, request, expected in samples:
            command, score = answer(request, system)
            rows.append((source, bare(command) == bare(expected), command == REFUSAL, request, command, expected, score))
    return rows


def held_out(answer, pairs):
    """-> rows of (exact, same first utility, same utilities, request, command, expected)"""
    rows = []
    for request, expected in pairs:
        command, _ = answer(request, "linux")
        a, b = utilities(command), utilities(expected)
        rows.append((bare(command) == bare(expected), a[:1] == b[:1], sorted(a) == sorted(b), request, command, expected))
    return rows


def names_arrive(request, command):
    """Every unusual word of a request of copying.py stands in the command."""
    unusual = [w for w in re.findall(r'"[^"]+"|\S+', request) if re.search(r"[._/\d\"-]", w) and w != "20"]
    return all(w.strip('"') in command for w in unusual)


def write_cases(checkpoint, tokenizer_path, corpora, n, path):
    """Requests with their greedy answers, up to two thirds everyday requests, the rest held-out nl2bash.

    The weights are those of the float16 files, the arithmetic is float32."""
    model = round_to_float16(load_checkpoint(checkpoint)[0])
    tokenizer = Tokenizer(tokenizer_path)
    everyday_part = min(len(TESTS), n * 2 // 3)
    requests = [TESTS[i * len(TESTS) // everyday_part][:2] for i in range(everyday_part)]
    held = split(corpora)[1]
    rest = n - len(requests)
    requests += [(held[i * len(held) // rest][0], "linux") for i in range(rest)]
    out = []
    for request, system in requests:
        command, score, ids, lead = greedy(model, tokenizer, request, system)
        out.append({"request": request, "os": system, "prompt_ids": tokenizer.prompt(request, system), "output_ids": ids, "output": command, "logprob": score, "lead": lead})
    path.write_text("[\n" + ",\n".join(json.dumps(case) for case in out) + "\n]\n", encoding="utf-8")


def names_report(rows):
    arrived = [names_arrive(r[2], r[3]) for r in rows]
    kinds = Counter(r[1] for r, ok in zip(rows, arrived) if not ok)
    return (["names: %d of %d arrive (%.1f %%), %d whole commands as expected" % (sum(arrived), len(rows), 100 * sum(arrived) / len(rows), sum(r[0] for r in rows)),
             "  garbled by kind: " + (", ".join("%s %d" % k for k in kinds.most_common()) or "none")]
            + ["  garbled: %s -> %s" % (r[2], r[3]) for r, ok in zip(rows, arrived) if not ok][:20]
            + ["  other command: %s -> %s" % (r[2], r[3]) for r, ok in zip(rows, arrived) if ok and not r[0]][:10])


def ask(program, everyday_count, names_count, development_count):
    """Everyday requests, names and the development set, asked of an installed program, which does more than the model alone."""
    requests = ([(request, system) for request, system, _ in TESTS[:everyday_count]] + [(request, "linux") for _, request, _ in cases(names_count)]
                + [(e["request"], e["os"]) for e in development.load()[:development_count]])

    def run(asked):
        done = subprocess.run([*program, "--os", asked[1], "-q", "--", asked[0]], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode not in (0, NO_COMMAND): raise SystemExit("%s: exit status %d: %s" % (asked[0], done.returncode, done.stderr.strip()))
        return done.stdout.strip() or REFUSAL

    with ThreadPoolExecutor() as pool: said = dict(zip(requests, pool.map(run, requests)))
    def answer(*asked):
        return said[asked], 0.0

    rows = everyday(answer, everyday_count)
    print("everyday: %d of %d" % (sum(r[0] for r in rows), len(rows)))
    for r in rows:
        if not r[0]: print("  wrong: [%s] %s -> %s" % r[1:4])
    print("\n".join(names_report(copied(answer, names_count)) + development.report(answer, development_count)))


def report(checkpoint, tokenizer_path, options):
    model, state = load_checkpoint(checkpoint)
    tokenizer = Tokenizer(tokenizer_path)

    def answer(request, system):
        command, score, _, _ = greedy(model, tokenizer, request, system)
        return command, score

    out = ["step %d, %d tokens" % (state["state"]["step"], state["state"]["tokens"])]
    rows = everyday(answer, options.everyday)
    out.append("everyday: %d of %d" % (sum(r[0] for r in rows), len(rows)))
    right = {r[2] for r in rows if r[0]}
    asked = {name: [t for t in tests if t in TESTS[:options.everyday]] for name, tests in SECTIONS.items()}
    out += ["  %s: %d of %d" % (name, sum(t[0] in right for t in tests), len(tests)) for name, tests in asked.items() if tests]
    out += ["  wrong: [%s] %s -> %s  (%.3f)" % r[1:] for r in rows if not r[0]]
    told = {"everyday requests": [(r[0], r[4]) for r in rows if r[3] != REFUSAL]}
    out += development.report(answer, options.development)
    rows = copied(answer, options.names)
    if rows: out += names_report(rows)
    mixture = Mixture(options.corpora)
    rows = fresh(answer, mixture, options.fresh)
    for source in dict.fromkeys(r[0] for r in rows):
        of = [r for r in rows if r[0] == source]
        out.append("fresh %s: %d of %d exact, %d refused" % (source, sum(r[1] for r in of), len(of), sum(r[2] for r in of)))
        out += ["  other: %s -> %s  (expected %s)" % r[3:6] for r in of if not r[1]][:12]
        told["new samples, " + source] = [(r[1], r[6]) for r in of if not r[2]]
    del told["new samples, refusal"]
    rows = held_out(answer, mixture.nl2bash.held[:options.held_out])
    if rows:
        out.append("nl2bash held out: %d pairs, exact %.1f %%, same first utility %.1f %%, same utilities %.1f %%"
                   % ((len(rows),) + tuple(100 * sum(r[i] for r in rows) / len(rows) for i in range(3))))
    out += confidence.report(told)
    text = "\n".join(out)
    print(text)
    (Path(checkpoint).parent / "evaluation.txt").write_text(text + "\n", encoding="utf-8")
