"""Which mean log-probability of an answer is unsure: the shares of right and wrong ones below it, and a proposal."""

THRESHOLDS = (-.02, -.05, -.10, -.15, -.20, -.25, -.30, -.40)
MOST_RIGHT, LEAST_WRONG = .05, .5


def share_below(scores, threshold):
    return sum(s < threshold for s in scores) / len(scores) if scores else 0.0


def sides(rows):
    """rows of (right, score) -> scores of the right ones, scores of the wrong ones"""
    return [s for right, s in rows if right], [s for right, s in rows if not right]


def proposal(rows):
    """The highest threshold, to a hundredth, below which at most 5 % of the right answers are: it finds the most wrong ones."""
    right, _ = sides(rows)
    return next((-h / 100 for h in range(1, 200) if share_below(right, -h / 100) <= MOST_RIGHT), -2.0)


def report(groups):
    """groups: {name: rows of (right, score)} of answers that are no refusals -> lines"""
    lines = ["confidence, answers below a threshold (refusals left out):"]
    together = [row for rows in groups.values() for row in rows]
    for name, rows in [*groups.items(), ("all", together)]:
        right, wrong = sides(rows)
        lines.append("  %s: %d right, %d wrong" % (name, len(right), len(wrong)))
        lines += ["    below %.2f: %.1f %% of the right, %.1f %% of the wrong" % (t, 100 * share_below(right, t), 100 * share_below(wrong, t)) for t in THRESHOLDS]
    t = proposal(together)
    right, wrong = sides(together)
    found = share_below(wrong, t)
    lines.append("proposed unsure_below=%.2f: %.1f %% of the right, %.1f %% of the wrong%s"
                 % (t, 100 * share_below(right, t), 100 * found, "" if found >= LEAST_WRONG else ", less than the half that was hoped for"))
    return lines
