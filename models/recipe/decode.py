"""Greedy decoding, as the host decodes."""
import torch

MOST_TOKENS = 96


@torch.no_grad()
def greedy(model, tokenizer, request, system="linux"):
    """-> (command, mean log-probability of its tokens and the end where it came to one, ids, smallest lead of a token)

    The lead is that over the second likeliest, in log-probability: next to 0 it is a tie, which rounding decides."""
    x = torch.tensor([tokenizer.prompt(request, system)])
    cache, pos = [None] * model.cfg.layers, 0
    out, scores, leads = [], [], []
    while len(out) < MOST_TOKENS and pos + x.shape[1] < model.cfg.ctx:
        logits = model.next_logits(x, cache, pos)[0]
        pos += x.shape[1]
        token = int(logits.argmax())
        first, second = torch.log_softmax(logits, -1).topk(2)[0].tolist()
        scores.append(first)
        leads.append(first - second)
        if token == tokenizer.end: break
        out.append(token)
        x = torch.tensor([[token]])
    return tokenizer.decode(out), sum(scores) / max(1, len(scores)), out, min(leads, default=0.0)
