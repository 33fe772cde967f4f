"""PLY 1.0, binary little endian: header by the letter of the format, points against depth and camera."""
import json
import pathlib

import numpy as np

from .common import Object, Picture, check_rotation, first, require

TINY = None
IGNORED = "dropped"
BOX_TOLERANCE_PX = 0
LOSS = ("points of pixels without depth are missing; coordinates are float32; the picture is not in the file, its colours"
        " are; an ignored object's points have no class")
TYPES = {"float": "<f4", "uchar": "u1", "ushort": "<u2", "int": "<i4"}
PROPERTIES = ["float x", "float y", "float z", "uchar red", "uchar green", "uchar blue", "ushort instance", "int class"]


def spell(name):
    return name


def read_header(data, path):
    """(camera, number of vertices, offset of the data)"""
    end = data.find(b"end_header\n")
    require(data.startswith(b"ply\n") and end > 0, f"{path}: no header")
    try:
        lines = data[:end].decode("ascii").splitlines()
    except UnicodeDecodeError:
        require(False, f"{path}: the header is not ASCII")
    require(lines[1] == "format binary_little_endian 1.0", f"{path}: {lines[1]!r}")
    comments = [line for line in lines if line.startswith("comment world_from_camera ")]
    require(len(comments) == 1, f"{path}: no camera")
    camera = np.array([float(value) for value in comments[0].split()[2:]]).reshape(4, 4)
    body = [line for line in lines[2:] if not line.startswith("comment")]
    require(body[0].startswith("element vertex "), f"{path}: {body[0]!r}")
    require([line[len("property "):] for line in body[1:]] == PROPERTIES, f"{path}: other properties")
    return camera, int(body[0].split()[2]), end + len(b"end_header\n")


def read_cloud(path, names):
    data = path.read_bytes()
    camera, n, offset = read_header(data, path)
    check_rotation(camera[:3, :3], path)
    kind = np.dtype([(line.split()[1], TYPES[line.split()[0]]) for line in PROPERTIES])
    require(len(data) == offset + n * kind.itemsize, f"{path}: {len(data) - offset} bytes for {n} points")
    points = np.frombuffer(data, kind, n, offset)
    for axis in "xyz":
        require(np.isfinite(points[axis]).all(), f"{path}: a coordinate is not finite")
    require(set(np.unique(points["class"]).tolist()) - {-1} <= set(names), f"{path}: an unknown class")
    local = np.c_[points["x"], points["y"], points["z"], np.ones(n)] @ np.linalg.inv(camera).T
    require(n == 0 or local[:, 2].min() > 0, f"{path}: a point behind the camera")
    objects = []
    for instance in np.unique(points["instance"]):
        if instance:
            mine = points["instance"] == instance
            classes = set(points["class"][mine].tolist())
            require(len(classes) == 1 and -1 not in classes, f"{path}: instance {instance} of classes {classes}")
            objects.append(Object(names[classes.pop()], extra={"instance": int(instance), "mine": mine}))
    return Picture(path.stem, 0, 0, objects, None, path.parent.name, {"points": points, "local": local, "camera": camera})


def read(root):
    root = pathlib.Path(root)
    manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    names = {entry["id"]: entry["name"] for entry in manifest["classes"]}
    for split in manifest["splits"]:
        found = len(list((root / split["name"]).glob("*.ply")))
        require(found == split["images"], f"{split['name']}: {found} files, the manifest has {split['images']}")
    pictures = [read_cloud(path, names) for path in sorted(root.glob("*/*.ply"))]
    return sorted(pictures, key=lambda picture: picture.name)


def project(picture, capture):
    """Whole pixels that the points are seen in."""
    local = picture.extra["local"]
    u = local[:, 0] / local[:, 2] * capture["fx"] + capture["cx"]
    v = local[:, 1] / local[:, 2] * capture["fy"] + capture["cy"]
    require(max(np.abs(u % 1 - 0.5).max(), np.abs(v % 1 - 0.5).max()) < 0.01, f"{picture.name}: points beside pixels")
    return np.floor(v).astype(int), np.floor(u).astype(int)


def compare_object(one, wanted, capture, truth, where):
    require(one.extra["instance"] == wanted.row["instance"], f"{where}: another instance")
    depth = truth.channel(capture, "depth")
    require(int(one.extra["mine"].sum()) == int((wanted.mask & (depth > 0)).sum()), f"{where}: another number of points")


def compare_picture(picture, capture, truth):
    """Every pixel with depth is a point: its place, colour, instance and class."""
    flip = np.diag([1.0, -1, -1, 1])
    require(np.allclose(picture.extra["camera"], truth.world_from_camera(capture) @ flip, atol=1e-11), f"{picture.name}: camera")
    metres = truth.channel(capture, "depth") * capture["depth_unit_m"]
    require(len(picture.extra["points"]) == int((metres > 0).sum()), f"{picture.name}: another number of points")
    if not len(picture.extra["points"]):
        return
    points, (rows, columns) = picture.extra["points"], project(picture, capture)
    require(len(set(zip(rows.tolist(), columns.tolist()))) == len(points), f"{picture.name}: two points of one pixel")
    require(np.abs(picture.extra["local"][:, 2] - metres[rows, columns]).max() < 1e-5, f"{picture.name}: another depth")
    colors = np.stack([points[name] for name in ("red", "green", "blue")], axis=1)
    require(np.array_equal(colors, truth.channel_rgb(capture)[rows, columns]), f"{picture.name}: other colours")
    ids, classes = truth.dataset.instances(capture), np.full(metres.shape, -1)
    for instance, row in truth.dataset.annotations(capture).items():
        if row["category"] >= 0 and not row["thing"]:
            classes[ids == instance] = truth.classes[truth.dataset.categories[row["category"]]["id"]]["id"]
    instances = np.zeros(metres.shape, int)
    for one in truth.objects(capture):
        if not one.ignored:
            instances[one.mask] = one.row["instance"]
            classes[one.mask] = truth.classes[truth.dataset.categories[one.row["category"]]["id"]]["id"]
    require(np.array_equal(points["instance"], instances[rows, columns]), f"{picture.name}: other instances")
    require(np.array_equal(points["class"], classes[rows, columns]), f"{picture.name}: other classes")


def file(root):
    return first(root, "train/*camera.ply")


def edit(old, new):
    def mutate(root):
        data = file(root).read_bytes()
        assert old in data
        file(root).write_bytes(data.replace(old, new, 1))
    return mutate


def edit_point(name, value, index=0):
    def mutate(root):
        data = file(root).read_bytes()
        _, n, offset = read_header(data, "")
        kind = np.dtype([(line.split()[1], TYPES[line.split()[0]]) for line in PROPERTIES])
        points = np.frombuffer(data, kind, n, offset).copy()
        points[name][index if index is not None else points["instance"].argmax()] = value
        file(root).write_bytes(data[:offset] + points.tobytes())
    return mutate


MUTATIONS = [
    ("another byte order", edit(b"binary_little_endian", b"binary_big_endian"), "format binary_big_endian"),
    ("text", edit(b"binary_little_endian", b"ascii"), "format ascii"),
    ("no magic", edit(b"ply\n", b"plx\n"), "no header"),
    ("a property missing", edit(b"property int class\n", b""), "other properties"),
    ("a property of another type", edit(b"float x", b"double x"), "other properties"),
    ("a point too many in the header", edit(b"element vertex ", b"element vertex 1"), "bytes for"),
    ("a file cut off", lambda root: file(root).write_bytes(file(root).read_bytes()[:-5]), "bytes for"),
    ("no number", edit_point("x", np.nan), "not finite"),
    ("a point behind the camera", edit_point("y", -99.0), "behind the camera"),
    ("an unknown class", edit_point("class", 77), "unknown class"),
    ("two classes of one object", edit_point("class", -1, None), "of classes"),
    ("no camera", edit(b"comment world_from_camera", b"comment world_from_nothing"), "no camera"),
    ("a file missing", lambda root: file(root).unlink(), "the manifest has"),
]
