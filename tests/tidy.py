#!/usr/bin/python3
"""Checks the rules of CONTRIBUTING.md that need no compiler, over the whole project.

  tests/tidy.py [FOLDER]     prints `file:line: rule: message` for each breach; exits with 1 if any
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
# pylint: disable=wrong-import-position
from tidy_rules import coverage, docstrings, layers, sizes, words
from tidy_rules.source import Source

SKIPPED_FOLDERS = {".git", "build", "__pycache__", ".cache", "install"}
FILE_RULES = (sizes.file_size, sizes.line_length, sizes.function_size, layers.include_direction,
              words.banned_words, words.vague_names, words.lambdas_in_coroutines,
              words.awaits_in_conditions, docstrings.missing_docstrings)
PROJECT_RULES = (coverage.missing_test_files,)


def read_sources(root):
    """Every text file of the project."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
        for name in sorted(names):
            path = Path(folder, name)
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            yield Source(path.relative_to(root).as_posix(), text)


def check(sources):
    """All findings, in the order of files and lines."""
    found = [finding for source in sources for rule in FILE_RULES for finding in rule(source)]
    found += [finding for rule in PROJECT_RULES for finding in rule(sources)]
    return sorted(found)


def main():
    """Checks one tree."""
    default = Path(__file__).resolve().parent.parent
    sources = list(read_sources(Path(sys.argv[1]) if sys.argv[1:] else default))
    if not sources:
        sys.exit("tidy: no files found")
    findings = check(sources)
    for finding in findings:
        print(finding)
    print(f"{len(sources)} files, {len(findings)} findings")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
