#!/usr/bin/python3
"""Measures how long the studio's main loop stands still: opening, the four modes, dialogs, a dataset.

Usage: studio.py BUILD_FOLDER [--runs N] [--dataset FOLDER]. Renders a small dataset where none is given, runs bench-studio under a
display of its own and prints the median of the runs for every step. "at work" is what the thread itself worked in its busiest
turn: a busy machine does not lengthen that. A figure for people to judge, so it fails only where a step fails.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SCENARIO = SOURCE / "data/scenarios/tabletop.diorama"


def run(build, dataset, env):
    command = [SOURCE / "tests/ui/harness/with-display", build / "tests/bench/bench-studio", SCENARIO, dataset]
    out = subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout
    return [json.loads(line) for line in out.splitlines() if line.startswith("{")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dataset", type=pathlib.Path)
    options = parser.parse_args()
    build = options.build.resolve()
    engine = build / "app/cli/diorama-engine"
    env = os.environ | {"GSETTINGS_SCHEMA_DIR": str(build / "data"), "DIORAMA_DATA_DIR": str(SOURCE / "data"),
                        "DIORAMA_ENGINE": str(engine)}
    with tempfile.TemporaryDirectory(prefix="dio-bench-studio-") as scratch:
        dataset = options.dataset or pathlib.Path(scratch) / "dataset"
        if not options.dataset:
            subprocess.run([engine, "render", SCENARIO, "-o", dataset, "--frames", "24", "--size", "320x240"],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        runs = [run(build, dataset, env) for _ in range(options.runs)]
    load = os.getloadavg()[0]
    print(f"median of {options.runs}, load {load:.1f}    shown  longest turn  at work  turns over 100 ms")
    for steps in zip(*runs):
        shown, longest, work, stalls = (statistics.median(step[key] for step in steps)
                                        for key in ("shown_ms", "longest_ms", "longest_cpu_ms", "stalls"))
        print(f"{steps[0]['step']:26} {shown:6.0f} ms {longest:8.1f} ms {work:5.1f} ms {stalls:5g}")
    failed = sorted({step["step"] for steps in runs for step in steps if step["shown_ms"] < 0})
    if failed:
        print("never shown: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
