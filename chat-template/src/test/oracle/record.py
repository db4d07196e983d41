"""Records what Jinja2, set up as Hugging Face transformers does, makes of small templates.

Run: python3 record.py > ../resources/dev/cmdai/chattemplate/jinja2.json   (needs jinja2 3.1)
Each case holds a template and either the text it gives or the error it ends with.
With --all, every combination of values and operations comes out instead of a sample.
"""

import copy
import datetime
import json
import random
import sys

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.sandbox

VARIABLES = {
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": " List files \n", "tool_calls": None},
        {"role": "assistant", "content": "ls -la", "tool_calls": [{"id": "a1", "n": 2}]},
        {"role": "user", "content": "größte 最大 😀 <b>&'\""},
    ],
    "bos_token": "<s>",
    "add_generation_prompt": True,
    "tools": None,
    "items": [3, 1, 2],
    "words": ["b", "a", "C", "b"],
    "nested": {"a": {"b": [1, {"c": "deep"}]}, "z": 1.5, "items": "shadowed", "B": [], "n": None},
    "long": "The quick brown fox\n\njumps over\nthe lazy dog",
}


class Generation(jinja2.ext.Extension):
    """The tag of transformers' AssistantTracker, without the tracking."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        call = self.call_method("_generation_support")
        return jinja2.nodes.CallBlock(call, [], [], body).set_lineno(line)

    @jinja2.pass_eval_context
    def _generation_support(self, context, caller):
        return caller()


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(
        x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )


ENVIRONMENT = jinja2.sandbox.ImmutableSandboxedEnvironment(
    trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
)
ENVIRONMENT.filters["tojson"] = tojson
ENVIRONMENT.globals["raise_exception"] = raise_exception
ENVIRONMENT.globals["strftime_now"] = lambda f: datetime.datetime(2026, 1, 5, 9, 30, 7).strftime(f)


def record(template):
    try:
        # Copied, since some filters change lists in place: += in the filter indent, for one.
        return {"template": template, "text": ENVIRONMENT.from_string(template).render(copy.deepcopy(VARIABLES))}
    except Exception as error:
        return {"template": template, "error": type(error).__name__ + ": " + str(error)}


VALUES = """none|true|false|0|1|-7|3|2.5|-0.0|1e16|1e-5|''|'abc'|' a b  c '|'ÄÖß😀'|'3.7'|'x,y,,z'|[]
|[1, 2, 3]|['b', 'A', 'c']|[1, 'a', none]|()|(1,)|(1, 'x')|{}|{'k': 1, 'b': [2]}|undefined_name
|range(4)|nested|items|words|messages[1]|nested.items()|words|map('upper')|'<a&b>'|safe""".replace("\n", "").split("|")
# The two values with a filter in them were cut at its bar.
VALUES[-4:] = ["(words | map('upper'))", "('<a&b>' | safe)"]

FILTERS = """trim upper lower title capitalize length count join join(',') join('-','role') tojson
tojson(indent=2) tojson(sort_keys=true) tojson(separators=(',',':')) default('d') default('d',true)
d first last replace('a','XY') replace('a','XY',1) list list|length reverse|list int int(9) float
string abs round round(1) round(1,'floor') round(0,'ceil') indent indent(2,true) indent('>>',true,true)
safe escape e items|list dictsort dictsort(true) dictsort(false,'value') dictsort(reverse=true) sort
sort(reverse=true) sort(case_sensitive=true) unique|list min max sum sum(start=10) wordcount
batch(2)|list batch(2,'-')|list slice(2)|list slice(2,'f')|list map('upper')|list select|list
reject|list select('string')|list reject('string')|list select('odd')|list map('length')|list
center(9) format attr('keys') select|first map('int')|sum first|upper""".split()

TESTS = """defined undefined none string number integer float boolean true false mapping iterable
sequence callable odd even lower upper in([1,'abc',2.5]) eq(1) ne(1) equalto('abc') lt(2) gt(2)
ge(2) le(2) sameas(none) sameas(true) divisibleby(3)""".split()

METHODS = """strip() strip('a') lstrip() rstrip() rstrip('c') split() split(',') split('b',1)
split(none,1) rsplit() rsplit(',',1) rsplit(none,1) replace('b','Q') replace('','-')
replace('c','',1) startswith('a') startswith(('x','a')) endswith('c') upper() lower() title()
capitalize() swapcase() join(['p','q']) find('b') rfind('b') index('b') count('b') count('')
isdigit() isalpha() isalnum() isspace() isupper() islower() isnumeric() zfill(6) center(8)
center(7,'*') ljust(6) rjust(6,'.') splitlines() splitlines(true) partition('b') rpartition(',')
removeprefix('a') removesuffix('c') format(1) get('k') get('zz') get('zz','d') items() keys()
values() copy() index(1) count(1) append(1) pop() update({}) items keys nope role startswith
strip(none) encode()|string isascii() casefold()""".split()

SUBSCRIPTS = "0 -1 5 'k' 'b' 'items' none 1.0 true ::2 ::-1 1: :-1 1:3 -2: 3:1:-1 :0 -9:9".split()

OPERATORS = "+ - * / // % ** == != < <= > >= in ~ and or".split() + ["not in"]

HAND_WRITTEN = (
    # literals and their printed forms
    r"""{{ 1 }}{{ 1.0 }}{{ 1e100 }}{{ 123456789.125 }}{{ 1.5e-7 }}{{ 100000000000000000.0 }}{{ 0.1 + 0.2 }}
{{ 0x1f }} {{ 0b101 }} {{ 0o17 }} {{ 1_000 }} {{ 1_0.5_0 }} {{ 12345678.0 }} {{ 0.0001 }} {{ 0.00001 }}
{{ [1, 1.0, true, none, 'a', "it's", 'q"', '\\', 'new\nline', 'tab\t'] }}
{{ ['\x00\x7f\x80\xa0\xad', '\u200b\u2028\ue000', 'é😀', '\r\x1b'] }}
{{ 'a' 'b' "c" }} {{ 'a\'b' }} {{ "\u00e9\x41\101\q\/" }} {{ '\
x' }}
{{ (1, 2) }} {{ () }} {{ (1,) }} {{ 1, 2 }} {{ [1, 2,] }} {{ {'a': 1,} }} {{ {1: 2, 'b': (3,)} }}
{{ {1: 'a', 1.0: 'b', true: 'c'} }} {{ {'a': 1, 'a': 2} }} {{ {none: 1}[none] }} {{ {(1,2): 3}[(1,2)] }}
{{ {[1]: 2} }}
{{ True }} {{ False }} {{ None }} {{ true and none }} {{ [] or 'x' }} {{ not '' }}
{{ range(3) }} {{ range(1, 10, 3) | list }} {{ range(5, 0, -2) | list }} {{ range(3)[1] }} {{ range(3) | length }}
{{ range(0) }} {{ range(1, 2, 3) }} {{ range(1, 5, 0) }} {{ range('a') }}
{{ dict(a=1, b=2) }} {{ dict({'x': 1}, y=2) }} {{ dict([('a', 1), ['b', 2]]) }}
{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % -3 }} {{ -7 % 3 }} {{ 7.5 // 2 }} {{ -7.5 % 2 }} {{ 2 ** 10 }} {{ 2 ** -1 }} {{ 2 ** 3 ** 2 }}
{{ -2 ** 2 }} {{ (2 + 3) * 4 - 1 }} {{ 1 - 2 - 3 }} {{ 2 * 3 % 4 }} {{ 10 / 4 }} {{ 10 / 5 }} {{ 1 / 0 }} {{ 1 % 0 }}
{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 1 == 1.0 == true }} {{ 'a' < 'b' }} {{ [1, 2] < [1, 3] }} {{ (1,) < (1, 0) }} {{ 1 < 'a' }}
{{ 'a' ~ 1 ~ none ~ [1] ~ undefined_name }} {{ 1 + 2 ~ 3 + 4 }} {{ 'a' * 3 }} {{ 3 * [0] }} {{ -1 * 'x' }}
{{ 'b' in 'abc' }} {{ 1 in [1] }} {{ 'k' in {'k': 1} }} {{ 1 not in [2] }} {{ not 1 in [2] }} {{ 'x' in undefined_name }}
{{ 'yes' if 1 else 'no' }} {{ 'yes' if 0 }} {{ 'a' if false else 'b' if false else 'c' }} {{ ('a' if false).x }}
{{ -1 | abs }} {{ 1.5 | round | int }} {{ 'x' | upper ~ 'y' }} {{ 2 | float / 4 }} {{ -3 ** 2 }} {{ -'x' | upper }}
{{ 2.5 | round }} {{ 3.5 | round }} {{ 2.675 | round(2) }} {{ 1234.5 | round(-2) }} {{ 42 | round(1) }} {{ -2.5 | round }}
{{ 'nan' | float }} {{ '1_0' | int }} {{ ' 12 ' | int }} {{ '0x1F' | int(base=16) }} {{ '1e3' | int }} {{ '1e3' | float }} {{ 'inf' | int }}
{{ messages[0].role }} {{ messages[0]['role'] }} {{ messages[-1].content }} {{ messages[9] }} {{ messages[9].role }}
{{ nested.a.b[1].c }} {{ nested['a']['b'][1]['c'] }} {{ nested.items }} {{ nested['items'] }} {{ nested.a.zz }} {{ nested.a.zz.y }}
{{ messages.0.role }} {{ nested.a.b.1.c }} {{ nested.a.b.0 }} {{ words.0.1 }}
{{ nested.items() | list }} {{ nested.keys() }} {{ nested.a.values() }} {{ nested.items() }} {{ nested | items | list }}
{{ messages[1:] | length }} {{ messages[::-1] | map(attribute='role') | join(' ') }} {{ messages[1:3] | map(attribute='role') | list }}
{{ 'größte 😀 x'[7] }} {{ 'größte 😀 x'[6:8] }} {{ 'größte 😀 x' | length }} {{ '😀ab'[::-1] }} {{ '😀ab' | reverse }} {{ 'a😀b'.find('b') }} {{ '😀'.center(4) }}|
{{ 'a😀'.split('') }}
{{ undefined_name }} {{ undefined_name.x }} {{ undefined_name['x'] }} {{ undefined_name() }} {{ undefined_name + 1 }} {{ undefined_name == undefined_other }}
{{ undefined_name == none }} {{ undefined_name | default('d') }} {{ nested.zz | default('d') }} {{ none | default('d') }} {{ none | default('d', true) }} {{ '' | d('e', boolean=true) }}
{{ undefined_name is defined }} {{ undefined_name is not defined }} {{ nested.a is defined }} {{ nested.zz is defined }} {{ nested.a.zz is defined }}
{{ not undefined_name }} {{ undefined_name and 1 }} {{ undefined_name or 1 }} {{ [undefined_name] }} {{ undefined_name | list }} {{ undefined_name | tojson }} {{ undefined_name | int }}
{{ 'x' is string and 1 is number }} {{ 1 is not none }} {{ 1 is number is true }} {{ 3 is divisibleby 3 }} {{ 3 is divisibleby(3) }} {{ 1 is eq 1 }} {{ 'a' is in 'abc' }} {{ 'a' is in ['a'] }} {{ 1 is sameas 1.0 }}
{{ nested is mapping and nested is iterable and nested is sequence }} {{ 'x' is iterable }} {{ 1 is iterable }} {{ words | map('upper') is sequence }} {{ (words | map('upper')) is iterable }} {{ nested.keys() is sequence }}
{{ true is number }} {{ true is integer }} {{ true is boolean }} {{ 1 is boolean }} {{ 1.0 is integer }} {{ 1.0 is float }} {{ 0 is false }} {{ none is none }}
{{ words | sort }} {{ words | sort(case_sensitive=true) }} {{ words | sort(reverse=true) }} {{ words | unique | list }} {{ messages | sort(attribute='role') | map(attribute='role') | list }} {{ messages | map(attribute='content') | map('trim') | map('length') | list }}
{{ messages | selectattr('role', 'equalto', 'user') | list | length }} {{ messages | rejectattr('role', 'in', ['user', 'system']) | map(attribute='role') | list }} {{ messages | selectattr('tool_calls') | list | length }} {{ messages | selectattr('tool_calls', 'defined') | list | length }}
{{ messages | selectattr('role', 'equalto', 'user') | first }} {{ messages | map(attribute='zz', default='q') | join(',') }} {{ messages | map(attribute='tool_calls.0.id') | list }} {{ messages | join('|', attribute='role') }} {{ messages | groupby('zz') }}
{{ items | map('string') | join('+') }} {{ items | map('float') | list }} {{ items | select('gt', 1) | list }} {{ items | select('>', 1) | list }} {{ items | sum }} {{ items | min }} {{ [] | max }} {{ [] | first }} {{ items | map('zz') }}
{{ (items | select)|length }} {{ items | map('upper') }} {{ (messages | map(attribute='role')) and 'truthy' }}
{{ nested | dictsort }} {{ {'b': 1, 'A': 2} | dictsort }} {{ {'b': 1, 'A': 2} | dictsort(true) }} {{ {'b': 2, 'A': 1} | dictsort(by='value') }} {{ {'b': 1, 'a': 2} | dictsort(reverse=true) }}
{{ nested | tojson }} {{ messages | tojson }} {{ nested | tojson(indent=2) }} {{ nested.a | tojson(indent=4) }} {{ [] | tojson(indent=2) }} {{ [[], {}] | tojson(indent=1) }} {{ nested | tojson(separators=(',', ':')) }} {{ {'b': 1, 'a': 2} | tojson(sort_keys=true) }}
{{ 'é😀"\\\n\t\x01\x7f/' | tojson }} {{ 'é😀\x7f' | tojson(ensure_ascii=true) }} {{ {1: 1, none: 2, true: 3, 1.5: 4} | tojson }} {{ (1, 2) | tojson }} {{ 1e16 | tojson }} {{ range(2) | tojson }} {{ nested.keys() | tojson }} {{ [1, 2] | tojson(4) }} {{ '<>&' | tojson }} {{ nested | tojson(indent='\t') }}
{{ long | indent }} {{ long | indent(2, true) }} {{ long | indent(2, blank=true) }} {{ long | wordcount }} {{ long | title }} {{ long.title() }} {{ long | capitalize }} {{ long.splitlines() }} {{ long | truncate(12) }} {{ long | truncate(12, true, '…') }}
{{ "they're bill's (friends) [x] a-b" | title }} {{ "they're bill's a-b 3rd".title() }} {{ 'ǆ ß ﬁ'.title() }} {{ 'ß'.upper() }} {{ 'ΑΣ'.lower() }} {{ 'İ'.lower() }}
{{ '%s is %d and %.2f%%' | format('x', 3, 1.005) }} {{ '%05d|%-5s|%5s|%+d|%x|%X|%o' % (42, 'a', 'b', 3, 255, 255, 8) }} {{ '%(a)s-%(b)s' % {'a': 1, 'b': 2} }} {{ '%s' % none }} {{ '%s' % [1] }} {{ '%s %s' % (1, 2) }} {{ '%s' % (1, 2) }} {{ '%r' % 'x' }} {{ '%d' % 3.9 }} {{ '%d' % 'x' }} {{ '%i' % 3 }} {{ '%5.1f' % 2.25 }} {{ '%s' % undefined_name }} {{ '%%' % () }} {{ 'x' % 1 }} {{ '%f' % 1 }} {{ '%(a)s' | format(a=1) }}
{{ '{} {}'.format(1, 'a') }} {{ '{0} {1} {0}'.format('a', 'b') }} {{ '{name} {x.role} {x[content]}'.format(name=1, x=messages[0]) }} {{ '{:>5}|{:<5}|{:^5}|{:05d}|{:.2f}|{:,}|{:x}|{!r}'.format('a', 'b', 'c', 42, 3.14159, 1234567, 255, 'q') }} {{ '{{}}'.format() }} {{ '{}'.format() }} {{ '{:+d} {: d} {:e}'.format(3, 4, 5.0) }} {{ '{:*^9}'.format('mid') }} {{ '{:%}'.format(0.5) }} {{ '{:.3}'.format('abcdef') }} {{ '{} {0}'.format(1) }} {{ '{:5}|{:5}'.format(1, 'a') }} {{ '{a[0]}'.format(a=[7]) }} {{ '{'.format() }} {{ '{:d}'.format(true) }}
{{ 'a,b'.split(',') | last }} {{ '</think>x</think>y'.split('</think>')[-1].lstrip('\n') }} {{ 'a  b'.split(' ') }} {{ ''.split() }} {{ ''.split(',') }} {{ ' x '.split() }} {{ 'abcabc'.rsplit('b', 1) }} {{ 'aXbX'.split('X', maxsplit=1) }} {{ 'a'.split('') }}
{{ ', '.join(words) }} {{ ', '.join([1]) }} {{ ''.join(messages | map(attribute='role')) }} {{ words | join }} {{ [1, none, 2.0] | join('/') }} {{ 'abc' | join('-') }} {{ nested | join(',') }}
{{ words.index('C') }} {{ words.count('b') }} {{ words.index('zz') }} {{ (1, 2).index(2) }} {{ words.append('x') }} {{ words.pop() }} {{ nested.pop('a') }} {{ nested.update({}) }} {{ nested.setdefault('q', 1) }} {{ words.append is defined }}
{{ 'x'.__class__ }} {{ ''.__class__.__mro__ }} {{ nested.__init__ }} {{ [].__len__() }}
{{ '<a>' | e }} {{ '<a>' | safe }} {{ ('<a>' | safe) + '<b>' }} {{ '<b>' + ('<a>' | safe) }} {{ ('<a>' | e) ~ '<b>' }} {{ '<a>' | e | e }} {{ '<a>' | safe | e }} {{ '<a>' | forceescape }} {{ ('<' | safe) | upper }} {{ ['<' | safe, '<'] | join('<') }} {{ ('<' | safe) == '<' }} {{ ('a' | safe) is string }} {{ ('<' | safe) | length }} {{ ('a' | safe) in 'abc' }}
{{ strftime_now('%Y-%m-%d') }} {{ strftime_now('%d %b %Y') }} {{ strftime_now('%B %-d, %Y %H:%M:%S %A %a %p %I %j %y') }} {{ strftime_now is defined }} {{ strftime_now('100%') }}
{{ raise_exception('no ' ~ 1) }}
{{ [1, 2, 3][true] }} {{ 'abc'[-1] }} {{ 'abc'[5] }} {{ [1,2,3][1:] }} {{ (1,2,3)[:2] }} {{ [1,2,3][::-1] }} {{ 'abc'[::0] }} {{ [1][1.0] }} {{ {1: 2}[1] }} {{ {1: 2}[1.0] }} {{ {'a': 1}.a }} {{ {}[[]] }} {{ nested['zz'] }} {{ none.x }} {{ (1).x }}
{{ 'a' is lower }} {{ 'A' is upper }} {{ 'abc' is filter }} {{ 1 is unknown_test }} {{ 1 | unknown_filter }} {{ unknown_function(1) }}
{{ cycler }} {{ lipsum }} {{ loop }} {{ caller }} {{ self }}
{{ 1 if true else unknown | unknown_filter }} {{ 'a' | replace('a', 'b') | upper | lower }} {{ 'aaa' | replace('a', 'b', 2) }} {{ 5 | replace(5, 'x') }}
{{ [3, 1] | sort | first }} {{ 'hello' | first }} {{ 'hello' | last }} {{ nested | first }} {{ nested | last }} {{ [[1, 2], [3]] | sum(start=[]) }} {{ messages | sum(attribute='zz') }} {{ [1.5, 2] | sum }}
{{ [1, [2, [3]]] | string }} {{ none | string | length }} {{ 'x' | string }} {{ {'a': none} | string }} {{ 1 | string ~ 2 }} {{ nested | length }} {{ 1 | length }} {{ none | length }}
{{ 'x'.upper }} {{ nested.get }} {{ range }} {{ namespace() }}
{{ (1 }} {{ 1) }} {{ [1 }} {{ }} {{ 1 2 }} {{ 'a }} {{ a. }} {{ a.'b' }} {{ | upper }} {{ 1 + }} {{ f(a=1, 2) }} {{ {'a'} }} {{ a is }} {{ 1 if }} {{ $ }} {{ a ! b }} {{ not }} {{ x[] }} {{ 1 is not }} {{ "\x4" }} {{ a = 1 }}
""".replace("}} {{", "}}\n{{").replace("}}{{", "}}\n{{").split("\n")
    + [
        # white space
        "a\n  {% if true %}\n  b\n  {% endif %}\n c\n",
        "a\n  {%- if true -%}\n  b\n  {%- endif -%}\n c\n",
        "a\n  {%+ if true +%}\n  b\n  {%+ endif +%}\n c\n",
        "  {% if true %}x{% endif %}  \n  {{ 1 }}  \n",
        "a {{- 1 -}} b {{ 2 }} c",
        "a\n\n{{- 1 -}}\n\nb",
        "a\n {# comment #}\n b",
        "a\n {#- comment -#}\n b",
        "a {#+ comment +#}\n b",
        "a {# {{ x }} {% if %} #} b",
        "{#-#}x",
        "x\n",
        "x\n\n",
        "\n\nx\r\ny\rz\r\n",
        "{% raw %}{{ x }}{% if %}{% endraw %}",
        "a\n  {% raw %}\n  b {{ c }}\n  {% endraw %}\nd",
        "a {%- raw -%}  b  {%- endraw -%} c",
        "{% raw %}{% endraw %}",
        "{% raw %}{% raw %}{% endraw %}",
        "\t{% set x = 1 %}\t\n\t{{ x }}",
        "{% set x = 1 %}\n\n{{ x }}",
        "x {% set y = 1 %} z",
        "x{{ 1 }}\n{{ 2 }}\n",
        "{{ '{{' }} {{ '%}' }} {{ {'a': {'b': 1}} }}",
        "{{ {'a': {}}['a'] }}{{ 1 }}",
        "{% if true %}\n\n\nx{% endif %}",
        "\u00a0{%- if true %}x{% endif -%}\u3000y",
        "{ { } } {{ 1 }} {x} {% set a = '}}' %}{{ a }}",
        "{%- set x = '-%}' -%} {{- x -}} ",
        "{{+ 1 }} {{-1}} {{ -1 }}",
        "a{%if true%}b{%else%}c{%endif%}",
        "line1\n{% if false %}\nx\n{% endif %}\nline2",
        "{% for i in items %}\n  {{ i }}\n{% endfor %}\n",
        "{% for i in items -%}\n  {{ i }}\n{%- endfor %}\n",
        # if
        "{% if 0 %}a{% elif 1 %}b{% else %}c{% endif %}",
        "{% if 0 %}a{% elif none %}b{% else %}c{% endif %}",
        "{% if items %}a{% endif %}{% if not items %}b{% endif %}",
        "{% if undefined_name %}a{% else %}b{% endif %}",
        "{% if 1, 2 %}a{% endif %}",
        "{% if true: %}a{% endif %}",
        "{% if true %}",
        "{% if true %}{% endfor %}",
        "{% endif %}",
        "{% else %}",
        "{% unknown %}",
        "{% %}",
        "{%",
        "{{",
        "{# x",
        "{% raw %}x",
        # for
        "{% for x in items %}{{ x }}{% endfor %}",
        "{% for x in [] %}{{ x }}{% else %}none{% endfor %}",
        "{% for x in undefined_name %}{{ x }}{% else %}none{% endfor %}",
        "{% for x in none %}{{ x }}{% endfor %}",
        "{% for x in 3 %}{{ x }}{% endfor %}",
        "{% for x in 'a😀b' %}[{{ x }}]{% endfor %}",
        "{% for k in nested %}{{ k }} {% endfor %}",
        "{% for k, v in nested.items() %}{{ k }}={{ v }};{% endfor %}",
        "{% for k, v in nested | items %}{{ k }}={{ v }};{% endfor %}",
        "{% for k, v in nested | dictsort %}{{ k }}={{ v }};{% endfor %}",
        "{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}",
        "{% for a, b in [(1, 2, 3)] %}{{ a }}{% endfor %}",
        "{% for a, b in ['xy', 'zw'] %}{{ a }}-{{ b }} {% endfor %}",
        "{% for x in items if x > 1 %}{{ loop.index }}:{{ x }} {% endfor %}",
        "{% for x in items if x > 9 %}{{ x }}{% else %}nothing{% endfor %}",
        "{% for x in items if loop.first %}{{ x }}{% endfor %}",
        "{% for x in items %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}",
        "{% for x in items %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {% endfor %}",
        "{% for x in items %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }} {% endfor %}",
        "{% for x in items if x != 1 %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {{ loop.length }}{{ loop.revindex }} {% endfor %}",
        "{% for x in items | select('gt', 1) %}{{ loop.index }}/{{ loop.length }}{{ loop.last }} {% endfor %}",
        "{% for x in words %}{{ loop.cycle('odd', 'even') }}{{ loop.changed(x) }} {% endfor %}",
        "{% for x in words %}{{ loop.nope is defined }}{{ loop.depth }}{{ loop.depth0 }}{% endfor %}",
        "{% for x in items %}{% for y in words %}{{ loop.index }}{% endfor %}{{ loop.index }} {% endfor %}",
        "{% for x in items %}{% set outer = loop %}{% for y in words %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}",
        "{% for x in items %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% endfor %}",
        "{% for x in items %}{% if x == 1 %}{% break %}{% endif %}{{ x }}{% endfor %}",
        "{% for x in items %}{% for y in items %}{% if y == 1 %}{% break %}{% endif %}{{ y }}{% endfor %}{{ x }}{% endfor %}",
        "{% for x in items %}{% continue %}{% else %}no{% endfor %}",
        "{% for x in items %}{% break %}{% else %}no{% endfor %}",
        "{% break %}",
        "{% for x in items %}{{ x }}{% endfor %}{{ x }}{{ loop }}",
        "{% set x = 9 %}{% for x in items %}{{ x }}{% endfor %}{{ x }}",
        "{% set n = 0 %}{% for x in items %}{% set n = n + x %}{{ n }} {% endfor %}{{ n }}",
        "{% set ns = namespace(n=0) %}{% for x in items %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}",
        "{% set ns = namespace(found=false) %}{% for x in items if not ns.found %}{{ x }}{% if x == 1 %}{% set ns.found = true %}{% endif %}{% endfor %}",
        "{% set ns = namespace(found=false) %}{% for x in items if not ns.found %}{{ x }}{{ loop.last }}{% set ns.found = true %}{% endfor %}",
        "{% for n in [{'v': 1, 'c': [{'v': 2, 'c': []}]}] recursive %}{{ loop.depth }}{{ n.v }}({{ loop(n.c) }}){% endfor %}",
        "{% for n in items %}{{ loop(items) }}{% endfor %}",
        "{% for x in range(3) %}{{ x }}{% endfor %}",
        "{% for x in range(10) | batch(4) %}{{ x }}{% endfor %}",
        "{% for message in messages %}{{ message.role }}{% if not loop.last %},{% endif %}{% endfor %}",
        "{% for message in messages | rejectattr('role', 'equalto', 'system') %}{{ loop.index0 }}{{ message['role'] }} {% endfor %}",
        "{% set users = messages | selectattr('role', 'equalto', 'user') %}{% for u in users %}x{% endfor %}{% for u in users %}y{% endfor %}",
        "{% set g = words | map('upper') %}{{ g | first }}{{ g | list }}{{ g | list }}",
        "{% for in items %}{% endfor %}",
        "{% for x items %}{% endfor %}",
        "{% for x in %}{% endfor %}",
        "{% for x.y in items %}{% endfor %}",
        "{% for x in items recursive %}{{ x }}{% endfor %}",
        "{% for x in 1, 2, 3 %}{{ x }}{% endfor %}",
        # set
        "{% set a = 1 %}{{ a }}",
        "{% set a, b = 1, 2 %}{{ a }}{{ b }}",
        "{% set (a, b) = [1, 2] %}{{ a }}{{ b }}",
        "{% set a, b = 1 %}",
        "{% set a, b = 1, 2, 3 %}",
        "{% set a = 1, 2 %}{{ a }}",
        "{% set a %}x{{ 1 }}\ny{% endset %}[{{ a }}]",
        "{% set a | upper | trim %} x{{ 'y' }} {% endset %}[{{ a }}]",
        "{% set a = 1 %}{% set b %}{% set a = 2 %}{{ a }}{% endset %}{{ a }}{{ b }}",
        "{% if true %}{% set a = 1 %}{% endif %}{{ a }}",
        "{% set messages = messages[1:] %}{{ messages | length }}",
        "{% set tools = tools or 'none given' %}{{ tools }}",
        "{% if not zz is defined %}{% set zz = false %}{% endif %}{{ zz }}",
        "{% set ns = namespace(a=1, b='x') %}{% set ns.a = ns.a + 1 %}{% set ns.c = 5 %}{{ ns.a }}{{ ns.b }}{{ ns.c }}{{ ns.d }}{{ ns.d is defined }}",
        "{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns['b'] }}",
        "{% set ns = {} %}{% set ns.a = 1 %}",
        "{% set nosuch.a = 1 %}",
        "{% set ns = namespace() %}{% set ns.a, ns.b = 1, 2 %}{{ ns.a }}{{ ns.b }}",
        "{% set ns = namespace() %}{% set ns.text %}block{% endset %}{{ ns.text }}",
        "{% set true = 1 %}",
        "{% set 1 = 1 %}",
        "{% set a %}",
        "{% set a = %}",
        "{% set x = 1 if false %}{{ x is defined }}[{{ x }}]",
        # macros, call and filter blocks, with
        "{% macro m(a, b=2) %}{{ a }}-{{ b }};{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=4, a=5) }}{{ m() }}",
        "{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(c=1) }}",
        "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, x=4) }}",
        "{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}body{% endcall %}",
        "{% macro m() %}[{{ caller(1, 2) }}]{% endmacro %}{% call(a, b) m() %}{{ a }}{{ b }}{% endcall %}",
        "{% macro m() %}x{% endmacro %}{% call m() %}body{% endcall %}",
        "{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}",
        "{% macro f(n) %}{{ n }}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}",
        "{% set x = 1 %}{% macro m() %}{{ x }}{% endmacro %}{% set x = 2 %}{{ m() }}",
        "{% macro m() %}{% set x = 5 %}{{ x }}{% endmacro %}{{ m() }}{{ x }}",
        "{% macro m() %}{{ bos_token }}{% endmacro %}{{ m() | upper }}",
        "{% for x in items %}{{ m(x) }}{% endfor %}{% macro m(a) %}{{ a }}{% endmacro %}",
        "{% macro m(x) %}{{ x }}{{ loop is defined }}{% endmacro %}{% for i in items %}{{ m(i) }}{% endfor %}",
        "{% for i in items %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}",
        "{% macro m(a, b) %}{{ a is defined }}{{ b is defined }}{{ b }}{% endmacro %}{{ m(1) }}",
        "{% macro m(a=1, b) %}{% endmacro %}",
        "{% macro m(a) -%}\n  {{ a }}\n{%- endmacro %}\n{{ m('x') }}|",
        "{% macro m(d) %}{% for k, v in d.items() %}{{ k }}{% if v is mapping %}({{ m(v) }}){% endif %}{% endfor %}{% endmacro %}{{ m(nested) }}",
        "{% macro m() %}{{ m.name }}{% endmacro %}{{ m() }}",
        "{% macro m() %}{% endmacro %}[{{ m() }}]{{ m() is string }}{{ m is callable }}",
        "{% macro m(*a) %}{% endmacro %}",
        "{{ '%s'.__mod__ }}{{ dict(**{'a': 1}) }}{{ [1,2] | join(*['-']) }}",
        "{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(*[1, 2]) }}{{ m(**{'a': 3, 'b': 4}) }}{{ m(1, *[2]) }}",
        "{% filter upper %}abc {{ 'd' }}{% endfilter %}",
        "{% filter trim | replace('a', 'b') %} aaa {% endfilter %}",
        "{% filter indent(2) %}\na\nb{% endfilter %}",
        "{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a }}",
        "{% with %}{% set a = 1 %}{{ a }}{% endwith %}{{ a }}",
        "{% set a = 1 %}{% with a = 2, b = a %}{{ b }}{% endwith %}",
        "{% with a, b = (1, 2) %}{{ a }}{{ b }}{% endwith %}",
        "{% generation %}x{{ 1 }}{% endgeneration %}",
        "{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% else %}{{ m.role }}{% endif %}{% endfor %}",
        "a\n  {% generation %}\n  b\n  {% endgeneration %}\n c",
        "{% set a = 1 %}{% generation %}{% set a = 2 %}{% endgeneration %}{{ a }}",
        "{% print 1, 'a' %}",
        "{% do items.append(1) %}",
        "{% call undefined_name() %}{% endcall %}",
        "{% call 1 %}{% endcall %}",
    ]
)


def combinations():
    for value in VALUES:
        for name in FILTERS:
            yield "{{ %s | %s }}" % (value, name)
        for name in TESTS:
            yield "{{ %s is %s }}" % (value, name)
        for name in METHODS:
            yield "{{ (%s).%s }}" % (value, name)
        for key in SUBSCRIPTS:
            # Not on the literal itself: Jinja2 folds constants by other rules.
            yield "{%% set v = %s %%}{{ v[%s] }}" % (value, key)
        yield "{{ %s }}" % value
        yield "{{ -(%s) }}" % value
        yield "{%% for x in %s %%}[{{ x }}]{{ loop.last }}{%% endfor %%}" % value
        yield "{%% if %s %%}true{%% endif %%}" % value
        for other in VALUES:
            for operator in OPERATORS:
                yield "{{ (%s) %s (%s) }}" % (value, operator, other)


def main():
    templates = [t for t in HAND_WRITTEN if t.strip()]
    combined = list(combinations())
    if "--all" not in sys.argv:
        combined = random.Random(1).sample(combined, 700)
    cases = []
    for template in templates + combined:
        case = record(template)
        # Addresses and identities differ from run to run.
        if " at 0x" not in case.get("text", ""):
            cases.append(case)
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    variables = json.dumps(VARIABLES, ensure_ascii=False)
    print('{"variables": %s,\n"cases": [\n%s\n]}' % (variables, lines))


main()
