# SPDX-License-Identifier: MIT
"""Texts, cards and links, from lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump import Card
from postdump._parse.post_fields import card_of, joined
from postdump._text.links import find_links


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], ""),
        ([("a", False)], "a"),
        ([("a", True)], "a"),
        ([("a", True), ("b", False), ("c", True)], "a\nb\n\nc"),
    ],
)
def test_joined(lines, text):
    assert joined(iter(lines)) == text


@pytest.mark.parametrize(
    ("lines", "card"),
    [
        ((), None),
        (("Quay repairs",), Card(title="Quay repairs")),
        (("Quay repairs", "In May."), Card(title="Quay repairs", description="In May.")),
        (("Quay repairs", "In May.", "Again."), Card(title="Quay repairs", description="In May.\nAgain.")),
    ],
)
def test_card_of(lines, card):
    assert card_of(lines) == card


ONE = [
    # with a scheme
    ("see https://quay.example.org/a now", "https://quay.example.org/a"),
    ("http://quay.example.org", "http://quay.example.org"),
    ("HTTPS://Quay.example.org/A", "HTTPS://Quay.example.org/A"),
    ("Https://quay.example.org", "Https://quay.example.org"),
    ("http://localhost:8080/", "http://localhost:8080/"),
    ("https://ada@quay.example.org/a", "https://ada@quay.example.org/a"),
    ("https://quay.example.org/?a=b&c=d#e", "https://quay.example.org/?a=b&c=d#e"),
    # with www.
    ("www.quay.example.org", "www.quay.example.org"),
    ("Www.quay.example.org/a", "Www.quay.example.org/a"),
    ("www.quay.example.org?a=b", "www.quay.example.org?a=b"),
    ("www.quay.example.org:80/a", "www.quay.example.org:80/a"),
    # a host and a path
    ("quay.example.org/2026/repairs", "quay.example.org/2026/repairs"),
    ("quay.example.org:8080/a", "quay.example.org:8080/a"),
    ("quay.example.org/", "quay.example.org/"),
    ("see:quay.example.org/a", "quay.example.org/a"),
    # cut short by the site
    ("quay.example.org/2026/rep...", "quay.example.org/2026/rep..."),
    ("quay.example.org/2026/rep…", "quay.example.org/2026/rep…"),
    ("quay.example.org/2026/rep....", "quay.example.org/2026/rep..."),
    ("quay.example.org/2026/rep...,", "quay.example.org/2026/rep..."),
    ("quay.example.org/2026/rep…, and", "quay.example.org/2026/rep…"),
    ("(quay.example.org/2026/rep...).", "quay.example.org/2026/rep..."),
    # what ends a sentence, and what stands around a link
    *((f"https://quay.example.org/a{end}", "https://quay.example.org/a") for end in ".,;:!?'\"’”»)]}>*_"),
    ("https://quay.example.org/a.)", "https://quay.example.org/a"),
    ("(https://quay.example.org/a)", "https://quay.example.org/a"),
    ("<https://quay.example.org/a>", "https://quay.example.org/a"),
    ("“https://quay.example.org/a”", "https://quay.example.org/a"),
    ("[tides](https://quay.example.org/a).", "https://quay.example.org/a"),
    ("https://quay.example.org/a\u00a0now", "https://quay.example.org/a"),
    ("https://quay.example.org/a\u3000今", "https://quay.example.org/a"),
    # parentheses of its own
    ("https://quay.example.org/Quay_(harbour)", "https://quay.example.org/Quay_(harbour)"),
    ("(see https://quay.example.org/Quay_(harbour)).", "https://quay.example.org/Quay_(harbour)"),
    ("quay.example.org/(a)/(b)", "quay.example.org/(a)/(b)"),
    ("https://quay.example.org/Quay_(harbour", "https://quay.example.org/Quay"),
    # hosts in any script
    ("bücher.example/katalog", "bücher.example/katalog"),
    ("bu\u0308cher.example/katalog", "bu\u0308cher.example/katalog"),
    ("xn--bcher-kva.example/a", "xn--bcher-kva.example/a"),
    ("пример.рф/путь", "пример.рф/путь"),
    ("пример.xn--p1ai/путь", "пример.xn--p1ai/путь"),
    ("例え.jp/道", "例え.jp/道"),
    ("詳しくはquay.example.org/2026。次", "quay.example.org/2026"),
    ("（https://quay.example.org/a）", "https://quay.example.org/a"),
    # beside what damage left
    ("βquay.example.org/a", "quay.example.org/a"),
    ("donβt: https://quay.example.org/a β", "https://quay.example.org/a"),
]


@pytest.mark.parametrize(("text", "link"), ONE)
def test_finds_a_link(text, link):
    assert find_links(text) == (link,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No link. None at all.",
        "node.js and main.py, tide.tar.gz, README.md",
        "src/node.js ./main.py ../a.b/c /etc/tide.conf",
        "quay.example.org",
        "ada@quay.example.org",
        "ada.example@quay.example.org/a",
        "ada@www.quay.example.org",
        "@ada.example.social",
        "@ada.example.social/a",
        "@ada@harbour.example/a",
        "and/or, he/she, 1/2, 24/7, km/h",
        "e.g./i.e., a.m./p.m., т.е./т.к.",
        "3.14/2, 1.5km/h, 13.05.2025/14.05.2025, 1.2.3.4/24",
        "Wait... what/why?",
        "http:// https://... https://) http:/quay.example",
        "www. www.. www.- wwww",
        "xhttps://",
        "////",
        "a.a.a.a",
    ],
)
def test_finds_none(text):
    assert find_links(text) == ()


def test_finds_each_once_in_order():
    text = "b.example/1 a.example/2 b.example/1, www.c.example"
    assert find_links(text) == ("b.example/1", "a.example/2", "www.c.example")


def test_a_link_is_as_long_as_it_is():
    link = "https://quay.example.org/" + "a" * 100_000
    assert find_links(f"{link}.") == (link,)


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "a.a",
        "////",
        "www.",
        "www.www.",
        "https://",
        "https://a(",
        "x.yy/(",
        "a@",
        "日",
        "日.",
        "é.",
        "(((",
    ],
)
def test_any_amount_of_trouble_ends(piece):
    assert isinstance(find_links(piece * 100_000 + "."), tuple)


@given(st.text(st.sampled_from("ab.:/w@-_()…日ß \n") | st.characters(codec=None)))
def test_links_stand_in_the_text(text):
    links = find_links(text)
    assert all(link in text and link for link in links)
    assert len(set(links)) == len(links)
