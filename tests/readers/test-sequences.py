#!/usr/bin/python3
"""test-sequences.py ENGINE SCENARIO SHARED: renders sequences, exports them to the formats that need some and lets strict readers compare the
content with what the dataset's own rows and pictures say, worked out here.
"""
import json
import pathlib
import shutil
import sys
import tempfile

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from cases import Cases  # noqa: E402
from dataset_reader import Dataset  # noqa: E402
from formats import kitti_flow, mot  # noqa: E402
from formats.common import FormatError  # noqa: E402
from formats.expected import Truth  # noqa: E402
from formats.tiny import Tiny  # noqa: E402

ENGINE, SCENARIO, SHARED = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
STEPS, SEQUENCES = 5, 2
cases = Cases(ENGINE)
run, case = cases.run, cases.case


def render(folder):
    """Crossing, with steps of a fifth of a second: more is hidden between them."""
    scenario = json.loads(SCENARIO.read_text(encoding="utf-8"))
    scenario["sequence"] = {"steps": STEPS, "rate_hz": 5}
    (folder / "a.diorama").write_text(json.dumps(scenario))
    run("render", folder / "a.diorama", "--output", folder / "d", "--frames", STEPS * SEQUENCES, "--seed", 3)
    # Depth in 16 bits, with a range that the far ground lies beyond.
    camera = next(node for node in scenario["nodes"] if node["id"] == "camera")
    camera["sensor"]["max_depth_m"] = 12.0
    (folder / "c.diorama").write_text(json.dumps(scenario))
    run("render", folder / "c.diorama", "--output", folder / "near", "--frames", STEPS * SEQUENCES, "--seed", 3, "--size", "64x48")
    del scenario["sequence"]
    (folder / "b.diorama").write_text(json.dumps(scenario))
    run("render", folder / "b.diorama", "--output", folder / "single", "--frames", 1, "--size", "32x24")


class View:
    """One capture: depth, owners, and the rigid motion of each."""

    def __init__(self, truth, capture):
        rows = truth.dataset.annotations(capture)
        stored = truth.channel(capture, "depth").astype(float)
        self.depth, self.error = stored, 0
        if truth.dataset.file(capture, "depth").suffix == ".png":
            self.depth = np.where(stored == 0, np.inf, np.where(stored == 65535, np.nan, stored * capture["depth_unit_m"]))
            self.error = capture["depth_unit_m"] / 2
        self.keys = np.zeros(stored.shape, np.int64)
        self.poses = {}
        ids = truth.dataset.instances(capture)
        for instance, row in rows.items():
            self.keys[ids == instance] = row["object_key"]
            self.poses[row["object_key"]] = truth.pose(row)["world_from_object"]
        self.camera = truth.world_from_camera(capture)
        self.k = [capture[name] for name in ("fx", "fy", "cx", "cy")]
        self.rgb = truth.channel_rgb(capture)


def expected_flow(one, two):
    """(flow, known, seen) of every pixel, by matrices: camera 2 from object 2 from object 1 from camera 1."""
    fx, fy, cx, cy = one.k
    height, width = one.depth.shape
    y, x = np.indices(one.depth.shape) + 0.5
    rays = np.stack([(x - cx) / fx, -(y - cy) / fy, -np.ones_like(x)], -1)
    flow, depth = np.full((height, width, 2), np.nan), np.full((height, width), np.nan)
    for key in [0] + [key for key in one.poses if key in two.poses]:
        at = one.keys == key
        far = key == 0
        motion = np.eye(4) if far else two.poses[key] @ np.linalg.inv(one.poses[key])
        step = np.linalg.inv(two.camera) @ motion @ one.camera
        points = rays[at] if far else rays[at] * one.depth[at][:, None]
        moved = points @ step[:3, :3].T + (0 if far else step[:3, 3])
        ahead = moved[:, 2] < 0
        uv = np.stack([fx * moved[:, 0] / -moved[:, 2] + cx, fy * moved[:, 1] / moved[:, 2] + cy], -1)
        flow[at] = np.where(ahead[:, None], uv, np.nan)
        depth[at] = np.inf if far else -moved[:, 2]
    known = np.isfinite(flow[..., 0])
    u, v = np.where(known, flow[..., 0], -1), np.where(known, flow[..., 1], -1)
    inside = (u >= 0) & (v >= 0) & (u < width) & (v < height)
    seen = np.zeros_like(known)
    for row, column in np.argwhere(inside):
        qx, qy = int(u[row, column]), int(v[row, column])
        key, margin = one.keys[row, column], 0.002 + 0.005 * depth[row, column] + one.error + two.error
        there = two.depth[qy, qx]
        if key != 0 and two.keys[qy, qx] == key:
            around = slice(max(qy - 1, 0), qy + 2), slice(max(qx - 1, 0), qx + 2)
            there = np.nanmax(np.append(two.depth[around][two.keys[around] == key], 0))
        # What is beyond the stored range is behind all that is within it.
        seen[row, column] = there == np.inf if key == 0 else not there < depth[row, column] - margin
    return flow - np.stack([x, y], -1), known, seen


def flow_reads_back(folder, dataset, target):
    run("export", folder / dataset, "--format", "kitti-flow", "--output", folder / target)
    manifest = json.loads((folder / target / "manifest.json").read_text())
    truth = Truth(Dataset(folder / dataset), manifest)
    pairs = list(kitti_flow.read(folder / target)["train"].values())
    views = [View(truth, capture) for _, capture in truth.captures]
    wanted = [(s * STEPS + k, s * STEPS + k + 1) for s in range(SEQUENCES) for k in range(STEPS - 1)]
    assert len(pairs) == len(wanted) == manifest["losses"]["pairs"], (len(pairs), manifest["losses"])
    assert manifest["counts"]["annotations"] == 0, manifest["counts"]
    hidden = moved = agree = total = unknown = 0
    for (pictures, (flow, known), (_, seen)), (a, b) in zip(pairs, wanted):
        assert (pictures[0] == views[a].rgb).all() and (pictures[1] == views[b].rgb).all(), "other pictures"
        true_flow, true_known, true_seen = expected_flow(views[a], views[b])
        true_known &= (np.abs(true_flow) < 511.9).all(-1)
        assert (known == true_known).all(), f"pair {a}: {(known != true_known).sum()} pixels with or without flow"
        off = np.abs(flow - true_flow)[known].max()
        assert off <= 0.5 / 64 + 1e-3, f"pair {a}: {off} pixels off"
        assert (seen != (true_seen & true_known)).sum() <= 4, f"pair {a}: {(seen != true_seen).sum()} judged otherwise"
        unknown += (~known).sum()
        hidden += (known & ~seen).sum()
        moved += (np.abs(flow[known]).max(-1) > 2).sum()
        # What the labels of the later picture say of the same place.
        rows, columns = np.nonzero(seen)
        qx = np.clip((columns + 0.5 + flow[seen][:, 0]).astype(int), 0, seen.shape[1] - 1)
        qy = np.clip((rows + 0.5 + flow[seen][:, 1]).astype(int), 0, seen.shape[0] - 1)
        agree += (views[a].keys[seen] == views[b].keys[qy, qx]).sum()
        total += seen.sum()
    assert unknown == manifest["losses"]["pixels_without_flow"], (unknown, manifest["losses"])
    assert (unknown > 0) == (dataset == "near") and hidden > 500 and moved > 2000, (unknown, hidden, moved)
    assert agree > 0.99 * total, (agree, total)
    return f"{len(pairs)} pairs, {total} pixels seen in both, {100 * agree / total:.2f} % of them with the same owner, {hidden} hidden or gone, {unknown} unknown"


def flow_keeps_splits_apart(folder):
    run("export", folder / "d", "--format", "kitti-flow", "--output", folder / "split", "--split", "train=0.5,val=0.5")
    found = kitti_flow.read(folder / "split")
    assert set(found) == {"train", "val"}, found.keys()
    assert sum(map(len, found.values())) == SEQUENCES * (STEPS - 1)
    assert all(len(pairs) % (STEPS - 1) == 0 for pairs in found.values()), {k: len(v) for k, v in found.items()}


def mot_reads_back(folder):
    run("export", folder / "d", "--format", "mot", "--output", folder / "mot")
    manifest = json.loads((folder / "mot" / "manifest.json").read_text())
    truth = Truth(Dataset(folder / "d"), manifest)
    names = {entry["name"]: str(entry["id"]) for entry in manifest["classes"]}
    pictures, tracks = mot.read(folder / "mot"), {}
    assert len(pictures) == len(truth.captures) == STEPS * SEQUENCES
    for number, (picture, (_, capture)) in enumerate(zip(pictures, truth.captures)):
        assert picture.extra["frame"] == number % STEPS + 1, picture.name
        info = picture.extra["info"]
        assert (info["seqLength"], float(info["frameRate"])) == (STEPS, 5), info
        assert (picture.pixels == truth.channel_rgb(capture)).all(), picture.name
        wanted = truth.objects(capture)
        assert len(picture.objects) == len(wanted), picture.name
        for one, true in zip(picture.objects, wanted):
            assert (one.name, one.box, one.ignored) == (names[true.name], true.box, true.ignored), picture.name
            assert abs(one.extra["visibility"] - true.row["visib_fract"]) < 1e-6, picture.name
            tracks.setdefault((picture.extra["sequence"], true.row["object_key"]), set()).add(one.extra["track"])
    assert len(tracks) == 2 * SEQUENCES and all(len(ids) == 1 for ids in tracks.values()), tracks
    assert manifest["losses"] == {"sequences": SEQUENCES, "steps_left_out": 0}, manifest["losses"]
    return f"{len(pictures)} pictures, {len(tracks)} tracks"


def refuses_broken_files(folder, module, exported):
    for what, mutate, words in module.MUTATIONS:
        copy = folder / "broken"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder / exported, copy)
        mutate(copy)
        try:
            module.read(copy)
        except FormatError as error:
            assert words in str(error), f"{what}: refused for another reason: {error}"
        else:
            raise AssertionError(f"{what}: not refused")
    return f"{len(module.MUTATIONS)} broken files"


def needs_sequences(folder, name):
    said = run("export", folder / "single", "--format", name, "--output", folder / "none", code=1)
    assert "scenario a sequence" in said.stderr, said.stderr
    assert not (folder / "none").exists()


def mot_tiny():
    Tiny(SHARED / "formats-tiny").check(mot, mot.read(SHARED / "formats-tiny" / mot.TINY))


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        case("sequences render", lambda: render(folder))
        case("kitti-flow reads back", lambda: flow_reads_back(folder, "d", "flow"))
        case("kitti-flow of 16-bit depth reads back", lambda: flow_reads_back(folder, "near", "flow-near"))
        case("kitti-flow keeps splits apart", lambda: flow_keeps_splits_apart(folder))
        case("kitti-flow refuses broken files", lambda: refuses_broken_files(folder, kitti_flow, "flow"))
        case("kitti-flow needs sequences", lambda: needs_sequences(folder, "kitti-flow"))
        case("mot reads back", lambda: mot_reads_back(folder))
        case("mot refuses broken files", lambda: refuses_broken_files(folder, mot, "mot"))
        case("mot needs sequences", lambda: needs_sequences(folder, "mot"))
        if (SHARED / "formats-tiny" / "truth.npz").is_file():
            case("mot reads the exact dataset", mot_tiny)
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
