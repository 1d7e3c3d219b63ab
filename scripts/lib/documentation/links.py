"""Links between Markdown files, and from them to sources: each leads to a file that is there, and
to an anchor that it has."""

import posixpath

from documentation.markdown import anchors, links

OUTSIDE = ("http://", "https://", "mailto:")


def resolve(page, target):
    """The path from the root that a link leads to, and its anchor."""
    path, _, anchor = target.partition("#")
    if not path:
        return page, anchor
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)), anchor


def faults(root, paths, pages):
    """`file:line: what is wrong` of every link that leads nowhere."""
    files = set(paths)
    folders = {posixpath.dirname(path) for path in paths}
    folders |= {parent for folder in list(folders) for parent in parents(folder)}
    texts = {}

    def text_of(path):
        if path not in texts:
            texts[path] = (root / path).read_text(encoding="utf-8")
        return texts[path]

    for page in pages:
        for line, target in links(text_of(page)):
            if target.startswith(OUTSIDE):
                continue
            path, anchor = resolve(page, target)
            if path not in files and path not in folders:
                yield f"{page}:{line}: {target} leads to no file"
            elif anchor and (not path.endswith(".md") or anchor not in anchors(text_of(path))):
                yield f"{page}:{line}: {target} leads to no such title"


def parents(folder):
    """All folders above a folder."""
    while folder := posixpath.dirname(folder):
        yield folder
