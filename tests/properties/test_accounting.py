# SPDX-License-Identifier: MIT
"""
Law 2: every code point but space, tab and line breaks lies in exactly one reading, and nothing is invented.

What the library says of its own work is taken for nothing here: spans, lines, columns and repairs are
all worked out anew from the dumps' texts.
"""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st
from properties.reach import damaged_pages, parsed, reaching, some_layouts, some_texts, texts_of

from postdump import Role, Stats, dedupe, merge, parse, parse_stats
from postdump.strategies import Style, dumps, pages, profiles

BLANK = " \t\r\n"


def key(reading):
    return reading.dump, reading.span.start, reading.span.end


def keys(things):
    """Return the readings of lines, as keys in order."""
    return sorted(key(reading) for thing in things for reading in thing.readings)


def all_is_accounted_for(dumps, posts, unclaimed):
    """Each code point that shows anything lies in exactly one reading, and none in two."""
    found = keys((*posts, *unclaimed))
    for dump in dumps:
        at = 0
        for _, start, end in (one for one in found if one[0] == dump.name):
            assert at <= start < end
            assert dump.text[at:start].strip(BLANK) == ""
            at = end
        assert dump.text[at:].strip(BLANK) == ""
    assert {name for name, _, _ in found} <= {dump.name for dump in dumps}


def reading_is_true(reading, by_name):
    text = by_name[reading.dump].text
    assert reading.text == text[reading.span.start : reading.span.end] != ""
    before = text[: reading.span.start].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert (reading.line, reading.column) == (len(before), len(before[-1]) + 1)


def within(reading, others):
    """Tell whether a reading lies in one of others."""
    name, start, end = key(reading)
    return any(other[0] == name and other[1] <= start and end <= other[2] for other in map(key, others))


def repaired(reading, repairs):
    """Carry out the repairs that lie in a reading, from its end."""
    text = reading.text
    inside = [repair for repair in repairs if within(repair.reading, [reading])]
    for repair in sorted(inside, key=lambda repair: repair.reading.span)[::-1]:  # the last of equals first
        start = repair.reading.span.start - reading.span.start
        end = repair.reading.span.end - reading.span.start
        assert text[start:end] == repair.before
        text = text[:start] + repair.after + text[end:]
    return text


def line_is_read(line, repairs, by_name):
    assert line.text
    for reading in line.readings:
        reading_is_true(reading, by_name)
    if line.role is Role.MARKER:  # its icons are evidence; a repair may touch where it ends
        repairs = ()
    assert line.text in {repaired(reading, repairs) for reading in line.readings}


def post_is_read(post, by_name):
    assert keys(post.lines) == sorted(map(key, post.readings))
    for line in post.lines:
        line_is_read(line, post.repairs, by_name)
    by_role = {role: [line.text for line in post.lines if line.role is role] for role in Role}
    assert [line for line in post.text.split("\n") if line] == by_role[Role.TEXT]
    card = () if post.card is None else (post.card.title, post.card.description, post.card.domain)
    card_is_read("\n".join(filter(None, card)), by_role[Role.CARD])
    assert all(link in post.text for link in post.links)
    stats_are_read(post, by_name)
    names_its_own(post)


def card_is_read(card, lines):
    """A card is its lines, but for those in which some dump shows title and description as one."""
    kept = [line for line in lines if line in card.split("\n")]
    assert card == "\n".join(kept)
    for line in lines:
        assert line in kept or any(line.startswith(f"{title} ") for title in kept)


def stats_are_read(post, by_name):
    own = set(map(key, post.readings))
    seen = []
    for observation in post.observations:
        assert key(observation.reading) in own
        dump = by_name[observation.reading.dump]
        assert parse_stats(observation.reading.text, layout=dump.definitions[0]) == observation.stats
        assert observation.captured_at == dump.captured_at
        seen.append(observation.stats)
    shown = post.stats
    counts = {(one.likes, one.reposts, one.replies, one.quotes, one.rounded) for one in seen or [Stats()]}
    dates = {(one.posted_at, one.utc_offset) for one in seen or [Stats()]}
    assert (shown.likes, shown.reposts, shown.replies, shown.quotes, shown.rounded) in counts
    assert (shown.posted_at, shown.utc_offset) in dates
    assert (post.posted_at != shown.posted_at) == ("posted_at" in post.inferred)


def names_its_own(post):
    """Whatever readings repairs and conflicts name are readings of the post, or lie in one."""
    for repair in post.repairs:
        assert repair.reading.text == repair.before != repair.after
        assert within(repair.reading, post.readings)
        assert {key(reading) for reading in repair.evidence} <= set(map(key, post.readings))
    for conflict in post.conflicts:
        assert len(conflict.readings) > 1
        assert {key(reading) for reading in conflict.readings} <= set(map(key, post.readings))


def parse_accounts(dump):
    by_name = {dump.name: dump}
    all_is_accounted_for([dump], dump.posts, dump.unclaimed)
    for post in dump.posts:
        assert post.repairs == post.conflicts == ()
        post_is_read(post, by_name)
    for line in dump.unclaimed:
        line_is_read(line, (), by_name)
    assert all(0 <= one.span.start <= one.span.end <= len(dump.text) for one in dump.diagnostics)
    profile_is_read(dump)


def profile_is_read(x):
    lines = [line.text for line in x.unclaimed if line.role in (Role.HEADING, Role.PROFILE)]
    shown = () if x.profile is None else (x.profile.name, x.profile.handle)
    assert all(word in " ".join(lines) for word in shown if word is not None)
    assert x.profile is None or x.profile.bio is None or set(x.profile.bio.split("\n")) <= set(lines)


def merge_accounts(dumps):
    timeline = merge(*dumps)
    by_name = {dump.name: dump for dump in timeline.dumps}
    assert by_name == {dump.name: dump for dump in dumps}
    all_is_accounted_for(timeline.dumps, timeline.posts, timeline.unclaimed)
    for post in timeline.posts:
        post_is_read(post, by_name)
    for line in timeline.unclaimed:
        line_is_read(line, timeline.repairs, by_name)
    of_posts = list(chain.from_iterable(post.repairs for post in timeline.posts))
    others = [repair for repair in timeline.repairs if repair not in of_posts]
    assert [*of_posts, *others] == list(timeline.repairs)
    assert all(within(repair.reading, of_lines(timeline.unclaimed)) for repair in others)
    assert all(within(one, of_lines((*timeline.posts, *timeline.unclaimed))) for one in timeline.unrepaired)


def of_lines(things):
    return [reading for thing in things for reading in thing.readings]


def dedupe_accounts(dump):
    assert keys(dedupe(dump.posts)) == keys(dump.posts)


def both_account(texts, **options):
    dumps = parsed(texts, **options)
    for dump in dumps:
        parse_accounts(dump)
        dedupe_accounts(dump)
    merge_accounts(dumps)


@given(some_texts)
def test_any_texts(texts):
    both_account(texts)


@given(some_texts, some_layouts)
def test_any_texts_in_any_layout(texts, layout):
    both_account(texts, layout=layout)


@reaching
@given(damaged_pages)
def test_pages(page):
    both_account(texts_of(page))


FORMS = (Style.COMPACT, Style.DATED, Style.FLAT, Style.SPACED, Style.FLAT)
eventful_pages = pages(min_dumps=2, min_posts=3, max_posts=5, quoting=False, styles=FORMS, damage=st.none())


@given(eventful_pages)
def test_pages_whose_features_meet(page):
    """Cards beside second showings, pinned posts beside greetings: any two of `_samples.Feature`."""
    merge_accounts(parsed(texts_of(page)))


@given(some_layouts, profiles(min_posts=2, max_posts=3), st.data())
def test_pages_in_any_layout(layout, truth, data):
    in_layout = data.draw(dumps(truth, layout=layout))
    other = data.draw(dumps(truth))
    merge_accounts([parse(in_layout.text, name="a", layout=layout), parse(other.text, name="b")])
