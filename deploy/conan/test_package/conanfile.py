"""Builds the hello world with the package, and lets it look for a server."""

import signal
import subprocess
import time
from pathlib import Path

from conan import ConanFile
from conan.errors import ConanException
from conan.tools.build import can_run
from conan.tools.cmake import CMake, cmake_layout


class HelloWorld(ConanFile):
    """A program of a user."""

    settings = "os", "arch", "compiler", "build_type"
    generators = "CMakeDeps", "CMakeToolchain"

    def requirements(self):
        """The package under test."""
        self.requires(self.tested_reference_str)

    def layout(self):
        """As CMake projects are laid out."""
        cmake_layout(self)

    def build(self):
        """The program."""
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def test(self):
        """It finds no server, and ends when it is asked to all the same."""
        if not can_run(self):
            return
        program = Path(self.build_folder) / self.cpp.build.bindir / "hello_world"
        with subprocess.Popen([program]) as running:
            time.sleep(1)
            running.send_signal(signal.SIGTERM)
            if running.wait(timeout=30) != 0:
                raise ConanException(f"the hello world ended with {running.returncode}")
