# SPDX-License-Identifier: MIT
r"""
Find the lines of a stretch of text, as places.

A line ends at `\n`, `\r\n` or `\r` and nowhere else. Spaces and tabs at either end of a line do not belong to
it. A blank line is not a line of its own: the line below it records that a blank line stands above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from attrs import define

from postdump._text.lines import unify_breaks_in_place
from postdump.models import Role

BLANKS: Final = " \t\r\n"
"""What neither a line nor a block begins or ends with."""
TEXT: Final = Role.TEXT  # looking up a member takes as long as making a line


@define
class TextLine:
    """
    One line that is not blank: where it stands in its text, without the blanks around it, and its role.

    Nobody changes one. It is not frozen, since a frozen one takes twice as long to make.
    """

    start: int
    end: int
    blank_before: bool = False
    """Whether a blank line stands between the line above and this one."""
    role: Role = TEXT

    def of(self, text: str) -> str:
        """
        Return the words of the line, which stands in `text`.

        >>> TextLine(6, 9).of("Ahoy. Bo.")
        'Bo.'
        """
        return text[self.start : self.end]


def lines_between(
    text: str, start: int, end: int, role_of: Callable[[int, int], Role] | None = None
) -> Iterator[TextLine]:
    r"""
    Yield the lines of a stretch of a text; `role_of` tells the role of each, by default `Role.TEXT`.

    >>> [(line.start, line.blank_before) for line in lines_between("Ahoy.\n\n Again.", 0, 14)]
    [(0, False), (8, True)]
    """
    stretch = unify_breaks_in_place(text[start:end])
    line_start = start
    blank_before = False
    for line in stretch.split("\n"):
        words = line.strip(" \t")
        if words:
            left = line_start if line[0] not in " \t" else line_start + len(line) - len(line.lstrip(" \t"))
            right = left + len(words)
            yield TextLine(left, right, blank_before, TEXT if role_of is None else role_of(left, right))
            blank_before = False
        else:
            blank_before = line_start > start
        line_start += len(line) + 1
