"""Byte-level BPE with GPT-2's pre-tokenizer: training, encoding, tokenizer.json.

Training differs from the usual in two ways that make copying names easier and change nothing at run time: no merge holds
a digit, and the leading-space symbol is merged last and only onto frequent pieces, so that 'report' and ' report' consist
of the same pieces.
"""
import collections
import json

import regex

WORDS = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")
SPECIALS = ["<|user|>", "<|linux|>", "<|macos|>", "<|cmd|>", "<|end|>"]
DIGITS = set("0123456789")
CACHE = 200_000
# Of 3835 merges (a vocabulary of 4096), how many put a space before a piece.
SPACE_MERGES = 900


def _byte_symbols():
    shown = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    symbols = {b: chr(b) for b in shown}
    hidden = (b for b in range(256) if b not in symbols)
    symbols.update({b: chr(256 + i) for i, b in enumerate(hidden)})
    return symbols


SYMBOL = _byte_symbols()
BYTE = {s: b for b, s in SYMBOL.items()}
SPACE = SYMBOL[32]
# GPT-2's order: the shown bytes first, the hidden ones behind them. The vocabulary lists them by byte value.
BASE = [SYMBOL[b] for b in range(256)]


def symbols(text):
    return "".join(SYMBOL[b] for b in text.encode("utf-8"))


class Tokenizer:
    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            j = json.load(f)
        self.vocabulary = j["model"]["vocab"]
        self.merges = [tuple(m.split(" ")) if isinstance(m, str) else tuple(m) for m in j["model"]["merges"]]
        self.special = {t["content"]: t["id"] for t in j["added_tokens"]}
        self.end = self.special["<|end|>"]
        self._rank = {m: i for i, m in enumerate(self.merges)}
        self._text = {i: t for t, i in list(self.vocabulary.items()) + list(self.special.items())}
        self._cache = {}

    def __len__(self):
        return len(self._text)

    def tokens(self):
        """All tokens by id."""
        return [self._text[i] for i in range(len(self))]

    def _word(self, word):
        ids = self._cache.get(word)
        if ids is None:
            ids = [self.vocabulary[piece] for piece in self._merge(list(symbols(word)))]
            if len(self._cache) < CACHE: self._cache[word] = ids
        return ids

    def _merge(self, pieces):
        none = len(self.merges)
        while len(pieces) > 1:
            rank, i = min((self._rank.get(pair, none), i) for i, pair in enumerate(zip(pieces, pieces[1:])))
            if rank == none: break
            pieces[i:i + 2] = [pieces[i] + pieces[i + 1]]
        return pieces

    def encode(self, text):
        return [i for word in WORDS.findall(text) for i in self._word(word)]

    def decode(self, ids):
        return bytes(BYTE[s] for i in ids if self._text[i] not in self.special for s in self._text[i]).decode("utf-8", "replace")

    def prompt(self, request, system=""):
        tag = [self.special["<|%s|>" % system]] if system else []
        return [self.special["<|user|>"]] + tag + self.encode(request) + [self.special["<|cmd|>"]]


def count(texts):
    """-> (words without a leading space, what follows a leading space), each with its count"""
    words, spaced = collections.Counter(), collections.Counter()
    for text in texts:
        for word in WORDS.findall(text):
            if word.startswith(" ") and len(word) > 1:
                word = word[1:]
                spaced[symbols(word)] += 1
            if word.strip() and word[0] not in DIGITS: words[symbols(word)] += 1
    return words, spaced


def train(texts, size=4096):
    """-> (vocabulary in order, merges)"""
    counted, spaced = count(texts)
    words = [(list(w), c) for w, c in counted.items()]
    pairs, places = collections.Counter(), collections.defaultdict(set)
    for i, (pieces, c) in enumerate(words):
        for pair in zip(pieces, pieces[1:]):
            pairs[pair] += c
            places[pair].add(i)
    merges = []
    room = size - len(BASE) - len(SPECIALS)
    while len(merges) < room - room * SPACE_MERGES // 3835 and pairs:
        best = max(pairs, key=lambda p: (pairs[p], p))
        if pairs[best] < 3: break
        if set(best[0] + best[1]) & DIGITS:
            del pairs[best]
            continue
        merges.append(best)
        for i in sorted(places.pop(best)):
            pieces, c = words[i]
            for pair in zip(pieces, pieces[1:]): pairs[pair] -= c
            j = 0
            while j < len(pieces) - 1:
                if (pieces[j], pieces[j + 1]) == best: pieces[j:j + 2] = [pieces[j] + pieces[j + 1]]
                j += 1
            for pair in zip(pieces, pieces[1:]):
                pairs[pair] += c
                places[pair].add(i)
        pairs.pop(best, None)
    pieces_of = {w: words[i][0] for i, w in enumerate(counted)}
    firsts = collections.Counter()
    for word, c in spaced.items():
        if word in pieces_of: firsts[pieces_of[word][0]] += c
    merges += [(SPACE, first) for first, _ in firsts.most_common() if first not in DIGITS][:room - len(merges)]
    return list(dict.fromkeys(BASE + [a + b for a, b in merges])), merges


def save(vocabulary, merges, path):
    """tokenizer.json as Hugging Face's library reads it."""
    ids = {t: i for i, t in enumerate(vocabulary)}
    special = [dict(id=len(ids) + i, content=s, single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
               for i, s in enumerate(SPECIALS)]
    level = {"type": "ByteLevel", "trim_offsets": True, "use_regex": True}
    document = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special, "normalizer": None,
        "pre_tokenizer": dict(level, add_prefix_space=False), "post_processor": None, "decoder": dict(level, add_prefix_space=True),
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
                  "fuse_unk": False, "byte_fallback": False, "vocab": ids, "merges": ["%s %s" % m for m in merges]},
    }
    with open(path, "w", encoding="utf-8") as f:
        json.dump(document, f, ensure_ascii=False, indent=1)
