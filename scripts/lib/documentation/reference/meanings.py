"""What the code cannot say of itself: docs/reference/meanings.toml, of which every line is used."""

import tomllib
from pathlib import Path

TABLES = {"keys", "sections", "properties", "variables", "metrics"}


class Drift(Exception):
    """The code and the words about it do not match."""


class Meanings:
    """Words by table and name. A name that is asked for must be there, unless it may be missing;
    one that nobody asks for is left over from what the code once had."""

    def __init__(self, tables):
        if set(tables) - TABLES:
            raise Drift(f"meanings.toml: unknown tables {sorted(set(tables) - TABLES)}")
        self._tables = tables
        self._used = set()

    @classmethod
    def of_file(cls, path: Path):
        """Reads the file."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def find(self, table, name):
        """The words for a name; None where there are none."""
        self._used.add((table, name))
        return self._tables.get(table, {}).get(name)

    def table(self, table):
        """All names of a table, in their order."""
        return self._tables[table]

    def say(self, table, name):
        """The words for a name that must have some."""
        words = self.find(table, name)
        if words is None:
            raise Drift(f"{name}: the code has it; say what it means in [{table}] of "
                        "docs/reference/meanings.toml")
        return words

    def finish(self):
        """Complains of words about what is not there."""
        for table, words in self._tables.items():
            for name in words:
                if (table, name) not in self._used:
                    raise Drift(f"[{table}] {name} of docs/reference/meanings.toml: the code has "
                                "nothing of this name; take the line away")
