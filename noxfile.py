# SPDX-License-Identifier: MIT
"""What maintainers run: `nox` for the usual checks, `nox -l` for the list."""

import os
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

import nox

nox.needs_version = ">=2025.5.1"
nox.options.sessions = ["tests", "typing", "lint", "docs"]
# Nox would make missing interpreters an error where CI is set; the tests run on those that are there.
nox.options.error_on_missing_interpreters = False

PYPROJECT = nox.project.load_toml("pyproject.toml")
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
# Those that the classifiers name; the Python that runs nox is always there, so that at least one session of
# `tests` runs.
PYTHONS = list(dict.fromkeys([*nox.project.python_versions(PYPROJECT), THIS_PYTHON]))
PACKAGE = ("-e", ".[cli,hypothesis]")
# One process for each processor; examples of one page follow one another, so a file stays with one process.
PARALLEL = ("-n", "auto", "--dist", "loadfile")
QUICK = ("-m", "not slow")
# Each worker imports all tests, and tests start programs: where Python may not keep what it compiles, this
# takes twice as long.
KEEP_BYTECODE = {"PYTHONDONTWRITEBYTECODE": None}


def group(name):
    return nox.project.dependency_groups(PYPROJECT, name)


def run_tests(session, *options, **env):
    """Run the suite, or what follows `--`, on all processors."""
    session.install(*PACKAGE, *group("tests"))
    session.run("pytest", *PARALLEL, *options, *session.posargs, env={**KEEP_BYTECODE, **env})


def with_profile(name):
    """Return what chooses a Hypothesis profile where HYPOTHESIS_PROFILE does not."""
    return {"HYPOTHESIS_PROFILE": os.environ.get("HYPOTHESIS_PROFILE", name)}


@nox.session(python=PYTHONS)
def tests(session):
    """
    Run the suite; on the Python that runs nox, demand that it reaches every branch.

    The examples are the same on every run, so that a failure is of the change at hand. Other Pythons differ
    in what they do with a text, if at all, not with one text in a hundred: there, fewer examples are enough.
    """
    if session.python != THIS_PYTHON:
        run_tests(session, HYPOTHESIS_PROFILE="quick")
    else:
        run_tests(session, *([] if session.posargs else ["--cov"]), **with_profile("ci"))


@nox.session
def quick(session):
    """Run what takes about a minute: no laws, no generated pages, no workers, no documentation."""
    run_tests(session, *QUICK, "tests", **with_profile("quick"))


@nox.session
def optimized(session):
    """Run the suite as under `python -O`, where assert statements are gone."""
    run_tests(session, "-W", "ignore::pytest.PytestConfigWarning", PYTHONOPTIMIZE="1")


@nox.session
def warnings(session):
    """Run the suite as under `python -W error`, where warnings on import are errors too."""
    run_tests(session, PYTHONWARNINGS="error")


@nox.session
def random_order(session):
    """Run the quick part in another order each time; `-- --randomly-seed=1` repeats one."""
    session.install("pytest-randomly")
    run_tests(session, *QUICK, "tests", **with_profile("quick"))


@nox.session
def properties(session):
    """Run the laws and generated clean texts, with the profile of HYPOTHESIS_PROFILE, by default `deep`."""
    generated = "tests/damage/test_clean_texts.py"
    run_tests(session, "tests/properties", generated, "--timeout=7200", **with_profile("deep"))


@nox.session
def typing(session):
    """Check the types inside, and that users get all of them."""
    session.install(*PACKAGE, *group("tests"), *group("typing"))
    session.run("mypy")
    session.run("pyright", "tests/typing")
    session.run("pyright", "--verifytypes", "postdump", "--ignoreexternal")


@nox.session
def lint(session):
    session.install(*group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def docs(session):
    """Build the documentation, without a network, into docs/_build/html."""
    session.install(*PACKAGE, *group("docs"))
    session.run("sphinx-build", "-E", "-W", "-n", "--keep-going", "docs", "docs/_build/html")


@nox.session
def bench(session):
    """Measure against floors, goals and peers; `-- --docs docs/figures` refreshes the documentation."""
    session.install(*PACKAGE, *group("bench"))
    session.run("python", "benchmarks/peers.py", *session.posargs)


@nox.session
def scaling(session):
    """Fail if time or memory grows faster than the text, on texts made to be slow."""
    session.install(*PACKAGE)
    session.run("python", "benchmarks/scaling.py", *session.posargs)


@nox.session
def truth(session):
    """Tell how much of the truth a merge tells, on generated pages; fail where a goal is missed."""
    session.install(*PACKAGE)
    session.run("python", "benchmarks/truth.py", *session.posargs)


@nox.session
def build(session):
    """Make sdist and wheel in dist/; run the sdist's quick tests, or what follows `--`, against the wheel."""
    session.install(*group("build"))
    shutil.rmtree("dist", ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", "dist")
    (sdist,) = Path("dist").glob("*.tar.gz")
    (wheel,) = Path("dist").glob("*-py3-none-any.whl")
    session.run("twine", "check", "--strict", str(sdist), str(wheel))
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    if not all(top == "postdump" or top.endswith(".dist-info") for top in tops):
        session.error(f"the wheel holds more than the package: {sorted(tops)}")

    session.install(f"{wheel}[cli,hypothesis]", *group("tests"))
    unpacked = Path(session.create_tmp()).resolve() / sdist.name.removesuffix(".tar.gz")
    shutil.rmtree(unpacked, ignore_errors=True)
    with tarfile.open(sdist) as archive:
        archive.extractall(unpacked.parent, filter="data")
    env = {
        "POSTDUMP_INSTALLED_IN": str(Path(session.virtualenv.location).resolve()),
        **KEEP_BYTECODE,
        **with_profile("quick"),
    }
    session.chdir(unpacked)
    session.run("pytest", *PARALLEL, *(session.posargs or (*QUICK, "tests")), env=env)
