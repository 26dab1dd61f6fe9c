# SPDX-License-Identifier: MIT
"""Sphinx: MyST pages, autodoc for the reference, furo for the looks; nothing is fetched."""

import re
from importlib.metadata import version as version_of

import attrs
from sphinx.util.inspect import object_description

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
    """Show what is meant: backslashes in code, colons that follow no type, and defaults of fields."""
    meant = []

    def before_napoleon(app, what, name, obj, options, lines):
        lines[:] = [re.sub("(?<!`)`([^`]+)`(?!`)", r"``\1``", line) for line in lines]
        meant[:] = lines

    def after_napoleon(app, what, name, obj, options, lines):
        if what in {"attribute", "data", "property"}:
            lines[:] = meant

    def with_defaults(app, what, name, obj, options, signature, return_annotation):
        if what == "class" and attrs.has(obj):  # the source of whose __init__ says where the default is
            fields = attrs.fields_dict(obj)
            default = re.compile(r"attr_dict\['(\w+)'\]\.default")
            signature = default.sub(lambda found: object_description(fields[found[1]].default), signature)
            return signature, return_annotation
        return None

    app.connect("autodoc-process-signature", with_defaults)
    app.connect("autodoc-process-docstring", before_napoleon, priority=400)
    app.connect("autodoc-process-docstring", after_napoleon, priority=600)
