#!/usr/bin/python3
"""test-formats.py ENGINE SHARED [FORMAT...]: renders one small dataset, exports it to every format and lets a strict reader of each
 compare the content; the same readers read shared/formats-tiny where it is, and must refuse broken files by name.
"""
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from cases import Cases  # noqa: E402
from dataset_reader import Dataset  # noqa: E402
from formats import coco_panoptic, cvat, huggingface, kitti, numpy_frames, ply, tfrecord, voc, webdataset, yolo_obb, yolo_segment  # noqa: E402
from formats.common import FormatError  # noqa: E402
from formats.compare import compare  # noqa: E402
from formats.expected import Truth  # noqa: E402
from formats.tiny import Tiny  # noqa: E402

ENGINE, SHARED = sys.argv[1], pathlib.Path(sys.argv[2])
#: The table of formats must hold these, each with its reader.
READERS = {
    "yolo-segment": yolo_segment,
    "yolo-obb": yolo_obb,
    "voc": voc,
    "kitti": kitti,
    "cvat": cvat,
    "coco-panoptic": coco_panoptic,
    "huggingface": huggingface,
    "webdataset": webdataset,
    "numpy": numpy_frames,
    "tfrecord": tfrecord,
    "ply": ply,
}
HAVE_OWN_TESTS = {"coco", "yolo", "kitti-flow", "mot"}
LOOK_ALONG_Y = [0.7071067811865476, 0.7071067811865476, 0, 0]
LOOK_BACK = [0, 0, 0.7071067811865476, 0.7071067811865476]


def box(name, category, at, size, **more):
    return {"id": name, "kind": "model", "category": category, "translation": at,
            "model": {"parametric": "box", "parameters": dict(zip(("width_m", "depth_m", "height_m"), size))}} | more


def sensor(name, rotation):
    return {"id": name, "name": name, "kind": "sensor", "translation": [0, -2, 0.6], "rotation": rotation,
            "sensor": {"width": 160, "height": 120, "focal_length_mm": 36, "sensor_width_mm": 36, "near_m": 0.05,
                       "far_m": 50, "exposure_ev100": 9, "max_depth_m": 6}}


#: One of each: an object split by a post, one hidden in part, one cut by the picture's edge, one turned, one leaning, a
#: small one, names that hurt, a camera that sees no object.
SCENARIO = {
    "format": "diorama-scenario",
    "version": 1,
    "name": "Formats: \"all\" of them",
    "nodes": [
        {"id": "floor", "kind": "model", "category": "ground",
         "model": {"parametric": "plane", "parameters": {"width_m": 4, "depth_m": 4}}},
        box("near", "chest", [0.1, -0.3, 0], [0.3, 0.3, 0.3]),
        box("turned", "chest", [-0.5, 0.2, 0], [0.5, 0.2, 0.3], rotation=[0.9553364891256, 0, 0, 0.2955202066613]),
        box("leaning", "odd", [0.45, 0.1, 0.3], [0.2, 0.3, 0.4], rotation=[0.9689124217106, 0, 0.2474039592545, 0]),
        box("behind", "odd", [0.2, 0.9, 0], [0.9, 0.1, 0.8]),
        box("post", None, [0.0, 0.5, 0], [0.06, 0.06, 1.2]) | {"category": ""},
        box("edge", "chest", [-1.15, 0.0, 0.3], [0.4, 0.4, 0.5]),
        box("speck", "odd", [-0.2, 1.5, 0.95], [0.06, 0.06, 0.06]),
        {"id": "sky", "kind": "light", "light": {"kind": "environment", "intensity": 800}},
        sensor("camera", LOOK_ALONG_Y),
        sensor("rear \"näht\"\n2", LOOK_BACK) | {"id": "rear"},
    ],
    "categories": [
        {"id": "chest", "name": "chest, \"fräsh\" <&>", "color": "#e03131", "kind": "thing", "supercategory": "a\nb"},
        {"id": "odd", "name": "two\nlines; 'ü' \\ ☃", "color": "#31e031", "kind": "thing"},
        {"id": "ground", "name": "ground", "color": "#3131e0", "kind": "stuff"},
    ],
    "randomizers": [{"id": "where", "type": "position-box", "targets": ["near"], "min": [-0.4, -0.5, 0],
                     "max": [0.4, -0.2, 0]}],
    "outputs": {"rgb": True, "depth": True, "normal": True, "instance": True, "semantic": True, "leaf": True},
}
FRAMES = 6
cases = Cases(ENGINE)
run, case = cases.run, cases.case


def render(folder):
    scenario = json.loads(json.dumps(SCENARIO))
    for node in scenario["nodes"]:
        if node.get("category") == "":
            del node["category"]
    (folder / "a.diorama").write_text(json.dumps(scenario))
    run("render", folder / "a.diorama", "--output", folder / "d", "--frames", FRAMES, "--seed", 3)
    # The last frame failed a check, as far as anybody knows.
    with sqlite3.connect(folder / "d" / "dataset.db") as db:
        db.execute("UPDATE captures SET checks_passed = 0 WHERE frame = (SELECT id FROM frames WHERE frame_index = ?)",
                   (FRAMES - 1,))


def export(folder, name, output, *more):
    run("export", folder / "d", "--format", name, "--output", output, *more)
    return json.loads((output / "manifest.json").read_text())


def reads_back(folder, name, module):
    manifest = export(folder, name, folder / name, *getattr(module, "OPTIONS", []))
    truth = Truth(Dataset(folder / "d"), manifest, getattr(module, "REMOVES_SPECKS", True))
    objects = compare(module.read(folder / name), truth, module)
    assert objects == manifest["counts"]["annotations"] > 0, f"{objects} objects, {manifest['counts']}"
    assert manifest["counts"]["images_left_out_failed_checks"] == 2, manifest["counts"]
    return f"{manifest['counts']['images']} pictures, {objects} objects"


def splits(folder, name, module):
    """Each picture in one split, and all in both together."""
    output = folder / f"{name}-split"
    manifest = export(folder, name, output, "--split", "train=0.5,val=0.5", *getattr(module, "OPTIONS", []))
    counts = {split["name"]: split["images"] for split in manifest["splits"]}
    found = [picture.split for picture in module.read(output)]
    assert {split: found.count(split) for split in counts} == counts and min(counts.values()) > 0, (counts, found)


def tiny(name, module):
    pictures = module.read(SHARED / "formats-tiny" / module.TINY)
    Tiny(SHARED / "formats-tiny").check(module, pictures)


def refuses(folder, name, module):
    """Each broken file is refused, with the words that name it."""
    for what, mutate, words in module.MUTATIONS:
        copy = folder / "broken"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder / name, copy)
        mutate(copy)
        try:
            module.read(copy)
        except FormatError as error:
            assert words in str(error), f"{what}: refused for another reason: {error}"
        else:
            raise AssertionError(f"{what}: not refused")
    assert len(module.MUTATIONS) >= 5
    return f"{len(module.MUTATIONS)} broken files"


def with_comma(folder):
    """A locale whose decimal sign is the comma changes no file; where the system has none, one is made."""
    locales = folder / "locales"
    locales.mkdir()
    made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", locales / "de_DE.UTF-8"], capture_output=True,
                          text=True, check=False) if shutil.which("localedef") else None
    if made is None or not (locales / "de_DE.UTF-8" / "LC_NUMERIC").is_file():
        return "no such locale here"
    kept = os.environ["LC_ALL"]
    os.environ |= {"LOCPATH": str(locales), "LC_ALL": "de_DE.UTF-8"}
    try:
        for name in ("yolo-segment", "kitti", "cvat", "ply", "webdataset"):
            export(folder, name, folder / f"{name}-comma")
            for path in sorted((folder / name).rglob("*")):
                other = folder / f"{name}-comma" / path.relative_to(folder / name)
                assert path.is_dir() or path.read_bytes() == other.read_bytes(), f"{other} differs"
    finally:
        os.environ["LC_ALL"] = kept
        del os.environ["LOCPATH"]


def without_rejected(folder):
    """What reviewers reject leaves a format with marks as an ignored object, and a picture wholly."""
    run("review", folder / "d", "--filter", "index=0..0", "--set", "rejected", "--reason", "light", "--reviewer", "a")
    run("review", folder / "d", "--objects", "--filter", "index=1..1", "--filter", "node=near", "--set", "rejected",
        "--reviewer", "a")
    manifest = export(folder, "voc", folder / "voc-rejected")
    pictures = voc.read(folder / "voc-rejected")
    counts = manifest["counts"]
    assert len(pictures) == 8 and counts["images_left_out_rejected"] == 2, counts
    ignored = [sum(one.ignored for one in picture.objects) for picture in pictures]
    before = [sum(one.ignored for one in picture.objects) for picture in voc.read(folder / "voc")][2:]
    assert counts["rejected_by_review"] >= 1 and sum(ignored) == sum(before) + counts["rejected_by_review"], ignored


def is_whole_or_absent(folder):
    """A file system that is full, and a folder that holds something."""
    for name in READERS:
        done = run("export", folder / "d", "--format", name, "--output", folder / name, code=1)
        assert "not empty" in done.stderr, done.stderr
        limit = f"ulimit -f 1; trap '' XFSZ; exec {ENGINE} export {folder}/d --format {name} --output {folder}/full"
        full = subprocess.run(["sh", "-c", limit], capture_output=True, text=True, timeout=60, check=False)
        assert full.returncode == 1 and "File too large" in full.stderr, f"{name}: {full.returncode} {full.stderr}"
        left = [path.name for path in folder.iterdir() if "full" in path.name]
        assert not left, f"{name}: {left} is left"


def table(names):
    """Every format of the program has a reader here or elsewhere."""
    missing = set(names) - set(READERS) - HAVE_OWN_TESTS
    assert not missing and set(READERS) <= set(names), f"without a reader: {missing}"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        os.environ["XDG_DATA_HOME"] = str(folder / "data")
        os.environ["LC_ALL"] = "C.UTF-8"
        names = [line.split()[0] for line in run("formats").stdout.splitlines() if line[0] != " "]
        case("every format has a reader", lambda: table(names))
        case("a dataset renders", lambda: render(folder))
        chosen = {name: READERS[name] for name in sys.argv[3:]} or READERS
        for name, module in chosen.items():
            case(f"{name} reads back", lambda: reads_back(folder, name, module))
            case(f"{name} keeps splits apart", lambda: splits(folder, name, module))
            case(f"{name} refuses broken files", lambda: refuses(folder, name, module))
            if module.TINY is None:
                print(f"# shared/formats-tiny has no {name}")
            elif (SHARED / "formats-tiny" / "truth.npz").is_file():
                case(f"{name} reads the exact dataset", lambda: tiny(name, module))
            else:
                print(f"# {SHARED / 'formats-tiny'} is not there: {name} is not read from it")
        if chosen is READERS:
            case("a decimal comma changes nothing", lambda: with_comma(folder))
            case("a full disk leaves nothing", lambda: is_whole_or_absent(folder))
            case("what is rejected is not learnt from", lambda: without_rejected(folder))
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
