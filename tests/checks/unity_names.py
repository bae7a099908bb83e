# SPDX-License-Identifier: Apache-2.0
"""Names in unnamed namespaces are their room's own: sanitizer builds compile several .cpp files of a room as one
(HANGIL_UNITY), where two files that give one name to two things collide. Which files share a batch changes with every
file that is added, so no two files of a room may share such a name; overloads with other parameter types may.
Modules and commands (`*_module.cpp`, `*_command.cpp`) are compiled alone and not looked at."""
import collections
import os
import re

import sizes
import tree

OPENING = re.compile(r"\bnamespace\s*\{")
TYPE = re.compile(r"^(?:template\s*<[^;{]*>\s*)?(?:struct|class|enum class|enum|union)\s+(\w+)\b[^;()=]*\{", re.M)
CONSTANT = re.compile(r"^(?:inline\s+|static\s+)*(?:constexpr|const)\s[^;{(]*?\b(k[A-Z]\w*)\b(?=\s*[={\[])", re.M)
HEAD = re.compile(r"([~\w]+)\s*\(((?:[^()]|\([^()]*\))*)\)[^()]*$", re.S)


def unnamed(code):
    """The code of a file's unnamed namespaces."""
    return "\n".join(code[m.end():sizes.closing(code, m.end() - 1)] for m in OPENING.finditer(code))


def signatures(name, parameters):
    """The name with the types of its parameters, names left out; once more for each way defaults let it be called."""
    split = [p.strip() for p in re.split(r",(?![^<]*>)", re.sub(r"\s+", " ", parameters)) if p.strip()]
    bare = [re.sub(r"\s*=.*$", "", p) for p in split]
    types = [p.rsplit(" ", 1)[0] if re.search(r"\w[&*\s>]+\w+$", p) else p for p in bare]
    least = next((i for i, p in enumerate(split) if "=" in p), len(split))
    return {f"{name}({', '.join(types[:count])})" for count in range(least, len(split) + 1)}


def names(text):
    """What a file names in its unnamed namespaces: types, constants, functions with their parameters' types."""
    code = unnamed(sizes.without_directives(tree.blank(text)))
    found = set(TYPE.findall(code)) | set(CONSTANT.findall(code))
    at = 0
    for match in re.finditer(r"\{", code):
        if match.start() < at:
            continue
        at = sizes.closing(code, match.start()) + 1
        head = re.split(r"[;}]", code[:match.start()])[-1]
        if sizes.kind_of(head) == "function" and "::" not in head.split("(")[0].split()[-1]:
            name = HEAD.search(head)
            if name and not name.group(1).startswith(("TEST", "FUZZ")):
                found |= signatures(name.group(1), name.group(2))
    return found


def main():
    root = tree.root_from_arguments()
    places = collections.defaultdict(list)
    for path in tree.files(root, ".cpp"):
        if path.startswith(("modules/", "tests/")) and not path.endswith(("_module.cpp", "_command.cpp")):
            for name in names(tree.read(root, path)):
                places[os.path.dirname(path), name].append(path)
    problems = [f"{files[1]}: {name} is named in {files[0]} too; a sanitizer batch of both does not compile"
                for (_, name), files in sorted(places.items()) if len(files) > 1]
    tree.finish(problems, "unity_names")


if __name__ == "__main__":
    main()
