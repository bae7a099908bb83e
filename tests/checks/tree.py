# SPDX-License-Identifier: Apache-2.0
"""Which files the checks look at, and C++ text without comments and strings."""
import os
import re
import subprocess
import sys


def root_from_arguments():
    """The tree to check: `--root DIR`, else the one this file stands in."""
    if "--root" in sys.argv:
        return os.path.abspath(sys.argv[sys.argv.index("--root") + 1])
    return os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


def files(root, *endings):
    """Paths relative to root: what git tracks or would track; without git, everything outside build folders."""
    listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True)
    if listed.returncode == 0 and os.path.exists(os.path.join(root, ".git")):
        names = listed.stdout.decode().split("\0")
    else:
        names = [os.path.relpath(os.path.join(folder, name), root) for folder, _, inner in os.walk(root) for name in inner]
        names = [name for name in names if not re.search(r"(^|/)(build|node_modules|\.git)/", name)]
    found = sorted(name for name in set(names) if name.endswith(endings) and os.path.isfile(os.path.join(root, name)))
    if not found:
        sys.exit(f"{root}: no {' '.join(endings)} file to check; is this the project's top folder?")
    return found


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as stream:
        return stream.read()


TOKENS = re.compile(
    r'R"(?P<mark>[^ ()\\\t\n]{0,16})\((?s:.*?)\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+'"
    r"|//[^\n]*"
    r"|/\*(?s:.*?)\*/")


def blank(text, keep_strings=False):
    """Comments (and strings) turned into spaces; every line and column stays where it was."""
    def erase(match):
        token = match.group(0)
        if keep_strings and not token.startswith(("//", "/*")):
            return token
        return re.sub(r"[^\n]", " ", token)
    return TOKENS.sub(erase, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def finish(problems, what):
    """Prints the problems and ends the program: 0 when there are none."""
    for problem in problems:
        print(problem)
    print(f"{what}: {len(problems)} problem{'' if len(problems) == 1 else 's'}")
    sys.exit(1 if problems else 0)
