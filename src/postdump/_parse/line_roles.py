# SPDX-License-Identifier: MIT
"""
Find the role of each line of a block: text, card, label, alt text or repost line.

Labels and repost lines are known by their words. A card is known by the label above it, by the blank line
below it (on pages that are spaced so), or by the host that closes it. Alt text is known by the label above
it, by the sign `ALT:`, or because it stands there twice. Everything else is the post's own text, and at least
one line always is, unless a label or the spacing says otherwise.

Only layouts with `Cards.TRAILING` have cards that a host closes. The number of lines above the host decides:

- One line: the card is the host alone.
- Two or more lines: the line right above the host is the title.
- Three or more lines, and the line right above the host ends like a sentence: that line is the description,
  and the line above it is the title.

A blank line within the card ends it: what stands above the blank line is text.
"""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import Final

from attrs import frozen

from postdump._parse.page import Page
from postdump._parse.text_line import TextLine
from postdump._text.links import HOST
from postdump.layouts import Cards, Stands
from postdump.layouts._site_phrases import ALT_SIGNS
from postdump.models import Role

SENTENCE_ENDS: Final = (".", "!", "?", "…", "。")

MOST_CARD_LINES: Final = 2
"""Title and description."""


def classify_lines(page: Page, block: int) -> list[TextLine]:
    """Return the lines of a block without its marker, each with its role."""
    lines = list(page.lines_between(*page.region(block)))
    found = _Block(
        page=page,
        is_top=block == 0 and page.begin == page.lefts[0],
        texts=[line.of(page.text) for line in lines],
        blanks=[line.blank_before for line in lines],
        roles=[Role.LABEL if page.labels.is_label(line.start, line.end) else Role.TEXT for line in lines],
    )
    for rule in (_reposts, _handles, _above_a_blank_line, _below_a_label, _described, _closed_by_a_host):
        rule(found)
    return [
        TextLine(line.start, line.end, line.blank_before, role)
        for line, role in zip(lines, found.roles, strict=True)
    ]


def is_repost(page: Page, block: int) -> bool:
    """Return whether a block says that its post is somebody else's."""
    if page.marker is None or not page.layout.reposts:
        return False
    if page.layout.stands is Stands.BEFORE:
        return page.marker.is_repost(page.text[page.starts[block] : page.ends[block]])
    return any(line.role is Role.AUTHOR for line in classify_lines(page, block))


@frozen(kw_only=True)
class _Block:
    """The lines of a block, of which each rule changes the roles of some."""

    page: Page
    is_top: bool
    """Whether nothing stands above it."""
    texts: list[str]
    blanks: list[bool]
    """Whether a blank line stands before each."""
    roles: list[Role]

    def own(self) -> list[int]:
        """Return the numbers of the lines that are text so far."""
        return [i for i, role in enumerate(self.roles) if role is Role.TEXT]

    def announced(self, i: int) -> Role | None:
        """Return what stands below a label: a card, or what a picture shows; None where it is anything."""
        page, label = self.page, self.texts[i]
        if self.roles[i] is not Role.LABEL or page.phrases.announcing_labels.fullmatch(label) is None:
            return None
        return Role.CARD if label.endswith(page.layout.previews) else Role.ALT


def _reposts(block: _Block) -> None:
    """The first line may say that the rest is somebody else's."""
    page, own = block.page, block.own()
    if page.layout.stands is Stands.AFTER and own and page.phrases.reposts.fullmatch(block.texts[own[0]]):
        block.roles[own[0]] = Role.AUTHOR


def _handles(block: _Block) -> None:
    """A handle that opens no post, since nothing follows it, names the author of none."""
    page = block.page
    if page.marker is None or not page.marker.is_handle:
        return
    is_named = False
    for i in block.own():
        is_repost = page.phrases.reposts.fullmatch(block.texts[i]) is not None
        if is_repost or is_named or block.texts[i] == page.traits.owner:
            block.roles[i] = Role.AUTHOR
        is_named = is_repost


def _above_a_blank_line(block: _Block) -> None:
    """On a spaced page, what stands right below a marker or its labels is a card, or what a picture shows."""
    spacing = block.page.traits.spacing
    if not spacing.is_spaced or not block.roles:
        return
    is_labelled = block.roles[0] is Role.LABEL
    if not is_labelled and (block.is_top or not spacing.is_parted):
        return
    last = next((i for i, blank in enumerate(block.blanks) if blank and i >= is_labelled), len(block.blanks))
    announced = None
    card = 0
    for i in range(last):
        if block.roles[i] is Role.LABEL:
            announced = block.announced(i)
        elif announced is Role.ALT:
            block.roles[i] = Role.ALT
        elif card < MOST_CARD_LINES and (announced is Role.CARD or spacing.is_parted):
            block.roles[i] = Role.CARD
            card += 1


def _below_a_label(block: _Block) -> None:
    """On any other page, one line below a label that announces a card is the card."""
    if not block.page.traits.spacing.is_spaced:
        for i in block.own():
            if i and block.announced(i - 1) is Role.CARD:
                block.roles[i] = Role.CARD


def _described(block: _Block) -> None:
    """What a picture shows is said so, or stands there twice, above the text."""
    if not (block.page.layout.pictures and block.page.watched):
        return
    for i in block.own():
        if block.texts[i].startswith(ALT_SIGNS) or _is_said_twice(block.texts[i]):
            block.roles[i] = Role.ALT
    if Role.ALT in map(block.announced, range(len(block.roles))):
        own = block.own()
        times = Counter(block.texts[i] for i in own)
        above = list(takewhile(lambda i: times[block.texts[i]] > 1, own))
        for i in above if len(above) < len(own) else ():
            block.roles[i] = Role.ALT


def _is_said_twice(line: str) -> bool:
    """Return whether a line is a description, a sign, and the same description again."""
    parts = (line.partition(f" {sign} ") for sign in ALT_SIGNS)
    return any(found and again.strip() and said.endswith(again.strip()) for said, found, again in parts)


def _closed_by_a_host(block: _Block) -> None:
    """The last line may be the host that closes a card."""
    own = block.own()
    if block.page.layout.cards is not Cards.TRAILING or len(own) < 2:
        return
    *above, host = own
    if not HOST.fullmatch(block.texts[host]):
        return
    block.roles[host] = Role.CARD
    if len(above) < 2 or block.blanks[host]:
        return
    block.roles[above[-1]] = Role.CARD
    is_description = block.texts[above[-1]].endswith(SENTENCE_ENDS)
    if len(above) > 2 and is_description and not block.blanks[above[-1]]:
        block.roles[above[-2]] = Role.CARD
