"""The project's files, as git knows them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# The first page of the C++ interface, whose links are names of types.
OF_DOXYGEN = ("docs/site/api.md",)
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")


def tracked(root=ROOT):
    """All files, as paths from the root: those of git, and those that are not committed yet."""
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "--cached", "--others",
                             "--exclude-standard"], capture_output=True, text=True, check=True)
    return sorted(path for path in listed.stdout.splitlines() if (root / path).is_file())


def documents(paths):
    """The Markdown files that are documentation: what the site shows as pages."""
    return [path for path in paths if path.endswith(".md") and path not in OF_DOXYGEN
            and (path in PAGES or path.startswith("docs/"))]
