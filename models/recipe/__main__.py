"""python3 -m recipe STEP: tokenizer, train, export, evaluate, or all of them."""
import argparse
import sys
from pathlib import Path


def parser():
    p = argparse.ArgumentParser(prog="python3 -m recipe", description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    steps = p.add_subparsers(dest="do", required=True, metavar="STEP")
    for name, help in (("sample", "print samples of the training data"), ("tokenizer", "train the tokenizer of a run"),
                       ("train", "train, or go on where the run's last checkpoint is"),
                       ("difficulty", "measure which templates a checkpoint cannot do yet; the run draws them more often from then on"), ("export", "write GGUF, ONNX and tokenizer files"),
                       ("convert", "write GGUF and ONNX files anew, those that do not ship too, out of the float16 ONNX file of a folder"),
                       ("evaluate", "everyday requests, copied names, new samples, held-out nl2bash"), ("ask", "everyday requests and copied names, asked of an installed program"),
                       ("words", "write the words of requests, by which the host knows misspelt ones"),
                       ("cases", "write greedy answers, to compare runtimes with"), ("all", "tokenizer, train, export and evaluate")):
        s = steps.add_parser(name, help=help, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        if name == "convert":
            s.add_argument("--model", required=True, help="folder of exported files, such as cmdai-tiny")
            s.add_argument("--out", required=True, help="folder of the files")
            s.add_argument("--name", default="cmdai-tiny")
            continue
        if name == "ask":
            s.add_argument("--everyday", type=int, default=100, help="everyday requests")
            s.add_argument("--names", type=int, default=500, help="requests with random names to copy")
            s.add_argument("--development", type=int, default=300, help="requests of the development set")
            s.add_argument("program", nargs="+", help="such as ../cmdai")
            continue
        s.add_argument("--corpora", required=name not in ("difficulty", "export"), help="folder of nl2bash.nl.gz, nl2bash.cm.gz and tldr-en.jsonl.gz")
        s.add_argument("--seed", type=int, default=1)
        if name == "sample": s.add_argument("--count", type=int, default=20)
        elif name == "words": s.add_argument("--out", required=True, help="text file")
        else: s.add_argument("--run", required=True, help="folder of the run: tokenizer.json, checkpoints, log.tsv")
        if name in ("tokenizer", "all"):
            s.add_argument("--vocabulary", type=int, default=4096)
            s.add_argument("--texts", type=int, default=60000, help="samples that the tokenizer is trained on")
        if name in ("train", "all"): training_options(s)
        if name in ("export", "all"):
            s.add_argument("--out", required=True, help="folder of the exported files")
            s.add_argument("--name", default="cmdai-tiny")
        if name == "difficulty": s.add_argument("--samples", type=int, default=6, help="new samples of each template")
        if name in ("difficulty", "export", "evaluate", "cases", "all"): s.add_argument("--checkpoint", default="best.pt")
        if name == "cases":
            s.add_argument("--out", required=True, help="JSON file")
            s.add_argument("--count", type=int, default=200)
        if name in ("evaluate", "all"):
            s.add_argument("--everyday", type=int, default=100, help="everyday requests")
            s.add_argument("--names", type=int, default=500, help="requests with random names to copy")
            s.add_argument("--development", type=int, default=300, help="requests of the development set")
            s.add_argument("--fresh", type=int, default=150, help="new samples of each kind of templates")
            s.add_argument("--held-out", type=int, default=500, help="held-out nl2bash pairs")
    return p


def training_options(s):
    s.add_argument("--size", default="6m", help="smoke, 6m, 15m or 30m")
    s.add_argument("--steps", type=int, default=12000, help="may be changed when a run goes on")
    s.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    s.add_argument("--warmup", type=int, default=300)
    s.add_argument("--decay", type=float, default=.4, help="part of the steps over which the rate falls")
    s.add_argument("--batch", type=int, default=3072, help="tokens of a batch")
    s.add_argument("--chunk", type=int, default=4000, help="samples made at a time")
    s.add_argument("--workers", type=int, default=0, help="processes that make samples; for a GPU about 8")
    s.add_argument("--start", help="safetensors file of weights to begin with")
    s.add_argument("--device", help="cpu or cuda; the GPU if there is one")
    s.add_argument("--threads", type=int, default=0, help="processor threads; torch's choice if 0")
    s.add_argument("--log-every", type=int, default=50)
    s.add_argument("--evaluate-every", type=int, default=500)
    s.add_argument("--checkpoint-seconds", type=float, default=240)


def sample(o):
    import random

    from .mixture import Mixture
    random.seed(o.seed)
    mixture = Mixture(o.corpora)
    for _ in range(o.count): print("%-6s %s\n       %s" % mixture.sample())


def tokenizer(o):
    import random

    from . import tokenizer as t
    from .mixture import Mixture
    random.seed(o.seed)
    mixture = Mixture(o.corpora)
    texts = [text for _ in range(o.texts) for text in mixture.sample()[1:]] + 2 * [text for pair in mixture.nl2bash.train for text in pair]
    Path(o.run).mkdir(parents=True, exist_ok=True)
    t.save(*t.train(texts, o.vocabulary), Path(o.run) / "tokenizer.json")


def train(o):
    from .train import Run
    Run(o).train()


def difficulty(o):
    from .difficulty import write
    write(Path(o.run) / o.checkpoint, Path(o.run) / "tokenizer.json", o.samples, Path(o.run) / "difficulty.json")


def export(o):
    from .export import export as write
    write(Path(o.run) / o.checkpoint, Path(o.run) / "tokenizer.json", Path(o.out), o.name)


def convert(o):
    from .export import convert as write
    write(Path(o.model), Path(o.out), o.name)


def evaluate(o):
    from .evaluate import report
    report(Path(o.run) / o.checkpoint, Path(o.run) / "tokenizer.json", o)


def ask(o):
    from .evaluate import ask as of_program
    of_program(o.program, o.everyday, o.names, o.development)


def cases(o):
    from .evaluate import write_cases
    write_cases(Path(o.run) / o.checkpoint, Path(o.run) / "tokenizer.json", o.corpora, o.count, Path(o.out))


def everything(o):
    if not (Path(o.run) / "tokenizer.json").exists(): tokenizer(o)
    for step in (train, export, evaluate): step(o)


def request_words(o):
    from . import words
    from .nl2bash import Nl2Bash
    from .tldr import Tldr
    words.write(Path(o.out), Nl2Bash(Path(o.corpora)), Tldr(Path(o.corpora)))


def main(arguments=None):
    o = parser().parse_args(arguments)
    {"sample": sample, "tokenizer": tokenizer, "train": train, "difficulty": difficulty, "export": export, "convert": convert, "evaluate": evaluate, "ask": ask, "words": request_words, "cases": cases, "all": everything}[o.do](o)


if __name__ == "__main__":
    sys.exit(main())
