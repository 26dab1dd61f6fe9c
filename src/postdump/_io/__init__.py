# SPDX-License-Identifier: MIT
"""
Files, and the two forms in which results leave: JSON and flat rows. Only `read` and `write` touch files.
"""
