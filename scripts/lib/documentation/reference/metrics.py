"""Every metric, out of what a scrape shows after one event of each kind."""

import re

from documentation.reference.text import code, page, table

INTRODUCTION = """\
What `prometheus_metrics::text()` gives, and the daemon at `/metrics`: [metrics](../metrics.md).
Names, labels, buckets and units of those without `conductor_` are those of the official SDKs.
`exception` is a [kind of error](errors.md#errors-of-the-sdk), never a message.""".splitlines()

SAMPLE = re.compile(r"(\w+)(?:\{(.*)\})? \S+")
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


class Family:
    """One metric."""

    def __init__(self, name, words):
        self.name = name
        self.words = words
        self.kind = ""
        self.labels = []
        self.buckets = []

    def take(self, labels):
        """A sample's labels."""
        for label, value in LABEL.findall(labels or ""):
            if label == "le":
                if value not in self.buckets:
                    self.buckets.append(value)
            elif label not in self.labels:
                self.labels.append(label)


def families(text):
    """The metrics of a scrape, by name."""
    found, current = {}, None
    for line in text.splitlines():
        if line.startswith("# HELP "):
            _, _, name, words = line.split(" ", 3)
            current = found[name] = Family(name, words)
        elif line.startswith("# TYPE "):
            current.kind = line.split(" ")[3]
        elif match := SAMPLE.fullmatch(line):
            current.take(match[2])
    return found


def names_in(sources):
    """The names that sources give to metrics: `{"name", "help"}`."""
    pattern = re.compile(r'\{\s*"([a-z]+(?:_[a-z]+)+)",\s*"[A-Z0-9]')
    return {name for text in sources for name in pattern.findall(text)}


def rows_of(found, meanings):
    """A row for each metric."""
    for one in found:
        note = meanings.find("metrics", one.name)
        words = f"{one.words} {note}" if note else one.words
        yield (code(one.name), one.kind, ", ".join(code(label) for label in sorted(one.labels)),
               words)


def bucket_lines(found):
    """The buckets, and whose they are."""
    by_buckets = {}
    for one in found:
        if one.buckets:
            by_buckets.setdefault(" ".join(one.buckets[:-1]), []).append(one.name)
    rows = [(buckets, ", ".join(code(name) for name in names))
            for buckets, names in by_buckets.items()]
    return ["## Buckets", "", *table(("upper bounds", "of"), rows)]


def metrics_page(facts, meanings):
    """The whole page."""
    found = list(families(facts["metrics"]).values())
    official = [one for one in found if not one.name.startswith("conductor_")]
    own = [one for one in found if one.name.startswith("conductor_")]
    head = ("name", "type", "labels", "")
    return page("Metrics", INTRODUCTION,
                ["## Those of all SDKs", "", *table(head, rows_of(official, meanings))],
                ["## Those of this one", "", *table(head, rows_of(own, meanings))],
                bucket_lines(found))
