# SPDX-License-Identifier: Apache-2.0
"""third_party/packages.txt is well formed, and every find_package and pkg_check_modules has its package there."""
import re

import tree

GROUPS = {"run", "perception", "test", "bench", "dev"}
# What CMake calls it -> the Debian package that brings it.
PACKAGE_OF = {"Threads": "g++", "PkgConfig": "pkgconf", "Eigen3": "libeigen3-dev", "pugixml": "libpugixml-dev", "yaml-cpp": "libyaml-cpp-dev",
              "fmt": "libfmt-dev", "nlohmann_json": "nlohmann-json3-dev", "CLI11": "libcli11-dev", "PNG": "libpng-dev",
              "JPEG": "libjpeg-dev", "ZLIB": "zlib1g-dev", "GTest": "libgtest-dev", "benchmark": "libbenchmark-dev",
              "PCL": "libpcl-dev", "fastcdr": "libfastcdr-dev", "OpenCVParts": "libopencv-imgcodecs-dev", "Torch": "libtorch-dev", "OpenSSL": "libssl-dev", "zstd": "libzstd-dev",
              "lz4": "liblz4-dev", "xxhash": "libxxhash-dev", "deflate": "libdeflate-dev", "curl": "libcurl4-openssl-dev"}


def read_list(root, problems):
    names = set()
    for number, line in enumerate(tree.read(root, "third_party/packages.txt").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [column.strip() for column in line.split("|")]
        place = f"third_party/packages.txt:{number}"
        if len(columns) != 5 or not all(columns):
            problems.append(f"{place}: five columns are needed: name | version | licence | groups | why")
        elif not set(re.split(r"[ ,]+", columns[3])) <= GROUPS:
            problems.append(f"{place}: groups are {' '.join(sorted(GROUPS))}, not '{columns[3]}'")
        elif columns[0] in names:
            problems.append(f"{place}: {columns[0]} stands twice")
        names.add(columns[0])
    return names


def used_packages(root):
    for path in tree.files(root, ".cmake", "CMakeLists.txt"):
        text = re.sub(r"#[^\n]*", "", tree.read(root, path))
        for match in re.finditer(r"\b(?:find_package|pkg_check_modules)\s*\(\s*([\w-]+)", text):
            yield f"{path}:{tree.line_of(text, match.start())}", match.group(1)


def main():
    root = tree.root_from_arguments()
    problems = []
    names = read_list(root, problems)
    for place, used in used_packages(root):
        package = PACKAGE_OF.get(used)
        if package is None:
            problems.append(f"{place}: tell tests/checks/packages.py which Debian package brings '{used}'")
        elif package not in names:
            problems.append(f"{place}: '{used}' comes from {package}, which third_party/packages.txt does not list")
    tree.finish(problems, "package list")


if __name__ == "__main__":
    main()
