#!/usr/bin/python3
"""Checks what a formatter does not: lengths, header openings, forbidden text, tests for every source file.

Exit code 1 with one line per fault; with --report prints the figures of the tree instead.
"""
import pathlib
import re
import statistics
import subprocess
import sys

MAX_FILE = 1200
MAX_FUNCTION = 100
FORBIDDEN = [
    (re.compile(r"\b(TODO|FIXME|XXX)\b"), "unfinished work belongs to the tracker"),
    (re.compile(r"(?<![\w.])/(home|root|work|Users)/"), "an absolute path of one machine"),
]
TEXT = {".c", ".h", ".py", ".sh", ".md", ".build", ".vert", ".frag", ".glsl", ".comp", ".sql", ".json", ".diorama"}


def tracked(root):
    names = subprocess.run(["git", "-C", root, "ls-files", "-z"], capture_output=True, check=False).stdout
    listed = [pathlib.Path(root) / n.decode() for n in names.split(b"\0") if n]
    return [p for p in listed if p.is_file()]


def functions(lines):
    """Yields (name, first line, length) of every function body: a '{' in column 0 to its '}'."""
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start is not None:
            name = next((re.match(r"(\w+) \(", lines[k]).group(1) for k in range(start - 2, max(0, start - 16), -1)
                         if re.match(r"(\w+) \(", lines[k])), "?")
            yield name, start, number - start + 1
            start = None


def check(path, root, faults, sizes):
    text = path.read_text(errors="replace")
    lines = text.splitlines()
    where = path.relative_to(root)
    for pattern, why in FORBIDDEN:
        for number, line in enumerate(lines, 1):
            if pattern.search(line) and path.parent.name != "lint":
                faults.append(f"{where}:{number}: {why}")
    if path.suffix not in {".c", ".h"}:
        return
    if len(lines) > MAX_FILE:
        faults.append(f"{where}: {len(lines)} lines; split it (limit {MAX_FILE})")
    if path.suffix == ".h" and "tests" not in where.parts:
        if not text.startswith("#pragma once\n") or "Thread:" not in "\n".join(lines[:8]):
            faults.append(f"{where}: a header opens with #pragma once and a Thread: line")
    if path.suffix == ".c" and "tests" not in where.parts:
        if '#define G_LOG_DOMAIN "' not in text.split("#include")[0]:
            faults.append(f"{where}: a source file defines G_LOG_DOMAIN before it includes anything")
        sizes["files"].append(len(lines))
        for name, start, length in functions(lines):
            sizes["functions"].append(length)
            if length > MAX_FUNCTION and "table" not in "\n".join(lines[max(0, start - 8):start]):
                faults.append(f"{where}:{start}: {name} has {length} lines (limit {MAX_FUNCTION})")


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    faults, sizes = [], {"files": [], "functions": []}
    for path in tracked(root):
        if path.suffix in TEXT or path.name == "meson.build":
            check(path, root, faults, sizes)
    if "--report" in sys.argv:
        for kind, values in sizes.items():
            values.sort()
            print(f"{kind}: {len(values)}, median {statistics.median(values)}, "
                  f"p90 {values[int(len(values) * 0.9)]}, max {values[-1]}")
        long = sum(1 for v in sizes["functions"] if v > 60)
        print(f"functions over 60 lines: {100 * long / len(sizes['functions']):.1f} %")
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
