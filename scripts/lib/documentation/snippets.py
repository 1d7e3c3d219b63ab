"""Snippets: what a page shows of a file that is built and run, held equal to it.

In a page, `<!-- from PATH -->` or `<!-- from PATH#REGION -->` stands before the fence. In the file
a region stands between a comment `snippet: REGION` and a comment `end snippet`. A JSON file, which
has no comments, is shown whole."""

import re
import textwrap
from dataclasses import dataclass

from documentation.markdown import fences

MARK = re.compile(r"<!-- from (?P<path>[^\s#]+)(?:#(?P<region>[\w-]+))? -->\n$")
BEGIN = re.compile(r"^\s*(?://|#) snippet: ([\w-]+)$")
END = re.compile(r"^\s*(?://|#) end snippet$")
# What is built, or run, or read by a program.
SHOWN_LANGUAGES = {"cpp", "yaml", "json", "sh", "python", "cmake"}


class WrongSnippet(Exception):
    """A page names a file or a region that is not there."""


@dataclass(frozen=True)
class Shown:
    """A fence, and where its text comes from; no path where the page does not say."""
    fence: object
    path: str | None
    region: str | None


def snippets(text):
    """All fences of a page."""
    for fence in fences(text):
        mark = MARK.search(text, 0, fence.begin)
        yield Shown(fence, mark and mark["path"], mark and mark["region"])


def region_of(text, name):
    """The lines of a region, those of its inner marks left out."""
    lines, inside = [], False
    for line in text.splitlines():
        begun = BEGIN.match(line)
        if begun:
            inside = inside or begun[1] == name
        elif END.match(line):
            if inside:
                return textwrap.dedent("\n".join(lines)).strip("\n") + "\n"
        elif inside:
            lines.append(line)
    raise WrongSnippet(f"no `snippet: {name}` that ends")


def source_of(root, shown):
    """The text that a fence is to show."""
    path = root / shown.path
    if not path.is_file():
        raise WrongSnippet(f"{shown.path} is not there")
    text = path.read_text(encoding="utf-8")
    if shown.region:
        return region_of(text, shown.region)
    kept = [line for line in text.splitlines() if not BEGIN.match(line) and not END.match(line)]
    return "\n".join(kept) + "\n"


def refreshed(root, text):
    """A page with the text of its files in their fences."""
    out, at = [], 0
    for shown in snippets(text):
        if not shown.path:
            continue
        fence = shown.fence
        out += [text[at:fence.begin], f"```{fence.language}\n", source_of(root, shown), "```"]
        at = fence.end
    return "".join(out) + text[at:]


def faults(root, pages):
    """`file:line: what is wrong` of every snippet that is not what its file says."""
    for page in pages:
        text = (root / page).read_text(encoding="utf-8")
        for shown in snippets(text):
            if not shown.path:
                continue
            place = f"{page}:{shown.fence.line}"
            try:
                if source_of(root, shown) != shown.fence.body:
                    yield f"{place}: differs from {shown.path}; run scripts/docs snippets"
            except WrongSnippet as wrong:
                yield f"{place}: {wrong}"
