#!/usr/bin/python3
"""Renders many small frames of random models in workers that are never replaced, and compares early with late.

Usage: soak.py DIORAMA-ENGINE [FRAMES]; prints medians of time per frame and of the workers' memory (PSS) over frames
500 to 1000 and over the last 500. More than 5 % of growth is a leak: exit code 1.
"""
import json
import os
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "scenarios"))
import real_assets  # noqa: E402

ENGINE = sys.argv[1]
FRAMES = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
TURN = 6.283185307179586
KINDS = ["mug", "bottle", "bowl", "carton", "sphere", "cylinder"]


def uniform(low, high):
    return {"kind": "uniform", "min": low, "max": high}


def scenario(models):
    """Six things of random model, size and material; real assets among them where they are present."""
    names = [f"thing_{i}" for i in range(6)]
    nodes = [{"id": n, "kind": "model", "category": "thing", "model": {"parametric": KINDS[i]}}
             for i, n in enumerate(names)]
    nodes += [
        {"id": "floor", "kind": "model", "model": {"parametric": "plane", "parameters": {"width_m": 9, "depth_m": 9}}},
        {"id": "room", "kind": "light", "light": {"kind": "environment", "environment": "procedural:room",
                                                  "intensity": 300}},
        {"id": "sun", "kind": "light", "light": {"kind": "sun", "intensity": 2000}},
        {"id": "camera", "kind": "sensor", "sensor": {"width": 64, "height": 48, "focal_length_mm": 30,
         "sensor_width_mm": 36, "near_m": 0.1, "far_m": 50, "exposure_ev100": 9, "max_depth_m": 10}},
    ]
    randomizers = [
        {"id": "places", "type": "scatter", "targets": names, "center": [0, 0, 0], "size_x_m": 3, "size_y_m": 3,
         "yaw_rad": uniform(0, TURN)},
        {"id": "height", "type": "model-parameter", "targets": ["thing_0", "thing_1", "thing_2"], "parameter": "height_m",
         "value": uniform(0.06, 0.2)},
        {"id": "color", "type": "material-color", "targets": names, "hue": uniform(0, 1)},
        {"id": "surface", "type": "texture-choice", "targets": ["floor"],
         "textures": ["procedural:wood", "procedural:marble", "procedural:tiles", "procedural:fabric"]},
        {"id": "light", "type": "environment-choice", "targets": ["room"],
         "environments": ["procedural:room", "procedural:window", "procedural:studio", "procedural:overcast"]},
        {"id": "sun_way", "type": "light-direction", "targets": ["sun"], "azimuth_rad": uniform(0, TURN),
         "elevation_rad": uniform(0.4, 1.2)},
        {"id": "view", "type": "camera-look-at", "targets": ["camera"], "look_at": [0, 0, 0.1], "radius_m": uniform(2, 4),
         "azimuth_rad": uniform(0, TURN), "elevation_rad": uniform(0.3, 1)},
    ]
    if models:
        randomizers.append({"id": "which", "type": "asset-choice", "targets": names[3:], "assets": models})
    return {"format": "diorama-scenario", "version": 1, "name": "Soak", "nodes": nodes, "randomizers": randomizers,
            "assets": [a for a in real_assets.assets() if a["id"] in models],
            "categories": [{"id": "thing", "name": "thing", "color": "#e03131", "kind": "thing"}],
            "outputs": {"rgb": True, "leaf": True}}


def children(pid):
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(p) for p in task.read_text().split()]
    return found


def pss_kib(pid):
    total = 0
    for child in children(pid):
        try:
            rollup = pathlib.Path(f"/proc/{child}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return total


def run(path, output):
    """Renders and returns (frames done, PSS) about every second."""
    samples, done = [], [0]
    process = subprocess.Popen([ENGINE, "render", path, "--output", output, "--frames", str(FRAMES), "--workers", "2",
                                "--recycle", "never", "--progress", "json"], stdout=subprocess.PIPE, text=True)

    def watch():
        while process.poll() is None:
            samples.append((done[0], pss_kib(process.pid)))
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for line in process.stdout:
        done[0] = json.loads(line).get("done", done[0])
    watcher.join()
    if process.wait() != 0:
        raise SystemExit("render failed")
    return samples


def frame_times(output):
    rows = sqlite3.connect(f"file:{output}/dataset.db?mode=ro", uri=True).execute(
        "SELECT f.frame_index, c.timings FROM captures c JOIN frames f ON f.id = c.frame ORDER BY 1")
    return [sum(json.loads(timings).values()) for _, timings in rows]


def main():
    assets = pathlib.Path(os.environ.get("DIORAMA_ASSETS_DIR", pathlib.Path(__file__).parents[3] / "shared/assets"))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        models = []
        if assets.is_dir():
            real_assets.build(assets, folder)
            models = ["can", "bowl", "baseball", "cube", "banana", "mug", "foam", "hydrant", "mailbox"]
        path = folder / "soak.diorama"
        path.write_text(json.dumps(scenario(models)))
        samples = run(path, folder / "d")
        times = frame_times(folder / "d")
    windows = [(500, 1000), (FRAMES - 500, FRAMES)]
    ms = [statistics.median(times[a:b]) for a, b in windows]
    kib = [statistics.median(p for d, p in samples if a <= d <= b and p > 0) for a, b in windows]
    print(f"frames {windows[0]}: {ms[0]:.2f} ms a frame, {kib[0] / 1024:.1f} MiB PSS of all workers")
    print(f"frames {windows[1]}: {ms[1]:.2f} ms a frame, {kib[1] / 1024:.1f} MiB PSS of all workers")
    print(f"ratio: time {ms[1] / ms[0]:.3f}, memory {kib[1] / kib[0]:.3f}")
    return 1 if kib[1] > 1.05 * kib[0] else 0


if __name__ == "__main__":
    sys.exit(main())
