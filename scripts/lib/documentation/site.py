"""Builds the site: Doxygen for the C++ interface, MkDocs for the rest. A warning is an error."""

import os
import re
import shutil
import subprocess

from documentation import stage
from documentation.pages_check import Site
from documentation.project import ROOT, tracked

SETTINGS = ROOT / "docs" / "site"
BUILD = ROOT / "build"
SITE = BUILD / "docs"
WORK = BUILD / "docs-work"
MENU = '<tab type="mainpage" visible="yes" title=""/>'
GUIDES = '<tab type="user" url="../index.html" title="Guides"/>'


class BuildFailed(Exception):
    """What a program complained of."""


def run(*command, **options):
    """Runs a program; what it says is the error when it fails."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode != 0:
        raise BuildFailed(f"{command[0]} failed:\n{done.stdout}")
    return done.stdout


def build_api(to):
    """The C++ interface's pages."""
    WORK.mkdir(parents=True, exist_ok=True)
    layout = WORK / "layout.xml"
    run("doxygen", "-l", layout)
    text = layout.read_text(encoding="utf-8")
    if MENU not in text:
        raise BuildFailed("doxygen's layout has changed: the link to the guides has no place")
    layout.write_text(text.replace(MENU, GUIDES + MENU), encoding="utf-8")
    settings = (SETTINGS / "Doxyfile").read_text(encoding="utf-8") + f"""
LAYOUT_FILE = {layout}
OUTPUT_DIRECTORY = {to.parent}
HTML_OUTPUT = {to.name}
"""
    run("doxygen", "-", input=settings, cwd=ROOT)


def build_pages(pages):
    """Everything else."""
    shutil.copy(SETTINGS / "site.css", pages)
    config = WORK / "mkdocs.yml"
    config.write_text((SETTINGS / "mkdocs.yml").read_text(encoding="utf-8") +
                      f"\ndocs_dir: {pages}\nsite_dir: {SITE}\n", encoding="utf-8")
    path = os.pathsep.join([str(ROOT / "scripts" / "lib"), os.environ.get("PYTHONPATH", "")])
    return run("mkdocs", "build", "--strict", "--clean", "--config-file", config,
               env={**os.environ, "PYTHONPATH": path})


def not_in_navigation(pages):
    """Documents that the navigation does not name; sources are reached by links."""
    text = (SETTINGS / "mkdocs.yml").read_text(encoding="utf-8")
    named = set(re.findall(r": ([\w./-]+\.(?:md|html))$", text, re.MULTILINE))
    for page in sorted(pages - named):
        if not page.startswith((stage.SOURCE + "/", "adr/")):
            yield f"docs/site/mkdocs.yml: {page} is not in the navigation; give it a line"


def build():
    """Builds and checks it all; what is wrong is a BuildFailed."""
    pages = WORK / "pages"
    made = stage.Stage(ROOT, tracked(), pages).fill()
    if left_out := list(not_in_navigation(made)):
        raise BuildFailed("\n".join(left_out))
    build_api(pages / "api")
    build_pages(pages)
    (SITE / "404.html").unlink(missing_ok=True)  # for a web server's root, which is not known here
    site = Site(SITE)
    if faults := [*site.faults(), *site.loads_from_elsewhere()]:
        raise BuildFailed("\n".join(faults))
    return SITE / "index.html"
