"""KITTI object labels as kitti_eval reads them (fscanf of 15 fields), with calibration and image sets."""
import math
import pathlib
import re

import numpy as np

from .common import (NUMBER, Object, Picture, check_box, extent, first, load_labels, load_rgb, number, remove_first,
                     require, resize_first, substitute)

TINY = "kitti"
TINY_NAMES = {"box": "Pedestrian", "card": "Car", "bar": "Cyclist"}
IGNORED = "marked"
BOX_TOLERANCE_PX = 1e-6
LOSS = ("the 3D box turns about the camera's vertical alone: a leaning one is fitted anew, so its corners are compared"
        " as held and touched, and its size only where it does not lean; white space of a name becomes _; no masks; an"
        " ignored region keeps its box alone")
IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1]
SWAP = [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0]


def spell(name):
    return re.sub(r"\s", "_", name)


def read_calibration(path):
    require(path.is_file(), f"{path} is missing")
    rows = {}
    for line in path.read_text().splitlines():
        if line:
            key, _, values = line.partition(": ")
            rows[key] = [number(value, path) for value in values.split(" ")]
    for key, count in {"P0": 12, "P1": 12, "P2": 12, "P3": 12, "R0_rect": 9, "Tr_velo_to_cam": 12,
                       "Tr_imu_to_velo": 12}.items():
        require(len(rows.get(key, [])) == count, f"{path}: {key} must have {count} numbers")
    require(rows["R0_rect"] == IDENTITY and rows["Tr_velo_to_cam"] == SWAP, f"{path}: the axes are turned")
    return np.array(rows["P2"]).reshape(3, 4)


def corners_of(h, w, l, x, y, z, ry):
    """The devkit's computeBox3D."""
    c, s = math.cos(ry), math.sin(ry)
    turn = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    local = np.array([(a * l / 2, b, d * w / 2) for a in (-1, 1) for b in (0, -h) for d in (-1, 1)])
    return local @ turn.T + (x, y, z)


def read_object(line, size, where):
    fields = line.split(" ")
    require(len(fields) == 15, f"{where}: {len(fields)} fields, not 15")
    kind = fields[0]
    require(kind != "" and NUMBER.fullmatch(kind) is None, f"{where}: type {kind!r}")
    require(re.fullmatch(r"-?\d", fields[2]) is not None, f"{where}: occluded is {fields[2]!r}, not a whole number")
    values = [number(field, where) for field in fields[1:]]
    truncated, occluded, alpha, left, top, right, bottom, *solid = values
    box = [left, top, right + 1, bottom + 1]
    check_box(box, *size, where)
    if kind == "DontCare":
        require((truncated, occluded, alpha) == (-1, -1, -10) and solid == [-1, -1, -1, -1000, -1000, -1000, -10],
                f"{where}: a DontCare says more than its box")
        return Object(None, box, ignored=True)
    require(0 <= truncated <= 1, f"{where}: truncated is {truncated}")
    require(occluded in (0, 1, 2, 3), f"{where}: occluded is {occluded}")
    h, w, l, x, y, z, ry = solid
    require(min(h, w, l) > 0, f"{where}: a 3D box without size")
    require(abs(ry) <= math.pi + 1e-6 and abs(alpha) <= math.pi + 1e-6, f"{where}: an angle beyond pi")
    turned = math.remainder(alpha - (ry - math.atan2(x, z)), 2 * math.pi)
    require(abs(turned) < 0.02, f"{where}: alpha does not follow from rotation_y and place")
    return Object(kind, box, extra={"truncated": truncated, "occluded": occluded, "alpha": alpha, "ry": ry,
                                    "size": (h, w, l), "corners": corners_of(h, w, l, x, y, z, ry)})


def check_projection(one, projection, where):
    """What is seen lies where the 3D box is seen; boxes that reach behind the camera have no outline."""
    corners = one.extra["corners"]
    if corners[:, 2].min() < 0.05:
        return
    seen = np.c_[corners, np.ones(8)] @ projection.T
    seen = seen[:, :2] / seen[:, 2:] + 0.5
    x0, y0, x1, y1 = one.box
    outside = max(seen[:, 0].min() - x0, seen[:, 1].min() - y0, x1 - seen[:, 0].max(), y1 - seen[:, 1].max())
    require(outside <= 2, f"{where}: the 2D box leaves the 3D box by {outside:.1f} pixels")


def read_picture(base, stem, split):
    path = base / "label_2" / f"{stem}.txt"
    require(path.is_file(), f"{path} is missing")
    pixels = load_rgb(base / "image_2" / f"{stem}.png")
    size = pixels.shape[1], pixels.shape[0]
    projection = read_calibration(base / "calib" / f"{stem}.txt")
    text = path.read_text(encoding="utf-8")
    require(text == "" or text.endswith("\n"), f"{path}: the last line has no end")
    objects = [read_object(line, size, f"{path}, line {i + 1}") for i, line in enumerate(text.split("\n")[:-1])]
    for one in objects:
        if not one.ignored:
            check_projection(one, projection, path)
    depth = base / "depth_2" / f"{stem}.png"
    extra = {"projection": projection}
    if (base / "depth_2").is_dir():
        extra["depth"] = load_labels(depth, ("I;16", "I"), size)
    return Picture(stem, *size, objects, pixels, split, extra)


def read(root):
    root = pathlib.Path(root)
    pictures, seen = [], []
    for path in sorted((root / "ImageSets").glob("*.txt")):
        stems = path.read_text().splitlines()
        require(all(re.fullmatch(r"\d{6}", stem) for stem in stems), f"{path}: names have six digits")
        pictures += [read_picture(root / "training", stem, path.stem) for stem in stems]
        seen += stems
    require(len(seen) == len(set(seen)), "ImageSets: a picture is in two places")
    for folder in ("image_2", "label_2", "calib"):
        found = {path.stem for path in (root / "training" / folder).iterdir()}
        require(found == set(seen), f"training/{folder}: other files than in ImageSets")
    return sorted(pictures, key=lambda picture: picture.name)


def world_corners(pose):
    q, half = [pose[f"box_q{axis}"] for axis in "wxyz"], [pose[f"box_size_{axis}"] / 2 for axis in "xyz"]
    w, v = q[0], np.array(q[1:])
    local = np.array([(a, b, c) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)]) * half
    turned = local + 2 * np.cross(v, np.cross(v, local) + w * local)
    return turned + [pose[f"box_center_{axis}"] for axis in "xyz"]


def in_camera(points, world_from_camera):
    """World to OpenCV's camera axes."""
    local = np.c_[points, np.ones(len(points))] @ np.linalg.inv(world_from_camera).T
    return local[:, :3] * (1, -1, -1)


def compare_object(one, wanted, capture, truth, where):
    if one.ignored:
        return
    require(abs(one.extra["truncated"] - (wanted.row["truncation"] or 0)) < 1e-6, f"{where}: truncated")
    visibility = wanted.row["visibility"]
    require(one.extra["occluded"] == (0 if visibility >= 0.8 else 1 if visibility >= 0.5 else 2), f"{where}: occluded")
    pose = truth.pose(wanted.row)
    corners = in_camera(world_corners(pose), truth.world_from_camera(capture))
    own = one.extra["corners"]
    axes = (own[4] - own[0], own[2] - own[0], own[1] - own[0])
    for axis in axes:
        at = (corners - own[0]) @ axis / (axis @ axis)
        require(abs(at.min()) < 1e-4 and abs(at.max() - 1) < 1e-4, f"{where}: the 3D box does not fit the object's")
    h, w, l = one.extra["size"]
    upright = abs((pose["world_from_object"][:3, 2] @ (0, 0, 1))) > 1 - 1e-9
    if upright:
        sizes = [pose[f"box_size_{axis}"] for axis in "yxz"]
        require(np.allclose((l, w, h), sizes, atol=1e-5), f"{where}: {(l, w, h)} metres, the dataset has {sizes}")
        front = in_camera(np.array([[0, 0, 0], -pose["world_from_object"][:3, 1]]) + (0, 0, 0),
                          np.block([[truth.world_from_camera(capture)[:3, :3], np.zeros((3, 1))], [0, 0, 0, 1]]))[1]
        ahead = math.cos(one.extra["ry"]), -math.sin(one.extra["ry"])
        require(ahead[0] * front[0] + ahead[1] * front[2] > 1 - 1e-6, f"{where}: it looks another way")


def compare_picture(picture, capture, truth):
    projection = picture.extra["projection"]
    wanted = [[capture["fx"], 0, capture["cx"] - 0.5, 0], [0, capture["fy"], capture["cy"] - 0.5, 0], [0, 0, 1, 0]]
    require(np.allclose(projection, wanted, atol=1e-9), f"{picture.name}: P2 is not the camera")
    metres = truth.channel(capture, "depth") * capture["depth_unit_m"]
    require(np.abs(picture.extra["depth"] / 256 - metres).max() <= 1 / 512 + 1e-9, f"{picture.name}: another depth")


def check_tiny(picture, wanted):
    require([one.name for one in picture.objects] == [TINY_NAMES[name] for name, _ in wanted], f"{picture.name}: classes")
    for one, (_, mask) in zip(picture.objects, wanted):
        require(one.box == extent(mask), f"{picture.name}: box {one.box}, not {extent(mask)}")


def label(root):
    """The first label of a whole object."""
    for path in sorted((root / "training/label_2").glob("*.txt")):
        if path.read_text() and not path.read_text().startswith("DontCare"):
            return path
    raise AssertionError("no label")


def field(index, value):
    """Replaces a field of the first line."""
    return lambda root: substitute(label(root), r"^(\S+(?: \S+){%d}) \S+" % (index - 1), r"\1 " + value)


MUTATIONS = [
    ("occluded with a fraction", field(2, "0.00"), "not a whole number"),
    ("an exponent", field(11, "1e-1"), "no plain number"),
    ("a decimal comma", field(11, "0,5"), "no plain number"),
    ("a field too few", lambda root: substitute(label(root), r" \S+\n", "\n"), "fields, not 15"),
    ("a box outside", field(6, "9999.00"), "leaves the picture"),
    ("an empty box", lambda root: substitute(label(root), r"^((?:\S+ ){4})(\S+) (\S+) \S+", r"\1\2 \3 0.00"), "is empty"),
    ("no size", field(8, "0.00"), "without size"),
    ("another direction", field(14, "1.234567"), "alpha does not follow"),
    ("a 3D box elsewhere", lambda root: substitute(
        label(root), r"^((?:\S+ ){3})\S+((?: \S+){7}) \S+ (\S+) \S+ \S+\n",
        lambda m: f"{m[1]}{-math.atan2(3, 4):.6f}{m[2]} 3.00 {m[3]} 4.00 0.00\n"), "leaves the 3D box"),
    ("a DontCare with a size", lambda root: substitute(first(root, "training/label_2/*.txt", b"DontCare"),
                                                       r"(DontCare(?: \S+){7}) -1", r"\1 1.00"), "more than its box"),
    ("calibration with 11 numbers", lambda root: substitute(first(root, "training/calib/*"), r"(P2:.*?) 0\n", r"\1\n"),
     "must have 12"),
    ("a label missing", lambda root: remove_first(root, "training/label_2/*.txt"), "is missing"),
    ("a picture missing", lambda root: remove_first(root, "training/image_2/*.png"), "is missing"),
    ("depth of another size", lambda root: resize_first(root, "training/depth_2/*.png"), "the picture has"),
]
