# SPDX-License-Identifier: MIT
"""What the command line writes for people."""

from datetime import datetime, timedelta

import pytest

from postdump import (
    Basis,
    C1Policy,
    Card,
    Conflict,
    Damage,
    Dump,
    Line,
    Post,
    Profile,
    Reading,
    Repair,
    Role,
    Span,
    Stats,
    Timeline,
    parse,
)
from postdump.cli._page_output import separate
from postdump.cli._report import report_page
from postdump.cli._screen_lines import ScreenLine, format_plain
from postdump.cli._wording import format_posting_time, format_profile

NOON = datetime(2026, 2, 3, 12)


def shown(*pages, is_many=False):
    return "".join(
        format_plain(separate([report_page(page, is_many=is_many) for page in pages], ScreenLine()))
    )


def reading(text="donβt", dump="a.txt", line=4):
    return Reading(dump=dump, span=Span(start=0, end=len(text)), text=text, line=line, column=2)


def told(**fields):
    """Return what is shown of a post, without the closing line."""
    return shown(Timeline(posts=(Post(**fields),))).rsplit("\n\n", 1)[0]


@pytest.mark.parametrize(
    ("post", "said"),
    [
        (Post(posted_at=NOON), "2026-02-03 12:00"),
        (Post(posted_at=NOON.replace(second=9)), "2026-02-03 12:00:09"),
        (Post(posted_at=NOON.replace(microsecond=7)), "2026-02-03 12:00:00.000007"),
        (Post(posted_at=NOON, inferred=("posted_at",)), "2026-02-03 12:00 (inferred)"),
        (Post(posted_at=NOON, stats=Stats(utc_offset=timedelta(hours=2))), "2026-02-03 12:00 +02:00"),
        (Post(posted_at=NOON, stats=Stats(utc_offset=timedelta(minutes=-570))), "2026-02-03 12:00 -09:30"),
        (Post(), "time unknown"),
        (Post(posted_between=(None, None)), "time unknown"),
        (Post(posted_between=(NOON, None)), "2026-02-03 12:00 or later"),
        (Post(posted_between=(None, NOON)), "2026-02-03 12:00 or earlier"),
        (
            Post(posted_between=(NOON, NOON + timedelta(days=1))),
            "between 2026-02-03 12:00 and 2026-02-04 12:00",
        ),
    ],
)
def test_times(post, said):
    assert format_posting_time(post) == said


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (Profile(name="Ada", handle="ada.example.social"), "Ada (@ada.example.social)"),
        (Profile(name="Ada"), "Ada"),
        (Profile(handle="ada.example.social"), "@ada.example.social"),
        (Profile(), "somebody"),
    ],
)
def test_profiles(profile, said):
    assert format_profile(profile) == said


def test_counts():
    stats = Stats(likes=1200, reposts=1, quotes=0, rounded=("likes",))
    assert told(stats=stats) == "time unknown  ~1200 likes, 1 repost, 0 quotes"


def test_authors():
    ada = Profile(handle="ada.example.social")
    assert told(author=ada) == "time unknown  post by @ada.example.social"
    assert told(author=ada, is_repost=True) == "time unknown  repost by @ada.example.social"
    assert told(is_repost=True) == "time unknown  repost"


def test_words_and_what_stands_beside_them():
    lines = (
        Line(text="Ahoy.", role=Role.TEXT, readings=()),
        Line(text="A boat at the quay", role=Role.ALT, readings=()),
        Line(text="Post image", role=Role.LABEL, readings=()),
    )
    card = Card(title="Quay repairs", description="From May on.", domain="quay.example.org")
    assert told(text="Ahoy.\n\nThere.", lines=lines, card=card) == (
        "time unknown\n"
        "  Ahoy.\n"
        "\n"
        "  There.\n"
        "  [A boat at the quay]\n"
        "  [Post image]\n"
        "  | Quay repairs\n"
        "  | From May on.\n"
        "  | quay.example.org"
    )
    assert told(card=Card(title="Quay repairs")) == "time unknown\n  | Quay repairs"


def test_notes():
    witness = reading("don’t", "b.txt")
    by_witness = Repair(before="β", after="’", reading=reading("β"), basis=Basis.WITNESS, evidence=(witness,))
    by_codec = Repair(before="Ã©", after="é", reading=reading("Ã©"), basis=Basis.CODEC)
    conflict = Conflict(field="text", readings=(reading("a lamp"), reading("x" * 61, "-")), chosen="a lamp")
    assert told(
        inferred=("posted_at", "card", "boundary"),
        omitted_by=("-", "b", "c", "d", "e"),
        repairs=(by_witness, by_codec),
        conflicts=(conflict,),
    ) == (
        "time unknown\n"
        "  (inferred: card, boundary)\n"
        "  (not shown by <stdin>, b, c and 2 more)\n"
        "  (repaired: 'β' to '’' at a.txt:4:2, as at b.txt:4:2, 'Ã©' to 'é' at a.txt:4:2)\n"
        f"  (conflict about text: 'a lamp' at a.txt:4:2, '{'x' * 60}...' at <stdin>:4:2; chosen: 'a lamp')"
    )


def test_closing_line_of_a_timeline():
    timeline = Timeline(
        posts=tuple(Post(inferred=("posted_at", "boundary")) for _ in range(2)),
        dumps=(parse("Ahoy.", name="a"),),
        unclaimed=(Line(text="A bio.", role=Role.OTHER, readings=()),),
        repairs=(Repair(before="β", after="’", reading=reading(), basis=Basis.WITNESS),) * 2,
        conflicts=(Conflict(field="text", readings=(), chosen=""),),
        unrepaired=tuple(reading(line=line) for line in range(1, 5)),
    )
    assert shown(timeline).split("\n")[-2] == (
        "2 posts from 1 dump; 2 repairs (witness); inferred: 2 times, 2 boundaries;"
        " left unrepaired: a.txt:1:2, a.txt:2:2, a.txt:3:2 and 1 more; 1 line unclaimed; 1 conflict"
    )


def test_closing_line_of_a_dump():
    damage = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.KEEP)
    dump = Dump(name="a", text="", sha256="", damage=damage)
    assert shown(dump) == (
        "0 posts; damaged (iso-8859-7/keep), nothing repaired; 0 lines unclaimed; no problems\n"
    )
    assert shown(parse("", name="a")) == (
        "0 posts; no damage seen; 0 lines unclaimed; 1 problem, see postdump inspect\n"
    )


def test_headings():
    dumps = tuple(parse("Posts by Ada\nAhoy.", name=name) for name in ("-", "b"))
    timeline = Timeline(dumps=dumps, profile=Profile(name="Ada"))
    page = (
        "==> <stdin>, b <==\n"
        "Posts by Ada\n"
        "\n"
        "0 posts from 2 dumps; 0 repairs; inferred: nothing; left unrepaired: nothing;"
        " 0 lines unclaimed; 0 conflicts\n"
    )
    assert shown(timeline, timeline, is_many=True) == f"{page}\n{page}"


def test_nothing_steers_a_terminal():
    evil = "\x1b[2J\u202e\x85\u2028\ud800"
    escaped = r"\x1b[2J\u202e\x85\u2028\ud800"
    profile = Profile(name=evil, handle=evil)
    read = reading(evil, evil)
    post = Post(
        text=f"a{evil}\nb",
        card=Card(title=evil, description=evil, domain=evil),
        author=profile,
        lines=(Line(text=evil, role=Role.ALT, readings=()),),
        omitted_by=(evil,),
        repairs=(Repair(before=evil, after=evil, reading=read, basis=Basis.WITNESS, evidence=(read,)),),
        conflicts=(Conflict(field=evil, readings=(read,), chosen=evil),),
        inferred=(evil,),
    )
    dumps = (parse("", name=evil),)
    made = shown(Timeline(posts=(post,), profile=profile, dumps=dumps, unrepaired=(read,)), is_many=True)
    assert evil not in made
    assert made.isprintable() is False  # line ends
    assert made.replace("\n", "").isprintable()
    assert made.count(escaped) == 22
