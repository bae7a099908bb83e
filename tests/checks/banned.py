# SPDX-License-Identifier: Apache-2.0
"""Calls that rooms must not make, and lines every source must have. A line that has to break a rule says why, on it or
right above: `// allowed: <reason>`."""
import re

import tree

ROOM_RULES = [
    (r"std::(cout|cerr|clog)\b|\b(printf|fprintf|puts|fputs|putchar|perror)\s*\(|\bfmt::print\b",
     "rooms do not print; return the text"),
    (r"\b(system|steady|high_resolution)_clock\b|\b(clock_gettime|gettimeofday|timespec_get)\s*\(|\bstd::time\s*\(|"
     r"\btime\s*\(\s*(nullptr|NULL|0)\s*\)|\bclock\s*\(\s*\)", "rooms ask no clock; time is handed in"),
    (r"\b(sleep_for|sleep_until|usleep|nanosleep)\b", "rooms do not wait for time to pass"),
]
ALL_RULES = [
    (r"\brandom_device\b|\bs?rand\s*\(", "random numbers come from a seed that is handed in"),
    (r"\bunordered_(map|set|multimap|multiset)\b", "its order differs from machine to machine; use a sorted container"),
    (r"\bdlclose\s*\(", "published messages live in library code: never unload one"),
]
HEADER_RULES = [(r"\busing\s+namespace\b", "no `using namespace` in headers")]
ALLOWED = re.compile(r"//\s*allowed:\s*\S")
SPDX = re.compile(r"^(#!.*\n)?(//|#|;|\"\"\"|/\*)? ?SPDX-License-Identifier: Apache-2\.0")
PRINTING_ROOMS = ("modules/cli/",)


def rules_for(path):
    rules = list(ALL_RULES)
    if path.startswith("modules/") and not path.startswith(PRINTING_ROOMS):
        rules += ROOM_RULES
    if path.endswith(".hpp"):
        rules += HEADER_RULES
    return rules


def is_allowed(lines, number):
    """A reason on the line itself or in the comment lines right above it (`number` counts from 1)."""
    if ALLOWED.search(lines[number - 1]):
        return True
    above = number - 2
    while above >= 0 and lines[above].lstrip().startswith("//"):
        if ALLOWED.search(lines[above]):
            return True
        above -= 1
    return False


def call_problems(path, text):
    code, lines = tree.blank(text), text.split("\n")
    code = re.sub(r"^[ \t]*#[ \t]*include[^\n]*", "", code, flags=re.M)
    for pattern, what in rules_for(path):
        for match in re.finditer(pattern, code):
            number = tree.line_of(code, match.start())
            if not is_allowed(lines, number):
                yield f"{path}:{number}: '{match.group(0).strip()}': {what}"


def main():
    root = tree.root_from_arguments()
    problems = []
    for path in tree.files(root, ".hpp", ".cpp"):
        text = tree.read(root, path)
        problems += call_problems(path, text)
        if path.endswith(".hpp") and "#pragma once" not in text:
            problems.append(f"{path}: no #pragma once")
    for path in tree.files(root, ".hpp", ".cpp", ".py", ".sh", ".js", ".mjs", ".cmake", "CMakeLists.txt", ".yaml"):
        if not SPDX.match(tree.read(root, path)):
            problems.append(f"{path}:1: the first line must be an SPDX-License-Identifier comment")
    tree.finish(problems, "banned calls")


if __name__ == "__main__":
    main()
