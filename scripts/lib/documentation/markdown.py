"""What a Markdown file of the project holds: fences, titles, links."""

import re
from dataclasses import dataclass

FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<body>.*?)^(?P=indent)```$",
                   re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
LINK = re.compile(r"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<target>[^()\s]+)\)")
TITLE = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
NOT_IN_SLUG = re.compile(r"[^\w\- ]")


@dataclass(frozen=True)
class Fence:
    """A piece of code that stands between fences."""
    language: str
    body: str
    line: int
    begin: int
    end: int


def fences(text):
    """All fences of a file."""
    for match in FENCE.finditer(text):
        indent, body = match["indent"], match["body"]
        if indent:
            body = re.sub(rf"^{indent}", "", body, flags=re.MULTILINE)
        yield Fence(match["language"], body, text.count("\n", 0, match.start()) + 1,
                    match.start(), match.end())


def without_code(text):
    """The text with code blanked out, every character in its place."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match[0])
    return INLINE_CODE.sub(blank, FENCE.sub(blank, text))


def slug(title):
    """The anchor that GitHub gives to a title; the site's is the same."""
    words = re.sub(r"[`*]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title))
    return NOT_IN_SLUG.sub("", words.strip().lower()).replace(" ", "-")


def site_slug(title, _separator):
    """The same for the program that makes the site, which gives titles without their marks."""
    return slug(title)


def anchors(text):
    """The anchors of a file's titles; of equal ones the later ones are numbered."""
    seen = {}
    for match in TITLE.finditer(FENCE.sub(lambda found: "\n" * found[0].count("\n"), text)):
        name = slug(match[2])
        count = seen[name] = seen.get(name, -1) + 1
        yield name if count == 0 else f"{name}-{count}"


def links(text):
    """(line, target) of each link. A link's text may be code, its target is not."""
    plain = without_code(text)
    for match in LINK.finditer(text):
        at = match.start("target") - 2
        if plain[at:at + 2] == "](":
            yield text.count("\n", 0, match.start()) + 1, match["target"]
