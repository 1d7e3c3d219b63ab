#!/usr/bin/python3
"""Each rule of tidy.py fires on a bad sample and stays silent on a good one."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
# pylint: disable=wrong-import-position
import tidy
from tidy_rules import coverage, docstrings, layers, sizes, words
from tidy_rules.source import Source

BAD, GOOD = True, False


def lines(count, line="int x;"):
    """A text of so many lines."""
    return (line + "\n") * count


def function(body_lines, head="void f()"):
    """A C++ function; three lines are not its body's."""
    return f"{head}\n{{\n{lines(body_lines, '    g();')}}}\n"


class RuleCase(unittest.TestCase):
    """Runs one rule on samples."""

    def run_rule(self, rule, samples):
        """Each sample is (bad or good, path, text)."""
        for bad, path, text in samples:
            with self.subTest(path=path, text=text[-120:]):
                self.assertEqual(bool(list(rule(Source(path, text)))), bad)

    def lines_found(self, rule, path, text):
        """The lines that a rule complains about."""
        return [finding.line for finding in rule(Source(path, text))]


class SizesTest(RuleCase):
    """file-size, line-length, function-size"""

    def test_files_and_headers_and_cmake_lists_have_limits(self):
        self.run_rule(sizes.file_size, [
            (GOOD, "a.cpp", lines(400)), (BAD, "a.cpp", lines(401)),
            (GOOD, "a.hpp", lines(250)), (BAD, "a.hpp", lines(251)),
            (GOOD, "a.py", lines(400)), (BAD, "scripts/x", "#!/bin/bash\n" + lines(400)),
            (GOOD, "sdk/CMakeLists.txt", lines(80)), (BAD, "sdk/CMakeLists.txt", lines(81)),
            (GOOD, "data.txt", lines(5000)),
        ])

    def test_lines_have_a_limit(self):
        self.run_rule(sizes.line_length, [
            (GOOD, "a.cpp", "x" * 100), (BAD, "a.cpp", "x" * 101), (BAD, "a.sh", "x" * 101),
            (BAD, "a.py", "x" * 101), (GOOD, "a.md", "x" * 500),
        ])

    def test_functions_have_a_limit(self):
        python = "def f():\n" + lines(69, "    g()")
        shell = "#!/bin/bash\nf() {\n" + lines(68, "    g") + "}\n"
        self.run_rule(sizes.function_size, [
            (GOOD, "a.cpp", function(67)), (BAD, "a.cpp", function(68)),
            (BAD, "a.cpp", "namespace a {\nclass b {\n" + function(68) + "};\n}\n"),
            (BAD, "a.cpp", function(68, "a::a(int b) : b_{b}, c_(b), d_{}")),
            (BAD, "a.cpp", function(68, "template <class T> awaitable<void> a<T>::b(T c) const")),
            (BAD, "a_test.cpp", function(68, "TEST(SlotsTest, Frees)")),
            (GOOD, "a.cpp", "int const table[] = {\n" + lines(200, "    1,") + "};\n"),
            (GOOD, "a.cpp", function(40) + function(40)),
            (GOOD, "a.cpp", "BOOST_DESCRIBE_STRUCT(a, (), (b))\nstruct c {\n" + lines(90) + "};\n"),
            (GOOD, "a.cpp", function(30) + "// " + "{" * 9 + "\n" + function(60)),
            (GOOD, "a.cpp", 'auto a = "{{";\n' + function(40) + function(40)),
            (GOOD, "a.py", python), (BAD, "a.py", python + "    g()\n"),
            (GOOD, "a.sh", shell), (BAD, "a.sh", shell.replace("f() {\n", "f() {\n    g\n")),
        ])

    def test_a_long_function_is_named_with_its_first_line(self):
        found = list(sizes.function_size(Source("a.cpp", "int x;\n\n" + function(68))))
        self.assertEqual([(found[0].line, found[0].message)], [(3, "f has 71 lines, 70 allowed")])


class LayersTest(RuleCase):
    """include-direction"""

    def test_each_layer_includes_only_what_is_below_it(self):
        self.run_rule(layers.include_direction, [
            (GOOD, "sdk/src/runtime/a.cpp", '#include "runtime/core.hpp"'),
            (GOOD, "sdk/src/runtime/a.cpp", "#include <conductor/task_api.hpp>"),
            (BAD, "sdk/src/runtime/a.cpp", '#include "api/task_codec.hpp"'),
            (BAD, "sdk/src/runtime/a.cpp", '#include "http/client.hpp"'),
            (GOOD, "sdk/src/api/a.cpp", '#include "http/client.hpp"'),
            (BAD, "sdk/src/api/a.cpp", '#include "runtime/core.hpp"'),
            (BAD, "sdk/src/base/a.cpp", '#include "http/client.hpp"'),
            (BAD, "sdk/include/conductor/a.hpp", '#include "base/system_clock.hpp"'),
            (BAD, "workers/star_filter/a.cpp", "#include <github_fetch/page.hpp>"),
            (BAD, "workers/star_filter/a.cpp", '#include "base/system_clock.hpp"'),
            (BAD, "workers/contract/a.cpp", "#include <star_filter/activity_row.hpp>"),
            (GOOD, "workers/daemon/a.cpp", "#include <star_filter/activity_row.hpp>"),
            (BAD, "workers/daemon/a.cpp", "#include <support/gate.hpp>"),
            (BAD, "sdk/include/conductor/a.hpp", "#include <conductor/sqlite_outbox.hpp>"),
            (GOOD, "tests/unit/a_test.cpp", '#include "runtime/core.hpp"'),
            (BAD, "sdk/src/api/a.cpp", '#include "../http/client.hpp"'),
        ])

    def test_libraries_stay_where_they_belong(self):
        self.run_rule(layers.include_direction, [
            (GOOD, "sdk/src/http/a.cpp", "#include <boost/beast/http.hpp>"),
            (GOOD, "tests/support/a.cpp", "#include <boost/beast/http.hpp>"),
            (BAD, "sdk/src/api/a.cpp", "#include <boost/beast/http.hpp>"),
            (BAD, "sdk/include/conductor/a.hpp", "#include <openssl/ssl.h>"),
            (BAD, "workers/daemon/a.cpp", "#include <boost/asio/ssl/context.hpp>"),
            (GOOD, "sdk/src/base/a.hpp", "#include <boost/asio/experimental/channel.hpp>"),
            (BAD, "sdk/src/runtime/a.cpp", "#include <boost/asio/experimental/channel.hpp>"),
            (BAD, "sdk/src/api/a.cpp", "#include <yaml-cpp/yaml.h>"),
        ])


class WordsTest(RuleCase):
    """clock, random, sleep, mutex, detached, process, todo, outside-path, name, awaited-lambda and
    awaited-condition"""

    def test_clocks_timers_and_random_numbers_are_injected(self):
        now = "auto a = std::chrono::steady_clock::now();"
        self.run_rule(words.banned_words, [
            (BAD, "sdk/src/runtime/a.cpp", now), (GOOD, "sdk/src/base/a.cpp", now),
            (BAD, "sdk/include/conductor/a.hpp", now), (BAD, "workers/star_filter/a.cpp", now),
            (GOOD, "workers/daemon/main.cpp", now), (GOOD, "tests/unit/a_test.cpp", now),
            (BAD, "sdk/src/http/a.cpp", "std::chrono::system_clock::now()"),
            (BAD, "sdk/src/http/a.cpp", "asio::steady_timer timer{executor};"),
            (BAD, "sdk/src/runtime/a.cpp", "std::mt19937 engine{std::random_device{}()};"),
            (GOOD, "sdk/src/runtime/a.cpp", "// unlike steady_clock::now() this is injected"),
            (GOOD, "sdk/src/runtime/a.cpp", "std::chrono::steady_clock::time_point at;"),
        ])

    def test_nothing_sleeps(self):
        self.run_rule(words.banned_words, [
            (BAD, "tests/unit/a_test.cpp", "std::this_thread::sleep_for(1s);"),
            (BAD, "workers/daemon/a.cpp", "::usleep(5);"),
            (BAD, "tests/live/a_test.py", "time.sleep(1)"),
            (GOOD, "tests/live/waiting.py", "time.sleep(0.1)"),
            (GOOD, "tests/unit/a_test.cpp", "// never sleep_for"),
        ])

    def test_the_runtime_has_no_mutex(self):
        self.run_rule(words.banned_words, [
            (BAD, "sdk/src/runtime/a.hpp", "std::mutex mutex_;"),
            (BAD, "sdk/src/runtime/a.cpp", "std::scoped_lock lock{m};"),
            (GOOD, "sdk/src/base/a.hpp", "std::mutex mutex_;"),
        ])

    def test_a_loop_does_not_await_in_its_condition(self):
        self.run_rule(words.awaits_in_conditions, [
            (BAD, "a.cpp", "while (co_await next(stream)) {}"),
            (BAD, "a.cpp", "while (!done &&\n       (co_await next()).has_value()) {}"),
            (GOOD, "a.cpp", "while (!done) co_await next(stream);"),
        ])

    def test_coroutines_are_never_detached(self):
        self.run_rule(words.banned_words, [
            (BAD, "sdk/src/base/a.cpp", "co_spawn(executor, run(), asio::detached);"),
            (GOOD, "sdk/src/base/a.cpp", "co_spawn(executor, run(), report_exception);"),
        ])

    def test_nothing_starts_a_process(self):
        self.run_rule(words.banned_words, [
            (BAD, "workers/daemon/a.cpp", "if (::fork() == 0) return;"),
            (BAD, "sdk/src/base/a.cpp", "auto* const pipe = popen(command, \"r\");"),
            (BAD, "workers/daemon/a.cpp", "std::system(command);"),
            (BAD, "workers/daemon/a.cpp", "posix_spawn(&id, path, nullptr, nullptr, a, e);"),
            (BAD, "workers/daemon/a.cpp", "execve(path, arguments, variables);"),
            (BAD, "sdk/src/base/a.cpp", "#include <boost/process/child.hpp>"),
            (GOOD, "workers/daemon/a.cpp", "auto const around = environment::system();"),
            (GOOD, "workers/daemon/a.cpp", "int run_command::execute(console& to) const {"),
            (GOOD, "tests/support/a.hpp", "int const id = ::fork();"),
        ])

    def test_a_todo_says_its_kind_and_the_project_stands_alone(self):
        self.run_rule(words.banned_words, [
            (BAD, "a.cpp", "// TODO: faster"), (GOOD, "a.cpp", "// TODO(perf): faster"),
            (BAD, "README.md", "FIXME later"), (BAD, "docs/a.md", "see /home/ada/design.md"),
            (BAD, "a.sh", "cd /root/main"), (GOOD, "a.sh", "cd ~/main"),
        ])

    def test_names_say_what_a_thing_is(self):
        self.run_rule(words.banned_words, [
            (BAD, "a.hpp", "class pool_manager {};"), (BAD, "a.hpp", "namespace util {"),
            (GOOD, "a.hpp", "class pool {};"), (GOOD, "a.hpp", "struct commonwealth {};"),
        ])
        self.run_rule(words.vague_names, [
            (BAD, "sdk/src/util/a.cpp", ""), (BAD, "tests/test_helpers.py", ""),
            (GOOD, "sdk/src/base/deadline.cpp", ""),
        ])

    def test_awaited_expressions_make_no_capturing_lambda(self):
        self.run_rule(words.lambdas_in_coroutines, [
            (BAD, "a.cpp", "co_await run(executor, [this]() { return 1; });"),
            (BAD, "a.cpp", "asio::co_spawn(executor, [x] { return f(x); }(), report);"),
            (BAD, "a.cpp", "auto a = co_await f(\n    b,\n    [&] { return c; });"),
            (GOOD, "a.cpp", "co_await run(executor, [] { return 1; });"),
            (GOOD, "a.cpp", "auto f = [x] { return x; };\nco_await run(executor, f);"),
            (GOOD, "a.cpp", "auto [error, size] = co_await socket.read(buffers[i]);"),
            (GOOD, "a.cpp", "co_await ready;\nqueue.visit([this] { return 1; });"),
            (GOOD, "a.cpp", "if (co_await ready()) {\n    visit([this] { return 1; });\n}"),
            (GOOD, "a.cpp", "// co_await f([x] { return x; });"),
        ])


class DocstringsTest(RuleCase):
    """docstring"""

    HEADER = "sdk/include/conductor/a.hpp"

    def complaints(self, text):
        """The lines without a docstring in a public header."""
        return self.lines_found(docstrings.missing_docstrings, self.HEADER, text)

    def test_types_functions_members_and_enumerators_need_one(self):
        bad = ["struct a {};", "class a;\n\nstruct a { };", "void f(int b);", "int constant = 3;",
               "template <class T>\nusing a = b<T>;", "template <class T> struct a<T> {};",
               "inline int f() { return 1; }", "enum class a {\n    b,\n};",
               "/* not one */\nvoid f();", "/** One. */\nvoid f();\nvoid g();"]
        for text in bad:
            with self.subTest(text=text):
                self.assertTrue(self.complaints("namespace conductor {\n" + text + "\n}\n"))

    def test_what_has_one_is_fine(self):
        self.assertEqual(self.complaints(DOCUMENTED), [])

    def test_each_public_member_counts(self):
        self.assertEqual(self.complaints(UNDOCUMENTED), [4, 5, 6, 8, 9, 10, 11, 17, 18, 20])

    def test_only_public_headers_count(self):
        rule = docstrings.missing_docstrings
        for path in ("sdk/src/base/a.hpp", "sdk/include/conductor/detail/a.hpp",
                     "sdk/include/conductor/a.cpp"):
            self.assertEqual(self.lines_found(rule, path, "struct a {};"), [])
        self.assertEqual(self.lines_found(rule, "workers/contract/a.hpp", "struct a {};"), [1])


DOCUMENTED = """#pragma once
#define CONDUCTOR_A(x) \\
    f(x)
namespace conductor {
class forward;
/** @brief A type. */
class a : public b {
public:
    a() = default;
    a(a const&) = delete;
    a(a&& other) noexcept;
    a& operator=(a other);
    virtual ~a() = default;
    using b::b;
    /** @brief Makes one. */
    explicit a(int c) : c_{c}, d_(c) { f(); }
    /// The same.
    explicit a(double c);
    /** @brief A function with defaults. */
    int f(int g = h(1, 2), k l = {}) const { return g; }
    int f(double g) const;
    void inherited() const override;
    friend bool operator==(a const&, a const&) = default;
    int field;  ///< behind it
    /** @brief Initialised with braces. */
    std::chrono::seconds wait{std::chrono::seconds{3}};
    /** @brief Of a described struct. */
    e mode = {.x = 1};

private:
    int c_;
    void hidden();
};

/** @brief On one line. */
enum class level { debug, info };

/** @brief Longer. */
enum class errc {
    /** @brief First. */
    first = 1,
    second,  ///< behind it
};

/** @brief Described. */
struct i {
    int j{};  ///< a field
};
BOOST_DESCRIBE_STRUCT(i, (), (j))

/** @brief With constraints. */
template <class T>
    requires std::same_as<T, int>
void constrained(T value);

namespace detail {
struct not_public {};
}
}
"""

UNDOCUMENTED = """namespace conductor {
/** @brief A type. */
class a {
public: int field;
    void f();
    void g() { if (x) { y(); } }
    /** @brief Has one. */ int h;
    int k{1};
    a(int l) : k{l}, q(l) {}
    void m() const;
    void n() noexcept { q = {1}; }
protected:
    int p;
private:
    int q;
};
struct b { private: int x; };
class c final : public b {
public:
    explicit c(int x);
};
}
"""


class CoverageTest(unittest.TestCase):
    """test-file"""

    SLOTS, TEST = "sdk/src/runtime/slots.cpp", "tests/unit/runtime/slots_test.cpp"
    OTHER, RULES = "tests/unit/runtime/free_slots_test.cpp", "tests/tidy_rules/coverage.py"

    def found(self, paths, elsewhere=None, exempt=None):
        """The paths complained about."""
        sources = [Source(path, "") for path in paths]
        findings = coverage.missing_test_files(sources, elsewhere or {}, exempt or {})
        return [finding.path for finding in findings]

    def test_each_source_has_a_test_file_of_its_name(self):
        self.assertEqual(self.found([self.SLOTS]), [self.SLOTS])
        self.assertEqual(self.found([self.SLOTS, self.TEST]), [])
        self.assertEqual(self.found([self.SLOTS, "tests/unit/slots_take_test.cpp"]), [])
        self.assertEqual(self.found([self.SLOTS, self.OTHER]), [self.SLOTS])
        self.assertEqual(self.found(["sdk/src/runtime/slots.hpp", "bench/a.cpp"]), [])

    def test_a_listed_source_needs_none(self):
        self.assertEqual(self.found([self.SLOTS], exempt={self.SLOTS: "why"}), [])
        self.assertEqual(self.found([self.SLOTS, self.OTHER], {self.SLOTS: self.OTHER}), [])

    def test_entries_must_be_needed_and_true(self):
        needless = self.found([self.SLOTS, self.TEST], exempt={self.SLOTS: "why"})
        self.assertEqual(needless, [self.SLOTS])
        self.assertEqual(self.found([self.SLOTS], {self.SLOTS: self.OTHER}), [self.SLOTS])
        self.assertEqual(self.found([self.RULES], exempt={self.SLOTS: "why"}), [self.RULES])


class ProjectTest(unittest.TestCase):
    """The whole check, over a tree on disk."""

    def test_reads_a_tree_without_its_build_and_reports_in_order(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "build").mkdir()
            (root / "build/a.cpp").write_text("// TODO: x\n", encoding="utf-8")
            (root / "picture.png").write_bytes(b"\xff\xfe")
            (root / "b.cpp").write_text("int a;\n// TODO: y\n", encoding="utf-8")
            found = tidy.check(list(tidy.read_sources(root)))
        self.assertEqual([str(finding) for finding in found],
                         ["b.cpp:2: todo: `TODO`: say its kind: TODO(perf)"])


if __name__ == "__main__":
    unittest.main()
