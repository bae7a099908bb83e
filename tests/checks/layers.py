# SPDX-License-Identifier: Apache-2.0
"""Every #include of a room is allowed by the MAY_USE of its CMake call, and MAY_USE looks only upwards in the list of
rooms in the top CMakeLists.txt. A <thing>_module.cpp may also include runtime. PCL, OpenCV, torch and oneDNN
stay out of headers."""
import os
import re

import tree

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.M)
HEAVY = re.compile(r"^(pcl|opencv2?|torch|ATen|c10|vtk|dnnl|oneapi)[/._-]")
ANYTHING = {"cli"}


def cmake_call(text, function):
    call = re.search(function + r"\s*\(([^)]*)\)", re.sub(r"#[^\n]*", "", text))
    return call.group(1).split() if call else None


def argument_list(words, key):
    if key not in words:
        return []
    taken = []
    for word in words[words.index(key) + 1:]:
        if word.isupper():
            break
        taken.append(word)
    return taken


def read_rooms(root):
    """Room -> rooms it may include, in the order of the list."""
    order = re.findall(r"add_subdirectory\(modules/(\w+)\)", tree.read(root, "CMakeLists.txt"))
    rooms = {}
    for room in order:
        words = cmake_call(tree.read(root, f"modules/{room}/CMakeLists.txt"), "hangil_room") or []
        rooms[room] = argument_list(words, "MAY_USE")
    return rooms


def order_problems(rooms):
    order = list(rooms)
    for room, may_use in rooms.items():
        for other in may_use:
            if other not in order:
                yield f"modules/{room}/CMakeLists.txt: MAY_USE names '{other}', which is no room of CMakeLists.txt"
            elif order.index(other) >= order.index(room):
                yield f"modules/{room}/CMakeLists.txt: MAY_USE names '{other}', which does not stand above '{room}'"


def allowed_for(path, room, rooms):
    if room in ANYTHING:
        return set(rooms)
    allowed = {room, *rooms[room]}
    return allowed | {"runtime"} if path.endswith("_module.cpp") else allowed


def include_problems(path, text, rooms):
    room = path.split("/")[1]
    for match in INCLUDE.finditer(tree.blank(text, keep_strings=True)):
        place = f"{path}:{tree.line_of(text, match.start(2))}"
        target, first = match.group(2), match.group(2).split("/")[0]
        if path.endswith(".hpp") and HEAVY.match(target):
            yield f"{place}: <{target}> in a header; keep it in the .cpp that wraps it"
        if match.group(1) == "<" and (first not in rooms or target == first):  # <map> is the standard library's
            continue
        if first not in rooms:
            yield f'{place}: "{target}" does not start with a room; write "{room}/{target}"'
        elif first not in allowed_for(path, room, rooms):
            yield f"{place}: {room} may not use {first} (MAY_USE: {' '.join(rooms[room]) or 'nothing'})"


def main():
    root = tree.root_from_arguments()
    rooms = read_rooms(root)
    problems = list(order_problems(rooms))
    for path in tree.files(root, ".hpp", ".cpp"):
        parts = path.split("/")
        if parts[0] != "modules":
            continue
        if parts[1] not in rooms:
            problems.append(f"{path}: room '{parts[1]}' is not listed in CMakeLists.txt")
            continue
        problems += include_problems(path, tree.read(root, path), rooms)
    tree.finish(problems, "include layers")


if __name__ == "__main__":
    main()
