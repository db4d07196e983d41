"""The recipe on a tiny subset: data that fits together, a run that goes on exactly, files that hold the weights."""
import gzip
import json
import random
import struct
import tempfile
import unittest
from pathlib import Path

try:
    import numpy as np
    import regex  # noqa: F401  the tokenizer needs it
    import torch
except ImportError as missing:
    raise unittest.SkipTest("the recipe's tests need torch, numpy and regex: %s" % missing)

from recipe import confidence, development, everyday, gguf, refusals, slots, templates, wording
from recipe.__main__ import main
from recipe.model import SIZES
from recipe.tokenizer import Tokenizer
from recipe.weights import load_checkpoint, read_safetensors, to_hugging_face

PAIRS = [("list the files in %s" % d, "ls %s" % d) for d in ("src", "docs", "lib")] + [
    ("count lines of '%s.txt'" % f, "wc -l %s.txt" % f) for f in ("a_b", "c1", "report")] + [
    ("show the last %d lines of log.txt" % n, "tail -n %d log.txt | sort -k%d" % (n, n)) for n in range(2, 40)]
PAGE = {"page": "ls", "platform": "common", "about": "List.", "description": "List a file", "command": "ls {{path/to/file.txt}}"}


def write_corpora(folder):
    for side, name in enumerate(("nl2bash.nl.gz", "nl2bash.cm.gz")):
        with gzip.open(folder / name, "wt") as f: f.write("\n".join(p[side] for p in PAIRS))
    with gzip.open(folder / "tldr-en.jsonl.gz", "wt") as f: f.write(json.dumps(PAGE))


class Data(unittest.TestCase):
    def test_templates_use_known_slots_only(self):
        known = set(slots.SLOTS) | set(slots.linked())
        for t in templates.TEMPLATES:
            used = {s for text in [r.text for r in t.requests] + [t.command, t.mac or ""] for s in templates.SLOT.findall(text)}
            self.assertLessEqual(used, known, t.command)

    def test_filled_templates_leave_no_slot(self):
        random.seed(1)
        samples = [s for s in (everyday.complete(plain=True) for _ in range(3000)) if s]
        self.assertGreater(len(samples), 2800)
        for _, request, command in samples:
            self.assertNotRegex(request + command, r"<(file|dir|name|pat|where|n)\d?>")

    def test_open_requests_get_placeholders(self):
        random.seed(2)
        samples = [s for s in (everyday.vague() for _ in range(1000)) if s]
        placeholders = {p.strip('"') for p, _ in everyday.PLACEHOLDERS.values()}
        for _, request, command in samples:
            self.assertTrue(any(p in command for p in placeholders), (request, command))

    def test_refusals_are_one_marker(self):
        random.seed(3)
        samples = [refusals.refusal() for _ in range(500)]
        self.assertEqual({refusals.REFUSAL}, {command for _, _, command in samples})
        self.assertGreater(len({request for _, request, _ in samples}), 400)
        self.assertGreater(len(refusals.PATTERNS), 200)

    def test_noise_keeps_names(self):
        random.seed(4)
        for _ in range(500): self.assertIn("Quarterly_report-v2.txt", wording.vary("show the last lines of Quarterly_report-v2.txt"))

    def test_noise_keeps_slots(self):
        random.seed(5)
        varied = [wording.vary("<file> should be copied<where> to <dir2>", values=False) for _ in range(1000)]
        for text in varied: self.assertEqual(["file", "where", "dir2"], templates.SLOT.findall(text))
        self.assertGreater(len(set(varied)), 300)

    def test_words_before_a_request_fit_it(self):
        random.seed(6)
        for _ in range(200):
            self.assertRegex(wording.wrap("list <file>", False), r"(?i)list <file>|listing <file>|lists <file>")
            self.assertTrue(wording.wrap("ten biggest files", False).startswith(tuple(wording.PHRASES["noun"])))
            self.assertTrue(wording.wrap("what is <file>", True).startswith(tuple(wording.PHRASES["question"])))

    def test_verbs_are_bent(self):
        self.assertEqual(["listing", "moving", "getting", "freeing"], [wording.gerund(v) for v in ("list", "move", "get", "free")])
        self.assertEqual(["lists", "searches", "copies", "displays"], [wording.third_person(v) for v in ("list", "search", "copy", "display")])

    def test_quotes_are_not_doubled(self):
        self.assertEqual('find . -name "a b.txt"', templates.tidy('find . -name ""a b.txt""'))
        self.assertEqual('rm "a b"/*.txt', templates.tidy('rm "a b"/*.txt'))
        self.assertEqual('rm "a b/c.txt"', templates.tidy('rm "a b"/c.txt'))

    def test_what_is_wrong_is_drawn_more_often(self):
        hard, easy = templates.TEMPLATES[:2]
        before = list(templates._WEIGHTS)
        self.addCleanup(lambda: templates._WEIGHTS.__setitem__(slice(None), before))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "difficulty.json"
            path.write_text(json.dumps({templates.key(hard): 1.0, templates.key(easy): 0.0}))
            templates.heed(path)
        factors = [after / own for after, own in zip(templates._WEIGHTS, before)]
        self.assertEqual([templates.UNKNOWN, templates.KNOWN, templates.NEW], factors[:3])

    def test_requests_of_macs_are_asked_on_macs(self):
        random.seed(7)
        template = next(t for t in templates.TEMPLATES if t.of_macs and t.mac)
        systems = [s[0] for s in (everyday.complete(template=template) for _ in range(200)) if s]
        self.assertGreater(systems.count("macos"), .75 * len(systems))


class Development(unittest.TestCase):
    def test_the_right_answers_are_taken(self):
        entries = development.load()
        self.assertEqual(300, len({e["id"] for e in entries}))
        for e in entries:
            for command in e["right"]: self.assertTrue(development.is_right(e, command), (e["id"], command))

    def test_wrong_ones_are_not(self):
        for e in development.load():
            self.assertFalse(development.is_right(e, "true"), e["id"])
            self.assertEqual(e["kind"] != "specified", development.is_right(e, refusals.REFUSAL), e["id"])


class Confidence(unittest.TestCase):
    def test_the_proposal_spares_the_right_and_finds_the_wrong(self):
        right = [(True, -.01 * (i % 10)) for i in range(96)] + [(True, -.5)] * 4
        lines = confidence.report({"some": right + [(False, -.3)] * 6 + [(False, -.01)] * 4})
        self.assertEqual(-.09, confidence.proposal(right))
        self.assertEqual("proposed unsure_below=-0.09: 4.0 % of the right, 60.0 % of the wrong", lines[-1])

    def test_a_bad_trade_is_said(self):
        self.assertIn("less than the half", confidence.report({"some": [(True, -.1)] * 9 + [(False, -.01)]})[-1])


class Run(unittest.TestCase):
    """One tiny run for all tests: six steps at once, and three and three."""

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        write_corpora(cls.folder)
        cls.corpora = ["--corpora", str(cls.folder)]
        main(["tokenizer", "--run", str(cls.folder / "whole"), "--vocabulary", "600", "--texts", "300"] + cls.corpora)
        (cls.folder / "parts").mkdir()
        (cls.folder / "parts" / "tokenizer.json").write_bytes((cls.folder / "whole" / "tokenizer.json").read_bytes())
        cls.train("whole", 6)
        cls.train("parts", 3, "--decay", "0.0001")
        cls.train("parts", 6)
        cls.out = cls.folder / "out"
        main(["export", "--run", str(cls.folder / "whole"), "--out", str(cls.out), "--checkpoint", "last.pt"])

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    @classmethod
    def train(cls, run, steps, *more):
        small = ["--size", "smoke", "--chunk", "40", "--batch", "500", "--threads", "1", "--warmup", "1", "--decay", ".1", "--device", "cpu"]
        main(["train", "--run", str(cls.folder / run), "--steps", str(steps)] + small + list(more) + cls.corpora)

    def checkpoint(self, run):
        return load_checkpoint(self.folder / run / "last.pt")[0]

    def test_a_run_goes_on_exactly(self):
        whole, parts = (self.checkpoint(run).state_dict() for run in ("whole", "parts"))
        for name in whole: self.assertTrue(torch.equal(whole[name], parts[name]), name)

    def test_training_moves_the_loss(self):
        log = (self.folder / "whole" / "log.tsv").read_text()
        self.assertIn("# step 6\theld-out nl2bash", log)
        self.assertLess(float(log.split("fresh samples ")[1].split()[0]), 6.39)

    def test_difficulty_tells_of_each_template(self):
        main(["difficulty", "--run", str(self.folder / "whole"), "--checkpoint", "last.pt", "--samples", "1"])
        path = self.folder / "whole" / "difficulty.json"
        found = json.loads(path.read_text())
        path.unlink()
        self.assertGreater(len(found), .9 * len(templates.TEMPLATES))
        self.assertTrue(all(.9 < wrong <= 1 for wrong in found.values()), "six steps teach nothing")

    def test_tokenizer_gives_texts_back(self):
        t = Tokenizer(self.out / "tokenizer.json")
        for text in ("list files", "größe  von\t\"日本.txt\"", "cp a-b_c.tar.gz ~/x && echo $? 🙂"): self.assertEqual(text, t.decode(t.encode(text)))
        self.assertEqual(len("20250"), len(t.encode("20250")))
        self.assertEqual(600, len(t))

    def test_safetensors_hold_the_weights(self):
        named = to_hugging_face(self.checkpoint("whole").state_dict(), SIZES["smoke"])
        for name, w in read_safetensors(self.out / "model.safetensors").items(): np.testing.assert_allclose(w, named[name], atol=2e-3)

    def test_gguf_starts_with_its_counts(self):
        for kind in ("f16", "q8_0"):
            magic, version, tensors, entries = struct.unpack("<4sIQQ", (self.out / ("cmdai-tiny-%s.gguf" % kind)).read_bytes()[:24])
            self.assertEqual((b"GGUF", 3, 2 + 9 * SIZES["smoke"].layers, 29), (magic, version, tensors, entries))

    def test_q8_0_is_near(self):
        w = np.random.default_rng(1).normal(size=(4, 64)).astype(np.float32)
        blocks = np.frombuffer(gguf.q8_0(w), np.uint8).reshape(-1, 34)
        values = blocks[:, :2].copy().view("<f2").astype(np.float32) * blocks[:, 2:].copy().view(np.int8)
        np.testing.assert_allclose(values.reshape(w.shape), w, atol=np.abs(w).max() / 127)

    def test_onnx_files_are_valid(self):
        try:
            import onnx
        except ImportError:
            self.skipTest("onnx is not installed")
        for name in ("model", "model_int8"):
            m = onnx.load(str(self.out / "onnx" / (name + ".onnx")))
            onnx.checker.check_model(m, full_check=True)
            self.assertEqual(["input_ids", "attention_mask", "position_ids", "past_key_values.0.key"], [i.name for i in m.graph.input][:4])
            self.assertEqual(["logits", "present.0.key", "present.0.value"], [o.name for o in m.graph.output][:3])

    def test_files_come_out_of_the_ones_that_ship(self):
        main(["convert", "--model", str(self.out), "--out", str(self.folder / "again")])
        for name in ("cmdai-tiny-f16.gguf", "onnx/model.onnx", "config.json"):
            self.assertEqual((self.out / name).read_bytes(), (self.folder / "again" / name).read_bytes(), name)

    def test_words_are_in_two_parts(self):
        main(["words", "--out", str(self.folder / "words.txt")] + self.corpora)
        frequent, right = ((self.folder / "words.txt").read_text().split("\n\n"))
        frequent, right = frequent.split(), right.split()
        self.assertEqual("the", frequent[0])
        self.assertGreater(len(frequent), 1500)
        self.assertFalse(set(frequent) & set(right))

    def test_cases_tell_answers_and_how_near_the_next_was(self):
        main(["cases", "--run", str(self.folder / "whole"), "--checkpoint", "last.pt", "--out", str(self.folder / "cases.json"), "--count", "3"] + self.corpora)
        cases = json.loads((self.folder / "cases.json").read_text())
        self.assertEqual(3, len(cases))
        for case in cases: self.assertTrue(case["logprob"] < 0 <= case["lead"], case)

    def test_evaluation_tells_its_numbers(self):
        main(["evaluate", "--run", str(self.folder / "whole"), "--checkpoint", "last.pt", "--everyday", "2", "--development", "2", "--names", "2", "--fresh", "1", "--held-out", "2"] + self.corpora)
        text = (self.folder / "whole" / "evaluation.txt").read_text()
        for part in ("step 6", "everyday: ", "development set: ", "names: ", "fresh refusal: ", "nl2bash held out: 2 pairs", "proposed unsure_below="): self.assertIn(part, text)


if __name__ == "__main__":
    unittest.main()
