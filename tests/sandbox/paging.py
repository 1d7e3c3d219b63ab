"""GitHub's pages: which rows one holds, and the `Link` header that leads to the others."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

DEFAULT_PER_PAGE = 30
MOST_PER_PAGE = 100
_NUMBER = re.compile(r"0*[1-9][0-9]{0,8}")
REACH = 40_000
"""Rows that paging can reach: 400 pages of 100, 1,334 of 30."""


@dataclass(frozen=True)
class Bounds:
    """How far paging goes in one kind of list."""

    most_per_page: int = MOST_PER_PAGE
    reach: int = REACH
    most_pages: int | None = None
    """Takes the place of `reach` where pages are counted, not rows."""


def _positive(text, default):
    """The number of a parameter; what is none, or less than one, counts as absent, as at GitHub."""
    return int(text) if text is not None and _NUMBER.fullmatch(text) else default


@dataclass(frozen=True)
class Page:
    """The page that a query asks for, in a list of `total` rows."""

    number: int
    size: int
    total: int
    reach: int = REACH

    @classmethod
    def of(cls, query, total, bounds=Bounds()):
        """Reads `page` and `per_page`."""
        size = min(_positive(query.get("per_page"), DEFAULT_PER_PAGE), bounds.most_per_page)
        reach = bounds.reach if bounds.most_pages is None else bounds.most_pages * size
        return cls(_positive(query.get("page"), 1), size, total, reach)

    @property
    def start(self):
        """Index of its first row."""
        return (self.number - 1) * self.size

    @property
    def beyond_reach(self):
        """Whether GitHub refuses it, whatever the list holds."""
        return self.start >= self.reach

    @property
    def last(self):
        """Number of the last page that can be had."""
        return -(-min(self.total, self.reach) // self.size)

    def rows(self, items):
        """The items on this page."""
        return items[self.start : self.start + self.size]

    def links(self, base, path, target):
        """The `Link` header; empty when there is no other page. Other parameters stay."""
        relations = []
        if self.number > 1:
            relations.append(("prev", self.number - 1))
        if self.number < self.last:
            relations += [("next", self.number + 1), ("last", self.last)]
        if self.number > 1:
            relations.append(("first", 1))
        kept = [pair for pair in parse_qsl(urlsplit(target).query) if pair[0] != "page"]
        addresses = (
            (relation, f"{base}{path}?{urlencode(kept + [('page', number)])}")
            for relation, number in relations
        )
        return ", ".join(f'<{address}>; rel="{relation}"' for relation, address in addresses)
