"""Exports a checkpoint: GGUF f16 and q8_0, ONNX with float16 and int8 weights, tokenizer and configuration."""
import json
import shutil
from pathlib import Path

from . import gguf, onnx
from .model import Config, Llama, rope_tables
from .tokenizer import Tokenizer
from .decode import MOST_TOKENS
from .weights import from_hugging_face, load_checkpoint, to_hugging_face, write_safetensors


def configuration(cfg, tokenizer):
    """-> {file name: content} of the JSON files that Hugging Face's libraries read"""
    ids = {"bos_token_id": tokenizer.special["<|user|>"], "eos_token_id": tokenizer.end, "pad_token_id": tokenizer.end}
    return {
        "config.json": dict({
            "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": cfg.vocab, "hidden_size": cfg.d,
            "intermediate_size": cfg.ffn, "num_hidden_layers": cfg.layers, "num_attention_heads": cfg.heads,
            "num_key_value_heads": cfg.heads, "head_dim": cfg.head, "max_position_embeddings": cfg.ctx, "rms_norm_eps": cfg.eps,
            "rope_theta": cfg.theta, "rope_scaling": None, "hidden_act": "silu", "attention_bias": False, "mlp_bias": False,
            "attention_dropout": 0.0, "tie_word_embeddings": True}, **ids, torch_dtype="float16", use_cache=True),
        "generation_config.json": dict(ids, do_sample=False, max_new_tokens=MOST_TOKENS),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<|user|>", "eos_token": "<|end|>", "pad_token": "<|end|>",
            "add_bos_token": False, "add_prefix_space": False, "clean_up_tokenization_spaces": False, "model_max_length": cfg.ctx,
            "chat_template": gguf.CHAT_TEMPLATE},
    }


def export(checkpoint, tokenizer_path, out, name):
    model, _ = load_checkpoint(checkpoint)
    export_model(model, tokenizer_path, out, name)


def convert(folder, out, name):
    """All files once more, out of the ones that ship: the float16 weights of the ONNX file."""
    c = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    cfg = Config(c["vocab_size"], c["hidden_size"], c["num_hidden_layers"], c["num_attention_heads"], c["intermediate_size"],
                 c["max_position_embeddings"], c["rope_theta"], c["rms_norm_eps"])
    model = Llama(cfg)
    model.load_state_dict(from_hugging_face(onnx.float16_weights(folder / "onnx" / "model.onnx"), cfg))
    export_model(model, folder / "tokenizer.json", out, name)


def export_model(model, tokenizer_path, out, name):
    tokenizer = Tokenizer(tokenizer_path)
    cfg = model.cfg
    named = to_hugging_face(model.state_dict(), cfg)
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    gguf.write(out / (name + "-f16.gguf"), named, cfg, tokenizer, name, gguf.F16)
    gguf.write(out / (name + "-q8_0.gguf"), named, cfg, tokenizer, name, gguf.Q8_0)
    cos, sin = (t.numpy() for t in rope_tables(cfg))
    (out / "onnx" / "model.onnx").write_bytes(onnx.decoder(named, cfg, cos, sin, "float16"))
    (out / "onnx" / "model_int8.onnx").write_bytes(onnx.decoder(named, cfg, cos, sin, "int8"))
    write_safetensors(named, out / "model.safetensors")
    if Path(tokenizer_path).resolve() != (out / "tokenizer.json").resolve(): shutil.copyfile(tokenizer_path, out / "tokenizer.json")
    for file, content in configuration(cfg, tokenizer).items():
        (out / file).write_text(json.dumps(content, indent=1), encoding="utf-8")
    for file in sorted(p for p in out.rglob("*") if p.is_file()): print("%9d  %s" % (file.stat().st_size, file.relative_to(out)))
