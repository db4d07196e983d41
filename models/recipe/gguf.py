"""GGUF files: float16 and q8_0 weights of the llama architecture, with the tokenizer and the chat template."""
import struct

import numpy as np

UINT32, FLOAT32, BOOL, STRING, ARRAY, INT32 = 4, 6, 7, 8, 9, 5
F32, F16, Q8_0 = 0, 1, 8
FILE_TYPES = {F32: 0, F16: 1, Q8_0: 7}
ALIGNMENT = 32
BLOCK = 32

CHAT_TEMPLATE = (
    "{%- set ns = namespace(os='') -%}{%- for m in messages -%}{%- if m['role'] == 'system' -%}"
    "{%- if 'macOS' in m['content'] or 'macos' in m['content'] -%}{%- set ns.os = '<|macos|>' -%}"
    "{%- elif 'linux' in m['content'] or 'Linux' in m['content'] -%}{%- set ns.os = '<|linux|>' -%}{%- endif -%}"
    "{%- elif m['role'] == 'user' -%}{{- '<|user|>' + ns.os + m['content'] + '<|cmd|>' -}}"
    "{%- elif m['role'] == 'assistant' -%}{{- m['content'] + '<|end|>' -}}{%- endif -%}{%- endfor -%}")


def string(s):
    b = s.encode("utf-8")
    return struct.pack("<Q", len(b)) + b


def typed(kind, value):
    if kind == STRING: return string(value)
    if kind == ARRAY:
        of, items = value
        return struct.pack("<IQ", of, len(items)) + b"".join(typed(of, i) for i in items)
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}[kind], value)


def metadata(cfg, tokenizer, name, parameters, file_type):
    specials = set(tokenizer.special)
    tokens = tokenizer.tokens()
    yield "general.architecture", STRING, "llama"
    yield "general.name", STRING, name
    yield "general.description", STRING, "natural language -> one-line shell command, trained from scratch"
    yield "general.license", STRING, "mit"
    yield "general.size_label", STRING, "%dM" % round(parameters / 1e6)
    yield "general.file_type", UINT32, file_type
    yield "general.quantization_version", UINT32, 2
    yield "llama.context_length", UINT32, cfg.ctx
    yield "llama.embedding_length", UINT32, cfg.d
    yield "llama.block_count", UINT32, cfg.layers
    yield "llama.feed_forward_length", UINT32, cfg.ffn
    yield "llama.attention.head_count", UINT32, cfg.heads
    yield "llama.attention.head_count_kv", UINT32, cfg.heads
    yield "llama.attention.layer_norm_rms_epsilon", FLOAT32, cfg.eps
    yield "llama.rope.freq_base", FLOAT32, cfg.theta
    yield "llama.rope.dimension_count", UINT32, cfg.head
    yield "llama.vocab_size", UINT32, cfg.vocab
    yield "tokenizer.ggml.model", STRING, "gpt2"
    yield "tokenizer.ggml.pre", STRING, "gpt-2"
    yield "tokenizer.ggml.tokens", ARRAY, (STRING, tokens)
    yield "tokenizer.ggml.token_type", ARRAY, (INT32, [3 if t in specials else 1 for t in tokens])
    yield "tokenizer.ggml.merges", ARRAY, (STRING, ["%s %s" % m for m in tokenizer.merges])
    yield "tokenizer.ggml.bos_token_id", UINT32, tokenizer.special["<|user|>"]
    yield "tokenizer.ggml.eos_token_id", UINT32, tokenizer.end
    yield "tokenizer.ggml.padding_token_id", UINT32, tokenizer.end
    yield "tokenizer.ggml.add_bos_token", BOOL, False
    yield "tokenizer.ggml.add_eos_token", BOOL, False
    yield "tokenizer.ggml.add_space_prefix", BOOL, False
    yield "tokenizer.chat_template", STRING, CHAT_TEMPLATE


def interleaved(w, heads):
    """Half-split rotary layout -> the interleaved one of llama.cpp's llama architecture."""
    rows, columns = w.shape
    return w.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def tensors(named, cfg):
    """Weights under GGUF's names. The output is tied to the embedding, so there is no output.weight."""
    yield "token_embd.weight", named["model.embed_tokens.weight"]
    for i in range(cfg.layers):
        at, to = "model.layers.%d." % i, "blk.%d." % i
        yield to + "attn_norm.weight", named[at + "input_layernorm.weight"]
        yield to + "attn_q.weight", interleaved(named[at + "self_attn.q_proj.weight"], cfg.heads)
        yield to + "attn_k.weight", interleaved(named[at + "self_attn.k_proj.weight"], cfg.heads)
        yield to + "attn_v.weight", named[at + "self_attn.v_proj.weight"]
        yield to + "attn_output.weight", named[at + "self_attn.o_proj.weight"]
        yield to + "ffn_norm.weight", named[at + "post_attention_layernorm.weight"]
        yield to + "ffn_gate.weight", named[at + "mlp.gate_proj.weight"]
        yield to + "ffn_up.weight", named[at + "mlp.up_proj.weight"]
        yield to + "ffn_down.weight", named[at + "mlp.down_proj.weight"]
    yield "output_norm.weight", named["model.norm.weight"]


def q8_0(w):
    """Blocks of 32 weights: a float16 scale and 32 bytes."""
    blocks = w.astype(np.float32).reshape(-1, BLOCK)
    scale = np.abs(blocks).max(1, keepdims=True) / 127
    with np.errstate(divide="ignore"):
        inverse = np.where(scale == 0, 0, 1 / scale)
    scaled = blocks * inverse
    rounded = np.trunc(scaled + np.copysign(.5, scaled)).astype(np.int8)
    return np.concatenate([scale.astype("<f2").view(np.uint8), rounded.view(np.uint8)], 1).tobytes()


def encode(w, kind):
    """-> (type, bytes); vectors stay float32"""
    if w.ndim == 1: kind = F32
    if kind == Q8_0: return kind, q8_0(w)
    return kind, np.ascontiguousarray(w, "<f2" if kind == F16 else "<f4").tobytes()


def write(path, named, cfg, tokenizer, name, kind):
    parameters = sum(w.size for w in named.values())
    entries = list(metadata(cfg, tokenizer, name, parameters, FILE_TYPES[kind]))
    head, data = [], []
    at = 0
    for tensor, w in tensors(named, cfg):
        of, blob = encode(w, kind)
        head.append(string(tensor) + struct.pack("<I%dQIQ" % w.ndim, w.ndim, *w.shape[::-1], of, at))
        blob += b"\0" * (-len(blob) % ALIGNMENT)
        data.append(blob)
        at += len(blob)
    out = b"GGUF" + struct.pack("<IQQ", 3, len(head), len(entries))
    out += b"".join(string(key) + struct.pack("<I", of) + typed(of, value) for key, of, value in entries) + b"".join(head)
    with open(path, "wb") as f:
        f.write(out + b"\0" * (-len(out) % ALIGNMENT) + b"".join(data))
