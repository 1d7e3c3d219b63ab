#!/usr/bin/python3
"""Each row of docs/comparison.md names tests that run.

  comparison_test.py     in the folder of a build; the variable CTEST names the ctest to ask
"""

import re
import unittest
from dataclasses import dataclass
from pathlib import Path

from named_tests import TEST, parsed_cases, running_cases

TESTS = Path(__file__).resolve().parent
TABLE = TESTS.parent / "docs/comparison.md"
ROWS = 39
NOT_YET = "not yet"
THREAD = re.compile(r"[\w-]+#\d+")


@dataclass(frozen=True)
class Row:
    """One row of the table."""
    number: int
    threads: tuple
    tests: tuple
    shown_by: str

    @property
    def is_not_yet(self):
        """Whether it says that there is nothing to show."""
        return self.shown_by == NOT_YET


def rows_of(text):
    """The rows of the table, in their order."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.match(r"\|\s*\d+\s*\|", line):
            yield Row(int(cells[0]), tuple(THREAD.findall(cells[1])),
                      tuple(TEST.findall(cells[-1])), cells[-1])


def faults_of(rows, cases_of):
    """What is wrong with the table. `cases_of(program)` is what it runs, none if nobody runs it."""
    numbers = [row.number for row in rows]
    if numbers != list(range(1, ROWS + 1)):
        yield f"the rows are not numbered from 1 to {ROWS}: {numbers}"
    for row in rows:
        if not row.threads:
            yield f"row {row.number} names no thread"
        if row.is_not_yet:
            continue
        if not row.tests or TEST.sub("", row.shown_by).strip(" ,"):
            yield f"row {row.number} is shown by `program: Suite.Case`, or says {NOT_YET}"
        for program, case in row.tests:
            if case not in cases_of(program):
                yield f"row {row.number}: {program} runs no {case}"


class ComparisonTest(unittest.TestCase):
    """The table itself."""

    def test_each_row_is_shown_by_tests_that_run(self):
        """And how many are not yet is told."""
        rows = list(rows_of(TABLE.read_text(encoding="utf-8")))
        self.assertEqual(list(faults_of(rows, running_cases)), [])
        named = {test for row in rows for test in row.tests}
        print(f"{len(rows)} rows, {len(named)} tests; not yet:",
              sum(row.is_not_yet for row in rows))


class RulesTest(unittest.TestCase):
    """What is wrong with a table is found."""

    def faults(self, last_cell, count=ROWS):
        """Of a table whose first row ends in this cell."""
        cells = [last_cell] + ["`unit: FirstTest.Runs`"] * (count - 1)
        text = "| | thread | shown by |\n| --- | --- | --- |\n" + "".join(
            f"| {number} | sdk#{number} | {cell} |\n" for number, cell in enumerate(cells, 1))
        cases = {"unit": parsed_cases("FirstTest.\n  Runs\n  DISABLED_Rests\n"
                                      "Many/SecondTest.  # TypeParam = int\n  Runs/0  # 7\n")}
        return list(faults_of(list(rows_of(text)), lambda program: cases.get(program, set())))

    def test_a_good_table_has_no_faults(self):
        """Also with parameters, and with a row that is not yet."""
        self.assertEqual(self.faults("`unit: FirstTest.Runs`, `unit: SecondTest.Runs`"), [])
        self.assertEqual(self.faults("not yet"), [])

    def test_a_row_needs_a_test_that_runs(self):
        """Not one that is disabled, of another program, or a mere text."""
        for cell in ("", "soon", "`unit: FirstTest.Gone`", "`other: FirstTest.Runs`",
                     "`unit: FirstTest.DISABLED_Rests`", "`unit: FirstTest.Runs` and not yet"):
            self.assertEqual(len(self.faults(cell)), 1, cell)

    def test_a_row_that_is_missing_is_found(self):
        """Or one too many."""
        self.assertEqual(len(self.faults("not yet", ROWS - 1)), 1)
        self.assertEqual(len(self.faults("not yet", ROWS + 1)), 1)


if __name__ == "__main__":
    unittest.main()
