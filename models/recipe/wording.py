"""Makes one request sound like many people: politeness, chat, questions, typos, the English of those who learned another language first.

A request may still hold its slots ('copy <file> to <dir>'): they are never touched.
"""
import random as R
import re

from .notation import expand, parse
from .wordlists import lines

CHAT = [parse(line) for line in lines("chat.txt")]
PHRASES = {place: [p for p in phrases.split("|") if p] for place, phrases in (line.split(" = ", 1) for line in lines("wording.txt"))}
VERBS = set(PHRASES["verbs"])
# Verbs that double their last letter before -ing.
DOUBLED = {"get", "put", "cut", "set", "stop", "run", "zip", "unzip", "split", "scan", "swap", "plot", "wrap", "trim", "strip", "drop", "map", "shut", "grab", "tag", "plug", "log"}
# A request of that many characters tells a story by itself.
LONG = 75
SWAPS = [("what is ", "what's "), ("do not", "don't"), ("I ", "i "), ("directory", "dir"), ("directories", "dirs"), ("directory", "folder"),
         ("folder", "directory"), ("'s", "s"), ("files", "file"), ("delete", "remove"), ("show", "display"), ("list", "show"),
         ("find", "search for"), ("file ", "files "), ("folders", "dirs"), ("create", "make"), ("number of", "count of"),
         ("which", "what"), (" all ", " every "), (" all ", " "), (" and ", " & "), ("bigger", "larger"), ("large ", "big "), ("biggest", "largest"),
         ("largest", "biggest"), ("in this folder", "here"), ("in the current directory", "here"), ("containing", "with"), ("contain ", "have "),
         ("than", "then"), ("without", "w/o"), (" with ", " w/ "), ("you", "u"), ("please", "pls"), ("because", "cause"), ("information", "info"),
         ("the current", "this"), ("more than", "over"), ("larger than", "over"), ("bigger than", "above"), ("sorted by", "ordered by"), ("remove", "get rid of")]
# What comes out where articles, prepositions and endings follow another language's rules.
LEARNED = [(" the ", " "), (" the ", " "), (" a ", " "), (" the ", " a "), (" a ", " the "), (" in ", " on "), (" in ", " at "), (" of ", " from "), (" to ", " "),
           (" are ", " is "), (" is ", " are "), (" an ", " a "), (" of ", " "), (" with ", " which have "), (" that ", " what "), (" that ", " which "), (" in ", " inside of "),
           (" all ", " all the "), (" for ", " of "), (" on ", " in "), (" from ", " of "), (" by ", " with "), (" has ", " have "), (" have ", " has "), (" my ", " the "),
           (" into ", " in "), (" than ", " then "), (" than ", " as "), ("does ", "do "), (" larger ", " more large "), (" bigger ", " more big "), ("biggest", "most big"),
           ("largest", "most large"), (" older ", " more old "), ("s and ", " and "), ("information", "informations"), (" everything ", " all "), (" modified ", " changed "),
           (" who ", " which "), (" much ", " many "), (" any ", " some "), (" me ", " to me "), (" every ", " each "), (" using ", " with use of "), (" it ", " "), (" be ", " ")]
LEARNED_BEFORE = ["please to ", "i want that you ", "how i can ", "how can to ", "i need for ", "how it is possible to ", "i would like that you ", "make please ", "can you to ", "need command for ",
                  "i must to ", "i am wanting to ", "how to i ", "which is command to ", "what is command for ", "it is necessary to ", "please you ", "give command to ", "i try to ",
                  "help, need to ", "for to ", "you can ", "sorry my english, i want ", "how do you call command to ", "is possible to ", "have to ", "me need to ", "do please "]
ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
NEIGHBOURS = {c: row[max(0, i - 1):i] + row[i + 1:i + 2] for row in ROWS for i, c in enumerate(row)}
# Where a text holds filled-in values, only these words may be misspelt.
COMMON = set("""list show display print find search delete remove create make copy move rename files folder directory directories
file folders lines line count number words extract compress archive install uninstall restart process processes running memory usage
disk space largest biggest current recursively containing permissions executable owner change replace contents commit branch changes
container containers images packages download upload address network connection service status system version environment
variables history calendar today yesterday modified recently hidden including without between column sorted reverse duplicate
please command which what where every everything everyone nested empty broken symlinks readable writable logged bigger larger
smaller older newer than changed last days week month under below inside from with that have whose name ending starting the all and""".split())
WORD = re.compile(r"<[a-z_]+[0-9]?>|(?<![^\s(,])[a-z]{3,}(?=[\s,.?!)<]|$)")
ASKING = re.compile(r"(what|which|who|whose|where|when|why|how|is|are|does|do|did|has|have|can|will)\b", re.I)


def misspell(w):
    j = R.randint(1, len(w) - 2)
    r = R.random()
    if r < .30: return w[:j] + w[j + 1:]
    if r < .60: return w[:j] + w[j + 1] + w[j] + w[j + 2:]
    if r < .72: return w[:j] + w[j] + w[j:]
    if r < .80: return w[:-1] if len(w) > 4 else w[:j] + w[j + 1] + w[j] + w[j + 2:]
    j = R.randint(0, len(w) - 1)
    near = R.choice(NEIGHBOURS[w[j]])
    return w[:j] + near + w[j + 1:] if r < .95 else w[:j] + near + w[j:]


def typo(text, values):
    """One misspelt word; values: the text holds filled-in values, whose letters must stay."""
    places = [m for m in WORD.finditer(text)
              if not m.group().startswith("<") and (m.group() in COMMON if values else True)]
    places = [m for m in places if len(m.group()) > 3 or R.random() < .3]
    if not places: return text
    m = R.choice(places)
    if not values and R.random() < .06 and text[m.end():m.end() + 1] == " " and text[m.end() + 1:m.end() + 2].isalpha():
        return text[:m.end()] + text[m.end() + 1:]             # two words in one
    return text[:m.start()] + misspell(m.group()) + text[m.end():]


def replace_one(text, pairs):
    a, b = R.choice([p for p in pairs if p[0] in text] or [("", "")])
    return text.replace(a, b, 1) if a else text


def gerund(verb):
    if verb in DOUBLED: return verb + verb[-1] + "ing"
    if verb.endswith("e") and not verb.endswith("ee"): return verb[:-1] + "ing"
    return verb + "ing"


def third_person(verb):
    if verb.endswith(("s", "sh", "ch", "x", "z")): return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeou" else verb + "s"


def starts_with_verb(text):
    return text.split(" ", 1)[0] in VERBS


def wrap(text, question, chatty=False):
    """Words before a request that fit the way it begins; a long one has its own."""
    if len(text) > LONG: return text
    if question: return R.choice(PHRASES["question"]) + text
    if not starts_with_verb(text): return R.choice(PHRASES["noun"]) + text
    r = R.random()
    if chatty or r < .82: return R.choice(PHRASES["chatty" if chatty else "verb"]) + text
    verb, _, rest = text.partition(" ")
    if r < .91: return R.choice(PHRASES["gerund"]) + gerund(verb) + " " + rest
    return R.choice(PHRASES["third"]) + third_person(verb) + " " + rest


def tell(text, question):
    """With a sentence around the request that says why, or how it came to this."""
    said = expand(R.choice(CHAT)).strip().replace(" 've", "'ve")
    if R.random() < .75:
        link = R.choice([". ", ". ", ". ", ", ", ", ", "; ", " - ", "... ", ": ", ", so ", " so ", ", and ", " and now ", "! "])
        if R.random() < .5: text = wrap(text, question, R.random() < .2)
        if link[0] in ".!" and R.random() < .7 and text[:1] != "<": text = text[:1].upper() + text[1:]
        return said + link + text
    link = R.choice([". ", ". ", ", ", " - ", ", because ", " because ", ", since ", " as "] if said.split(" ")[0] in ("i", "we", "my", "our", "the", "i'm", "it's", "there", "somebody", "someone") else [". ", ", ", " - ", "! "])
    return (text.rstrip("?.") + ("?" if question and link[0] in ".-!" and R.random() < .7 else "") + link + said).replace("?. ", "? ").replace("?! ", "? ")


def learned(text, question):
    """As somebody who learned English late would say it."""
    for _ in range(R.choice([1, 2, 2, 3])): text = replace_one(text, LEARNED)
    if not question and starts_with_verb(text) and R.random() < .35: text = R.choice(LEARNED_BEFORE) + text
    return text


def vary(text, question=False, values=True):
    """One of many wordings; values: the text holds filled-in names and numbers, whose letters must stay as they are."""
    question = question or bool(ASKING.match(text))
    quoted = values and ("'" in text or '"' in text)
    chatty = False
    r = R.random()
    if r < .21: text = wrap(text, question)
    elif r < .29:
        chatty = True
        text = wrap(text, question, True)
    elif r < .38 and not quoted: text = learned(text, question)
    elif r < .41: chatty = True
    elif r < .51: text = tell(text, question)
    if not quoted:
        if R.random() < .10: text = replace_one(text, SWAPS)
        if R.random() < .07: text = replace_one(text, LEARNED)
    if chatty and R.random() < .6: text = text.rstrip("?.") + R.choice(PHRASES["after_chatty"])
    elif R.random() < .12: text += "?" if question else R.choice(PHRASES["after"])
    if R.random() < .15:
        for _ in range(R.choice([1, 1, 2, 2, 3, 4])): text = typo(text, values)
    r = R.random()
    if r < .20 and text[:1] != "<": text = text[:1].upper() + text[1:]
    elif r < .21 and not values and "<" not in text: text = text.upper()
    return re.sub(r" +", " ", text).strip()
