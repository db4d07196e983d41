"""The model: a plain Llama (RMSNorm, rotary positions, SwiGLU, no biases, output tied to the embedding).

Weights are float32. While training, matrix products take bfloat16 operands where the processor or GPU is
fast at that; residual stream, norms, softmax and loss stay float32.
"""
import math
import platform
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

NEGATIVE = -1e9


@dataclass
class Config:
    vocab: int = 4096
    d: int = 256
    layers: int = 6
    heads: int = 4
    ffn: int = 768
    ctx: int = 256
    theta: float = 10000.0
    eps: float = 1e-5

    @property
    def head(self):
        return self.d // self.heads


# Name -> sizes. Every width is a multiple of 256, so that every GGUF quantisation fits.
SIZES = {
    "smoke": Config(d=64, layers=2, heads=2, ffn=128),
    "6m": Config(),
    "15m": Config(d=384, layers=8, heads=6, ffn=1024),
    "30m": Config(d=512, layers=9, heads=8, ffn=1536),
}


@lru_cache(None)
def matmul_type(device):
    """bfloat16 where its matrix products are fast, else float32."""
    if device == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    flags = Path("/proc/cpuinfo")
    fast = platform.system() == "Linux" and flags.exists() and "avx512_bf16" in flags.read_text()
    return torch.bfloat16 if fast else torch.float32


class MixedLinear(torch.autograd.Function):
    """x @ W^T with operands of x's type; the weight's gradient comes out in float32."""

    @staticmethod
    def forward(ctx, x, w):
        w = w.to(x.dtype)
        ctx.save_for_backward(x, w)
        return x @ w.t()

    @staticmethod
    def backward(ctx, g):
        x, w = ctx.saved_tensors
        return g @ w, (g.t() @ x).float()


def linear(x, w):
    return MixedLinear.apply(x, w) if torch.is_grad_enabled() else x @ w.t()


def rmsnorm(x, w, eps):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * w


def rope_tables(cfg):
    inv = 1.0 / (cfg.theta ** (torch.arange(0, cfg.head, 2).float() / cfg.head))
    f = torch.outer(torch.arange(cfg.ctx).float(), inv)
    return torch.cat([f.cos(), f.cos()], -1), torch.cat([f.sin(), f.sin()], -1)


def rotate_half(x):
    h = x.shape[-1] // 2
    return torch.cat([-x[..., h:], x[..., :h]], -1)


class Block(nn.Module):
    def __init__(self, cfg):
        super().__init__()

        def weight(rows, columns, std):
            return nn.Parameter(torch.randn(rows, columns) * std)

        inner = 0.7 / math.sqrt(cfg.d)
        outer = 0.02 / math.sqrt(2 * cfg.layers)
        self.norm1 = nn.Parameter(torch.ones(cfg.d))
        self.norm2 = nn.Parameter(torch.ones(cfg.d))
        self.qkv = weight(3 * cfg.d, cfg.d, inner)
        self.o = weight(cfg.d, cfg.d, outer)
        self.gu = weight(2 * cfg.ffn, cfg.d, inner)
        self.down = weight(cfg.d, cfg.ffn, outer)


class Llama(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.cfg = cfg
        self.embed = nn.Parameter(torch.randn(cfg.vocab, cfg.d) * 0.02)
        self.final_norm = nn.Parameter(torch.ones(cfg.d))
        self.blocks = nn.ModuleList(Block(cfg) for _ in range(cfg.layers))
        cos, sin = rope_tables(cfg)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    def hidden(self, ids, cache=None, pos=0):
        """ids [B,T] -> hidden states after the last norm [B,T,d]; a cache (key and value of each layer) is extended."""
        cfg = self.cfg
        B, T = ids.shape
        H, hd = cfg.heads, cfg.head
        dt = matmul_type(ids.device.type) if torch.is_grad_enabled() else torch.float32
        x = F.embedding(ids, self.embed)
        cos, sin = self.cos[pos:pos + T], self.sin[pos:pos + T]
        mask = torch.full((T, pos + T), NEGATIVE, device=ids.device).triu_(1 + pos)
        for i, b in enumerate(self.blocks):
            h = rmsnorm(x, b.norm1, cfg.eps).to(dt).view(B * T, cfg.d)
            qkv = linear(h, b.qkv).view(B, T, 3, H, hd).permute(2, 0, 3, 1, 4)
            qk, v = qkv[:2].float(), qkv[2]
            qk = (qk * cos + rotate_half(qk) * sin).to(dt)
            q, k = qk[0], qk[1]
            if cache is not None:
                if cache[i] is not None:
                    k = torch.cat([cache[i][0], k], 2)
                    v = torch.cat([cache[i][1], v], 2)
                cache[i] = (k, v)
            scores = (q @ k.transpose(-1, -2)).float() * (1.0 / math.sqrt(hd)) + mask
            a = torch.softmax(scores, -1).to(dt)
            o = (a @ v).transpose(1, 2).reshape(B * T, cfg.d)
            x = x + linear(o, b.o).view(B, T, cfg.d).float()
            h = rmsnorm(x, b.norm2, cfg.eps).to(dt).view(B * T, cfg.d)
            g, u = linear(h, b.gu).float().chunk(2, -1)
            x = x + linear((F.silu(g) * u).to(dt), b.down).view(B, T, cfg.d).float()
        return rmsnorm(x, self.final_norm, cfg.eps)

    def loss(self, ids, target, weight):
        """Mean loss over the positions with weight; only these get logits."""
        h = self.hidden(ids).view(-1, self.cfg.d)
        at = (weight.view(-1) > 0).nonzero(as_tuple=True)[0]
        h = h[at]
        if torch.is_grad_enabled():
            h = h.to(matmul_type(ids.device.type))
        losses = F.cross_entropy(linear(h, self.embed).float(), target.view(-1)[at], reduction="none")
        w = weight.view(-1)[at]
        return (losses * w).sum() / w.sum()

    @torch.no_grad()
    def next_logits(self, ids, cache=None, pos=0):
        """Logits [B,vocab] of the token that follows ids."""
        return self.hidden(ids, cache, pos)[:, -1] @ self.embed.t()
