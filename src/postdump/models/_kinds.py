# SPDX-License-Identifier: MIT
"""What tokens, lines and repairs can be."""

from enum import Enum


class TokenKind(Enum):
    """
    What a piece of a dump's text is.

    >>> TokenKind.MARKER.value
    'marker'
    """

    TEXT = "text"
    """Words: of a post, or of nothing that the layout knows."""
    MARKER = "marker"
    """What the layout recognises a post by."""
    HEADING = "heading"
    """The line that names the page, and whose posts follow."""
    LABEL = "label"
    """A word of the site's own: `Preview`, `Post image`."""
    SPACE = "space"
    """Line breaks, and spaces and tabs at either end of a line."""


class Role(Enum):
    """
    What a line is to its post, or to the page.

    >>> Role("card") is Role.CARD
    True
    """

    TEXT = "text"
    """The post's own words."""
    CARD = "card"
    """Title, description or domain of a linked page."""
    ALT = "alt"
    """The description of a picture."""
    LABEL = "label"
    """A word of the site's own."""
    MARKER = "marker"
    """Date and counts."""
    AUTHOR = "author"
    """Who wrote or reposted the post."""
    HEADING = "heading"
    """The page's heading."""
    PROFILE = "profile"
    """Name, handle, bio and counts of the profile, above the heading."""
    OTHER = "other"
    """Unclaimed, and nothing more is known of it."""


class Basis(Enum):
    """
    What a repair rests on.

    >>> [basis.value for basis in Basis]
    ['codec', 'witness', 'context']
    """

    CODEC = "codec"
    """Nothing was lost: the misreading could be undone."""
    WITNESS = "witness"
    """Another dump shows the text that the damage maps onto what was read."""
    CONTEXT = "context"
    """The characters around it; made only when asked for, and never certain."""
