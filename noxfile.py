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
# The Python that runs nox is always there, so that at least one session of `tests` runs.
PYTHONS = list(dict.fromkeys(["3.11", "3.12", "3.13", THIS_PYTHON]))
PACKAGE = ("-e", ".[cli,hypothesis]")


def group(name):
    return nox.project.dependency_groups(PYPROJECT, name)


@nox.session(python=PYTHONS)
def tests(session):
    """Run the suite; on the Python that runs nox, demand that it reaches every branch."""
    session.install(*PACKAGE, *group("tests"))
    whole = session.python == THIS_PYTHON and not session.posargs
    session.run("pytest", *(["--cov"] if whole else []), *session.posargs)


@nox.session
def optimized(session):
    """Run the suite under `python -O`, where assert statements are gone."""
    session.install(*PACKAGE, *group("tests"))
    session.run("python", "-O", "-m", "pytest", "-W", "ignore::pytest.PytestConfigWarning", *session.posargs)


@nox.session
def warnings(session):
    """Run the suite under `python -W error`, where warnings on import are errors too."""
    session.install(*PACKAGE, *group("tests"))
    session.run("python", "-W", "error", "-m", "pytest", *session.posargs)


@nox.session
def properties(session):
    """Run the laws alone, with the Hypothesis profile of HYPOTHESIS_PROFILE, by default `deep`."""
    session.install(*PACKAGE, *group("tests"))
    env = {"HYPOTHESIS_PROFILE": os.environ.get("HYPOTHESIS_PROFILE", "deep")}
    session.run("pytest", "tests/properties", "--timeout=7200", *session.posargs, env=env)


@nox.session
def typing(session):
    """Check the types inside, and that users get all of them."""
    session.install(*PACKAGE, *group("tests"), *group("typing"))
    session.run("mypy")
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
    """Make sdist and wheel in dist/, then run the sdist's suite against the installed wheel."""
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
    env = {"POSTDUMP_INSTALLED_IN": str(Path(session.virtualenv.location).resolve())}
    session.chdir(unpacked)
    session.run("pytest", *session.posargs, env=env)
