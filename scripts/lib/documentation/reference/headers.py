"""What the docstrings of a header say: enumerators, members of structs, constants."""

import re

COMMENT = r"/\*\*((?:[^*]|\*(?!/))*)\*/"


def brief(comment):
    """A docstring's words in one line."""
    words = re.sub(r"\n\s*\*", " ", comment)
    return re.sub(r"\s+", " ", words.replace("@brief", "")).strip()


def body_of(text, head):
    """The docstring before `head {`, and what stands between its braces."""
    match = re.search(COMMENT + r"\s*" + head + r"[^{;]*\{", text)
    if not match:
        raise LookupError(f"no `{head}` with a docstring")
    depth, end = 1, match.end()
    while depth:
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        end += 1
    return brief(match[1]), text[match.end():end - 1]


def enumerators(text, name):
    """(name, value or None, words) of each enumerator."""
    _, body = body_of(text, rf"enum(?: class)? {name}\b")
    return [(found[1], found[2], brief(found[0]))
            for found in re.findall(COMMENT + r"\s*(\w+)(?:\s*=\s*(\d+))?", body)]


def structs(text, namespace):
    """(name, words, members) of each struct of a namespace; members are (type, name, words)."""
    _, body = body_of(text, rf"namespace {namespace}\b")
    for words, name in re.findall(COMMENT + r"\s*struct (\w+)", body):
        _, inner = body_of(body, rf"struct {name}\b")
        members = [(kind.strip(), member, brief(comment)) for comment, kind, member in re.findall(
            COMMENT + r"\s*([\w:<>\s&]+?)\s(\w+)(?:\s*=[^;]*|\{[^;]*\})?;", inner)]
        yield name, brief(words), members
