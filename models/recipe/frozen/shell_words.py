"""Splits a shell command into words and operators, and writes it in one canonical form for regular expressions."""

import re
from dataclasses import dataclass

OPERATORS = ("<<<", "&>>", "&&", "||", ";;", "|&", "<(", ">(", "<<", ">>", ">&", "<&", "&>", ">|",
             ";", "|", "&", "(", ")", "<", ">", "\n")


@dataclass(frozen=True)
class Token:
    """A word (`text` without its quotes) or an operator; `substitutions` are the commands inside `$(…)` and backticks."""

    text: str
    raw: str
    is_operator: bool = False
    substitutions: tuple = ()


class Unreadable(ValueError):
    """The command is no complete shell text: an open quote or an open bracket."""


def split(command):
    """The tokens of a command, in order."""
    tokens = []
    at = 0
    while at < len(command):
        if command[at] in " \t\r":
            at += 1
        elif command[at] == "#" and (at == 0 or command[at - 1] in " \t\n;"):
            break
        elif operator := _operator_at(command, at):
            tokens.append(Token(operator, operator, True))
            at += len(operator)
        else:
            token, at = _word(command, at)
            if token.raw.isdigit() and command[at:at + 1] in ("<", ">") and command[at:at + 1]:
                operator = _operator_at(command, at)
                tokens.append(Token(token.raw + operator, token.raw + operator, True))
                at += len(operator)
            else:
                tokens.append(token)
    return tokens


def _operator_at(command, at):
    return next((each for each in OPERATORS if command.startswith(each, at)), None)


def _word(command, start):
    text, substitutions, at = [], [], start
    while at < len(command):
        char = command[at]
        if char == "\\":
            text.append(command[at + 1:at + 2])
            at += 2
        elif char == "'" or command.startswith("$'", at):
            at += 1 if char == "'" else 2
            end = command.find("'", at)
            if end < 0:
                raise Unreadable("a single quote stays open")
            text.append(command[at:end])
            at = end + 1
        elif char == '"':
            at = _double_quoted(command, at + 1, text, substitutions)
        elif command.startswith("$(", at) or char == "`":
            at = _substitution(command, at, text, substitutions)
        elif command.startswith("${", at) and "}" in command[at:]:
            end = command.index("}", at) + 1
            text.append(command[at:end])
            at = end
        elif char in " \t\r\n" or _operator_at(command, at):
            break
        else:
            text.append(char)
            at += 1
    return Token("".join(text), command[start:at], False, tuple(substitutions)), at


def _double_quoted(command, at, text, substitutions):
    while at < len(command):
        char = command[at]
        if char == '"':
            return at + 1
        if char == "\\" and command[at + 1:at + 2] in ('"', "\\", "$", "`"):
            text.append(command[at + 1])
            at += 2
        elif command.startswith("$(", at) or char == "`":
            at = _substitution(command, at, text, substitutions)
        else:
            text.append(char)
            at += 1
    raise Unreadable("a double quote stays open")


def _substitution(command, at, text, substitutions):
    if command[at] == "`":
        end = command.find("`", at + 1)
        if end < 0:
            raise Unreadable("a backtick stays open")
        inner_start = at + 1
    else:
        inner_start, depth, end = at + 2, 1, at + 2
        while end < len(command):
            if command[end] in "'\"":
                close = command.find(command[end], end + 1)
                if close < 0:
                    raise Unreadable("a quote stays open")
                end = close
            elif command[end] in "()":
                depth += 1 if command[end] == "(" else -1
                if depth == 0:
                    break
            end += 1
        if depth:
            raise Unreadable("a bracket stays open")
    substitutions.append(command[inner_start:end])
    text.append(command[at:end + 1])
    return end + 1


def canonical(command):
    """The command with one space between words and no quotes, sudo, noise of error output, `./` or closing `/`.

    A word with white space in it, or with nothing, stands in single quotes, one with a substitution in none; an escaped `;` stays `\\;`.
    """
    command = re.sub(r"<([A-Za-z][\w .-]*)>", lambda found: "'<" + found[1].replace(" ", "_") + ">'"
                     if not _is_quoted(command, found.start()) else "<" + found[1].replace(" ", "_") + ">", command)
    words, begins = [], True
    tokens = split(command.strip())
    skip = False
    for position, token in enumerate(tokens):
        if skip:
            skip = False
            continue
        following = tokens[position + 1].text if position + 1 < len(tokens) else ""
        if token.is_operator:
            if (token.text, following) in (("2>", "/dev/null"), ("2>&", "1")):
                skip = True
                continue
            words.append(";" if token.text == "\n" else token.text)
            begins = not any(mark in token.text for mark in "<>")
            continue
        if begins and token.text == "sudo":
            continue
        words.append(_plain(token, begins))
        begins = False
    while words and words[-1] == ";":
        words.pop()
    return " ".join(words)


def _is_quoted(command, at):
    before = command[:at]
    return before.count('"') % 2 == 1 or before.count("'") % 2 == 1


def _plain(token, begins):
    text = token.text
    if token.raw == "\\;" or token.raw in ("';'", '";"'):
        return "\\;"
    text = re.sub(r"^(\$HOME|\$\{HOME\})(?=/|$)", "~", text)
    if not begins:
        text = re.sub(r"^\./(?=.)", "", text)
    if len(text) > 1 and text.endswith("/") and not text.endswith("//"):
        text = text[:-1]
    quoted = text == "" or re.search(r"\s", text) and not token.substitutions
    return "'" + text + "'" if quoted else text
