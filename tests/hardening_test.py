"""Reads a built program, and says how it is protected against memory errors: cmake/Hardening.cmake.

In the folder of a build, conductor-workerd; PROGRAM names another one. With FORTIFIED=yes the
copies must be checked too, as an optimizing build's are.
"""

import os
import re
import struct
import unittest
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(os.environ.get("PROGRAM", "bin/conductor-workerd"))
FORTIFIED = os.environ.get("FORTIFIED") == "yes"

SHARED = 3  # ET_DYN, as position-independent programs are
X86_64 = 62
LOAD, DYNAMIC, STACK, RELRO = 1, 2, 0x6474e551, 0x6474e552
EXECUTE, WRITE = 1, 2
FLAGS, FLAGS_1, BIND_NOW, TEXTREL, RPATH, RUNPATH = 30, 0x6ffffffb, 24, 22, 15, 29
NOW, NOW_1, PIE_1 = 0x8, 0x1, 0x08000000
SYMBOL_TABLES = (2, 11)
ENDBR64 = b"\xf3\x0f\x1e\xfa"
# Each function whose address somebody takes begins with one; without the option there is none.
LANDING_PLACES_MIN = 1000


@dataclass(frozen=True)
class Segment:
    """One program header."""
    kind: int
    flags: int
    offset: int
    size: int


@dataclass(frozen=True)
class Section:
    """One section header."""
    kind: int
    executable: bool
    offset: int
    size: int
    link: int


class Elf:
    """A 64-bit little-endian program or library."""

    def __init__(self, path):
        self.bytes = path.read_bytes()
        if self.bytes[:6] != b"\x7fELF\x02\x01":
            raise ValueError(f"{path} is no 64-bit little-endian ELF file")
        (self.kind, self.machine, _, _, segments, sections, _, _, segment_size, segment_count,
         section_size, section_count, _) = struct.unpack_from("<HHIQQQIHHHHHH", self.bytes, 16)
        self.segments = [self.segment_at(segments + segment_size * at)
                         for at in range(segment_count)]
        self.sections = [self.section_at(sections + section_size * at)
                         for at in range(section_count)]

    def segment_at(self, place):
        """The program header at an offset."""
        kind, flags, offset, _, _, size = struct.unpack_from("<IIQQQQ", self.bytes, place)
        return Segment(kind, flags, offset, size)

    def section_at(self, place):
        """The section header at an offset."""
        _, kind, flags, _, offset, size, link = struct.unpack_from("<IIQQQQI", self.bytes, place)
        return Section(kind, bool(flags & 4), offset, size, link)

    def segments_of(self, kind):
        """All of a kind."""
        return [one for one in self.segments if one.kind == kind]

    def dynamic(self):
        """The values of the dynamic section by their tags."""
        (one,) = self.segments_of(DYNAMIC)
        return dict(struct.iter_unpack("<QQ", self.content(one)))

    def content(self, part):
        """The bytes of a segment or section."""
        return self.bytes[part.offset:part.offset + part.size]

    def undefined(self):
        """The names that it takes from shared libraries."""
        names = set()
        for table in self.sections:
            if table.kind not in SYMBOL_TABLES:
                continue
            texts = self.content(self.sections[table.link])
            for name, _, _, section, _, _ in struct.iter_unpack("<IBBHQQ", self.content(table)):
                if section == 0 and name:
                    names.add(texts[name:texts.index(b"\0", name)].decode().split("@")[0])
        return names

    def code(self):
        """All that is executed."""
        return b"".join(self.content(one) for one in self.sections
                        if one.executable and one.kind == 1)


class HardeningTest(unittest.TestCase):
    """What protects the program."""

    @classmethod
    def setUpClass(cls):
        cls.elf = Elf(PROGRAM)
        cls.dynamic = cls.elf.dynamic()

    def test_it_is_loaded_at_an_address_that_nobody_foresees(self):
        """Position-independent, and a program."""
        self.assertEqual(self.elf.kind, SHARED)
        self.assertTrue(self.dynamic.get(FLAGS_1, 0) & PIE_1)

    def test_its_table_of_addresses_is_read_only(self):
        """Full RELRO: all is bound before main(), then protected."""
        self.assertEqual(len(self.elf.segments_of(RELRO)), 1)
        self.assertTrue(BIND_NOW in self.dynamic or self.dynamic.get(FLAGS, 0) & NOW
                        or self.dynamic.get(FLAGS_1, 0) & NOW_1)

    def test_nothing_is_both_written_and_executed(self):
        """Neither the stack nor any other part, nor is code patched at its start."""
        self.assertEqual([one.flags & EXECUTE for one in self.elf.segments_of(STACK)], [0])
        for one in self.elf.segments_of(LOAD):
            self.assertNotEqual(one.flags & (WRITE | EXECUTE), WRITE | EXECUTE, one)
        self.assertNotIn(TEXTREL, self.dynamic)

    def test_its_return_addresses_are_guarded(self):
        """The stack protector's complaint is linked, since functions call it."""
        self.assertIn("__stack_chk_fail", self.elf.undefined())

    def test_calls_land_at_functions(self):
        """Compiled with -fcf-protection. Whether the processor is told depends on the start-up code
        of the C library, which Debian's compiles without."""
        if self.elf.machine != X86_64:
            self.skipTest("another processor")
        self.assertGreater(self.elf.code().count(ENDBR64), LANDING_PLACES_MIN)

    def test_it_looks_for_libraries_nowhere_else(self):
        """No folder of the build or of anybody else comes before the system's."""
        self.assertNotIn(RPATH, self.dynamic)
        self.assertNotIn(RUNPATH, self.dynamic)

    @unittest.skipUnless(FORTIFIED, "not optimized")
    def test_copies_are_checked(self):
        """Compiled with _FORTIFY_SOURCE: some copies into memory of known size stay at run time."""
        checked = [name for name in self.elf.undefined() if re.fullmatch(r"__\w+_chk", name)]
        self.assertGreater(len(set(checked) - {"__stack_chk_fail"}), 2, checked)


if __name__ == "__main__":
    unittest.main()
