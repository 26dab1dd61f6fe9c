# SPDX-License-Identifier: MIT
"""Sphinx: MyST pages, autodoc for the reference, furo for the looks; nothing is fetched."""

from importlib.metadata import version as version_of

project = "postdump"
author = "The postdump authors"
project_copyright = f"2026, {author}"
release = version = version_of("postdump")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"postdump {release}"
html_show_sourcelink = False
exclude_patterns = ["_build"]

default_role = "code"
# Fields whose name and type say it all have no docstring.
autodoc_default_options = {"members": True, "undoc-members": True}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False
python_use_unqualified_type_names = True

nitpicky = True
# Names that are documented elsewhere, and not linked: that would need a network.
nitpick_ignore_regex = [
    (r"py:.*", r"(collections|datetime|enum|hypothesis|io|os|pathlib|typing)\..*"),
    (r"py:.*", r"date|datetime|timedelta|Iterable|Iterator|Mapping|Sequence|Path"),
]


def setup(app):
    """Keep the docstrings of fields: napoleon would take the words before a colon for a type."""
    whole = []

    def keep(app, what, name, obj, options, lines):
        whole[:] = lines

    def put_back(app, what, name, obj, options, lines):
        if what in {"attribute", "data", "property"}:
            lines[:] = whole

    app.connect("autodoc-process-docstring", keep, priority=400)
    app.connect("autodoc-process-docstring", put_back, priority=600)
