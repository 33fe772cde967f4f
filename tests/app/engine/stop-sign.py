#!/usr/bin/python3
"""Renders the labels of the stop-sign example and checks what it promises: how much of the sign is seen, how wide it
is, by whom it is hidden and that the pixels of the hiders add up. With --shares the shares must hold within so many
points; they are for blocks of 300 frames. Usage: stop-sign.py ENGINE SCENARIO [--frames N] [--size WxH] [--shares P]"""
import argparse
import contextlib
import math
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

HIDERS = {"hider_tree", "hider_picket", "hider_chain", "hider_pole", "hider_van"}
STREETS = {"gardens", "town", "outskirts"}
SEEN = ((0.9, 40), (0.3, 40), (0.1, 15), (0.0, 5))
WIDTHS_PX = (12, 220)

SIGNS = """
SELECT capture, instance, visible_px, amodal_px, visibility, (full_x1 - full_x0) * 640 / width_px
FROM annotations JOIN categories ON category = categories.position JOIN captures ON captures.id = capture
WHERE categories.id = 'stop_sign'"""
HIDDEN_BY = """
SELECT hidden.capture, leaves.node, opaque_px + veil_px FROM hidden
JOIN leaves ON leaves.capture = hidden.capture AND leaves.leaf = hidden.leaf
WHERE (hidden.capture, hidden.instance) = (?, ?)"""
checks = []


def check(name, good, words):
    checks.append(good)
    print(f"{'ok' if good else 'not ok'} {len(checks)} {name}: {words}", flush=True)


def render(options, folder):
    command = [options.engine, "render", options.scenario, "--output", folder, "--frames", str(options.frames),
               "--progress", "none", "--channels", options.channels]
    subprocess.run(command + (["--size", options.size] if options.size else []), check=True)


def check_frames(database, options):
    done = database.execute("SELECT count(*) FROM frames WHERE status = 1").fetchone()[0]
    check("all frames are made", done == options.frames, f"{done} of {options.frames}")
    failed = database.execute("SELECT name, detail FROM checks WHERE NOT passed AND NOT note_only").fetchall()
    check("labels prove themselves", not failed, failed[:3] or "no self-check failed")
    shown = [row[0] for row in database.execute("SELECT string FROM draws WHERE randomizer = 'street'")]
    counts = {street: shown.count(street) for street in sorted(STREETS)}
    even = max(counts.values()) - min(counts.values()) <= 1
    check("each frame shows one of three streets", even and sum(counts.values()) == options.frames, counts)


def check_hiders(database, signs):
    total = {}
    wrong = []
    for capture, instance, visible, amodal, *_ in signs:
        rows = database.execute(HIDDEN_BY, (capture, instance)).fetchall()
        if sum(px for _, _, px in rows) != amodal - visible:
            wrong.append((capture, rows, amodal, visible))
        for _, node, px in rows:
            total[node] = total.get(node, 0) + px
    check("hidden pixels add up", not wrong, wrong[:2] or f"over {len(signs)} signs")
    named = sorted(HIDERS & total.keys())
    check("hiders are named", bool(named), {node: total[node] for node in named})
    return named


def check_shares(database, signs, options):
    seen = [sign[4] or 0 for sign in signs]
    upper = 1.01
    for lower, wanted in SEEN:
        share = 100 * sum(lower <= s < upper for s in seen) / len(seen)
        check(f"seen by {lower} and more", abs(share - wanted) <= options.shares, f"{share:.1f} % of {wanted} %")
        upper = lower
    none = 100 - 100 * len(signs) / options.frames
    check("frames without a sign", abs(none - 8) <= options.shares, f"{none:.1f} % of 8 %")
    alike = database.execute("SELECT count(*) FROM draws WHERE randomizer = 'lookalike' AND string != ''").fetchone()[0]
    share = 100 * alike / options.frames
    check("frames with what looks like a sign", abs(share - 25) <= options.shares, f"{share:.1f} % of 25 %")


def check_widths(signs):
    """Log-uniform: as many in each of four octave-like parts."""
    widths = [sign[5] for sign in signs if sign[5] is not None]
    low, high = (math.log(px) for px in WIDTHS_PX)
    parts = [0] * 4
    for width in widths:
        parts[min(3, max(0, int(4 * (math.log(width) - low) / (high - low))))] += 1
    outside = sum(not 0.9 * WIDTHS_PX[0] <= width <= 1.1 * WIDTHS_PX[1] for width in widths)
    shares = [round(100 * part / len(widths), 1) for part in parts]
    check("widths are even in their logarithm", all(abs(share - 25) <= 8 for share in shares),
          f"{shares} % in four parts of {WIDTHS_PX} px; {min(widths):.0f} to {max(widths):.0f} px")
    check("widths keep to their range", outside == 0, f"{outside} outside")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine")
    parser.add_argument("scenario")
    parser.add_argument("--frames", type=int, default=300)
    parser.add_argument("--size")
    parser.add_argument("--channels", default="leaf")
    parser.add_argument("--shares", type=float, help="points by which a share may be off")
    parser.add_argument("--dataset", help="look at this one instead of rendering")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(options.dataset or pathlib.Path(scratch) / "dataset")
        if options.dataset is None:
            render(options, folder)
        with contextlib.closing(sqlite3.connect(folder / "dataset.db")) as database:
            check_frames(database, options)
            signs = database.execute(SIGNS).fetchall()
            named = check_hiders(database, signs)
            if options.shares:
                check("all hiders hide", set(named) == HIDERS, named)
                check_shares(database, signs, options)
                check_widths(signs)
    print(f"1..{len(checks)}")
    return 0 if all(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
