# SPDX-License-Identifier: MIT
"""Growth curves: time for each post against the number of posts, both logarithmic. Flat means linear."""

import matplotlib as mpl
from report import by_name

TITLES = {"parse": "Parsing one page", "align": "Aligning two dumps"}
LEFT_OUT = {"by hand, strptime", "difflib, autojunk on", "difflib, autojunk on, words", "merge3, words"}
"""Curves that would cover their neighbours in a drawing; the tables contain them."""
SETTINGS = {
    # Text stays text and ids stay the same, so that a drawing is small and changes only with its figures.
    "svg.fonttype": "none",
    "svg.hashsalt": "postdump",
    "font.family": "sans-serif",
    "font.size": 9,
}


def draw(figures, folder):
    """Draw one curve for each task that was measured, as SVG."""
    mpl.use("svg")
    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(SETTINGS):
        for task in TITLES:
            if task in figures:
                _draw(task, figures[task]["rows"], folder / f"{task}.svg")


def _draw(task, rows, path):
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7.5, 4.5), layout="constrained")
    styles = ("-", "--", ":")
    shown = {name: at for name, at in by_name(task, rows).items() if name not in LEFT_OUT}
    for n, (name, at) in enumerate(shown.items()):
        is_ours = name.startswith("postdump")
        color = "black" if is_ours else f"C{n % 10}"
        axes.plot(
            list(at),
            [row["micros"] for row in at.values()],
            label=name,
            marker=".",
            color=color,
            linewidth=2 if is_ours else 1,
            linestyle=styles[n % 3] if is_ours else styles[n // 10 % 3],
        )
    axes.set(xscale="log", yscale="log", xlabel="posts", ylabel="µs a post", title=TITLES[task])
    axes.grid(visible=True, which="major", linewidth=0.3)
    figure.legend(loc="outside right upper", fontsize=8, frameon=False)
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
