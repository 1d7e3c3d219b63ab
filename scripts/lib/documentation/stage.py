"""The pages of the site, as the program that makes it wants them: all below one folder, with links
that stay inside of it. A source that a page links to becomes a page too."""

import posixpath
import re
import shutil

from documentation.links import OUTSIDE, resolve
from documentation.markdown import LINK, without_code
from documentation.project import documents

SOURCE = "source"
NAMES = {"README.md": "index.md", "CONTRIBUTING.md": "contributing.md",
         "CHANGELOG.md": "changelog.md", "SECURITY.md": "security-reports.md"}
LANGUAGES = {".cpp": "cpp", ".hpp": "cpp", ".py": "python", ".yaml": "yaml", ".yml": "yaml",
             ".json": "json", ".sh": "sh", ".go": "go", ".txt": "text", ".cmake": "cmake"}
MARKS = re.compile(r"^<!-- from .* -->\n(?=```)", re.MULTILINE)


class Stage:
    """Pages by the paths of what they show."""

    def __init__(self, root, paths, folder):
        self._root = root
        self._paths = set(paths)
        self._folder = folder
        self._pages = {path: NAMES.get(path, path.removeprefix("docs/"))
                       for path in documents(paths)}
        self._waiting = []

    def fill(self):
        """Writes all pages, and says which they are."""
        shutil.rmtree(self._folder, ignore_errors=True)
        for path, page in list(self._pages.items()):
            self._write(page, self._relinked(path, page))
        self._write("adr/index.md", self._adr_index())
        while self._waiting:
            path, page = self._waiting.pop()
            self._write(page, self._source_page(path, page))
        return set(self._pages.values())

    def _write(self, page, text):
        to = self._folder / page
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text, encoding="utf-8")

    def _read(self, path):
        return (self._root / path).read_text(encoding="utf-8")

    def _page_of(self, path):
        """The page that shows a file or folder; made later if it is not there yet."""
        if path == "docs/adr":
            return "adr/index.md"
        if path not in self._pages:
            page = f"{SOURCE}/{path}.md" if path in self._paths else f"{SOURCE}/{path}/index.md"
            if path.endswith(".md"):
                page = f"{SOURCE}/{path}"
            self._pages[path] = page
            self._waiting.append((path, page))
        return self._pages[path]

    def _relinked(self, path, page):
        """The page's text, with its links changed to where things are on the site."""
        text = self._read(path)
        plain = without_code(text)

        def replaced(match):
            target, at = match["target"], match.start("target") - 2
            if plain[at:at + 2] != "](" or target.startswith((*OUTSIDE, "#")):
                return match[0]
            to, anchor = resolve(path, target)
            link = posixpath.relpath(self._page_of(to), posixpath.dirname(page) or ".")
            return f"[{match['text']}]({link}{'#' + anchor if anchor else ''})"
        return MARKS.sub("", LINK.sub(replaced, text))

    def _source_page(self, path, page):
        """A page about a file that is no document, or about a folder."""
        if path not in self._paths:
            return self._folder_page(path, page)
        if path.endswith(".md"):
            return self._relinked(path, page)
        suffix = posixpath.splitext(path)[1]
        text = self._read(path)
        language = LANGUAGES.get(suffix, "python" if "python" in text.split("\n", 1)[0] else "sh")
        fence = "````" if "```" in text else "```"
        title = posixpath.basename(path)
        return f"# {title}\n\n`{path}`\n\n{fence}{language}\n{text.rstrip()}\n{fence}\n"

    def _folder_page(self, path, page):
        """What is in a folder. Files are not linked: they would all become pages."""
        inside = sorted(one for one in self._paths if one.startswith(path + "/"))
        lines = []
        for one in inside:
            name = f"`{one.removeprefix(path + '/')}`"
            if one in self._pages:
                link = posixpath.relpath(self._pages[one], posixpath.dirname(page))
                name = f"[{name}]({link})"
            lines.append(f"- {name}")
        return f"# {posixpath.basename(path)}\n\n`{path}`\n\n" + "\n".join(lines) + "\n"

    def _adr_index(self):
        """The list of what was decided, and why."""
        lines = []
        for path in sorted(self._pages):
            if path.startswith("docs/adr/"):
                title = self._read(path).splitlines()[0].lstrip("# ")
                lines.append(f"- [{title}]({posixpath.basename(path)})")
        words = "One page for each decision that somebody will ask about."
        return f"# Why it is as it is\n\n{words}\n\n" + "\n".join(lines) + "\n"
