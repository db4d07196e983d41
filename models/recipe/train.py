"""Training: AdamW, a warm-up, a constant rate and a linear end; checkpoints, from which a run goes on exactly."""
import os
import signal
import time
from dataclasses import asdict, replace
from pathlib import Path

import torch

from .batches import Chunks, by_length, collate, stream
from .model import SIZES, Llama
from .weights import from_hugging_face, read_checkpoint, read_safetensors

EVALUATED = 200
FRESH_SEED = 99


def rate(step, options):
    """The learning rate of a step: up over the warm-up, flat, then down to 2 % over the last part of the steps."""
    decay = max(1, int(options.steps * options.decay))
    left = max(0, options.steps - step)
    return options.rate * min(1.0, (step + 1) / options.warmup) * max(.02, min(1.0, left / decay))


def optimizer(model, options):
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    groups = [{"params": matrices, "weight_decay": .05}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=options.rate, betas=(.9, .98), eps=1e-8)


@torch.no_grad()
def mean_loss(model, groups, device):
    total = n = 0.0
    for group in groups:
        ids, targets, weights = (t.to(device) for t in collate(group))
        k = weights.sum().item()
        total += model.loss(ids, targets, weights).item() * k
        n += k
    return total / n


def save(path, **state):
    """Whole or not at all: a machine may stop while it writes."""
    torch.save(state, str(path) + ".part")
    os.replace(str(path) + ".part", path)


class Run:
    """One training run in its folder: last.pt (to go on from), best.pt (to export), log.tsv."""

    def __init__(self, options):
        self.options = options
        self.folder = Path(options.run)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.device = options.device or ("cuda" if torch.cuda.is_available() else "cpu")
        if options.threads: torch.set_num_threads(options.threads)
        torch.manual_seed(options.seed)
        difficulty = self.folder / "difficulty.json"
        self.arguments = (options.corpora, str(self.folder / "tokenizer.json"), options.seed, options.batch, options.chunk, str(difficulty) if difficulty.exists() else None)
        self.chunks = Chunks(*self.arguments)
        self.cfg = replace(SIZES[options.size], vocab=len(self.chunks.tokenizer))
        self.model = Llama(self.cfg)
        self.state = {"step": 0, "tokens": 0, "chunk": 0, "position": 0, "seconds": 0.0, "best": float("inf")}
        last = self.folder / "last.pt"
        checkpoint = read_checkpoint(last) if last.exists() else None
        if checkpoint: self.model.load_state_dict(checkpoint["model"])
        elif options.start: self.model.load_state_dict(from_hugging_face(read_safetensors(options.start), self.cfg), strict=True)
        self.model.to(self.device)
        self.optimizer = optimizer(self.model, options)
        if checkpoint:
            self.optimizer.load_state_dict(checkpoint["optimizer"])
            self.state.update(checkpoint["state"])
        self.log_file = open(self.folder / "log.tsv", "a", encoding="utf-8")

    def log(self, text):
        print(text, flush=True)
        self.log_file.write(text + "\n")
        self.log_file.flush()

    def checkpoint(self, name):
        save(self.folder / name, model=self.model.state_dict(), optimizer=self.optimizer.state_dict(), state=self.state, config=asdict(self.cfg))

    def evaluate(self):
        if not hasattr(self, "evaluated"):
            fresh = Chunks(*self.arguments[:2], FRESH_SEED, *self.arguments[3:])
            self.evaluated = fresh.held_out(EVALUATED // 2), by_length(fresh.rows(0, EVALUATED), self.options.batch)
        held, fresh = (mean_loss(self.model, groups, self.device) for groups in self.evaluated)
        if held + 4 * fresh < self.state["best"]:
            self.state["best"] = held + 4 * fresh
            self.checkpoint("best.pt")
        return "held-out nl2bash %.4f fresh samples %.4f" % (held, fresh)

    def step(self, group):
        for g in self.optimizer.param_groups: g["lr"] = rate(self.state["step"], self.options)
        ids, targets, weights = (t.to(self.device) for t in collate(group))
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.model.loss(ids, targets, weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.state["step"] += 1
        self.state["position"] += 1
        self.state["tokens"] += sum(len(row) for row, _ in group)
        return loss.item()

    def groups(self):
        for chunk in stream(self.chunks, self.arguments, self.state["chunk"], self.options.workers):
            yield from chunk[self.state["position"]:]
            self.state["chunk"] += 1
            self.state["position"] = 0

    def train(self):
        o, s = self.options, self.state
        self.log("# %d parameters, %s, from step %d" % (sum(p.numel() for p in self.model.parameters()), self.cfg, s["step"]))
        begun = saved = mark = time.time()
        before, tokens, losses = s["seconds"], s["tokens"], []
        stopped = []
        signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
        for group in self.groups() if s["step"] < o.steps else ():
            losses.append(self.step(group))
            now = time.time()
            s["seconds"] = before + now - begun
            if s["step"] % o.log_every == 0:
                line = "%d\t%.0f s\t%d tokens\tloss %.4f\t%.0f tokens/s" % (s["step"], s["seconds"], s["tokens"], sum(losses) / len(losses), (s["tokens"] - tokens) / (now - mark))
                if s["step"] % o.evaluate_every == 0: line += "\t" + self.evaluate()
                self.log(line)
                mark, tokens, losses = time.time(), s["tokens"], []
            if now - saved > o.checkpoint_seconds:
                saved = now
                self.checkpoint("last.pt")
            if s["step"] >= o.steps or stopped: break
        self.checkpoint("last.pt")
        if stopped: return
        self.log("# step %d\t%s" % (s["step"], self.evaluate()))
        self.checkpoint("last.pt")
