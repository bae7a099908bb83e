# SPDX-License-Identifier: Apache-2.0
"""Every check passes a small sound tree and fails the same tree with one violation planted, naming its place."""
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"
SOUND = {
    "CMakeLists.txt": "# SPDX-License-Identifier: Apache-2.0\nadd_subdirectory(modules/base)\n"
                      "add_subdirectory(modules/runtime)\nadd_subdirectory(modules/lidar)\n",
    "modules/base/CMakeLists.txt": "# SPDX-License-Identifier: Apache-2.0\nhangil_room(NAME base SOURCES a.cpp)\n",
    "modules/runtime/CMakeLists.txt": "# SPDX-License-Identifier: Apache-2.0\nhangil_room(NAME runtime MAY_USE base)\n",
    "modules/lidar/CMakeLists.txt": "# SPDX-License-Identifier: Apache-2.0\nhangil_room(NAME lidar MAY_USE base)\n",
    "modules/base/a.hpp": SPDX + "#pragma once\nint a();\n",
    "modules/base/a.cpp": SPDX + '#include "base/a.hpp"\n\nint a() { return 1; }\n',
    "modules/lidar/b_module.cpp": SPDX + '#include "base/a.hpp"\n#include "runtime/c.hpp"\n\nint b() { return a(); }\n',
    "modules/runtime/c.hpp": SPDX + "#pragma once\nint c();\n",
    "third_party/packages.txt": "# SPDX-License-Identifier: Apache-2.0\ng++ | 12 | GPL-3.0 | run | compiles\n",
    "README.md": "# A tree\n\n```sh\ntrue\n```\n",
    ".clang-format": "BasedOnStyle: Google\n",
}


def run(check, files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as stream:
                stream.write(text)
        command = [os.path.join(HERE, check)] if check.endswith(".sh") else [sys.executable, os.path.join(HERE, check)]
        done = subprocess.run(command + ["--root", root], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


class PlantedViolations(unittest.TestCase):
    def sound(self, check, extra=None):
        status, said = run(check, {**SOUND, **(extra or {})})
        self.assertEqual(status, 0, f"{check} refuses a sound tree:\n{said}")

    def refused(self, check, path, text, *expected):
        status, said = run(check, {**SOUND, path: text})
        self.assertNotEqual(status, 0, f"{check} passes {text!r}")
        for words in (path, *expected):
            self.assertIn(words, said)

    def test_every_check_passes_the_sound_tree(self):
        for check in ("layers.py", "banned.py", "sizes.py", "words.py", "packages.py", "unity_names.py", "readme_commands.py",
                      "format.sh"):
            with self.subTest(check):
                self.sound(check)

    # layers.py
    def test_room_outside_may_use(self):
        self.refused("layers.py", "modules/base/bad.cpp", SPDX + '#include "lidar/x.hpp"\n', "base may not use lidar", ":2")

    def test_angle_brackets_do_not_hide_a_room(self):
        self.refused("layers.py", "modules/base/bad.cpp", SPDX + "#include <lidar/x.hpp>\n", "base may not use lidar")

    def test_runtime_only_from_adapters(self):
        self.refused("layers.py", "modules/lidar/b.cpp", SPDX + '#include "runtime/c.hpp"\n', "lidar may not use runtime")

    def test_may_use_looks_upwards_only(self):
        self.refused("layers.py", "modules/base/CMakeLists.txt",
                     "# SPDX-License-Identifier: Apache-2.0\nhangil_room(NAME base MAY_USE lidar SOURCES a.cpp)\n",
                     "does not stand above 'base'")

    def test_include_without_its_room(self):
        self.refused("layers.py", "modules/base/bad.cpp", SPDX + '#include "a.hpp"\n', "does not start with a room")

    def test_heavy_third_party_in_a_header(self):
        for name in ("pcl/point_types.h", "opencv2/core.hpp", "torch/script.h"):
            self.refused("layers.py", "modules/lidar/bad.hpp", SPDX + f"#pragma once\n#include <{name}>\n", "in a header")

    def test_unlisted_room(self):
        self.refused("layers.py", "modules/extra/x.cpp", SPDX, "is not listed")

    # unity_names.py
    def test_two_files_share_a_name(self):
        for line in ("int twice(int a) { return a; }", "constexpr int kTwice = 2;", "struct Twice { int a; };",
                     "template <typename T>\nT twice(const T& a) { return a; }"):
            with self.subTest(line):
                text = SPDX + "namespace {\n" + line + "\n}\n"
                status, said = run("unity_names.py", {**SOUND, "modules/base/x.cpp": text, "modules/base/y.cpp": text})
                self.assertNotEqual(status, 0, said)
                self.assertIn("modules/base/y.cpp", said)

    def test_a_default_makes_a_call_ambiguous(self):
        files = {**SOUND, "modules/base/x.cpp": SPDX + "namespace {\nint f(int a) { return a; }\n}\n",
                 "modules/base/y.cpp": SPDX + "namespace {\nint f(int a, int b = 1) { return a + b; }\n}\n"}
        status, said = run("unity_names.py", files)
        self.assertNotEqual(status, 0, said)

    def test_overloads_and_other_rooms_do_not_collide(self):
        files = {"modules/base/x.cpp": SPDX + "namespace {\nint f(int a) { return a; }\n}\n",
                 "modules/base/y.cpp": SPDX + "namespace {\nint f(double a) { return int(a); }\n}\n",
                 "modules/lidar/x.cpp": SPDX + "namespace {\nint f(int a) { return a; }\n}\n"}
        self.sound("unity_names.py", files)

    # banned.py
    def test_banned_calls(self):
        for line in ("std::cout << 1;", 'printf("x");', 'fmt::print("x");', "auto t = std::chrono::steady_clock::now();",
                     "auto t = time(nullptr);", "std::random_device seed;", "int i = rand();", "dlclose(handle);",
                     "std::unordered_map<int, int> m;", "std::this_thread::sleep_for(x);"):
            with self.subTest(line):
                self.refused("banned.py", "modules/base/bad.cpp", SPDX + f"void f() {{ {line} }}\n", "bad.cpp:2")

    def test_using_namespace_in_a_header(self):
        self.refused("banned.py", "modules/base/bad.hpp", SPDX + "#pragma once\nusing namespace std;\n", ":3")

    def test_a_word_in_a_comment_or_string_is_no_call(self):
        self.sound("banned.py", {"modules/base/ok.cpp": SPDX + '// std::cout\nconst char* t = "rand()";\nint operand(int);\n'})

    def test_a_reason_allows_a_call(self):
        self.sound("banned.py", {"modules/base/ok.cpp": SPDX + "// allowed: looked up only, never walked\n"
                                                               "std::unordered_map<int, int> m;\n"})
        self.refused("banned.py", "modules/base/bad.cpp", SPDX + "// allowed:\nstd::unordered_map<int, int> m;\n", ":3")

    def test_missing_spdx_line_and_pragma_once(self):
        self.refused("banned.py", "modules/base/bad.cpp", "int x;\n", "SPDX")
        self.refused("banned.py", "modules/base/bad.hpp", SPDX + "int x();\n", "#pragma once")

    # sizes.py
    @staticmethod
    def function_of(lines, body="  step();\n"):
        return "int long_one(int x) {\n" + body * (lines - 2) + "}\n"

    def test_function_over_the_limit(self):
        self.sound("sizes.py", {"modules/base/ok.cpp": SPDX + self.function_of(50)})
        self.refused("sizes.py", "modules/base/bad.cpp", SPDX + self.function_of(51), "long_one has 51 lines")

    def test_a_reason_line_allows_a_size(self):
        self.sound("sizes.py", {"modules/base/ok.cpp": SPDX + "// size: one line a field\n" + self.function_of(60)})

    def test_neither_strings_nor_directives_hide_a_function(self):
        body = '  say("}}}");  // }\n  auto c = \'}\';\n#define OPEN {\n'
        text = SPDX + "namespace a {\nclass B : public C<int> {\n public:\n  explicit B(int x) : x_{x}, y_(x) {}\n" + \
            "  auto method() const -> int {\n" + body * 20 + "  }\n  int x_ = 1, y_{2};\n};\n}\n"
        self.refused("sizes.py", "modules/base/bad.cpp", text, "method has 62 lines")

    def test_a_class_or_namespace_is_no_function(self):
        members = "  int member_ = 0;\n" * 80
        self.sound("sizes.py", {"modules/base/ok.hpp": SPDX + "#pragma once\nnamespace a {\nstruct alignas(64) B {\n" +
                                members + "};\n}\n"})

    def test_table_is_no_function(self):
        self.sound("sizes.py", {"modules/base/ok.cpp": SPDX + "const int kTable[] = {\n" + "  1,\n" * 90 + "};\n"})

    def test_file_over_the_limit(self):
        self.sound("sizes.py", {"modules/base/ok.cpp": SPDX + "int x;\n" * 299})
        self.refused("sizes.py", "modules/base/bad.cpp", SPDX + "int x;\n" * 300, "301 lines")
        self.sound("sizes.py", {"modules/base/ok.cpp": SPDX + "// file size: a table\n" + "int x;\n" * 400})

    # words.py
    def test_words(self):
        for text in ("see https://pkg.invalid/x", "as issue 12 wants", "in /home/someone/x", "TODO: later"):
            with self.subTest(text):
                self.refused("words.py", "docs/bad.md", text + "\n", ":1")

    # packages.py
    def test_packages(self):
        name = "third_party/packages.txt"
        self.refused("packages.py", name, SOUND[name] + "cmake | 3 | BSD | run\n", ":3", "five columns")
        self.refused("packages.py", name, SOUND[name] + "cmake | 3 | BSD | fun | builds\n", "groups are")
        self.refused("packages.py", name, SOUND[name] + "g++ | 3 | BSD | run | builds\n", "stands twice")
        self.refused("packages.py", "third_party/cmake/x.cmake",
                     "# SPDX-License-Identifier: Apache-2.0\nfind_package(PNG REQUIRED)\n", "libpng-dev")

    # readme_commands.py
    def test_readme_commands(self):
        self.refused("readme_commands.py", "README.md", "# A\n\n```sh\nfalse\n```\n", "README.md:3", "exit 1")
        self.refused("readme_commands.py", "README.md", "# A\n\n```sh\nfalse | true\n```\n", "exit 1")
        self.refused("readme_commands.py", "README.md", "# A\n\n```bash\ntrue\n```\n", "mark this fence")
        self.refused("readme_commands.py", "README.md", "# A\n\n```\ntrue\n```\n", "mark this fence")
        self.sound("readme_commands.py", {"README.md": "# A\n\n```text\nfalse\n```\n```sh\n./scripts/test.sh\n```\n"})

    # format.sh
    def test_format(self):
        self.refused("format.sh", "modules/base/bad.cpp", SPDX + "int  x ;\n", "bad.cpp:2")

    # startup.py
    def test_heavy_library_at_start(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (("heavy.cpp", "int heavy() { return 0; }"), ("main.cpp", "int heavy(); int main() { return heavy(); }")):
                with open(os.path.join(folder, name), "w", encoding="utf-8") as stream:
                    stream.write(text)
            subprocess.run("g++ -shared -fPIC heavy.cpp -o libtorch_cpu.so && "
                           "g++ main.cpp -L. -ltorch_cpu -Wl,-rpath,. -o main", shell=True, cwd=folder, check=True)
            done = subprocess.run([sys.executable, os.path.join(HERE, "startup.py"), "./main"], cwd=folder,
                                  capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("libtorch_cpu.so", done.stdout)


if __name__ == "__main__":
    unittest.main()
