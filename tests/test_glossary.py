# SPDX-License-Identifier: MIT
"""Each page of the documentation links each term of the glossary where it uses the term first."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs/glossary.md"
PAGES = [
    ROOT / "README.md",
    *(ROOT / "docs" / name for name in ("index.md", "tutorial.md", "diagnostics.md")),
    *sorted((ROOT / "docs/guide").glob("*.md")),
]
"""The pages for users. `reference.md` is made from docstrings, which cannot link to a page of the site."""

FENCED = re.compile(r"^(```+).*?^\1$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#.*$", re.MULTILINE)
ROLE = re.compile(r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`")
README_LINK = re.compile(r"\[([^\]]+)\]\(docs/glossary\.md(?:#[^)]*)?\)")
INLINE_CODE = re.compile(r"`[^`]*`")
OTHER_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")


def definitions():
    """Return the terms of the glossary, each with its definition."""
    text = GLOSSARY.read_text(encoding="utf-8")
    body = "\n".join(re.findall(r"^:::\{glossary\}\n(.*?)^:::$", text, re.MULTILINE | re.DOTALL))
    terms = list(re.finditer(r"^\S.*$", body, re.MULTILINE))
    ends = [*(following.start() for _, following in pairwise(terms)), len(body)]
    return [(term[0], body[term.end() : end].strip()) for term, end in zip(terms, ends, strict=True)]


TERMS = [term for term, _ in definitions()]


def prose_of(page):
    """Return the words of a page, without code and headings, and with links to terms as `⟦term⟧`."""
    text = HEADING.sub("", FENCED.sub("", page.read_text(encoding="utf-8")))
    for link in (ROLE, README_LINK):
        text = link.sub(r"⟦\1⟧", text)
    for ignored in (INLINE_CODE, OTHER_LINK):
        text = ignored.sub("", text)
    return text


def unlinked_terms(prose):
    """Return the terms that are used in a text before they are linked, or without being linked."""
    unlinked = []
    for term in TERMS:
        words = re.escape(term).replace(r"\ ", r"\s+") + r"(?:s|es)?"
        uses = re.finditer(rf"⟦(?P<link>[^⟧]*)⟧|\b{words}\b", prose, re.IGNORECASE)
        own = (use for use in uses if use["link"] is None or re.fullmatch(words, use["link"], re.IGNORECASE))
        first = next(own, None)
        if first and first["link"] is None:
            unlinked.append(term)
    return unlinked


def test_every_term_has_one_definition_of_one_sentence():
    assert len(TERMS) == len(set(TERMS)) > 0
    for term, definition in definitions():
        assert re.fullmatch(r"[A-Z0-9`].*\.", definition), term


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_links_each_term_at_its_first_use(page):
    assert unlinked_terms(prose_of(page)) == []


def test_a_term_that_is_linked_too_late_or_never_is_found(tmp_path):
    page = tmp_path / "page.md"
    text = "Two dumps show a {term}`marker`.\n\nA {term}`dump` of `card` has a label.\n"
    page.write_text(text, encoding="utf-8")
    assert unlinked_terms(prose_of(page)) == ["dump", "label"]
