"""NumPy frames: .npz read by NumPy itself, without pickles, and classes.json."""
import io
import json
import pathlib
import zipfile
import zlib

import numpy as np

from .common import (FormatError, Object, Picture, check_box, check_rotation, extent, first, require, substitute)

TINY = None
IGNORED = "marked"
BOX_TOLERANCE_PX = 0
LOSS = "names of files and draws of randomizers are elsewhere; nothing else is lost"
#: name -> (type, shape); n objects, h rows, w columns.
ARRAYS = {
    "rgb": ("uint8", "hw3"), "depth": ("float32", "hw"), "instance": ("uint16", "hw"), "class": ("int32", "hw"),
    "instances": ("uint32", "n"), "classes": ("int64", "n"), "boxes": ("int32", "n4"), "ignored": ("bool", "n"),
    "visibility": ("float64", "n"), "truncation": ("float64", "n"), "camera_from_object": ("float64", "n44"),
    "box_center_world": ("float64", "n3"), "box_size": ("float64", "n3"), "camera_matrix": ("float64", "33"),
    "world_from_camera": ("float64", "44"),
}
FLIP = np.diag([1.0, -1, -1, 1])


def spell(name):
    return name


def load(path):
    try:
        with zipfile.ZipFile(path) as archive:
            require(archive.testzip() is None, f"{path}: a member is damaged")
        with np.load(path, allow_pickle=False) as data:
            arrays = {name: data[name] for name in data.files}
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, zlib.error) as error:
        raise FormatError(f"{path}: damaged: {error}") from error
    require(set(arrays) == set(ARRAYS), f"{path}: arrays {sorted(set(arrays) ^ set(ARRAYS))}")
    sizes = {"h": arrays["rgb"].shape[0], "w": arrays["rgb"].shape[1], "n": len(arrays["instances"])}
    for name, (kind, shape) in ARRAYS.items():
        wanted = tuple(sizes[letter] if letter in sizes else int(letter) for letter in shape)
        require(arrays[name].dtype == np.dtype(kind), f"{path}: {name} is of type {arrays[name].dtype}")
        require(arrays[name].shape == wanted, f"{path}: {name} has shape {arrays[name].shape}, not {wanted}")
    return arrays


def read_object(a, i, names, size, where):
    require(int(a["classes"][i]) in names, f"{where}: class {a['classes'][i]} is unknown")
    box = a["boxes"][i].tolist()
    check_box(box, *size, where)
    mask = a["instance"] == a["instances"][i]
    require(mask.any(), f"{where}: instance {a['instances'][i]} has no pixel")
    require(box == extent(mask), f"{where}: box {box} is not the extent of the mask")
    require((a["class"][mask] == a["classes"][i]).all(), f"{where}: pixels of another class")
    check_rotation(a["camera_from_object"][i][:3, :3], where)
    return Object(names[int(a["classes"][i])], box, mask, bool(a["ignored"][i]),
                  {name: a[name][i] for name, (_, shape) in ARRAYS.items() if shape[0] == "n"})


def read_picture(path, names):
    a = load(path)
    size = a["rgb"].shape[1], a["rgb"].shape[0]
    require(np.isfinite(a["depth"]).all() and (a["depth"] >= 0).all(), f"{path}: depth")
    require(len(set(a["instances"].tolist())) == len(a["instances"]), f"{path}: an instance occurs twice")
    require(set(np.unique(a["instance"]).tolist()) - {0} <= set(a["instances"].tolist()),
            f"{path}: pixels of an instance that is not listed")
    require(set(np.unique(a["class"]).tolist()) - {-1} <= set(names), f"{path}: pixels of an unknown class")
    check_rotation(a["world_from_camera"][:3, :3], path)
    objects = [read_object(a, i, names, size, path) for i in range(len(a["instances"]))]
    return Picture(path.stem, *size, objects, a["rgb"], path.parent.name, a)


def read(root):
    root = pathlib.Path(root)
    classes = json.loads((root / "classes.json").read_text(encoding="utf-8"))
    names = {row["id"]: row["name"] for row in classes}
    require(len(names) == len(classes), "classes.json: an id occurs twice")
    splits = json.loads((root / "manifest.json").read_text(encoding="utf-8"))["splits"]
    for split in splits:
        found = len(list((root / split["name"]).glob("*.npz")))
        require(found == split["images"], f"{split['name']}: {found} files, the manifest has {split['images']}")
    pictures = [read_picture(path, names) for path in sorted(root.glob("*/*.npz"))]
    return sorted(pictures, key=lambda picture: picture.name)


def compare_object(one, wanted, capture, truth, where):
    row, pose = wanted.row, truth.pose(wanted.row)
    require(one.extra["instances"] == row["instance"], f"{where}: another instance")
    for name in ("visibility", "truncation"):
        require(one.extra[name] == row[name], f"{where}: {name}")
    require(np.array_equal(one.extra["camera_from_object"], FLIP @ pose["camera_from_object"]), f"{where}: another pose")
    require(one.extra["box_size"].tolist() == [pose[f"box_size_{axis}"] for axis in "xyz"], f"{where}: another 3D box")
    require(one.extra["box_center_world"].tolist() == [pose[f"box_center_{axis}"] for axis in "xyz"],
            f"{where}: another place")


def compare_picture(picture, capture, truth):
    a = picture.extra
    require(np.array_equal(a["camera_matrix"], [[capture["fx"], 0, capture["cx"] - 0.5],
                                                [0, capture["fy"], capture["cy"] - 0.5], [0, 0, 1]]),
            f"{picture.name}: another camera")
    require(np.array_equal(a["world_from_camera"], truth.world_from_camera(capture) @ FLIP), f"{picture.name}: camera")
    metres = truth.channel(capture, "depth") * capture["depth_unit_m"]
    require(np.abs(a["depth"] - metres).max() < 1e-6 * max(1, metres.max()), f"{picture.name}: another depth")
    ids, wanted = truth.dataset.instances(capture), np.full(a["class"].shape, -1)
    for instance, row in truth.dataset.annotations(capture).items():
        if row["category"] >= 0 and not row["thing"]:
            wanted[ids == instance] = truth.classes[truth.dataset.categories[row["category"]]["id"]]["id"]
    for one in picture.objects:
        wanted[one.mask] = one.extra["classes"]
    require(np.array_equal(a["class"], wanted), f"{picture.name}: other classes of pixels")


def repack(change):
    """Changes the arrays of the first file that has objects."""
    def mutate(root):
        for path in sorted(root.glob("train/*.npz")):
            with np.load(path) as data:
                arrays = {name: data[name].copy() for name in data.files}
            if len(arrays["instances"]):
                change(arrays)
                np.savez(path, **arrays)
                return
        raise AssertionError("no objects")
    return mutate


def put(name, where, value):
    def change(arrays):
        arrays[name][where] = value
    return repack(change)


def damage(root):
    path = first(root, "train/*.npz")
    data = bytearray(path.read_bytes())
    data[5000] ^= 255
    path.write_bytes(data)


def add_pickle(root):
    path = first(root, "train/*.npz")
    buffer = io.BytesIO()
    np.save(buffer, np.array([{}], dtype=object), allow_pickle=True)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("secret.npy", buffer.getvalue())


MUTATIONS = [
    ("a damaged member", damage, "damaged"),
    ("a pickle", add_pickle, "damaged: Object arrays cannot be loaded"),
    ("an array missing", repack(lambda a: a.pop("boxes")), "arrays ['boxes']"),
    ("an array of another type", repack(lambda a: a.update(boxes=a["boxes"].astype(float))), "is of type"),
    ("an array of another shape", repack(lambda a: a.update(depth=a["depth"][:-1])), "has shape"),
    ("another box", put("boxes", (0, 0), 1), "is not the extent"),
    ("a box outside", put("boxes", (0, 2), 999), "leaves the picture"),
    ("another instance", put("instances", 0, 900), "that is not listed"),
    ("an instance twice", repack(lambda a: a["instances"].__setitem__(1, a["instances"][0])), "occurs twice"),
    ("an unknown class", put("classes", 0, 77), "is unknown"),
    ("pixels of another class", repack(lambda a: a["class"].__setitem__(a["instance"] > 0, -1)), "pixels of another class"),
    ("a mirrored pose", repack(lambda a: a["camera_from_object"][0].__imul__(-1)), "mirrors"),
    ("a stretched pose", repack(lambda a: a["camera_from_object"][0].__imul__(2)), "not orthonormal"),
    ("depth without a number", put("depth", (0, 0), np.nan), "depth"),
    ("an id of a class twice", lambda root: substitute(root / "classes.json", r'"id": 2', '"id": 1'), "occurs twice"),
    ("a file missing", lambda root: first(root, "train/*.npz").unlink(), "the manifest has"),
]
