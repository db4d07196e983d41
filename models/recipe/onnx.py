"""ONNX files of the decoder with past keys and values, as Hugging Face's Optimum names them; no ONNX package is needed.

Weights are stored as float16 or int8 and turned into float32 by Cast and Mul nodes on constants, which ONNX Runtime
folds when it loads the file: it computes in float32.
"""
import struct

import numpy as np

FLOAT, INT8, INT64, BOOL, FLOAT16 = 1, 3, 7, 9, 10
TYPES = {np.dtype(np.float32): FLOAT, np.dtype(np.int8): INT8, np.dtype(np.int64): INT64, np.dtype(np.float16): FLOAT16}
OPSET, IR_VERSION = 15, 8
NEGATIVE = -1e9
# Smaller constants (norms, rotary tables) stay float32.
SMALL = 4096


# ---------------------------------------------------------------- protobuf
def varint(n):
    n &= (1 << 64) - 1
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out + bytes([n]))


def field(number, value):
    """int -> varint, float -> 32 bits, str and bytes -> length and content"""
    if isinstance(value, int): return varint(number << 3) + varint(value)
    if isinstance(value, float): return varint(number << 3 | 5) + struct.pack("<f", value)
    if isinstance(value, str): value = value.encode("utf-8")
    return varint(number << 3 | 2) + varint(len(value)) + value


def attribute(name, value):
    if isinstance(value, float): body, kind = field(2, value), 1
    elif isinstance(value, int): body, kind = field(3, value), 2
    else: body, kind = b"".join(field(8, v) for v in value), 7
    return field(1, name) + body + field(20, kind)


def node(op, inputs, output, attributes):
    return b"".join([field(1, i) for i in inputs] + [field(2, output), field(3, output), field(4, op)]
                    + [field(5, attribute(k, v)) for k, v in attributes.items()])


def tensor(name, array):
    array = np.ascontiguousarray(array)
    return b"".join(field(1, d) for d in array.shape) + field(2, TYPES[array.dtype]) + field(8, name) \
        + field(9, array.astype(array.dtype.newbyteorder("<")).tobytes())


def value_info(name, kind, shape):
    dims = b"".join(field(1, field(1, d) if isinstance(d, int) else field(2, d)) for d in shape)
    return field(1, name) + field(2, field(1, field(1, kind) + field(2, dims)))


def fields(message):
    """-> (number, value) of each: int for a varint, memoryview for content; 32 and 64 bits do not occur where we read"""
    at = 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128: return value

    while at < len(message):
        key = number()
        value = number()
        if key & 7 == 2:
            value, at = message[at:at + value], at + value
        yield key >> 3, value


def float16_weights(path):
    """-> {name: float32 array} under Hugging Face's names, out of a file that decoder() wrote with float16 weights"""
    out = {}
    graph = next(v for n, v in fields(memoryview(path.read_bytes())) if n == 7)
    for initializer in (v for n, v in fields(graph) if n == 5):
        parts = list(fields(initializer))
        shape, kind = [v for n, v in parts if n == 1], next(v for n, v in parts if n == 2)
        name, raw = (bytes(next(v for n, v in parts if n == i)) for i in (8, 9))
        if kind == FLOAT16: out[name.decode().removesuffix("_f16")] = np.frombuffer(raw, "<f2").reshape(shape).astype(np.float32).T
        elif name.endswith(b"norm.weight"): out[name.decode()] = np.frombuffer(raw, "<f4")
    out["model.embed_tokens.weight"] = out.pop("output")
    return out


# ---------------------------------------------------------------- graph
class Graph:
    def __init__(self, weights):
        self.weights = weights               # "float16" or "int8"
        self.nodes, self.initializers, self.inputs, self.outputs = [], [], [], []
        self.constants = set()

    def op(self, kind, *inputs, **attributes):
        output = attributes.pop("output", None) or "%s_%d" % (kind.lower(), len(self.nodes))
        self.nodes.append(node(kind, inputs, output, attributes))
        return output

    def constant(self, name, array):
        """Kept once under its name."""
        if name not in self.constants:
            self.constants.add(name)
            self.initializers.append(tensor(name, array))
        return name

    def ints(self, *values):
        name = "ints_" + "_".join(str(v).replace("-", "m") for v in values)
        return self.constant(name, np.array(values, np.int64))

    def scalar(self, name, value):
        return self.constant(name, np.array(value, np.float32))

    def weight(self, name, array):
        """A float32 value out of a constant of the stored type; int8 has one scale for each output (column)."""
        if array.size < SMALL: return self.constant(name, array.astype(np.float32))
        if self.weights == "float16":
            return self.op("Cast", self.constant(name + "_f16", array.astype(np.float16)), to=FLOAT, output=name)
        scale = np.maximum(np.abs(array).max(0, keepdims=True), 1e-12) / 127
        stored = self.constant(name + "_int8", np.rint(array / scale).astype(np.int8))
        return self.op("Mul", self.op("Cast", stored, to=FLOAT), self.constant(name + "_scale", scale.astype(np.float32)), output=name)

    def model(self):
        graph = b"".join(field(1, n) for n in self.nodes) + field(2, "cmdai") + b"".join(field(5, t) for t in self.initializers) \
            + b"".join(field(11, i) for i in self.inputs) + b"".join(field(12, o) for o in self.outputs)
        return field(1, IR_VERSION) + field(2, "cmdai recipe") + field(7, graph) + field(8, field(1, "") + field(2, OPSET))


PAST, NOW = "past_sequence_length", "sequence_length"
ALL = PAST + " + " + NOW


def decoder(named, cfg, cos, sin, weights):
    """The whole graph: named are the weights under Hugging Face's names, cos and sin the rotary tables [ctx, head]."""
    g = Graph(weights)
    H, hd = cfg.heads, cfg.head
    g.inputs += [value_info("input_ids", INT64, ["batch_size", NOW]), value_info("attention_mask", INT64, ["batch_size", ALL]),
                 value_info("position_ids", INT64, ["batch_size", NOW])]
    g.outputs.append(value_info("logits", FLOAT, ["batch_size", NOW, cfg.vocab]))
    for i in range(cfg.layers):
        for part in ("key", "value"):
            g.inputs.append(value_info("past_key_values.%d.%s" % (i, part), FLOAT, ["batch_size", H, PAST, hd]))
            g.outputs.append(value_info("present.%d.%s" % (i, part), FLOAT, ["batch_size", H, ALL, hd]))
    # The output layer is the embedding transposed: stored once, with a scale for each token.
    output = g.weight("output", named["model.embed_tokens.weight"].T)
    embedding = g.op("Transpose", output, perm=[1, 0], output="embedding")
    x = g.op("Gather", embedding, "input_ids", axis=0)
    tables = [g.op("Unsqueeze", g.op("Gather", g.constant(n, t), "position_ids", axis=0), g.ints(1)) for n, t in (("cos", cos), ("sin", sin))]
    bias = mask(g)
    eps, scale = g.scalar("eps", cfg.eps), g.scalar("attention_scale", hd ** -.5)
    heads, flat = g.ints(0, 0, H, hd), g.ints(0, 0, H * hd)

    def norm(x, name):
        mean = g.op("ReduceMean", g.op("Mul", x, x), axes=[-1], keepdims=1)
        return g.op("Mul", g.op("Div", x, g.op("Sqrt", g.op("Add", mean, eps))), g.weight(name, named[name]))

    def project(x, name):
        return g.op("MatMul", x, g.weight(name, named[name].T))

    def split_heads(x):
        return g.op("Transpose", g.op("Reshape", x, heads), perm=[0, 2, 1, 3])

    def rotate(x):
        first = g.op("Slice", x, g.ints(0), g.ints(hd // 2), g.ints(3))
        second = g.op("Slice", x, g.ints(hd // 2), g.ints(hd), g.ints(3))
        turned = g.op("Concat", g.op("Neg", second), first, axis=3)
        return g.op("Add", g.op("Mul", x, tables[0]), g.op("Mul", turned, tables[1]))

    for i in range(cfg.layers):
        at = "model.layers.%d." % i
        h = norm(x, at + "input_layernorm.weight")
        q, k, v = (split_heads(project(h, at + "self_attn.%s_proj.weight" % n)) for n in "qkv")
        k = g.op("Concat", "past_key_values.%d.key" % i, rotate(k), axis=2, output="present.%d.key" % i)
        v = g.op("Concat", "past_key_values.%d.value" % i, v, axis=2, output="present.%d.value" % i)
        scores = g.op("Mul", g.op("MatMul", rotate(q), g.op("Transpose", k, perm=[0, 1, 3, 2])), scale)
        a = g.op("MatMul", g.op("Softmax", g.op("Add", scores, bias), axis=-1), v)
        a = g.op("Reshape", g.op("Transpose", a, perm=[0, 2, 1, 3]), flat)
        x = g.op("Add", x, project(a, at + "self_attn.o_proj.weight"))
        h = norm(x, at + "post_attention_layernorm.weight")
        gate = project(h, at + "mlp.gate_proj.weight")
        h = g.op("Mul", g.op("Mul", gate, g.op("Sigmoid", gate)), project(h, at + "mlp.up_proj.weight"))
        x = g.op("Add", x, project(h, at + "mlp.down_proj.weight"))
    g.op("MatMul", norm(x, "model.norm.weight"), output, output="logits")
    return g.model()


def mask(g):
    """[batch, 1, now, all]: 0 where a token may look, else a large negative number."""
    now = g.op("Gather", g.op("Shape", "input_ids"), g.constant("one", np.array(1, np.int64)), axis=0)
    total = g.op("Gather", g.op("Shape", "attention_mask"), "one", axis=0)
    zero = g.constant("zero", np.array(0, np.int64))
    keys = g.op("Unsqueeze", g.op("Range", zero, total, "one"), g.ints(0))
    queries = g.op("Unsqueeze", g.op("Add", g.op("Range", zero, now, "one"), g.op("Sub", total, now)), g.ints(1))
    causal = g.op("Unsqueeze", g.op("LessOrEqual", keys, queries), g.ints(0))
    real = g.op("Greater", g.op("Unsqueeze", "attention_mask", g.ints(1)), "zero")
    allowed = g.op("Cast", g.op("And", causal, real), to=FLOAT)
    hidden = g.op("Sub", g.scalar("one_f", 1.0), allowed)
    return g.op("Unsqueeze", g.op("Mul", hidden, g.scalar("negative", NEGATIVE)), g.ints(1))
