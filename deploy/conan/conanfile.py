"""The SDK as a Conan package, built from the tree that this file is in.

  conan create deploy/conan --build=missing
  conan create deploy/conan -pr:a deploy/conan/profiles/debian     with Debian's libraries
"""

import re
from pathlib import Path

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load


class ConductorCpp(ConanFile):
    """Workers and clients of Conductor."""

    name = "conductor-cpp"
    description = "C++ SDK for the workflow server Conductor and for Orkes Cloud"
    license = "Apache-2.0"
    topics = ("conductor", "workflow", "asio")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False], "outbox": [True, False],
               "prometheus": [True, False]}
    default_options = {"shared": False, "fPIC": True, "outbox": True, "prometheus": False}
    implements = ["auto_shared_fpic"]

    @property
    def _tree(self):
        return Path(self.recipe_folder).parents[1]

    def set_version(self):
        """The project's own."""
        text = load(self, self._tree / "CMakeLists.txt")
        self.version = re.search(r"project\(conductor VERSION ([\d.]+)", text).group(1)

    def export_sources(self):
        """What the SDK is built of."""
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "sdk/*"):
            copy(self, pattern, src=self._tree, dst=self.export_sources_folder)

    def layout(self):
        """As CMake projects are laid out."""
        cmake_layout(self)

    def requirements(self):
        """The program shares Boost's types with the SDK; the others are the SDK's own."""
        self.requires("boost/[>=1.81.0 <2]", transitive_headers=True, transitive_libs=True)
        self.requires("openssl/[>=3 <4]", transitive_headers=True)
        self.requires("zlib/[>=1.2.11 <2]")
        if self.options.outbox:
            self.requires("sqlite3/[>=3.35 <4]")
        if self.options.prometheus:
            self.requires("prometheus-cpp/[>=1.0 <2]")

    def validate(self):
        """Coroutines."""
        check_min_cppstd(self, 20)

    def generate(self):
        """What CMake is told."""
        toolchain = CMakeToolchain(self)
        for part, is_on in {"WORKERS": False, "EXAMPLES": False, "BENCHMARKS": False,
                            "OUTBOX": bool(self.options.outbox),
                            "PROMETHEUS": bool(self.options.prometheus)}.items():
            toolchain.cache_variables[f"CONDUCTOR_BUILD_{part}"] = is_on
        toolchain.cache_variables["BUILD_TESTING"] = False
        toolchain.cache_variables["CONDUCTOR_WERROR"] = False
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        """The libraries."""
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        """As cmake --install lays it out."""
        CMake(self).install()

    def package_info(self):
        """The package's own file for CMake serves, with its components."""
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = ["lib/cmake/conductor"]
