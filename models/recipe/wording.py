"""Makes one request sound like many people: politeness, questions, typos, missing or wrong articles, note style."""
import random as R
import re

BEFORE = ["please ", "how do I ", "how to ", "how can I ", "I want to ", "I need to ", "can you ", "could you ", "command to ",
          "help me ", "i'd like to ", "let's ", "what's the command to ", "a command to ", "bash command to ", "how do i ",
          "could you please ", "would you ", "pls ", "plz ", "hey, ", "hi, please ", "i wanna ", "trying to ", "need to ", "kindly ",
          "would you mind to ", "is it possible to ", "how i can ", "how can i ", "want to ", "i have to ", "can i ", "shell command to ",
          "show me how to ", "tell me how to ", "what command do I use to ", "one liner to ", "terminal: ", "quickly ", "just ", "now ",
          "please can you ", "i would like to ", "help me to ", "what is the way to ", "please to ", "i must ", "in the terminal ", "ok, "]
BEFORE_QUESTION = ["please tell me ", "hey, ", "tell me ", "quick question: ", "i want to know ", "can you tell me ", "do you know "]
AFTER = [" please", "?", ".", " for me", " now", "!", " pls", " thanks", ", please", " asap", " quickly", " plz", " thank you", "..."]
SWAPS = [("what is ", "what's "), ("do not", "don't"), ("I ", "i "), ("directory", "dir"), ("directories", "dirs"), ("directory", "folder"),
         ("folder", "directory"), ("'s", "s"), ("files", "file"), ("delete", "remove"), ("show", "display"), ("list", "show"),
         ("find", "search for"), ("file ", "files "), ("folders", "dirs"), ("create", "make"), ("number of", "count of"),
         ("which", "what"), (" all ", " every "), (" all ", " "), (" and ", " & "), ("bigger", "larger"), ("large ", "big ")]
ARTICLES = [(" the ", " "), (" a ", " "), (" the ", " a "), (" a ", " the "), (" in ", " on "), (" of ", " from "), (" to ", " "), (" are ", " is "),
            (" is ", " "), (" an ", " a "), (" of ", " "), (" with ", " which have "), (" that ", " what "), (" in ", " inside of "), (" all ", " all the ")]
NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wqreytiouosapfdhgkjlxzvcnbm"))
# A word that carries a value must stay as it is: only plain lower-case words get a typo.
KNOWN = set("""list show display print find search delete remove create make copy move rename files folder directory directories
file folders lines line count number words extract compress archive install uninstall restart process processes running memory usage
disk space largest biggest current recursively containing permissions executable owner change replace contents commit branch changes
container containers images packages download upload address network connection service status system version environment
variables history calendar today yesterday modified recently hidden including without between column sorted reverse duplicate
please command which what where every everything everyone nested empty broken symlinks readable writable logged""".split())


def typo(text):
    words = text.split(" ")
    places = [i for i, w in enumerate(words) if w in KNOWN and len(w) > 3]
    if not places: return text
    i = R.choice(places)
    w = words[i]
    j = R.randint(1, len(w) - 2)
    words[i] = R.choice([w[:j] + w[j + 1:], w[:j] + w[j + 1] + w[j] + w[j + 2:], w[:j] + w[j] + w[j:],
                         w[:j] + NEIGHBOURS.get(w[j], w[j]) + w[j + 1:]])
    return " ".join(words)


def replace_one(text, pairs):
    a, b = R.choice([p for p in pairs if p[0] in text] or [("", "")])
    return text.replace(a, b, 1) if a else text


def vary(text, question=False, values=True):
    """One of many wordings; values: the text holds names and numbers, whose letters must stay as they are."""
    r = R.random()
    if question:
        if r < .05: text = R.choice(BEFORE_QUESTION) + text
    elif r < .17:
        text = R.choice(BEFORE) + text
    if R.random() < .11: text += "?" if question else R.choice(AFTER)
    if "'" not in text and '"' not in text:
        if R.random() < .09: text = replace_one(text, SWAPS)
        if R.random() < .10: text = replace_one(text, ARTICLES)
        if R.random() < .02: text = replace_one(text, ARTICLES)
    if R.random() < .06: text = typo(text)
    if R.random() < .02: text = typo(text)
    r = R.random()
    if r < .20: text = text[:1].upper() + text[1:]
    elif r < .22 and not values: text = text.upper()
    return re.sub(r" +", " ", text).strip()
