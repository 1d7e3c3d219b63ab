"""Holds what is written about the command line to what the daemon itself says: the commands' page,
which is the manual page too, and the completions of three shells."""

import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DAEMON = Path("bin/conductor-workerd")
COMPLETIONS = ("conductor-workerd.bash", "_conductor-workerd", "conductor-workerd.fish")
TEXTS = {name: (ROOT / "deploy" / "completion" / name).read_text(encoding="utf-8")
         for name in COMPLETIONS}


def help_of(*command):
    """What the daemon prints of a command."""
    done = subprocess.run([DAEMON, *command, "--help"], capture_output=True, text=True, check=True)
    return done.stdout


def section(text, title):
    """The first words of the lines below a title."""
    body = re.search(rf"^{title}:\n((?:  .*\n)+)", text, re.MULTILINE)
    return [line.split()[0] for line in body.group(1).splitlines()] if body else []


def commands():
    """The names of all commands."""
    return section(help_of(), "Subcommands")


def options_of(command):
    """The long options of a command, --help aside, which all have."""
    words = section(help_of(command), "Options")
    return {word.split(",")[-1] for word in words} - {"--help"}


def completed_by_bash(line):
    """What bash offers after a line."""
    script = """
        source "$1"
        COMP_WORDS=(${2}) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        [[ $2 != *' ' ]] || { COMP_WORDS+=(''); COMP_CWORD=$((COMP_CWORD + 1)); }
        compopt() { :; }
        _conductor_workerd
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    file = ROOT / "deploy" / "completion" / "conductor-workerd.bash"
    done = subprocess.run(["bash", "-c", script, "bash", file, line], capture_output=True,
                          text=True, check=True)
    return set(done.stdout.split())


class CommandLineTexts(unittest.TestCase):
    """Each command and each option is known to all that speak of them."""

    def test_there_are_commands(self):
        self.assertIn("run", commands())
        self.assertIn("--follow", options_of("start"))

    def test_the_page_names_all(self):
        page = (ROOT / "docs" / "daemon.md").read_text(encoding="utf-8")
        for command in commands():
            row = re.search(rf"^\| `({command}\b[^|]*)`", page, re.MULTILINE)
            self.assertIsNotNone(row, command)
            named = set(re.findall(r"--[a-z-]+", row.group(1)))
            self.assertEqual(named | {"--config"}, options_of(command) | {"--config"}, command)

    def test_bash_offers_all(self):
        self.assertEqual(completed_by_bash("conductor-workerd "),
                         {*commands(), "--help", "--version"})
        for command in commands():
            offered = completed_by_bash(f"conductor-workerd {command} --")
            self.assertEqual(offered, options_of(command) | {"--help"}, command)

    def test_bash_offers_what_begins_so(self):
        self.assertEqual(completed_by_bash("conductor-workerd reg"), {"register"})
        self.assertEqual(completed_by_bash("conductor-workerd start --f"), {"--follow"})
        self.assertEqual(completed_by_bash("conductor-workerd exec s"), {"star_filter"})

    def test_zsh_knows_all(self):
        text = TEXTS["_conductor-workerd"]
        for command in commands():
            self.assertIn(f"'{command}:", text)
            arm = re.search(rf"^    (?:\w+ \| )*{command}(?: \| \w+)*\)(.*?);;", text, re.M | re.S)
            named = set(re.findall(r"'(--[a-z-]+)\[", arm.group(1)))
            named |= {f"--{name}" for name in re.findall(r"\$(config|input)\b", arm.group(1))}
            self.assertEqual(named, options_of(command), command)

    def test_fish_knows_all(self):
        text = TEXTS["conductor-workerd.fish"].replace("\\\n", " ")
        offered = {command: set() for command in commands()}
        for seen, option in re.findall(r"__fish_seen_subcommand_from ([^']*)' +-l ([a-z-]+)", text):
            for command in seen.split():
                offered[command].add(f"--{option}")
        for command in commands():
            self.assertIn(f"-a {command} ", text)
            self.assertEqual(offered[command], options_of(command), command)


if __name__ == "__main__":
    unittest.main()
