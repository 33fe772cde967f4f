#!/usr/bin/env python3
"""Renders the scenes of write-cycles-scenes with Cycles and compares. Prints the ratio of every patch, fails beyond the
limits. Usage: compare_cycles.py BUILD FOLDER [--samples N] [--only SCENE,...] [--must SCENE,...] [--verbose]
[--scenario FILE SIZE FRAME]. With --must the limits of other scenes are reported but do not fail.

Furnace: every pixel within 0.5 % of its 1000 nits. Patches: the mean of every item's inner pixels, each channel, within
15 % of Cycles'. Pictures stand side by side in FOLDER for eyes (ours, Cycles', the ratio as colour)."""

import argparse
import json
import os
import subprocess
import sys

import numpy
from PIL import Image

FURNACE_LIMIT = 0.005
PATCH_LIMIT = 0.15
# Channels darker than this share of the scene's median patch are judged as if they were so bright.
FLOOR = 0.02
CHANNELS = "RGB"


def load(folder, name):
    return numpy.load(os.path.join(folder, name))


def inner_masks(leaf):
    """(id, mask) of what each item owns but for the pixels at its border, which it shares."""
    same = numpy.ones(leaf.shape, bool)
    for y in (-1, 0, 1):
        for x in (-1, 0, 1):
            same &= numpy.roll(leaf, (y, x), (0, 1)) == leaf
    same[[0, -1]] = same[:, [0, -1]] = False
    return [(i, (leaf == i) & same) for i in numpy.unique(leaf) if i != 0]


def names_of(folder):
    with open(os.path.join(folder, "scene.json"), encoding="utf-8") as file:
        return {item["leaf"]: item["name"] for item in json.load(file)["items"]}


def compare_patches(folder):
    """[(name, our RGB, Cycles' RGB)]"""
    ours, theirs, names = load(folder, "raster.npy"), load(folder, "cycles.npy"), names_of(folder)
    leaf = load(folder, "leaf.npy").reshape(ours.shape[:2])
    return [(names[i], ours[mask].mean(0), theirs[mask].mean(0)) for i, mask in inner_masks(leaf) if mask.any()]


def judge(patches):
    """[(name, worst relative difference, its channel, our / Cycles' by channel)], worst last."""
    floor = FLOOR * numpy.median([theirs.max() for _, _, theirs in patches])
    rows = []
    for name, ours, theirs in patches:
        base = numpy.maximum(theirs, floor)
        off = (ours - theirs) / base
        channel = int(numpy.argmax(abs(off)))
        rows.append((name, off[channel], CHANNELS[channel], 1 + off))
    return sorted(rows, key=lambda row: abs(row[1]))


def report_patches(name, folder, verbose):
    rows = judge(compare_patches(folder))
    beyond = [row for row in rows if abs(row[1]) > PATCH_LIMIT]
    offs = numpy.array([abs(row[1]) for row in rows])
    worst = rows[-1]
    print("%-18s %3d patches, median off by %4.1f %%, worst %+5.1f %% (%s, %s), %d beyond %.0f %%"
          % (name, len(rows), 100 * numpy.median(offs), 100 * worst[1], worst[0], worst[2], len(beyond), 100 * PATCH_LIMIT))
    for row in rows if verbose else beyond:
        print("    %-36s ours / Cycles %s" % (row[0], "  ".join("%5.3f" % ratio for ratio in row[3])))
    return not beyond


def report_furnace(name, folder):
    ours = load(folder, "raster.npy")
    off = abs(ours / 1000 - 1).max()
    print("%-18s every pixel within %.2f %% of the light around it" % (name, 100 * off))
    for row in compare_patches(folder):
        print("    %-36s ours %.4f, Cycles %.4f" % (row[0], row[1].mean() / 1000, row[2].mean() / 1000))
    return off <= FURNACE_LIMIT


def encode(nits, white):
    x = numpy.clip(nits / white, 0, 1)
    return (numpy.where(x <= 0.0031308, 12.92 * x, 1.055 * numpy.maximum(x, 1e-9) ** (1 / 2.4) - 0.055) * 255 + 0.5).astype(
        numpy.uint8)


def write_sides(name, folder):
    """Ours, Cycles', and where they differ: red where ours is brighter, blue where it is darker, full at a factor of 2."""
    ours, theirs = load(folder, "raster.npy"), load(folder, "cycles.npy")
    with open(os.path.join(folder, "scene.json"), encoding="utf-8") as file:
        white = 1.2 * 2 ** json.load(file)["camera"]["ev100"]
    grey = 0.02 * white
    stops = numpy.log2((ours.mean(2) + grey) / (theirs.mean(2) + grey)).clip(-1, 1)
    difference = numpy.stack([1 + stops.clip(max=0), 1 - abs(stops), 1 - stops.clip(min=0)], 2) * 255
    sides = numpy.concatenate([encode(ours, white), encode(theirs, white), difference.astype(numpy.uint8)], 1)
    path = os.path.join(folder, os.pardir, name + ".png")
    Image.fromarray(sides).save(path)


def report(name, folder, verbose):
    with open(os.path.join(folder, "kind"), encoding="utf-8") as file:
        kind = file.read()
    write_sides(name, folder)
    if kind == "furnace":
        return report_furnace(name, folder)
    if kind == "patches":
        return report_patches(name, folder, verbose)
    ratio = load(folder, "raster.npy").mean() / load(folder, "cycles.npy").mean()
    print("%-18s a picture; mean ours / Cycles %.3f" % (name, ratio))
    return True


def render_missing(folders, samples):
    """What Cycles has rendered of the very same scene is kept."""
    todo = [folder for folder in folders if not os.path.exists(os.path.join(folder, "cycles.npy"))]
    if todo:
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "render_cycles.py")
        command = ["blender", "-b", "--factory-startup", "--python-exit-code", "1", "-P", script, "--", str(samples)] + todo
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        for line in done.stdout.splitlines():
            if line.startswith("cycles:"):
                print(line)
        if done.returncode != 0:
            sys.exit(done.stdout[-4000:])


def forget_changed(folder, before):
    """Removes the picture of another scene than the one that was written now."""
    path = os.path.join(folder, "cycles.npy")
    with open(os.path.join(folder, "scene.json"), encoding="utf-8") as file:
        if os.path.exists(path) and before.get(folder) != file.read():
            os.remove(path)


def read_scenes(folder):
    scenes = {}
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        path = os.path.join(folder, name, "scene.json")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                scenes[os.path.join(folder, name)] = file.read()
    return scenes


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("folder")
    parser.add_argument("--samples", type=int, default=256)
    parser.add_argument("--only", help="names of scenes, by commas")
    parser.add_argument("--must", help="the only scenes that may not be beyond the limits, by commas")
    parser.add_argument("--scenario", nargs=3, metavar=("FILE", "SIZE", "FRAME"))
    parser.add_argument("--verbose", action="store_true", help="every patch")
    arguments = parser.parse_args()
    before = read_scenes(arguments.folder)
    writer = os.path.join(arguments.build, "tests/renderer/cycles/write-cycles-scenes")
    subprocess.run([writer, arguments.folder] + (arguments.scenario or []), check=True)
    names = sorted(os.path.basename(path) for path in read_scenes(arguments.folder))
    if arguments.only:
        names = [name for name in names if name in arguments.only.split(",")]
    if not names:
        sys.exit("no scene to compare")
    folders = [os.path.join(arguments.folder, name) for name in names]
    for folder in folders:
        forget_changed(folder, before)
    render_missing(folders, arguments.samples)
    beyond = [name for name, folder in zip(names, folders) if not report(name, folder, arguments.verbose)]
    must = arguments.must.split(",") if arguments.must else names
    missing = [name for name in must if name not in names and not arguments.only]
    print("beyond the limits: %s" % (", ".join(beyond) or "none"))
    if missing:
        print("not compared: %s" % ", ".join(missing))
    sys.exit(1 if any(name in must for name in beyond) else 0)


main()
