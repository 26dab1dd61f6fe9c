# SPDX-License-Identifier: MIT
"""Sphinx: MyST pages, autodoc for the reference, furo for the looks; nothing is fetched."""

import ast
import re
from importlib import import_module
from importlib.metadata import version as version_of
from inspect import cleandoc
from pathlib import Path
from pkgutil import resolve_name

import attrs
from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.inspect import object_description

import postdump

project = "postdump"
author = "The postdump authors"
project_copyright = f"2026, {author}"
release = version = version_of("postdump")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"postdump {release}"
html_show_sourcelink = False
exclude_patterns = ["_build"]

default_role = "code"
# An empty string in a docstring, `""`, is to stay two straight quotation marks.
smartquotes = False
# Fields whose name and type say it all have no docstring.
autodoc_default_options = {"members": True, "undoc-members": True}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False
python_use_unqualified_type_names = True

nitpicky = True
# Types that are documented by others, or by nobody: annotations show them without a link.
nitpick_ignore_regex = [
    (r"py:.*", r"hypothesis\..*|SearchStrategy|attr\.AttrsInstance"),
]

PYTHON_PAGES = {
    **dict.fromkeys(["Iterable", "Iterator", "Mapping", "Sequence"], "collections.abc"),
    **dict.fromkeys(["date", "datetime", "timedelta"], "datetime"),
    "PathLike": "os",
    "Any": "typing",
    **dict.fromkeys(["bytes", "dict", "str", "tuple"], "stdtypes"),
    **dict.fromkeys(["bool", "float", "int", "object"], "functions"),
    "None": "constants",
    **dict.fromkeys(["ExceptionGroup", "OSError", "ValueError"], "exceptions"),
}
"""The page of Python's library that documents a name; intersphinx would have to fetch an inventory."""
PUBLIC = [f"postdump.{module}" for module in ("damage", "errors", "layouts", "models", "strategies")]
BUILT_INS = {"stdtypes", "functions", "constants", "exceptions"}

SOURCE = Path(postdump.__file__).parent
DEFINED_IN = {}
"""By the name of each class, the modules that define a class of that name."""
for path in SOURCE.rglob("*.py"):
    for definition in ast.parse(path.read_text("utf-8")).body:
        if isinstance(definition, ast.ClassDef):
            parts = path.relative_to(SOURCE.parent).with_suffix("").parts
            DEFINED_IN.setdefault(definition.name, []).append(".".join(parts))


def link_to_python(app, env, node, contnode):
    """Return a link to Python's documentation, where a name is Python's own."""
    name = node.get("reftarget", "").rpartition(".")[2]
    page = PYTHON_PAGES.get(name)
    if node.get("refdomain") != "py" or page is None:
        return None
    anchor = name if page in BUILT_INS else f"{page}.{name}"
    link = nodes.reference("", "", refuri=f"https://docs.python.org/3/library/{page}.html#{anchor}")
    link += contnode
    return link


def check_ids(app, exception):
    """Fail if a public name has no entry in the reference, or if an entry names nothing."""
    if exception:
        return
    entries = app.env.get_domain("py").objects
    public = {f"postdump.{name}" for name in postdump.__all__}
    for module in PUBLIC:
        public |= {f"{module}.{name}" for name in import_module(module).__all__}
    missing = public - entries.keys()
    doubled = [name for name in entries if name.count("postdump") > 1]
    if missing or doubled:
        raise ExtensionError(f"reference.md lacks {sorted(missing)}, and has the wrong ids {doubled}")


def setup(app):
    """Show what is meant: backslashes in code, colons that follow no type, and defaults as values."""
    meant = []

    def before_napoleon(app, what, name, obj, options, lines):
        if what == "attribute" and not any(lines):
            lines[:] = [argument_text(name)]
        lines[:] = [re.sub("(?<!`)`([^`]+)`(?!`)", r"``\1``", line) for line in lines]
        meant[:] = lines

    def after_napoleon(app, what, name, obj, options, lines):
        if what in {"attribute", "data", "property"}:
            lines[:] = meant

    def with_defaults(app, what, name, obj, options, signature, return_annotation):
        if what == "class" and attrs.has(obj):  # the source of whose __init__ says where the default is
            fields = attrs.fields_dict(obj)
            default = re.compile(r"attr_dict\['(\w+)'\]\.default")
            signature = default.sub(lambda found: description_of(fields[found[1]].default), signature)
            for field in fields.values():
                if isinstance(field.default, attrs.Factory):
                    shown = f"{field.name}: {field.type} = {field.default.factory()!r}"
                    signature = re.sub(rf"\b{field.name}: [^=]* = NOTHING", shown, signature)
            return signature, return_annotation
        if what == "function" and signature:
            constant = re.compile(r"(?<== )[A-Z][A-Z_]+\b")
            signature = constant.sub(lambda found: number_of(found[0], obj), signature)
            return signature, return_annotation
        return None

    app.connect("autodoc-process-signature", with_defaults)
    app.connect("autodoc-process-docstring", before_napoleon, priority=400)
    app.connect("autodoc-process-docstring", after_napoleon, priority=600)
    app.connect("missing-reference", link_to_python)
    app.connect("viewcode-follow-imported", find_source)
    app.connect("builder-inited", add_docstrings)
    app.connect("build-finished", check_ids)


def description_of(value):
    """Return a value as code; a value of ours without any field set as a call without arguments."""
    kind = type(value)
    return f"{kind.__name__}()" if attrs.has(kind) and value == kind() else object_description(value)


def number_of(constant, function):
    """Return the number that a private constant stands for; of any other value, the name."""
    value = function.__globals__[constant]
    return repr(value) if isinstance(value, float | int) else constant


def home_of(kind):
    """Return the module that defines a class, which is private where the class names a public one."""
    modules = (module for module in DEFINED_IN.get(kind.__name__, ()) if module != kind.__module__)
    return next((module for module in modules if getattr(import_module(module), kind.__name__) is kind), None)


def add_docstrings(app):
    """Let Sphinx find the docstrings of fields where their class names a public module as its own."""
    for module in PUBLIC:
        texts = ModuleAnalyzer.for_module(module).find_attr_docs()
        for name in import_module(module).__all__:
            kind = getattr(import_module(module), name)
            home = home_of(kind) if isinstance(kind, type) else None
            if home:
                known = ModuleAnalyzer.for_module(home).find_attr_docs()
                texts |= {field: text for field, text in known.items() if field[0] == name}


def argument_text(name):
    """Return what the docstring of a class says of a field under `Args`; an empty text if it says nothing."""
    path, _, field = name.rpartition(".")
    docstring = cleandoc(resolve_name(path).__doc__ or "")
    argument = re.search(rf"^    {field}: (.*(?:\n {{8}}.*)*)$", docstring, re.MULTILINE)
    return " ".join(argument[1].split()) if argument else ""


def find_source(app, module, name):
    """Return the module that defines a public name, whatever module the name says that it is in."""
    kind = resolve_name(f"{module}.{name.partition('.')[0]}")
    return home_of(kind) if isinstance(kind, type) else None
