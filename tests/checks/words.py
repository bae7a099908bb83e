# SPDX-License-Identifier: Apache-2.0
"""The project speaks only of itself: links lead to standards and papers, no file names the machine it was written on or
how the work was organised, and no line is addressed to a tracker."""
import re

import tree

HOSTS = {"mcap.dev", "www.apache.org", "doi.org", "arxiv.org", "www.omg.org", "docs.ros.org", "www.ros.org",
         "foxglove.dev", "docs.foxglove.dev", "www.cvlibs.net", "www.w3.org", "json-schema.org", "gcc.gnu.org",
         "ieeexplore.ieee.org", "www.iso.org", "unece.org", "www.debian.org", "yaml.org", "xxhash.com", "lz4.org",
         "datatracker.ietf.org", "www.rfc-editor.org", "openaccess.thecvf.com", "eigen.tuxfamily.org"}
LINK = re.compile(r"https?://([A-Za-z0-9.-]+)")
PHRASES = [
    (re.compile(r"\b(issue|ticket|session|helper)s?\s*#?\s*[0-9]+\b", re.I), "names a piece of work, not of the product"),
    (re.compile(r"(?<![\w.-])/(root|home|work)/"), "names a folder of one machine"),
    (re.compile(r"\b(TODO|FIXME|XXX|HACK)\b"), "unfinished work; finish it, or say in docs/coverage.md what is missing"),
]
TEXT = (".hpp", ".cpp", ".py", ".sh", ".js", ".mjs", ".json", ".cmake", ".txt", ".md", ".yaml", ".html", ".css", "run")


def problems_of(path, text):
    for match in LINK.finditer(text):
        if match.group(1).lower() not in HOSTS and not match.group(1).startswith(("127.", "localhost")):
            yield (f"{path}:{tree.line_of(text, match.start())}: link to {match.group(1)}, "
                   "which is not in the list of tests/checks/words.py")
    for pattern, what in PHRASES:
        for match in pattern.finditer(text):
            yield f"{path}:{tree.line_of(text, match.start())}: '{match.group(0)}' {what}"


def main():
    root = tree.root_from_arguments()
    problems = []
    for path in tree.files(root, *TEXT):
        if not path.startswith("tests/checks/"):
            problems += problems_of(path, tree.read(root, path))
    tree.finish(problems, "words")


if __name__ == "__main__":
    main()
