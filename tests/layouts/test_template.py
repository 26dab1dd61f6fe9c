# SPDX-License-Identifier: MIT
"""The language of templates: what its parts are, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump import LayoutError
from postdump.layouts import BSKYVIEW
from postdump.layouts._template import DIRECTIVES, LONGEST, Kind, Part, date_forms, parts

FIELDS = "expected one of posted_at, age, likes, reposts, replies, quotes, name, handle, id"
DATE = "expected day, month and year, of %d %-d %m %-m %B %b %Y %H %-H %I %-I %M %S %f %p %z"
ONCE = "expected each of day, month, year, hour, minute, second and fraction once"


def kinds(template):
    return [(part.kind.value, part.text, part.format) for part in parts(template)]


def test_a_marker():
    assert kinds(BSKYVIEW.marker) == [
        ("field", "posted_at", "%d.%m.%Y %H:%M"),
        ("space", " ", ""),
        ("icon", "—", ""),
        ("space", " ", ""),
        ("icon", "👍", ""),
        ("space", " ", ""),
        ("field", "likes", ""),
        ("space", " ", ""),
        ("icon", "🔁", ""),
        ("space", " ", ""),
        ("field", "reposts", ""),
        ("space", " ", ""),
        ("icon", "💬", ""),
        ("space", " ", ""),
        ("field", "replies", ""),
        ("space", " ", ""),
        ("icon", "📌", ""),
        ("space", " ", ""),
        ("field", "quotes", ""),
    ]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("", []),
        ("Posts by", [("word", "Posts", ""), ("space", " ", ""), ("word", "by", "")]),
        (" \t\r\n", [("space", " \t\r\n", "")]),
        ("a👍\u00a0b", [("word", "a", ""), ("icon", "👍\u00a0", ""), ("word", "b", "")]),
        ("({handle})", [("word", "(", ""), ("field", "handle", ""), ("word", ")", "")]),
        ("{likes:short}x", [("field", "likes", "short"), ("word", "x", "")]),
        ("{likes:grouped},", [("field", "likes", "grouped"), ("word", ",", "")]),
        (
            "{name}—x{likes}",
            [("field", "name", ""), ("icon", "—", ""), ("word", "x", ""), ("field", "likes", "")],
        ),
    ],
)
def test_parts(template, expected):
    assert kinds(template) == expected


@pytest.mark.parametrize(
    "form",
    [
        "%d.%m.%Y",
        "%B %-d, %Y at %-I:%M %p",
        "%-I:%M%p, %-d %b %Y",
        "%Y-%m-%dT%H:%M:%S%z",
        "%Y年%-m月%-d日 %-H:%M",
        "%d.%m.%Y\n%H:%M",
        "%-d%b%Y",
        "%d1%m2%Y",
    ],
)
def test_dates(form):
    (part,) = parts(f"{{posted_at:{form}}}")
    assert "".join(date_forms(part)[0]) == form


def test_date_forms():
    part = Part(kind=Kind.FIELD, text="posted_at", format="%-d. %B%", span=None)
    assert date_forms(part) == (("%-d", ".", " ", "%B", "%"),)


def test_spans_tile_the_template():
    template = "[{posted_at:%d.%m.%Y}] ♥ {likes}"
    found = parts(template)
    assert "".join(part.span.of(template) for part in found) == template
    assert [part.span.start for part in found[1:]] == [part.span.end for part in found[:-1]]


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{likes", "expected a '}' (1:1, template-brace)\n    {likes\n    ^^^^^^"),
        ("{likes {quotes}", "expected a '}' (1:1, template-brace)\n    {likes {quotes}\n    ^^^^^^^"),
        ("👍 }", "expected a '{' before (1:3, template-brace)\n    👍 }\n       ^"),
        ("{likes}}", "expected a '{' before (1:8, template-brace)\n    {likes}}\n           ^"),
        ("a\x1bb", "expected no control character (1:2, template-control)\n    a\\x1bb\n     ^^^^"),
        ("👍\x85", "expected no control character (1:2, template-control)\n    👍\\x85\n      ^^^^"),
        ("👍\u202e", "expected no control character (1:2, template-control)\n    👍\\u202e\n      ^^^^^^"),
        ("\ud83d", "expected no control character (1:1, template-control)\n    \\ud83d\n    ^^^^^^"),
        ("♥ {hearts}", f"{FIELDS} (1:3, template-field)\n    ♥ {{hearts}}\n      ^^^^^^^^"),
        ("{}", f"{FIELDS} (1:1, template-field)\n    {{}}\n    ^^"),
        ("{likes} {likes}", "expected each field once, not 'likes' again (1:9, template-twice)"
                            "\n    {likes} {likes}\n            ^^^^^^^"),
        ("{likes}{quotes}", "expected white space, an icon or a word between two fields (1:8, template-glued)"
                            "\n    {likes}{quotes}\n           ^^^^^^^^"),
        ("{name} — {likes}", "expected a word between a name and a field (1:10, template-glued)"
                             "\n    {name} — {likes}\n             ^^^^^^^"),
        ("{likes}0", "expected no '0' after 'likes', which would take it in (1:8, template-glued)"
                     "\n    {likes}0\n           ^"),
        ("{handle}.a", "expected no '.' after 'handle', which would take it in (1:9, template-glued)"
                       "\n    {handle}.a\n            ^^"),
        ("{handle}s", "expected no 's' after 'handle', which would take it in (1:9, template-glued)"
                      "\n    {handle}s\n            ^"),
        ("{posted_at:%Y-%m-%-d}0",
         "expected no '0' after 'posted_at', which would take it in (1:22, template-glued)"
         "\n    {posted_at:%Y-%m-%-d}0\n                         ^"),
        ("{likes:long}", "expected 'grouped', 'short' or no format (1:1, template-format)"
                         "\n    {likes:long}\n    ^^^^^^^^^^^^"),
        ("{name:short}", "expected no format (1:1, template-format)\n    {name:short}\n    ^^^^^^^^^^^^"),
    ],
)  # fmt: skip
def test_refuses(template, problem):
    with pytest.raises(LayoutError) as caught:
        parts(template)
    assert str(caught.value) == problem


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ("", DATE),
        ("%d.%m", DATE),
        ("%d.%m.%y", DATE),
        ("%d.%m.%Y %", DATE),
        ("%d.%m.%Y %-", DATE),
        ("%d.%m.%Y %%", DATE),
        ("%d.%-d.%m.%Y", ONCE),
        ("%d.%m.%B.%Y", ONCE),
        ("%d.%m.%Y %H:%H", ONCE),
        ("%d.%m.%Y %H:%M %I %p", ONCE),
        ("%d.%m.%Y %I:%M", "expected %I and %p together"),
        ("%d.%m.%Y %-I:%M", "expected %I and %p together"),
        ("%d.%m.%Y %H:%M %p", "expected %I and %p together"),
        ("%Y%m%d", "expected something between two numbers"),
        ("%-d1%m.%Y", "expected something between two numbers"),
        ("%d.%m.%Y\x0b%H:%M", "expected no control character"),
    ],
)
def test_refuses_dates(form, problem):
    with pytest.raises(LayoutError) as caught:
        parts(f"{{posted_at:{form}}}")
    assert (caught.value.problem, caught.value.code) == (problem, "template-date")


def test_refuses_what_is_too_long():
    assert len(parts("x" * LONGEST)) == 1
    with pytest.raises(LayoutError) as caught:
        parts("x" * LONGEST + "yy")
    assert str(caught.value) == (
        f"expected at most 1000 characters (1:1001, template-long)\n    {'x' * 60}yy\n    {' ' * 60}^^"
    )


@given(st.text(st.sampled_from("{}:%dmY-. ab0👍\x00\n") | st.characters(codec=None)) | st.text())
def test_reads_or_refuses_anything(template):
    try:
        code, spans = "", [part.span for part in parts(template)]
    except LayoutError as error:
        code, spans = error.code, [error.span]
    shown = "".join(span.of(template) for span in spans)
    assert shown in template if code.startswith("template-") else shown == template


def test_every_directive_is_known_to_the_patterns():
    from postdump.layouts._dates import _DIRECTIVES

    assert DIRECTIVES.keys() == _DIRECTIVES.keys()
