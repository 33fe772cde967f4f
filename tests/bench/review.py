#!/usr/bin/python3
"""Measures what the review desk waits for on a large dataset: milliseconds of opening, filtering, histograms, items.

Usage: review.py BUILD_FOLDER [--frames N] [--objects N] [--dataset FOLDER]. Makes the dataset where none is given; fails where a
figure is above its limit by more than --slack (4: machines differ).
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

# Milliseconds for 100,000 pictures with 5 objects each.
LIMITS = {"first_list": 1000, "filter_sort_frames": 250, "filter_sort_objects": 250, "histograms": 500, "statistics": 500,
          "item": 2, "picture_find": 1}


def run(tools, folder):
    out = subprocess.run([tools / "bench-review", folder], check=True, capture_output=True, text=True)
    return json.loads(out.stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--frames", type=int, default=100000)
    parser.add_argument("--objects", type=int, default=5)
    parser.add_argument("--dataset", type=pathlib.Path)
    parser.add_argument("--slack", type=float, default=4)
    options = parser.parse_args()
    tools = options.build.resolve() / "tests/app/review"
    with tempfile.TemporaryDirectory(prefix="dio-bench-review-") as scratch:
        folder = options.dataset or pathlib.Path(scratch) / "dataset"
        if not options.dataset:
            subprocess.run([tools / "make-large-dataset", folder, str(options.frames), str(options.objects)], check=True)
        figures = run(tools, folder)
    too_slow = []
    for name, value in figures.items():
        limit = LIMITS.get(name)
        print(f"{name:22} {value:10.3f} ms" + (f"   limit {limit} ms" if limit else ""))
        if limit and value > limit * options.slack:
            too_slow.append(name)
    if too_slow:
        print("too slow: " + ", ".join(too_slow))
    return 1 if too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
