#!/usr/bin/python3
"""Each row of docs/security.md names a defence that is there and tests that run, and has a patch
that takes the defence out: scripts/security-defences.

  security_test.py     in the folder of a build; the variable CTEST names the ctest to ask
"""

import re
import unittest
from dataclasses import dataclass
from pathlib import Path

from named_tests import TEST, parsed_cases, running_cases

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs/security.md"
PATCHES = ROOT / "tests/defences"
PLACE = re.compile(r"`([\w./-]+)`")
WHO = ("author", "server", "content", "user", "site", "network", "bug")


@dataclass(frozen=True)
class Defence:
    """One row of the table."""
    number: int
    who: str
    places: tuple
    tests: tuple
    shown_by: str

    def patches(self, among):
        """The patches whose names begin with the row's number."""
        return [path for path in among if path.name.startswith(f"{self.number:02}_")]


def rows_of(text):
    """The rows of the table, in their order."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.match(r"\|\s*\d+\s*\|", line):
            yield Defence(int(cells[0]), cells[1], tuple(PLACE.findall(cells[4])),
                          tuple(TEST.findall(cells[-1])), cells[-1])


def defences():
    """The table's own rows."""
    return list(rows_of(TABLE.read_text(encoding="utf-8")))


def faults_of(rows, patches, cases_of):
    """What is wrong with the table. `cases_of(program)` is what it runs, none if nobody runs it."""
    numbers = [row.number for row in rows]
    if numbers != list(range(1, len(rows) + 1)):
        yield f"the rows are not numbered in turn: {numbers}"
    for row in rows:
        if row.who not in WHO:
            yield f"row {row.number}: who is {row.who}?"
        if not row.places or not all((ROOT / place).exists() for place in row.places):
            yield f"row {row.number} does not name where its defence is: {row.places}"
        if not row.tests or TEST.sub("", row.shown_by).strip(" ,"):
            yield f"row {row.number} is shown by `program: Suite.Case`"
        if len(row.patches(patches)) != 1:
            yield f"row {row.number} has not one patch"
        for program, case in row.tests:
            if case not in cases_of(program):
                yield f"row {row.number}: {program} runs no {case}"
    known = {path for row in rows for path in row.patches(patches)}
    yield from (f"{path.name} belongs to no row" for path in patches if path not in known)


class SecurityTest(unittest.TestCase):
    """The table itself."""

    def test_each_row_names_its_place_its_patch_and_tests_that_run(self):
        """And every kind of attacker is answered."""
        rows = defences()
        self.assertEqual(list(faults_of(rows, sorted(PATCHES.glob("*.patch")), running_cases)), [])
        self.assertEqual({row.who for row in rows}, set(WHO))
        print(f"{len(rows)} defences, {len({test for row in rows for test in row.tests})} tests")


class RulesTest(unittest.TestCase):
    """What is wrong with a table is found."""

    def faults(self, cells, patches=("01_a.patch",)):
        """Of a table of one row."""
        cases = {"unit": parsed_cases("FirstTest.\n  Runs\n")}
        text = "| | who | threat | defence | where | shown by |\n"
        text += "| 1 | " + " | ".join(cells) + " |\n"
        return list(faults_of(list(rows_of(text)), [Path(name) for name in patches],
                              lambda program: cases.get(program, set())))

    def test_a_good_row_has_no_fault(self):
        """Its place is a file of the project."""
        self.assertEqual(self.faults(("user", "t", "d", "`tests/security_test.py`",
                                      "`unit: FirstTest.Runs`")), [])

    def test_each_cell_is_looked_at(self):
        """One fault for each."""
        good = ("user", "t", "d", "`tests/security_test.py`", "`unit: FirstTest.Runs`")
        for at, bad in ((0, "nobody"), (3, "`tests/gone.py`"), (3, "somewhere"), (4, ""),
                        (4, "`unit: FirstTest.Gone`"), (4, "`unit: FirstTest.Runs` soon")):
            cells = good[:at] + (bad,) + good[at + 1:]
            self.assertEqual(len(self.faults(cells)), 1, cells)

    def test_each_row_has_a_patch_and_each_patch_a_row(self):
        """None is missing, and none is left over."""
        good = ("user", "t", "d", "`tests/security_test.py`", "`unit: FirstTest.Runs`")
        self.assertEqual(len(self.faults(good, ())), 1)
        self.assertEqual(len(self.faults(good, ("01_a.patch", "02_b.patch"))), 1)
        self.assertEqual(len(self.faults(good, ("01_a.patch", "01_b.patch"))), 1)


if __name__ == "__main__":
    unittest.main()
