"""Every public name of a header has a docstring: types, their public members, free functions."""

import re
from typing import NamedTuple

from tidy_rules.source import blank

HEADERS = ("sdk/include", "sdk/sqlite", "sdk/outbox", "sdk/prometheus", "sdk/opentelemetry",
           "sdk/testing", "workers")
STRUCTURE = re.compile(r"[{};(),]|\b(?:public|protected|private)\s*:(?!:)")
TYPE = re.compile(r"\b(namespace|class|struct|union|enum)\b")
NAMED_SCOPE = re.compile(r"\b(?:namespace|class|struct|union|enum(?:\s+class)?)\s+([\w:]+)")
INITIALISERS = re.compile(r"\)[\s\w]*(?<!:):(?!:)")
MACRO_CALL = re.compile(r"\bBOOST_DESCRIBE_\w+\((?:[^()]|\([^()]*\))*\)")
TEMPLATE = re.compile(r"^\s*template\s*<(?:[^<>]|<[^<>]*>)*>\s*(?:requires\b[^{;]*?\n)?")
# What needs none: it names nothing, says nothing new, or was documented where it was declared.
NEEDS_NONE = re.compile(
    r"""^\s*(friend|static_assert|using\s+namespace|extern|namespace)\b |
        ^\s*using\s+(\w+::)+\w+\s*; | =\s*(default|delete)\s*; |
        \)[^()]*\b(override|final)\b[^()]*$ | ^\s*(virtual\s+)?~ | ^[^(]*\boperator=\s*\( |
        ^\s*(?P<type>\w+)\(\s*(const\s+)?(?P=type)\b[^,]*&&?[^,]*\)[^,]*$ |
        ^\s*(class|struct|enum\s+class|enum)\s+\w+(\s*:\s*[\w:]+)?\s*;""",
    re.VERBOSE)


class Scope(NamedTuple):
    """An open brace and what may be said inside of it."""
    kind: str
    public: bool


def missing_docstrings(source):
    """Public names with no `/** */` or `///` before them and no `///<` behind them."""
    inner = "/detail/" in source.path
    if inner or not (source.path.endswith(".hpp") and source.within(*HEADERS)):
        return
    previous = None
    for begin, end in public_declarations(MACRO_CALL.sub(blank, source.declarations)):
        text = source.declarations[begin:end]
        name = name_of(text)
        overload = "(" in text and name == previous
        previous = name if "(" in text else None
        if (overload or NEEDS_NONE.search(TEMPLATE.sub("", text))
                or in_short_enum(source.text, begin) or documented(source.text, begin, end)):
            continue
        yield source.finding(source.line_of(begin), "docstring",
                             f"`{name or text.strip()[:40]}` has no docstring")


def public_declarations(code):
    """(begin, end) of each declaration that a user of the header may name."""
    scopes = [Scope("namespace", True)]
    begin, at = 0, 0
    while token := STRUCTURE.search(code, at):
        kind, at = token[0], token.end()
        if kind == "(":
            at = closing(code, token.start()) + 1
            continue
        if kind == "," and scopes[-1].kind != "enum":
            continue
        opened = kind == "{" and opened_scope(code[begin:token.start()], scopes[-1])
        if kind == "{" and not opened:
            at = closing(code, token.start()) + 1
            if not is_body(code[begin:token.start()], code[at:]):
                continue
        text = code[begin:token.start()]
        if kind in "{;,}" and text.strip() and scopes[-1].public:
            yield begin + len(text) - len(text.lstrip()), token.end()
        if opened:
            scopes.append(opened)
        elif kind == "}":
            scopes.pop()
        elif kind.endswith(":"):
            scopes[-1] = scopes[-1]._replace(public=kind.startswith("public"))
        begin = at


def opened_scope(head, outer):
    """The scope that a brace after this head opens; None for a body or an initialiser."""
    plain = TEMPLATE.sub("", head)
    found = TYPE.search(plain)
    if not found or "(" in plain or plain.rstrip().endswith("="):
        return None
    kind = found[1]
    hidden = kind == "namespace" and re.search(r"\bdetail\b|_detail\b|namespace\s*$", plain)
    return Scope(kind, outer.public and not hidden and kind != "class")


def is_body(head, rest):
    """Whether the block between two texts is a function's body, not a braced initialiser."""
    if "(" not in head:
        return False
    if INITIALISERS.search(head):
        return head.rstrip().endswith((")", "}"))
    return not re.match(r"\s*[;,{(.]", rest)


def closing(code, opening):
    """The offset of the bracket that closes the one at `opening`, or the last offset."""
    pairs = {"{": "}", "(": ")"}
    depth = 0
    for token in re.finditer(r"[(){}]", code[opening:]):
        if token[0] == code[opening]:
            depth += 1
        elif token[0] == pairs[code[opening]]:
            depth -= 1
        if depth == 0:
            return opening + token.start()
    return len(code) - 1


def name_of(text):
    """The name that a declaration introduces, as far as one regular expression can tell."""
    plain = TEMPLATE.sub("", text)
    if found := NAMED_SCOPE.search(plain):
        return found[1]
    found = (re.search(r"(operator\W+|[\w~]+)\s*\(", plain)
             or re.search(r"(\w+)\s*([={;,}]|$)", plain))
    return found[1].strip() if found else None


def in_short_enum(text, begin):
    """Whether this is an enumerator of an enumeration on one line, which has one docstring."""
    line = text[text.rfind("\n", 0, begin) + 1:begin]
    return re.search(r"\benum\b.*\{", line) is not None


def documented(text, begin, end):
    """Whether a docstring stands right before a declaration, or behind it on its last line."""
    before = text[:begin].rstrip()
    if before.endswith("*/"):
        return before[before.rfind("/*"):].startswith("/**")
    if before.rpartition("\n")[2].lstrip().startswith("///"):
        return True
    rest_of_line = text[end:].partition("\n")[0]
    return "///<" in rest_of_line
