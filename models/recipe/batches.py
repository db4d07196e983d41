"""Training batches: chunks of samples, each from its own seed, so that a run can stop and go on anywhere."""
import multiprocessing
import random

import torch

from . import templates
from .mixture import Mixture
from .tokenizer import Tokenizer

CHUNK = 4000


def encode(tokenizer, sample):
    """-> (ids of prompt and command, length of the prompt)"""
    system, request, command = sample
    prompt = tokenizer.prompt(request, system)
    return prompt + tokenizer.encode(command) + [tokenizer.end], len(prompt)


def collate(rows):
    """-> (ids, targets, weights): only the command and its end count"""
    width = max(len(ids) for ids, _ in rows) - 1
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    targets, weights = ids.clone(), torch.zeros(len(rows), width)
    for i, (row, prompt) in enumerate(rows):
        n = len(row) - 1
        ids[i, :n] = torch.tensor(row[:-1])
        targets[i, :n] = torch.tensor(row[1:])
        weights[i, prompt - 1:n] = 1.0
    return ids, targets, weights


def by_length(rows, tokens):
    """Groups rows of about one length into batches of at most that many tokens."""
    rows = sorted(rows, key=lambda r: len(r[0]))
    out, i = [], 0
    while i < len(rows):
        j = i + 1
        while j < len(rows) and (j - i + 1) * len(rows[j][0]) <= tokens: j += 1
        out.append(rows[i:j])
        i = j
    return out


class Chunks:
    """Makes chunk after chunk; the n-th is the same whatever came before it."""

    def __init__(self, corpora, tokenizer_path, seed, tokens, size=CHUNK, difficulty=None):
        """difficulty: the file by which templates are drawn more or less often"""
        if difficulty: templates.heed(difficulty)
        self.mixture = Mixture(corpora)
        self.tokenizer = Tokenizer(tokenizer_path)
        self.seed, self.tokens, self.size = seed, tokens, size

    def rows(self, index, size=None):
        random.seed("%d/%d" % (self.seed, index))
        return [encode(self.tokenizer, self.mixture.sample()) for _ in range(size or self.size)]

    def chunk(self, index):
        groups = by_length(self.rows(index), self.tokens)
        random.shuffle(groups)
        return groups

    def held_out(self, n):
        return by_length([encode(self.tokenizer, ("linux", request, command)) for request, command in self.mixture.nl2bash.held[:n]], self.tokens)


_chunks = None


def _start(*arguments):
    global _chunks
    _chunks = Chunks(*arguments)


def _make(index):
    return _chunks.chunk(index)


def stream(chunks, arguments, first, workers):
    """Chunks from the first on: made here, or ahead of time by worker processes (for a GPU, which is faster than one of them)."""
    indices = iter(range(first, 1 << 40))
    if not workers:
        yield from map(chunks.chunk, indices)
        return
    with multiprocessing.get_context("spawn").Pool(workers, _start, arguments) as pool:
        waiting = [pool.apply_async(_make, (next(indices),)) for _ in range(2 * workers)]
        while True:
            ready = waiting.pop(0).get()
            waiting.append(pool.apply_async(_make, (next(indices),)))
            yield ready
