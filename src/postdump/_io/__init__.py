# SPDX-License-Identifier: MIT
"""
Read and write files, and convert results to JSON and to flat rows. Only `read` and `write` touch files.
"""
