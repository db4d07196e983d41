"""Tests of the scorer with requests of their own: what is accepted, what is rejected, and what never runs."""

import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path

import allowed
import judge
import patterns
import scratch
import score
import shell_words

COPY = {"id": "t-1", "category": "t", "os": "linux", "style": "terse", "kind": "specified", "request": "copy a to b",
        "effect": {"world": "home", "setup": "put a", "reference": ["cp a b"]}, "wrong": ["mv a b"]}
FIND = {**COPY, "id": "t-2", "request": "pdf files in Downloads",
        "effect": {"world": "home", "show": "paths", "reference": ["find Downloads -name '*.pdf'"]}}
VAGUE = {"id": "t-3", "category": "t", "os": "macos", "style": "terse", "kind": "underspecified", "request": "copy file",
         "accept": [r"cp{o} {FILE} ({FILE}|{DIR})"], "wrong": ["cp report.txt /tmp"]}
HOPELESS = {"id": "t-4", "category": "t", "os": "linux", "style": "terse", "kind": "unservable", "request": "sing", "wrong": ["say"]}


class Words(unittest.TestCase):
    def test_quotes_and_noise_are_gone_from_the_canonical_form(self):
        for command in ('sudo  grep -r "TODO" ./src/ 2>/dev/null', "grep -r TODO src", "grep -r 'TODO' src ;"):
            self.assertEqual("grep -r TODO src", shell_words.canonical(command))

    def test_names_with_spaces_stay_one_word(self):
        self.assertEqual("rm 'my file' | cat", shell_words.canonical(r"rm my\ file|cat"))
        self.assertNotEqual(shell_words.canonical("rm my file"), shell_words.canonical("rm 'my file'"))

    def test_placeholders_in_angle_brackets_are_words(self):
        self.assertEqual("cp <old_file> <new>", shell_words.canonical("cp '<old file>' <new>").replace("'", ""))

    def test_open_quotes_are_unreadable(self):
        for command in ("echo 'a", 'echo "a', "echo $(ls", "echo `ls"):
            self.assertRaises(shell_words.Unreadable, shell_words.split, command)


class Allowed(unittest.TestCase):
    def test_what_stays_in_the_folder_may_run(self):
        for command in ("find . -name '*.o' -exec rm {} +", "sed -n '/a/,/b/p' x | sort > y", "for f in *.c; do mv \"$f\" \"${f%.c}.h\"; done",
                        "grep -c '/cart' access.log", "ls ~/Documents 2>/dev/null", "git switch -c new", "find . -print0 | xargs -0 -n 1 rm"):
            allowed.check(command)

    def test_what_reaches_out_of_the_folder_or_is_unknown_never_runs(self):
        for command in ("rm -rf /", "rm -rf /etc", "rm -rf ../x", "rm -rf ~root", "rm -rf \"$DIR\"/*", "cp a /usr/bin/a", "echo x > /etc/passwd",
                        "sed -i s/a/b/ /etc/hosts", "find / -delete", "find . -exec python3 {} +", "ls | xargs reboot", "sudo ls", "sh script.sh",
                        "sh -c 'rm -rf /'", "echo $(reboot)", "echo \"`reboot`\"", "awk 'BEGIN{system(\"reboot\")}'", "curl x | sh", "cat a; reboot",
                        "true && reboot", "git -c alias.x='!reboot' x", "tar --to-command=reboot -xf a.tar", "dd if=/dev/zero of=/dev/sda",
                        "perl -e 'unlink \"a\"'", "cd / && rm -rf *", "$X -rf a", "tar xPf a.tar", "cp --target-directory=/etc a"):
            with self.assertRaises(allowed.NotAllowed, msg=command):
                allowed.check(command)


@unittest.skipIf(scratch.missing_programs(), f"skipped: the machine lacks {scratch.missing_programs()}")
class Effects(unittest.TestCase):
    def test_any_way_to_the_same_files_is_right(self):
        for command in ("cp a b", "cp -v ./a ~/b", "cat a > b", "install -m 644 a b"):
            self.assertIsNone(judge.verdict(COPY, command), command)

    def test_other_files_names_or_rights_are_wrong(self):
        for command in ("mv a b", "cp a c", "cp b a", "ln -s a b", "cp a b && chmod 600 b", "cp a b; rm -r Music", "true", "cp 'a b'"):
            self.assertIsNotNone(judge.verdict(COPY, command), command)

    def test_listings_are_compared_by_the_paths_they_name(self):
        for command in ("find ~/Downloads -type f -name '*.pdf' -ls", "ls -l Downloads/*.pdf", "cd Downloads && ls *.pdf"):
            self.assertIsNone(judge.verdict(FIND, command), command)
        for command in ("ls Downloads", "find . -name '*.pdf'", "find ~/Downloads -name '*.pdf' -delete", "ls Downloads/*.pdf > found.txt"):
            self.assertIsNotNone(judge.verdict(FIND, command), command)

    def test_archives_are_compared_by_what_they_hold(self):
        entry = {**COPY, "effect": {"world": "home", "reference": ["tar czf m.tgz Music"]}}
        self.assertIsNone(judge.verdict(entry, "tar -cf - ./Music/ | gzip -9 > m.tgz"))
        self.assertIsNotNone(judge.verdict(entry, "tar cf m.tgz Music"))
        self.assertIsNotNone(judge.verdict(entry, "tar czf m.tgz Videos"))

    def test_repositories_are_compared_by_history_and_work_tree(self):
        entry = {**COPY, "effect": {"world": "repo", "reference": ["git checkout -b new"]}}
        self.assertIsNone(judge.verdict(entry, "git switch -c new"))
        self.assertIsNotNone(judge.verdict(entry, "git branch new"))

    def test_what_runs_too_long_is_wrong(self):
        entry = {**COPY, "effect": {**COPY["effect"], "reference": ["true"]}}
        self.assertIn("longer than", judge.verdict(entry, "while true; do true; done"))

    def test_what_prints_or_writes_without_end_is_cut_off(self):
        outcome = scratch.run("cat /dev/zero; cat /dev/zero > x", "home")
        self.assertLessEqual(len(outcome.stdout), scratch.OUTPUT_LIMIT)
        self.assertIn("x", outcome.names)

    def test_gnu_options_are_wrong_for_macos(self):
        entry = {**COPY, "os": "macos", "effect": {"world": "home", "setup": "put a x", "macos": True, "reference": ["sed -i '' s/x/y/ a"]}}
        self.assertIsNone(judge.verdict(entry, "sed -i '' 's/x/y/g' a"))
        self.assertIn("macOS", judge.verdict(entry, "sed -i s/x/y/ a"))


class Verdicts(unittest.TestCase):
    def test_refusals_are_right_where_nothing_or_too_little_is_named(self):
        refusal = patterns.REFUSAL + ": nothing to copy"
        self.assertIsNone(judge.verdict(VAGUE, refusal))
        self.assertIsNone(judge.verdict(HOPELESS, refusal))
        self.assertIsNotNone(judge.verdict(COPY, refusal))
        self.assertIsNotNone(judge.verdict(HOPELESS, "say la la la"))

    def test_placeholders_are_right_and_invented_names_wrong(self):
        for command in ("cp FILE DIR", "cp file.txt /path/to/folder", "cp -r <source> <destination>", "cp old_file.txt new_file.txt",
                        "cp /path/to/source /path/to/destination"):
            self.assertIsNone(judge.verdict(VAGUE, command), command)
        for command in ("cp report.txt /tmp", "cp a.txt b.txt", "cp file.txt", "cp *.txt dir", "cp ~/.ssh/id_rsa dir", "cp FILE DIR; rm FILE"):
            self.assertIsNotNone(judge.verdict(VAGUE, command), command)

    def test_no_answer_is_wrong(self):
        for entry in (COPY, VAGUE, HOPELESS):
            self.assertIsNotNone(judge.verdict(entry, " "))


class Program(unittest.TestCase):
    def run_program(self, *words):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            status = score.main(list(words))
        return status, out.getvalue()

    def test_faults_of_an_entry_are_found(self):
        self.assertEqual([], score.faults_of(VAGUE))
        self.assertIn("accepts its wrong answer: cp FILE DIR", score.faults_of({**VAGUE, "wrong": ["cp FILE DIR"]}))
        self.assertIn("has no wrong answer", score.faults_of({**VAGUE, "wrong": []}))
        self.assertTrue(score.faults_of({**VAGUE, "right": ["mv FILE DIR"]})[0].startswith("rejects its right answer"))

    @unittest.skipIf(scratch.missing_programs(), f"skipped: the machine lacks {scratch.missing_programs()}")
    def test_answers_are_scored_and_failures_listed(self):
        unservable = [entry for entry in score.load() if entry["kind"] == "unservable"]
        with tempfile.TemporaryDirectory() as folder:
            answers = Path(folder, "answers.jsonl")
            answers.write_text("".join(json.dumps({"id": entry["id"], "command": patterns.REFUSAL}) + "\n" for entry in unservable))
            status, out = self.run_program("score", str(answers), "--failures")
        self.assertEqual(0, status)
        total = next(line for line in out.splitlines() if line.startswith("total"))
        self.assertIn(f"{len(unservable)} / {len(unservable)} 100.0 %", total)
        self.assertIn("no answer; right: ", out)

    def test_answers_that_are_no_answers_are_named(self):
        with tempfile.TemporaryDirectory() as folder:
            answers = Path(folder, "answers.jsonl")
            answers.write_text('{"id": "find-01"}\n')
            with self.assertRaises(SystemExit) as stopped:
                score.read_answers(answers)
        self.assertIn("line 1", str(stopped.exception))

    def test_asking_takes_exit_status_4_for_a_refusal(self):
        entry = {**HOPELESS, "request": "sing; exit 3"}
        self.assertEqual("linux/sing; exit 3", score.ask(["sh", "-c", 'echo "$2/$4"', "x"], entry))
        self.assertEqual(patterns.REFUSAL, score.ask(["sh", "-c", "exit 4", "x"], entry))
        with contextlib.redirect_stderr(io.StringIO()) as err:
            self.assertEqual("", score.ask(["sh", "-c", "echo made; echo broken >&2; exit 5", "x"], entry))
        self.assertIn("exit status 5: broken", err.getvalue())


if __name__ == "__main__":
    unittest.main()
