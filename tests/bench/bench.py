#!/usr/bin/python3
"""Measures frames per second and where the time of a frame goes; prints a table.

Usage: bench.py DIORAMA-ENGINE [--quick | --examples]. The scenes are fixed here: N textured instances in view on a
floor, a sun with three shadow cascades, ambient occlusion, an environment, and every label; then the two examples,
which --examples measures alone. Ratios hold within one run only; the column cpu, processor time of all threads,
says more than the others where the machine has other work.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import time

ENGINE = pathlib.Path(sys.argv[1]).resolve()
FRAME = ENGINE.parents[2] / "tests/bench/bench-frame"
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "data/scenarios"
KEYS = ["resolve", "stage", "draw", "readback", "rays", "annotate", "encode", "store", "total", "cpu"]
# Kind, texture and triangles of its default form: 148,392 triangles in 100 instances.
KINDS = [("mug", "procedural:dots", 3972), ("cylinder", "procedural:brushed-metal", 1280),
         ("carton", "procedural:tiles", 856), ("box", "procedural:cardboard", 300),
         ("sphere", "procedural:checker", 3968), ("box", "procedural:wood", 300),
         ("carton", "procedural:stripes", 856), ("box", "procedural:marble", 300)]
# A million triangles in 250 instances.
FINE_KINDS = [("mug", "procedural:dots", 3972), ("bottle", "procedural:stripes", 4096),
              ("sphere", "procedural:checker", 3968), ("capsule", "procedural:fabric", 4096)]


def scene(instances, kinds=None):
    """A square grid of instances, all in view of one camera, each turned and shaken anew in every frame."""
    kinds = kinds or KINDS
    side = max(1, round(instances ** 0.5))
    step = 0.24
    half = side * step / 2
    nodes = [
        {"id": "floor", "kind": "model", "model": {"parametric": "plane", "parameters": {"width_m": 60, "depth_m": 60},
         "materials": [{"slot": "*", "base_color_texture": "procedural:wood"}]}},
        {"id": "sun", "kind": "light", "light": {"kind": "sun", "intensity": 30000, "angular_diameter_rad": 0.01},
         "rotation": [0.9, 0.35, 0.2, 0.1]},
        {"id": "room", "kind": "light", "light": {"kind": "environment", "environment": "procedural:room",
                                                  "intensity": 3000}},
        {"id": "camera", "kind": "sensor", "sensor": {"width": 640, "height": 480, "focal_length_mm": 30,
         "sensor_width_mm": 36, "near_m": 0.1, "far_m": 100, "exposure_ev100": 13, "tone": "filmic", "max_depth_m": 13}},
    ]
    names = []
    for i in range(instances):
        kind, texture, _ = kinds[i % len(kinds)]
        name = f"thing_{i}"
        names.append(name)
        nodes.append({"id": name, "kind": "model", "category": "thing",
                      "translation": [(i % side) * step - half, (i // side) * step - half, 0],
                      "model": {"parametric": kind, "materials": [{"slot": "*", "base_color_texture": texture}]}})
    view = 0.7 + half * 2.6
    return {
        "format": "diorama-scenario", "version": 1, "name": f"Bench {instances}", "nodes": nodes,
        "categories": [{"id": "thing", "name": "thing", "color": "#e03131", "kind": "thing"}],
        "randomizers": [
            {"id": "turn", "type": "rotation-yaw", "targets": names, "yaw_rad": {"kind": "uniform", "min": 0, "max": 6.28}},
            {"id": "view", "type": "camera-look-at", "targets": ["camera"], "look_at": [0, 0, 0.05], "radius_m": view,
             "azimuth_rad": {"kind": "uniform", "min": 0, "max": 6.28}, "elevation_rad": 0.9},
        ],
        "outputs": {"rgb": True, "depth": True, "normal": True, "instance": True, "semantic": True},
    }


def split(folder, scenario, size, frames):
    out = subprocess.run([FRAME, scenario, folder / f"split-{size}-{scenario.stem}", str(frames), size, "1"],
                         capture_output=True, text=True, check=True).stdout
    return json.loads(out)


def throughput(folder, scenario, size, frames):
    """Frames per second of the whole engine with two workers, without start and first frames."""
    output = folder / f"run-{size}-{scenario.stem}"
    process = subprocess.Popen([ENGINE, "render", scenario, "--output", output, "--frames", str(frames + 6), "--size",
                                size, "--workers", "2", "--progress", "json"], stdout=subprocess.PIPE, text=True)
    times = []
    for line in process.stdout:
        state = json.loads(line)
        if "done" in state:
            times.append((state["done"], time.monotonic()))
    if process.wait() != 0:
        raise SystemExit(f"render failed: {scenario}")
    start = next(t for t in times if t[0] >= 4)
    end = times[-1]
    return (end[0] - start[0]) / max(end[1] - start[1], 1e-9)


def measure(folder, label, scenario, size, frames):
    rate = throughput(folder, scenario, size, frames)
    times = split(folder, scenario, size, max(6, frames // 3))
    print(f"{label:19}  {size:9} | {rate:19.2f} | {'':22} " + " ".join(f"{times[k]:8.1f}" for k in KEYS))
    sys.stdout.flush()


def main():
    cases = [(10, KINDS, "640x480", 60), (100, KINDS, "640x480", 60), (1000, KINDS, "640x480", 20),
             (10, KINDS, "1024x1024", 30), (100, KINDS, "1024x1024", 30), (1000, KINDS, "1024x1024", 12),
             (250, FINE_KINDS, "640x480", 12)]
    examples = ["stop-sign", "tabletop"]
    if "--quick" in sys.argv:
        cases, examples = cases[1:2], []
    if "--examples" in sys.argv:
        cases = []
    print("instances triangles  size      | frames/s, 2 workers | one worker, median ms: "
          + " ".join(f"{k:>8}" for k in KEYS))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for instances, kinds, size, frames in cases:
            triangles = 2 + sum(kinds[i % len(kinds)][2] for i in range(instances))
            scenario = folder / f"bench-{instances}.diorama"
            scenario.write_text(json.dumps(scene(instances, kinds)))
            measure(folder, f"{instances:9} {triangles:9}", scenario, size, frames)
        for example in examples:
            measure(folder, example, EXAMPLES / f"{example}.diorama", "640x480", 36)


if __name__ == "__main__":
    main()
