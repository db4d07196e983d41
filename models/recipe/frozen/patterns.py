"""What stands in one place for all checkers: the refusal marker, the placeholders that count as obvious, and macros."""

import re

# A model says with a comment line that begins so that no command serves the request.
REFUSAL = "# no command"

_FILE_STEMS = (r"(?:(?:your|my|the|old|new|some|input|output|source|src|target|dest(?:ination)?|log)[_-]?)?"
               r"(?:file[_-]?(?:name|path|to[_-]?\w+)?|path|script|document|input|output|source|src|target|dest(?:ination)?|original|copy|"
               r"data|log|app|image|archive|video|backup|old|new|example|sample|doc|text|name|link|link[_-]?name)"
               r"(?:[_-]?\d|[_-]?name)?")
_FOLDER_STEMS = (r"(?:your[_-]?|my[_-]?|the[_-]?|old[_-]?|new[_-]?|source[_-]?|src[_-]?|target[_-]?|dest(?:ination)?[_-]?|output[_-]?)?"
                 r"(?:dir(?:ectory)?|folder|path|source|src|target|dest(?:ination)?|project|mount[_-]?point)"
                 r"(?:[_-]?\d|[_-]?name|[_-]?path)?")


def _shapes(stem, path_before=True):
    """A stem bare, in capitals, in angle brackets, in braces, or at the end of an example path."""
    path = r"(?:~/|/)?(?:path/to/|path/|some/path/|your/|my/)" if path_before else r"(?!)"
    return rf"(?:(?i:<{stem}>|\{{{{?{stem}\}}\}}?|\[{stem}\]|(?:{path})?{stem}))"


# The names that nobody could take for a real one. A request that names nothing wants one of these, or a refusal.
PLACEHOLDERS = {
    "FILE": rf"(?:{_shapes(_FILE_STEMS + r'(?:[.](?:[a-z0-9]{2,5}|tar[.]gz|ext))?')}|/path/to/[\w.-]+|path/to/[\w.-]+)",
    "DIR": rf"(?:{_shapes(_FOLDER_STEMS)}|/path/to/[\w.-]+|path/to/[\w.-]+|/path/to)",
    "URL": r"(?:(?i:<(?:your[_-]?|the[_-]?)?(?:url|link|repo\w*|repository\w*|address)>|(?:the_?|your_?|repo_?|repository_?)?url|link)|"
           r"(?:https?|ftp|ssh|git)://(?:[\w.]*example\.(?:com|org|net)|URL|HOST|<[\w-]+>|your[\w.-]*)(?:[/:][\w./<>~-]*)?|"
           r"https?://(?:www\.)?git(?:hub|lab)\.com/(?i:user(?:name)?|owner|your[\w-]*|org|<[\w-]+>)/(?i:repo(?:sitory)?|project|<[\w-]+>)(?:\.git)?|"
           r"git@git(?:hub|lab)\.com:(?i:user(?:name)?|owner|your[\w-]*|org)/(?i:repo(?:sitory)?|project)(?:\.git)?)",
    "HOST": _shapes(r"(?:your[_-]?|remote[_-]?|the[_-]?)?(?:host(?:[_-]?name)?|server(?:[_-]?name)?|remote(?:[_-]?host)?|domain|(?:server[_-]?)?ip(?:[_-]?address)?|address|machine)", False)
            + r"|(?:[\w-]+\.)*example\.(?:com|org|net)|192\.0\.2\.\d+",
    "USER": _shapes(r"(?:your[_-]?|new[_-]?|the[_-]?)?(?:user(?:[_-]?name)?|login|owner|account)", False),
    "PID": _shapes(r"(?:the[_-]?|process[_-]?)?(?:pid|id)", False),
    "PORT": _shapes(r"(?:your[_-]?|the[_-]?)?port(?:[_-]?number)?", False),
    "TEXT": _shapes(r"(?:your[_-]?|the[_-]?|search[_-]?|old[_-]?|new[_-]?|some[_-]?)?(?:text|pattern|string|word|term|search|keyword|regex|expression|foo|bar|old|new|find|replace(?:ment)?|message)", False),
    "NAME": _shapes(r"(?:your[_-]?|my[_-]?|the[_-]?|new[_-]?|old[_-]?)?(?:(?:package|service|process|program|app(?:lication)?|container|image|branch|tag|command|module|group|unit|daemon|job|session|device|disk|volume|partition|interface|environment|env|db|database|pod)(?:[_-]?(?:name|id))?|name|pkg|remote)", False),
    "MODE": r"(?:(?i:<?(?:mode|permissions?|perms)>?)|\d{3,4}|[ugoa]*[+=][rwxX]+)",
}

_FEW = r"(?: -n ?[+-]?\d+| -[1-9]\d*| -c ?\d+| -[fF])?"
_GREP = r"grep(?: -{1,2}[\w-]+(?: \d+)?)* (?:'[^']*'|[^\s;&<>`]+)"

# `{any}` never reaches into another command, a redirection or a substitution; `{o}` is options alone.
MACROS = {
    "any": r"(?:\\;|[^;&|<>`$\n])*",
    "o": r"(?: -{1,2}[A-Za-z0-9][\w=:,.%-]*)*",
    # What only shows (view) or chooses among (pick) the lines that came before.
    "view": rf"(?: \| (?:(?:head|tail){_FEW}|(?:less|more|cat|column|uniq|nl|sort)(?: -\S+| \d+)*|{_GREP}|awk [^;<>`\n]*))*",
    "pick": rf"(?: \| (?:(?:head|tail){_FEW}|(?:sort|wc|bc)(?: -\S+| \d+)*|{_GREP}|(?:cut|awk|sed|tr|paste) [^<>`\n]*?))*",
    "grep": _GREP,
    "lsof": r"lsof(?: -\S+| @?\S*:\d+| [46]?(?:tcp|udp|TCP|UDP)\S*)*",
    "h": r"(?:~/|\$HOME/)?",
}


def compile_accept(text):
    """A regular expression for a whole canonical command, its `{MACROS}` and `{PLACEHOLDERS}` filled in."""
    table = {**MACROS, **{name: f"(?:{shape})" for name, shape in PLACEHOLDERS.items()}}
    return re.compile(re.sub(r"\{([A-Za-z]+)\}", lambda found: table[found[1]], text))
