# SPDX-License-Identifier: MIT
"""Characters, lines and places in a text. Nothing here knows of posts, layouts or damage."""
