"""Weights under Hugging Face's names, and safetensors files of them in float16."""
import json
import struct

import numpy as np
import torch

from .model import Config, Llama


def to_hugging_face(state, cfg):
    """The model's own state -> {name: float32 array} as LlamaForCausalLM names them"""
    own = {k: v.detach().float().cpu().numpy() for k, v in state.items()}
    out = {"model.embed_tokens.weight": own["embed"], "model.norm.weight": own["final_norm"]}
    for i in range(cfg.layers):
        p, b = "blocks.%d." % i, "model.layers.%d." % i
        for name, w in zip("qkv", np.split(own[p + "qkv"], 3)): out[b + "self_attn.%s_proj.weight" % name] = w
        for name, w in zip(("gate", "up"), np.split(own[p + "gu"], 2)): out[b + "mlp.%s_proj.weight" % name] = w
        out[b + "self_attn.o_proj.weight"] = own[p + "o"]
        out[b + "mlp.down_proj.weight"] = own[p + "down"]
        out[b + "input_layernorm.weight"] = own[p + "norm1"]
        out[b + "post_attention_layernorm.weight"] = own[p + "norm2"]
    return out


def from_hugging_face(named, cfg):
    own = {"embed": named["model.embed_tokens.weight"], "final_norm": named["model.norm.weight"]}
    for i in range(cfg.layers):
        p, b = "blocks.%d." % i, "model.layers.%d." % i
        own[p + "qkv"] = np.concatenate([named[b + "self_attn.%s_proj.weight" % x] for x in "qkv"])
        own[p + "gu"] = np.concatenate([named[b + "mlp.%s_proj.weight" % x] for x in ("gate", "up")])
        own[p + "o"] = named[b + "self_attn.o_proj.weight"]
        own[p + "down"] = named[b + "mlp.down_proj.weight"]
        own[p + "norm1"] = named[b + "input_layernorm.weight"]
        own[p + "norm2"] = named[b + "post_attention_layernorm.weight"]
    return {k: torch.from_numpy(np.array(v, dtype=np.float32, order="C")) for k, v in own.items()}


def write_safetensors(named, path):
    header, blobs, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name in sorted(named):
        data = np.ascontiguousarray(named[name].astype("<f2"))
        header[name] = {"dtype": "F16", "shape": list(data.shape), "data_offsets": [at, at + data.nbytes]}
        at += data.nbytes
        blobs.append(data.tobytes())
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(head)) + head + b"".join(blobs))


def read_safetensors(path):
    with open(path, "rb") as f:
        header = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))
        data = f.read()
    types = {"F16": "<f2", "F32": "<f4"}
    return {name: np.frombuffer(data[slice(*h["data_offsets"])], types[h["dtype"]]).reshape(h["shape"]).astype(np.float32)
            for name, h in header.items() if name != "__metadata__"}


def read_checkpoint(path):
    """Tensors and plain values only, where torch can be told so."""
    return torch.load(path, map_location="cpu", **({"weights_only": True} if torch.__version__ >= "2" else {}))


def load_checkpoint(path):
    """-> (model for inference, the checkpoint)"""
    checkpoint = read_checkpoint(path)
    model = Llama(Config(**checkpoint["config"]))
    model.load_state_dict(checkpoint["model"])
    return model.eval(), checkpoint


def round_to_float16(model):
    """The model with the weights that its float16 files hold: matrices are rounded, vectors stay."""
    with torch.no_grad():
        for w in model.parameters():
            if w.ndim > 1: w.copy_(w.half().float())
    return model
