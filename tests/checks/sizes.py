# SPDX-License-Identifier: Apache-2.0
"""Lengths of functions and files. Limits: 50 lines a function, 300 a file. What passes one says why in a comment:
`// size: <reason>` in the function or right above it; `// file size: <reason>` among a file's first ten lines.
--report prints the figures and the longest of each."""
import re
import sys

import tree

FUNCTION_LIMIT, FILE_LIMIT = 50, 300
SCOPE = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b")
CONTROL = re.compile(r"^\s*(if|for|while|switch|do|else|try|catch|return)\b")
NAME = re.compile(r"([~\w:]+|operator\s*\S+?)\s*\(")
REASON = re.compile(r"//\s*size:\s*\S")
FILE_REASON = re.compile(r"//\s*file size:\s*\S")


def without_directives(code):
    """Preprocessor lines, continued ones included, turned into blanks."""
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group(0)), code, flags=re.M)


def closing(code, start):
    """Offset of the brace that closes the one at `start`."""
    depth = 0
    for match in re.finditer(r"[{}]", code[start:]):
        depth += 1 if match.group(0) == "{" else -1
        if depth == 0:
            return start + match.start()
    return len(code) - 1


def without_parentheses(head):
    """The head with every balanced (...) group emptied."""
    previous = None
    while previous != head:
        previous, head = head, re.sub(r"\([^()]*\)", "\x00", head)
    return head


def kind_of(head):
    """What a brace at namespace or class level opens: 'scope', 'function', or 'value' (an initializer)."""
    flat = without_parentheses(re.sub(r"\[\[.*?\]\]|\balignas\b|\b__attribute__\b", "", head))
    flat = re.sub(r"\btemplate\s*<[^;{}]*?>\s*(?=\w|\n)", " ", flat)
    if re.search(r"[^=!<>]=\s*$|[^=!<>]=[^=]", flat.split("\x00")[0]) and "operator" not in flat:
        return "value"
    if "\x00" not in flat:
        return "scope" if SCOPE.search(flat) else "value"
    if SCOPE.search(flat.split("\x00")[0]) and not re.search(r"\b(?!struct|class|union)\w+\s*\x00", flat):
        return "scope"
    is_member_initializer = re.search(r"\x00[^:]*(?<!:):(?!:)", flat) and re.search(r"[\w>]\s*$", flat)
    return "value" if is_member_initializer else "function"


def functions(text):
    """(name, first line, last line) of every outermost function body."""
    code = without_directives(tree.blank(text))
    found, head_start, at = [], 0, 0
    while at < len(code):
        character = code[at]
        if character in ";}":
            head_start = at + 1
        elif character == "{":
            head = code[head_start:at]
            head = re.sub(r"^\s*(?:public|private|protected)\s*:", lambda m: " " * len(m.group(0)), head)
            kind = kind_of(head)
            if kind == "scope":
                head_start = at + 1
            else:
                end = closing(code, at)
                if kind == "function" and not CONTROL.match(head):
                    found.append(describe(code, head, head_start, end))
                    head_start = end + 1
                at = end
        at += 1
    return found


def describe(code, head, head_start, end):
    start = head_start + len(head) - len(head.lstrip())
    name = NAME.search(re.sub(r"\btemplate\s*<.*?>\s*(?=\w)", "", head, flags=re.S))
    label = name.group(1) if name else head.strip()[:40]
    if label.isupper():
        label = re.sub(r"\s+", " ", head.strip())[:70]
    return label, tree.line_of(code, start), tree.line_of(code, end)


def has_reason(lines, first, last):
    above = first - 2
    while above >= 0 and lines[above].lstrip().startswith("//"):
        if REASON.search(lines[above]):
            return True
        above -= 1
    return any(REASON.search(line) for line in lines[first - 1:last])


def measure(root):
    lengths, problems, file_lengths = [], [], []
    for path in tree.files(root, ".hpp", ".cpp"):
        text = tree.read(root, path)
        lines = text.split("\n")
        file_lengths.append((len(lines) - 1, path))
        if len(lines) - 1 > FILE_LIMIT and not any(FILE_REASON.search(line) for line in lines[:10]):
            problems.append(f"{path}: {len(lines) - 1} lines, the limit is {FILE_LIMIT}; split it by concept, "
                            "or say why: `// file size: <reason>`")
        for name, first, last in functions(text):
            length = last - first + 1
            lengths.append((length, f"{path}:{first} {name}"))
            if length > FUNCTION_LIMIT and not has_reason(lines, first, last):
                problems.append(f"{path}:{first}: {name} has {length} lines, the limit is {FUNCTION_LIMIT}; "
                                "name its steps, or say why: `// size: <reason>`")
    return lengths, file_lengths, problems


def print_report(lengths, file_lengths):
    sizes = sorted(length for length, _ in lengths)
    over = sum(size > FUNCTION_LIMIT for size in sizes)
    print(f"{len(sizes)} functions: median {sizes[len(sizes) // 2]} lines, 90th percentile "
          f"{sizes[len(sizes) * 9 // 10]}, {over} over {FUNCTION_LIMIT}")
    print(f"{len(file_lengths)} files: {sum(size for size, _ in file_lengths)} lines, "
          f"{sum(size > FILE_LIMIT for size, _ in file_lengths)} over {FILE_LIMIT}")
    for size, name in sorted(lengths, reverse=True)[:8] + sorted(file_lengths, reverse=True)[:8]:
        print(f"  {size:5d}  {name}")


def main():
    lengths, file_lengths, problems = measure(tree.root_from_arguments())
    if "--report" in sys.argv and lengths:
        print_report(lengths, file_lengths)
    tree.finish(problems, "function and file sizes")


if __name__ == "__main__":
    main()
