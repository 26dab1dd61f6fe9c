# SPDX-License-Identifier: MIT
"""
Parse one page: each contestant yields the lines, the date and the four counts of every post.

A contestant that yields anything else than the generator wrote is not timed. The peers are used as their
documentation shows for such a text, with a template of exactly this page. None of them finds out what damage
the page has, or where on the page a post was.
"""

import sys
from datetime import datetime
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from io import StringIO
from pathlib import Path

import regex
from attrs import frozen
from parse import floor as search

from postdump import parse

DATE = r"[0-9]{2}\.[0-9]{2}\.[0-9]{4} [0-9]{2}:[0-9]{2}"
STATS = regex.compile(
    r"([0-9]{2})\.([0-9]{2})\.([0-9]{4}) ([0-9]{2}):([0-9]{2}) \S+ "
    r"\S+ ([0-9]+) \S+ ([0-9]+) \S+ ([0-9]+) \S+ ([0-9]+)"
)


@frozen
class Flat:
    """A pattern that fits this one page and nothing else."""

    lines: tuple[str, ...]
    posted_at: datetime
    likes: int
    reposts: int
    replies: int
    quotes: int


def truth_of(posts):
    return [(post.lines, post.when, post.counts) for post in posts]


def floor(text):
    """Find the stats lines and ignore them: this is F."""
    search(text)
    return []


def ours(text):
    for post in parse(text).posts:
        stats = post.stats
        counts = (stats.likes, stats.reposts, stats.replies, stats.quotes)
        yield tuple(post.text.split("\n")), post.posted_at, counts


def by_hand(text):
    """Read line by line, and make one frozen object for each post."""
    for post in _eager(text):
        yield post.lines, post.posted_at, (post.likes, post.reposts, post.replies, post.quotes)


def _eager(text):
    lines = []
    for line in text.split("\n"):
        if line[2:3] == "." and (found := STATS.fullmatch(line)):
            day, month, year, hour, minute, *counts = map(int, found.groups())
            yield Flat(tuple(lines), datetime(year, month, day, hour, minute), *counts)
            lines = []
        else:
            lines.append(line)


def _with_dates(text, date_of):
    """Do the same as `by_hand` without its objects; another package parses the date."""
    lines = []
    for line in text.split("\n"):
        if line[2:3] == "." and (found := STATS.fullmatch(line)):
            yield tuple(lines), date_of(line[:16]), tuple(map(int, found.groups()[5:]))
            lines = []
        else:
            lines.append(line)


def with_strptime():
    return lambda text: _with_dates(text, lambda shown: datetime.strptime(shown, "%d.%m.%Y %H:%M"))


def with_dateutil():
    from dateutil.parser import parse as date_of

    return lambda text: _with_dates(text, lambda shown: date_of(shown, dayfirst=True))


def with_dateparser():
    from dateparser import parse as date_of

    settings = {"DATE_ORDER": "DMY"}
    return lambda text: _with_dates(text, lambda shown: date_of(shown, languages=["en"], settings=settings))


def with_parse():
    template = _package("parse").compile(
        "{day:2d}.{month:2d}.{year:4d} {hour:2d}:{minute:2d} {:S} "
        "{:S} {likes:d} {:S} {reposts:d} {:S} {replies:d} {:S} {quotes:d}"
    )

    def run(text):
        lines = []
        for line in text.splitlines():
            found = template.parse(line)
            if found is None:
                lines.append(line)
            else:
                when = datetime(*(found[name] for name in ("year", "month", "day", "hour", "minute")))
                yield tuple(lines), when, tuple(found[name] for name in COUNTS)
                lines = []

    return run


def _package(name):
    """Import a package whose name a script of this folder hides: `parse.py` comes first on the path."""
    here = Path(__file__).parent
    spec = PathFinder.find_spec(name, [path for path in sys.path if Path(path).resolve() != here])
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def with_textfsm():
    from textfsm import TextFSM

    template = r"""Value List LINES (.*)
Value WHEN (\d\d\.\d\d\.\d{4} \d\d:\d\d)
Value LIKES (\d+)
Value REPOSTS (\d+)
Value REPLIES (\d+)
Value QUOTES (\d+)

Start
  ^${WHEN} \S+ \S+ ${LIKES} \S+ ${REPOSTS} \S+ ${REPLIES} \S+ ${QUOTES}$$ -> Record
  ^${LINES}

EOF
"""
    machine = TextFSM(StringIO(template))

    def run(text):
        machine.Reset()
        for lines, when, *counts in machine.ParseText(text):
            yield tuple(lines), _date(when), tuple(map(int, counts))

    return run


def with_ttp():
    """Read the page from bottom to top: a group of ttp begins with its marker, and here markers come last."""
    from ttp import ttp

    template = (
        '<group name="posts*">\n'
        "{{ day | re('[0-9.]{10}') | _start_ }} {{ minute | re('[0-9:]{5}') }} {{ ignore }} "
        "{{ ignore }} {{ likes | DIGIT }} {{ ignore }} {{ reposts | DIGIT }} "
        "{{ ignore }} {{ replies | DIGIT }} {{ ignore }} {{ quotes | DIGIT }}\n"
        "{{ lines | _line_ | joinmatches('\\n') }}\n"
        "</group>\n"
    )

    def run(text):
        parser = ttp(data="\n".join(reversed(text.split("\n"))), template=template, log_level="ERROR")
        parser.parse(one=True)
        (found,) = parser.result(structure="flat_list")
        for post in reversed(found["posts"]):
            lines = tuple(reversed(post["lines"].split("\n")))
            yield lines, _date(f"{post['day']} {post['minute']}"), tuple(int(post[name]) for name in COUNTS)

    return run


def with_lark():
    from lark import Lark, Transformer

    grammar = rf"""
        start: post*
        post: line+ WHEN SIGN (SIGN COUNT)~4 "\n"
        line: LINE "\n"
        WHEN.2: /{DATE}(?= )/
        LINE.1: /[^\n]+/
        SIGN: / \S+/
        COUNT: / [0-9]+/
    """

    class Posts(Transformer):
        """Build the values while the parser runs, so that no tree is made."""

        def line(self, found):
            return str(found[0])

        def post(self, found):
            lines = tuple(one for one in found if type(one) is str)
            when, *rest = found[len(lines) :]
            return lines, _date(when), tuple(int(one) for one in rest if one.type == "COUNT")

        def start(self, found):
            return found

    return Lark(grammar, parser="lalr", transformer=Posts()).parse


def with_pyparsing():
    from pyparsing import Group, OneOrMore, Regex, Suppress, Word, nums

    sign = Suppress(Regex(r"\S+"))
    count = Word(nums)
    marker = Regex(DATE) + sign + (sign + count) * 4
    line = ~Regex(DATE) + Regex(r"[^\n]+")
    post = Group(Group(OneOrMore(line)) + marker)

    def run(text):
        for lines, when, *counts in OneOrMore(post).parse_string(text, parse_all=True):
            yield tuple(lines), _date(when), tuple(map(int, counts))

    return run


def _date(shown):
    """Parse a date whose digits have fixed places; strptime would take 3 µs longer."""
    return datetime(int(shown[6:10]), int(shown[3:5]), int(shown[:2]), int(shown[11:13]), int(shown[14:16]))


COUNTS = ("likes", "reposts", "replies", "quotes")
CONTESTANTS = {
    "postdump": lambda: ours,
    "by hand, attrs": lambda: by_hand,
    "by hand, strptime": with_strptime,
    "by hand, dateutil": with_dateutil,
    "by hand, dateparser": with_dateparser,
    "parse": with_parse,
    "textfsm": with_textfsm,
    "ttp": with_ttp,
    "lark": with_lark,
    "pyparsing": with_pyparsing,
}
"""By name, a function that makes the contestant, which is a function from a text to its posts."""
