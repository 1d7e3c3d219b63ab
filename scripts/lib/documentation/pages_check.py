"""The built site, looked at: every link and anchor leads somewhere, nothing is loaded from
elsewhere, and every document is in the navigation."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src",
          "object": "data", "video": "src", "audio": "src"}
# Said of a page, not loaded with it.
SAID = {"canonical", "next", "prev", "author", "license"}


class Page(HTMLParser):
    """The links, the anchors and what is loaded."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.anchors, self.links, self.loaded = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.anchors |= {values[name] for name in ("id", "name") if values.get(name)}
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        source = values.get(LOADED.get(tag, ""))
        if source and not (tag == "link" and values.get("rel") in SAID):
            self.loaded.append(source)


def is_outside(link):
    """Whether it leads to another host."""
    return bool(urlsplit(link).netloc)


def is_address(link):
    """Whether it is an address of something that this site could hold, not code or data."""
    return urlsplit(link).scheme in ("", "file")


class Site:
    """All pages of a folder."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._pages = {path: Page(path.read_text(encoding="utf-8"))
                       for path in sorted(folder.rglob("*.html"))}

    def faults(self):
        """`page: what is wrong`."""
        if not self._pages:
            yield f"{self._folder}: there are no pages"
        for path, page in self._pages.items():
            name = path.relative_to(self._folder)
            for link in page.loaded:
                if is_outside(link):
                    yield f"{name}: loads {link} from elsewhere"
                elif is_address(link) and (fault := self._fault_of(path, link)):
                    yield f"{name}: loads {link}: {fault}"
            for link in page.links:
                if not is_outside(link) and is_address(link) and (
                        fault := self._fault_of(path, link)):
                    yield f"{name}: {link}: {fault}"

    def _fault_of(self, page, link):
        """Why a link leads nowhere."""
        parts = urlsplit(link)
        to = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if to.is_dir():
            to /= "index.html"
        if not to.is_file():
            return "no such file"
        anchor = unquote(parts.fragment)
        if anchor and to in self._pages and anchor not in self._pages[to].anchors:
            return "no such anchor"
        return None

    def loads_from_elsewhere(self):
        """Style sheets that load something."""
        for path in sorted(self._folder.rglob("*.css")):
            text = path.read_text(encoding="utf-8", errors="replace")
            if "url(http" in text or "@import" in text:
                yield f"{path.relative_to(self._folder)}: a style sheet loads from elsewhere"
