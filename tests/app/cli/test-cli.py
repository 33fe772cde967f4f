#!/usr/bin/python3
"""Drives diorama-engine as a user does: wrong use, a small job from render to export, and what it says."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ENGINE = sys.argv[1]
SCENARIO = {
    "format": "diorama-scenario",
    "version": 1,
    "name": "Two boxes",
    "nodes": [
        {"id": "floor", "kind": "model", "model": {"parametric": "plane", "parameters": {"width_m": 4, "depth_m": 4}}},
        {"id": "near", "kind": "model", "category": "box", "translation": [0.1, -0.3, 0],
         "model": {"parametric": "box", "parameters": {"width_m": 0.3, "depth_m": 0.3, "height_m": 0.3}}},
        {"id": "far", "kind": "model", "category": "box", "translation": [-0.1, 0.3, 0],
         "model": {"parametric": "box", "parameters": {"width_m": 0.3, "depth_m": 0.3, "height_m": 0.4}}},
        {"id": "sky", "kind": "light", "light": {"kind": "environment", "intensity": 800}},
        {"id": "camera", "kind": "sensor", "translation": [0, -2, 0.6],
         "rotation": [0.7071067811865476, 0.7071067811865476, 0, 0],
         "sensor": {"width": 96, "height": 72, "focal_length_mm": 36, "sensor_width_mm": 36, "near_m": 0.05,
                    "far_m": 50, "exposure_ev100": 9, "max_depth_m": 10}},
    ],
    "categories": [{"id": "box", "name": "box", "color": "#e03131", "kind": "thing"}],
    "randomizers": [{"id": "where", "type": "position-box", "targets": ["near"], "min": [-0.3, -0.5, 0],
                     "max": [0.3, -0.2, 0]}],
    "outputs": {"rgb": True, "depth": True, "normal": True, "instance": True, "semantic": True, "leaf": True},
}
failures = 0
count = 0


def run(*args, code=0):
    done = subprocess.run([ENGINE, *map(str, args)], capture_output=True, text=True, timeout=120)
    if done.returncode != code:
        raise AssertionError(f"{args}: exit {done.returncode}, wanted {code}\n{done.stdout}{done.stderr}")
    return done


def case(name, body):
    global failures, count
    count += 1
    try:
        body()
        print(f"ok {count} {name}")
    except Exception as error:  # every failure of a case is a result
        failures += 1
        print(f"not ok {count} {name}")
        print("\n".join("# " + line for line in str(error).splitlines()))
    sys.stdout.flush()


def wrong_use(folder):
    one_line = [
        (["nonsense"], "no command"),
        (["render"], "SCENARIO"),
        (["render", folder / "a.diorama"], "--output"),
        (["render", folder / "a.diorama", "--output", folder / "x", "--frames", "0"], "--frames"),
        (["render", folder / "a.diorama", "--output", folder / "x", "--size", "640"], "--size"),
        (["render", folder / "a.diorama", "--output", folder / "x", "--channels", "smell"], "smell"),
        (["export", folder / "d", "--format", "coco", "--output", folder / "y", "--split", "train=2"], "split"),
        (["export", folder / "d", "--format", "coco"], "--output"),
        (["sheet", folder / "d"], "--output"),
        (["digest"], "DATASET"),
        (["digest", "a", "b"], "too many"),
        (["review"], "DATASET"),
        (["review", folder / "d", "--set", "maybe"], "accepted"),
        (["review", folder / "d", "--sample", "-3"], "--sample"),
    ]
    for args, word in one_line:
        done = run(*args, code=2)
        assert word in done.stderr, (args, done.stderr)
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def helps():
    listed = run("help").stdout
    for command in ("render", "resume", "verify", "digest", "stats", "export", "formats", "sheet", "import", "review"):
        assert command in listed
        assert "Usage" in run(command, "--help").stdout
    assert "worker" not in listed and "import-child" not in listed


def missing(folder):
    for args in (["digest", folder / "none"], ["render", folder / "none.diorama", "--output", folder / "n"],
                 ["import", folder / "none.glb"], ["stats", folder / "none"], ["review", folder / "none"]):
        done = run(*args, code=1)
        assert "none" in done.stderr and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert not (folder / "n").exists()


def job(folder):
    done = run("render", folder / "a.diorama", "--output", folder / "d", "--frames", 4, "--seed", 7, "--workers", 2,
               "--progress", "json")
    states = [json.loads(line) for line in done.stdout.splitlines()]
    assert states[-1]["done"] == 4 and states[-1]["total"] == 4, states[-1]
    for channel in ("rgb", "leaf", "depth", "normal", "instance", "semantic"):
        assert len(list((folder / "d" / channel / "000").iterdir())) == 4, channel
    assert "sound" in run("verify", folder / "d").stdout
    assert len(run("digest", folder / "d").stdout.strip()) == 64
    stats = json.loads(run("stats", folder / "d", "--json").stdout)
    assert stats["frames"] == 4 and stats["checks"]["failed"] == 0, stats
    assert stats["gl"]["unexplained_px"] == 0, stats
    assert sum(stats["gl"]["causes"].values()) == stats["gl"]["differing_px"], stats
    again = run("render", folder / "a.diorama", "--output", folder / "d", "--frames", 1, code=1)
    assert "already" in again.stderr or "empty" in again.stderr, again.stderr


def same_job(folder):
    digest = run("digest", folder / "d").stdout
    run("render", folder / "a.diorama", "--output", folder / "d1", "--frames", 4, "--seed", 7, "--workers", 1)
    assert run("digest", folder / "d1").stdout == digest
    run("render", folder / "a.diorama", "--output", folder / "d2", "--frames", 4, "--seed", 8, "--workers", 1)
    assert run("digest", folder / "d2").stdout != digest


def exports(folder):
    run("export", folder / "d", "--format", "coco", "--output", folder / "coco")
    assert "not empty" in run("export", folder / "d", "--format", "coco", "--output", folder / "coco", code=1).stderr
    run("export", folder / "d", "--format", "yolo", "--output", folder / "yolo", "--split", "train=0.5,val=0.5")
    unknown = run("export", folder / "d", "--format", "mp3", "--output", folder / "z", code=1)
    assert "mp3" in unknown.stderr, unknown.stderr
    assert not (folder / "z").exists()
    run("sheet", folder / "d", "--output", folder / "sheet.png")
    assert (folder / "sheet.png").read_bytes()[:4] == b"\x89PNG"
    assert "coco" in run("formats").stdout and "yolo" in run("formats").stdout


def list_rows(folder, *args):
    return [json.loads(line) for line in run("review", folder / "d", "--list", "--json", *args).stdout.splitlines()]


def review(folder):
    """Verdicts from the command line: given, listed, taken back, in a log beside the dataset."""
    assert "4 undecided" in run("review", folder / "d").stdout
    rows = list_rows(folder)
    assert [row["frame"] for row in rows] == [0, 1, 2, 3] and {row["state"] for row in rows} == {"undecided"}, rows
    said = run("review", folder / "d", "--filter", "index=1..1", "--set", "rejected", "--reason", "light", "--comment",
               "too dark", "--tags", "night", "--reviewer", "ann").stdout
    assert said.strip() == "1 picture is now rejected", said
    row = list_rows(folder, "--filter", "state=rejected")[0]
    wanted = {"frame": 1, "state": "rejected", "reason": "light", "comment": "too dark", "tags": "night",
              "reviewer": "ann", "sensor": "camera", "stale": False}
    assert {key: row[key] for key in wanted} == wanted, row
    assert [row["frame"] for row in list_rows(folder, "--filter", "tag=night", "--filter", "text=dark")] == [1]
    assert list((folder / "d" / "reviews").glob("*.db")), "the log stands beside the dataset"

    objects = list_rows(folder, "--objects", "--filter", "index=2..2", "--filter", "node=far")
    assert len(objects) == 1 and objects[0]["category"] == "box", objects
    run("review", folder / "d", "--objects", "--filter", "index=2..2", "--filter", "node=far", "--set", "rejected",
        "--reviewer", "bob")
    assert len(list_rows(folder, "--objects", "--filter", "state=rejected")) == 1
    assert len(list_rows(folder, "--objects", "--filter", "area=0,0,1,1")) == len(list_rows(folder, "--objects"))
    # What one says, another takes back.
    run("review", folder / "d", "--filter", "index=3..3", "--set", "flagged", "--reviewer", "ann")
    run("review", folder / "d", "--filter", "index=3..3", "--set", "undecided", "--reviewer", "ann")
    assert not list_rows(folder, "--filter", "state=flagged")
    for text in ("smell=1", "index", "index=5..1", "category=whale", "state=nice", "area=0,0,0,0"):
        done = run("review", folder / "d", "--filter", text, code=1)
        assert text in done.stderr and len(done.stderr.strip().splitlines()) == 1, done.stderr


def sampling(folder):
    """0 rejects in a sample prove a bound; the same seed gives the same sample."""
    first = list_rows(folder, "--sample", 2, "--seed", 5)
    assert len(first) == 2 and first == list_rows(folder, "--sample", 2, "--seed", 5)
    assert {row["frame"] for row in first} <= {row["frame"] for row in list_rows(folder, "--sample", 3, "--seed", 5)}
    text = run("review", folder / "d", "--sample", 4, "--seed", 5).stdout
    # One of the four is decided, and rejected.
    assert "1 of 4 decided, 1 rejected: at most 100.0 %" in text, text
    run("review", folder / "d", "--filter", "state=undecided", "--set", "accepted", "--reviewer", "ann")
    text = run("review", folder / "d", "--sample", 4, "--seed", 5).stdout
    # Where P(at most 1 of 4) = (1 - p)^4 + 4 p (1 - p)^3 = 5 %: 75.14 %.
    assert "4 of 4 decided, 1 rejected: at most 75.2 %" in text, text


def report(folder):
    run("review", folder / "d", "--sample", 4, "--seed", 5, "--digest", "--report", folder / "r.json")
    run("review", folder / "d", "--sample", 4, "--seed", 5, "--digest", "--report", folder / "r.html")
    text = json.loads((folder / "r.json").read_text())
    assert text["dataset"]["digest"] == run("digest", folder / "d").stdout.strip()
    assert text["frames"]["rejected"] == 1 and text["objects"]["rejected"] == 1, text["frames"]
    assert {"reason": "light", "count": 1} in text["reasons"], text["reasons"]
    assert [one["name"] for one in text["reviewers"]] == ["ann", "bob"], text["reviewers"]
    assert text["audit"]["seed"] == 5 and text["audit"]["random"], text["audit"]
    assert abs(text["audit"]["upper"] - 0.7514) < 1e-4, text["audit"]
    assert (folder / "r.html").read_text().startswith("<!DOCTYPE html>")


def rejects_stay_out(folder):
    """An export without the rejects; none at all where it cannot be known what they are."""
    run("export", folder / "d", "--format", "coco", "--output", folder / "kept", "--policy", "everything")
    run("export", folder / "d", "--format", "coco", "--output", folder / "all", "--policy", "everything",
        "--include-rejected")
    images, boxes = {}, {}
    for name in ("kept", "all"):
        coco = [json.loads(path.read_text()) for path in (folder / name / "annotations").glob("*.json")]
        images[name] = sorted(image["frame"] for one in coco for image in one["images"])
        boxes[name] = sum(not box.get("iscrowd") for one in coco for box in one["annotations"])
    assert images == {"kept": [0, 2, 3], "all": [0, 1, 2, 3]}, images
    # The picture's two boxes, and one of another picture.
    assert boxes["all"] - boxes["kept"] == 3, boxes
    (folder / "d" / "reviews" / "damaged.db").write_bytes(b"not a log" * 200)
    done = run("export", folder / "d", "--format", "coco", "--output", folder / "none", code=1)
    assert "review log" in done.stderr and not (folder / "none").exists(), done.stderr
    assert "warning" in run("review", folder / "d").stderr
    run("export", folder / "d", "--format", "coco", "--output", folder / "anyway", "--include-rejected")
    (folder / "d" / "reviews" / "damaged.db").unlink()


def importing(folder):
    (folder / "t.obj").write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")
    found = json.loads(run("import", folder / "t.obj", "--json").stdout)
    assert found["model"]["triangles"] == 1 and not found["from_cache"], found
    assert json.loads(run("import", folder / "t.obj", "--json").stdout)["from_cache"]
    run("import", folder / "t.obj", "--preview", folder / "t.png")
    assert (folder / "t.png").read_bytes()[:4] == b"\x89PNG"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        os.environ["XDG_DATA_HOME"] = str(folder / "data")
        os.environ["LC_ALL"] = "C.UTF-8"
        (folder / "a.diorama").write_text(json.dumps(SCENARIO))
        case("wrong use is told in one line with exit code 2", lambda: wrong_use(folder))
        case("every command has help", helps)
        case("missing input is named and nothing is made", lambda: missing(folder))
        case("a job renders, verifies and reports", lambda: job(folder))
        case("the same job gives the same digest", lambda: same_job(folder))
        case("exports and sheets are whole or absent", lambda: exports(folder))
        case("an asset imports once", lambda: importing(folder))
        case("verdicts are given, listed and taken back", lambda: review(folder))
        case("a sample proves a bound", lambda: sampling(folder))
        case("a report says what was found", lambda: report(folder))
        case("rejects stay out of exports", lambda: rejects_stay_out(folder))
    print(f"1..{count}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
