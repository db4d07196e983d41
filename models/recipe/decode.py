"""Greedy decoding, as the host decodes."""
import torch

MOST_TOKENS = 96


@torch.no_grad()
def greedy(model, tokenizer, request, system="linux"):
    """-> (command, mean log-probability of its tokens and the end, ids)"""
    x = torch.tensor([tokenizer.prompt(request, system)])
    cache, pos = [None] * model.cfg.layers, 0
    out, score = [], 0.0
    while len(out) < MOST_TOKENS and pos + x.shape[1] < model.cfg.ctx:
        logits = model.next_logits(x, cache, pos)[0]
        pos += x.shape[1]
        token = int(logits.argmax())
        score += float(torch.log_softmax(logits, -1)[token])
        if token == tokenizer.end: break
        out.append(token)
        x = torch.tensor([[token]])
    return tokenizer.decode(out), score / (len(out) + 1), out
