"""Sequences through the whole engine: two objects cross before a moving camera (tests/scenarios/crossing.diorama).

Rows say which step of which sequence a frame is; poses follow the motions; track ids last; workers, interruptions and ranges
that cut a sequence change nothing; no export splits a sequence.

Usage: sequence-test.py ENGINE SCENARIO. Prints TAP. Draws small pictures with the real engine."""

import json
import math
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import traceback

import enginelib

ENGINE, SCENARIO = sys.argv[1:3]
STEPS, RATE_HZ, FRAMES = 10, 10, 20


def start(*command, env=None):
    return enginelib.Run([ENGINE, *command], env)


def render(folder, *options, frames=FRAMES, scenario=SCENARIO):
    run = start("render", scenario, "--output", folder, "--seed", "5", "--size", "64x48", "--frames", str(frames), *options)
    code = run.finish()
    assert code == 0, f"exit code {code}\n{run.text()}"
    return folder


def ask(*command):
    return subprocess.run([ENGINE, *command], check=True, capture_output=True, text=True).stdout


def query(folder, sql):
    with sqlite3.connect(os.path.join(folder, "dataset.db")) as connection:
        return connection.execute(sql).fetchall()


def poses(folder):
    """{(sequence, step, object): (object_key, world translation)}."""
    rows = query(folder, "SELECT sequence, step, name, object_key, world_from_object FROM annotations a JOIN poses p ON "
                         "p.annotation = a.id JOIN captures c ON c.id = a.capture JOIN frames f ON f.id = c.frame")
    return {(sequence, step, name): (key, struct.unpack("<16d", blob)[12:15])
            for sequence, step, name, key, blob in rows}


def draws(folder, randomizer):
    """{sequence: every set of numbers drawn in it}."""
    drawn = {}
    for sequence, x0, x1 in query(folder, "SELECT sequence, x0, x1 FROM draws d JOIN frames f ON f.id = d.frame "
                                          f"WHERE randomizer = '{randomizer}'"):
        drawn.setdefault(sequence, set()).add((x0, x1))
    return drawn


def test_rows(root):
    folder = render(os.path.join(root, "set"))
    rows = query(folder, "SELECT frame_index, sequence, step, time_s FROM frames ORDER BY frame_index")
    assert rows == [(i, i // STEPS, i % STEPS, i % STEPS / RATE_HZ) for i in range(FRAMES)], rows
    assert "2 with 20 steps" in ask("stats", folder)
    assert json.loads(ask("stats", "--json", folder))["sequences"] == {"count": 2, "steps": 20}
    assert query(folder, "SELECT count(*) FROM captures WHERE checks_passed = 0") == [(0,)]


def test_motion(root):
    folder = render(os.path.join(root, "set"))
    found = poses(folder)
    keys = {}
    speeds, balls = draws(folder, "drive"), draws(folder, "roll")
    assert all(len(drawn) == 1 for drawn in speeds.values()) and speeds[0] != speeds[1], speeds
    for (sequence, step, name), (key, (x, y, _)) in found.items():
        keys.setdefault(name, set()).add(key)
        time_s = step / RATE_HZ
        (speed, _), = speeds[sequence]
        rolled = max(number for number, _ in balls[sequence] if not math.isclose(number, math.pi))
        wanted = {"car": (-3 + speed * time_s, 1), "ball": (3 - rolled * time_s, -1.5), "ground": (0, 0)}[name]
        assert math.dist((x, y), wanted) < 1e-9, (sequence, step, name, (x, y), wanted)
    assert all(len(one) == 1 for one in keys.values()) and len(keys) == 3, keys
    assert len({name for _, _, name in found}) == 3
    # One hides the other for some time, and at both ends neither does.
    hidden = query(folder, "SELECT DISTINCT step FROM hidden h JOIN captures c ON c.id = h.capture JOIN frames f ON f.id = "
                           "c.frame JOIN annotations a ON a.capture = c.id AND a.instance = h.instance "
                           "WHERE a.category = 0 AND sequence = 0 ORDER BY step")
    assert hidden and (0,) not in hidden and (9,) not in hidden, hidden
    # The camera goes through its keys and looks at its aim all the time.
    for step, x, y, z, bx, by, bz in query(folder, "SELECT step, m03, m13, m23, m02, m12, m22 FROM captures c JOIN frames f "
                                                   "ON f.id = c.frame"):
        if step in (0, 5):
            assert math.dist((x, y, z), [(-1, -9, 1.6), (0, -8.5, 1.8)][step // 5]) < 1e-12
        length = math.dist((x, y, z), (0, 0, 0.8))
        assert math.dist((bx, by, bz), (x / length, y / length, (z - 0.8) / length)) < 1e-9


def test_any_order(root):
    whole = render(os.path.join(root, "whole"), "--workers", "1")
    digest = ask("digest", whole)
    assert digest == ask("digest", render(os.path.join(root, "three"), "--workers", "3"))
    folder = os.path.join(root, "cut")
    run = start("render", SCENARIO, "--output", folder, "--seed", "5", "--size", "64x48", "--frames", str(FRAMES),
                "--workers", "1", env={"DIORAMA_TEST_PAUSE": "rendering:100"})
    run.wait_for_seam(4)
    run.process.send_signal(signal.SIGTERM)
    assert run.finish() == 3, run.text()
    assert 0 < query(folder, "SELECT count(*) FROM frames")[0][0] < FRAMES
    run = start("resume", folder)
    assert run.finish() == 0, run.text()
    assert digest == ask("digest", folder)
    # A range that begins within a sequence makes the same steps.
    part = render(os.path.join(root, "part"), "--first", "7", frames=6)
    assert query(part, "SELECT frame_index, sequence, step FROM frames ORDER BY 1")[3:5] == [(10, 1, 0), (11, 1, 1)]
    all_poses = poses(whole)
    assert all(all_poses[key] == value for key, value in poses(part).items())


def test_splits(root):
    """Of 16 sequences of 2 steps none is in both splits, and both splits have some."""
    with open(SCENARIO, encoding="utf-8") as file:
        document = json.load(file)
    document["sequence"]["steps"] = 2
    scenario = os.path.join(root, "short.diorama")
    with open(scenario, "w", encoding="utf-8") as file:
        json.dump(document, file)
    folder = render(os.path.join(root, "set"), frames=32, scenario=scenario)
    target = os.path.join(root, "coco")
    ask("export", folder, "--format", "coco", "--output", target, "--split", "train=0.5,val=0.5")
    splits = {}
    for split in ("train", "val"):
        for name in os.listdir(os.path.join(target, "images", split)):
            digits = "".join(filter(str.isdigit, name))[-6:]
            splits.setdefault(int(digits) // 2, []).append(split)
    assert len(splits) == 16 and all(len(found) == 2 and len(set(found)) == 1 for found in splits.values()), splits
    assert {found[0] for found in splits.values()} == {"train", "val"}, splits


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    print(f"1..{len(tests)}")
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        root = tempfile.mkdtemp(prefix="dio-sequence-")
        try:
            test(root)
            print(f"ok {number} {name}", flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print("# " + traceback.format_exc().replace("\n", "\n# "))
            print(f"not ok {number} {name}", flush=True)
        shutil.rmtree(root)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
