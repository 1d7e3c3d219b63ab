"""Nothing longer than a reader can hold: files, headers, functions, lines, CMake lists."""

import ast
import re

from tidy_rules.source import blank

FILE_LINES = 400
HEADER_LINES = 250
FUNCTION_LINES = 70
CMAKE_LINES = 80
COLUMNS = 100

STRUCTURE = re.compile(r"[{};]")
BRACE = re.compile(r"[{}]")
MACRO_CALL = re.compile(r"\b[A-Z][A-Z_]+\((?:[^(){};]|\([^(){};]*\))*\)(?!\s*[{;])")
NOT_PARAMETERS = re.compile(r"template\s*<[^{};()]*>|\[\[.*?\]\]|alignas\([^)]*\)", re.DOTALL)
PARAMETER_LIST = re.compile(r"(operator\W+|[\w:~]+)\s*\(")
SCOPE_WORDS = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b")
SHELL_FUNCTION = re.compile(r"^(\w+)\(\) \{.*\n(?:.*\n)*?^\}", re.MULTILINE)


def file_size(source):
    """Files, headers and CMake lists end before they tire."""
    if source.name == "CMakeLists.txt":
        limit = CMAKE_LINES
    elif source.path.endswith(".hpp"):
        limit = HEADER_LINES
    elif source.is_cpp or source.is_python or source.is_shell:
        limit = FILE_LINES
    else:
        return
    if len(source.lines) > limit:
        yield source.finding(limit + 1, "file-size", f"{len(source.lines)} lines, {limit} allowed")


def line_length(source):
    """A line fits beside another one on a screen."""
    if source.is_cpp or source.is_python or source.is_shell:
        for number, line in enumerate(source.lines, 1):
            if len(line) > COLUMNS:
                yield source.finding(number, "line-length",
                                     f"{len(line)} columns, {COLUMNS} allowed")


def function_size(source):
    """A function fits on a screen."""
    for name, first, last in functions(source):
        if last - first + 1 > FUNCTION_LINES:
            yield source.finding(first, "function-size", f"{name} has {last - first + 1} lines, "
                                                         f"{FUNCTION_LINES} allowed")


def functions(source):
    """The outermost functions of a file, each as (name, first line, last line)."""
    if source.is_cpp:
        return cpp_functions(source)
    if source.is_python:
        return python_functions(source)
    if source.is_shell:
        return shell_functions(source)
    return ()


def python_functions(source):
    """Functions and methods, as Python's own parser sees them."""
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno


def shell_functions(source):
    """Functions that begin and end in the first column."""
    for match in SHELL_FUNCTION.finditer(source.text):
        yield match[1], source.line_of(match.start()), source.line_of(match.end())


def cpp_functions(source):
    """The blocks of a file that have a parameter list before them; types are looked into.

    A constructor with braces in its initialisers has several blocks: each ends it anew, and the
    last one is its body.
    """
    code = MACRO_CALL.sub(blank, source.declarations)
    head = at = 0
    first = None
    while token := STRUCTURE.search(code, at):
        at = token.end()
        if token[0] != "{":
            head, first = at, None
            continue
        text = code[head:token.start()]
        if first is None or text.strip()[:1] not in ("", ","):
            first, name = function_start(text, head)
        if first is None and SCOPE_WORDS.search(text):
            head = at
            continue
        at = head = end_of_block(code, token.start())
        if first is not None:
            yield name, source.line_of(first), source.line_of(at - 1)


def function_start(text, offset):
    """Where a function begins, and its name, if this is what stands before a function's block."""
    plain = NOT_PARAMETERS.sub(blank, text)
    found = PARAMETER_LIST.search(plain)
    if not found or plain.rstrip().endswith("="):
        return None, None
    return offset + len(text) - len(text.lstrip()), found[1]


def end_of_block(code, opening):
    """The offset behind the brace that closes a block, or the end of the text."""
    depth = 0
    for brace in BRACE.finditer(code, opening):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return len(code)
