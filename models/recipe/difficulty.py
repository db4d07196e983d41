"""How often weights are still wrong about each template, so that a run practises what it cannot do yet more often than what it knows by heart."""
import json
import random

import torch
import torch.nn.functional as F

from . import templates
from .batches import by_length, collate, encode
from .everyday import complete
from .tokenizer import Tokenizer
from .weights import load_checkpoint

TOKENS = 6144


@torch.no_grad()
def likelihoods(model, rows):
    """rows of (ids, length of the prompt) -> how likely the whole answer of each is"""
    out = {}
    for group in by_length(rows, TOKENS):
        ids, targets, weights = collate(group)
        row, column = (weights > 0).nonzero(as_tuple=True)
        losses = F.cross_entropy(model.hidden(ids)[row, column] @ model.embed.t(), targets[row, column], reduction="none")
        sums = torch.zeros(len(group)).index_add_(0, row, losses)
        out.update((id(r), p) for r, p in zip(group, (-sums).exp().tolist()))
    return [out[id(r)] for r in rows]


def measure(checkpoint, tokenizer_path, samples, seed=1):
    """-> {key of a template: mean chance that the answer to a new sample of it is another}"""
    random.seed(seed)
    model, tokenizer = load_checkpoint(checkpoint)[0], Tokenizer(tokenizer_path)
    drawn = [(templates.key(t), s) for t in templates.TEMPLATES for _ in range(samples) for s in [complete(template=t)] if s]
    rows = [encode(tokenizer, s) for _, s in drawn]
    wrong = {}
    for (k, _), p in zip(drawn, likelihoods(model, rows)): wrong.setdefault(k, []).append(1 - p)
    return {k: round(sum(v) / len(v), 3) for k, v in wrong.items()}


def write(checkpoint, tokenizer_path, samples, path):
    found = measure(checkpoint, tokenizer_path, samples)
    path.write_text(json.dumps(found, indent=0) + "\n")
    print("%d templates, wrong about %.1f %% of their samples" % (len(found), 100 * sum(found.values()) / len(found)))
