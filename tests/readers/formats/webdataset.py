"""WebDataset shards: POSIX ustar, adjacent members of a sample, and the wids index."""
import io
import json
import pathlib
import re
import tarfile

import numpy as np
from PIL import Image

from .common import (FormatError, Object, Picture, check_box, check_disjoint, check_rotation, extent, load_rgb, require,
                     substitute)

TINY = "wds"
IGNORED = "marked"
BOX_TOLERANCE_PX = 0
LOSS = "nothing that the store has of objects; no stuff"
BLOCK = 512
CATEGORIES = {1: "box", 2: "card", 3: "bar"}


def spell(name):
    return name


def check_ustar(path):
    """What tarfile forgives: magic, plain files, whole blocks, an end."""
    data = path.read_bytes()
    require(len(data) % BLOCK == 0, f"{path}: no whole blocks")
    at = 0
    while data[at:at + BLOCK].strip(b"\0"):
        header = data[at:at + BLOCK]
        require(header[257:265] in (b"ustar\0" b"00", b"ustar  \0"), f"{path}: no ustar header at {at}")
        require(header[156:157] in (b"0", b"\0"), f"{path}: a member that is no plain file")
        total = sum(header) - sum(header[148:156]) + 8 * 32
        require(int(header[148:154], 8) == total, f"{path}: the checksum of a header at {at} is wrong")
        size = int(header[124:135], 8)
        at += BLOCK + (size + BLOCK - 1) // BLOCK * BLOCK
        require(at + 2 * BLOCK <= len(data), f"{path}: ends within a member")
    require(not data[at:].strip(b"\0"), f"{path}: something behind the end")


def read_shard(path):
    """[(key, {suffix: bytes})]"""
    check_ustar(path)
    samples = []
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                key, _, suffix = member.name.partition(".")
                require("/" not in member.name and suffix == suffix.lower(), f"{path}: name {member.name!r}")
                if not samples or samples[-1][0] != key:
                    require(key not in {one for one, _ in samples}, f"{path}: members of {key} are apart")
                    samples.append((key, {}))
                require(suffix not in samples[-1][1], f"{path}: {member.name} occurs twice")
                samples[-1][1][suffix] = tar.extractfile(member).read()
    except tarfile.TarError as error:
        raise FormatError(f"{path}: {error}") from error
    require([key for key, _ in samples] == sorted(key for key, _ in samples), f"{path}: keys are not in order")
    require(len({tuple(sorted(one)) for _, one in samples}) <= 1, f"{path}: samples of different kinds")
    return samples


def read_object(row, ids, size, where):
    x, y, w, h = row["bbox"]
    check_box([x, y, x + w, y + h], *size, where)
    name = row.get("name", CATEGORIES.get(row["category"]))
    one = Object(name, [x, y, x + w, y + h], ignored=row.get("ignored", False), extra=row)
    if ids is not None:
        one.mask = ids == row["instance"]
        require(one.mask.any(), f"{where}: instance {row['instance']} has no pixel")
        require(row["area"] == int(one.mask.sum()), f"{where}: area of instance {row['instance']}")
        require(one.box == extent(one.mask), f"{where}: box of instance {row['instance']} is not its extent")
        pose = np.array(row["camera_from_object"]).reshape(4, 4)
        check_rotation(pose[:3, :3], f"{where}, instance {row['instance']}")
        require(pose[3].tolist() == [0, 0, 0, 1], f"{where}: the pose is not affine")
    return one


def read_sample(key, members, split):
    pictures = [suffix for suffix in members if suffix in ("png", "jpg", "webp")]
    require(len(pictures) == 1 and "json" in members, f"{key}: members {sorted(members)}")
    try:
        data = json.loads(members["json"])
    except ValueError as error:
        raise FormatError(f"{key}: {error}") from error
    pixels = load_rgb(io.BytesIO(members[pictures[0]]))
    size, ids, depth = (pixels.shape[1], pixels.shape[0]), None, None
    require((data.get("width", size[0]), data.get("height", size[1])) == size, f"{key}: the picture has another size")
    if "mask.png" in members:
        with Image.open(io.BytesIO(members["mask.png"])) as picture:
            require(picture.mode in ("I;16", "I") and picture.size == size, f"{key}: the mask has another size or kind")
            ids = np.array(picture)
        known = [row["instance"] for row in data["objects"]]
        require(len(known) == len(set(known)), f"{key}: an instance occurs twice")
        require(set(np.unique(ids).tolist()) - {0} <= set(known), f"{key}: pixels of an instance that is not listed")
    if "depth.npy" in members:
        depth = np.load(io.BytesIO(members["depth.npy"]))
        require(depth.shape == size[::-1] and np.isfinite(depth).all(), f"{key}: depth of another shape")
    objects = [read_object(row, ids, size, key) for row in data["objects"]]
    check_disjoint(objects, key)
    return Picture(key, *size, objects, pixels, split, {"data": data, "depth": depth})


def read_index(path):
    index = json.loads(path.read_text(encoding="utf-8"))
    require(index["__kind__"] == "wids-shard-index-v1" and index["wids_version"] == 1, f"{path}: another kind of index")
    pictures = []
    for shard in index["shardlist"]:
        tar = path.parent / shard["url"]
        require(re.fullmatch(r".+-\d{6}\.tar", shard["url"]) is not None, f"{path}: shard {shard['url']!r}")
        require(tar.is_file(), f"{tar} is missing")
        require(tar.stat().st_size == shard["filesize"], f"{path}: filesize of {shard['url']}")
        samples = read_shard(tar)
        require(len(samples) == shard["nsamples"], f"{path}: nsamples of {shard['url']}")
        pictures += [read_sample(key, members, index["name"]) for key, members in samples]
    return pictures, [shard["url"] for shard in index["shardlist"]]


def read(root):
    root = pathlib.Path(root)
    pictures, listed = [], []
    for path in sorted(root.glob("*.json")):
        if path.name != "manifest.json":
            found, shards = read_index(path)
            pictures += found
            listed += shards
    require(sorted(listed) == sorted(path.name for path in root.glob("*.tar")), f"{root}: other shards than in the index")
    keys = [picture.name for picture in pictures]
    require(len(keys) == len(set(keys)), f"{root}: a key occurs twice")
    return sorted(pictures, key=lambda picture: picture.name)


FLIP = np.diag([1.0, -1, -1, 1])


def compare_object(one, wanted, capture, truth, where):
    row, pose = wanted.row, truth.pose(wanted.row)
    require(one.extra["instance"] == row["instance"], f"{where}: another instance")
    for key in ("visibility", "truncation", "distance_m"):
        require(one.extra[key] == row[key], f"{where}: {key} is {one.extra[key]}, stored {row[key]}")
    found = np.array(one.extra["camera_from_object"]).reshape(4, 4)
    require(np.array_equal(found, FLIP @ pose["camera_from_object"]), f"{where}: another pose")
    require(one.extra["box_size_m"] == [pose[f"box_size_{axis}"] for axis in "xyz"], f"{where}: another 3D box")


def compare_picture(picture, capture, truth):
    data = picture.extra["data"]
    require(data["camera_matrix"] == [capture["fx"], 0, capture["cx"] - 0.5, 0, capture["fy"], capture["cy"] - 0.5, 0, 0, 1],
            f"{picture.name}: another camera")
    require(np.array_equal(np.array(data["world_from_camera"]).reshape(4, 4), truth.world_from_camera(capture) @ FLIP),
            f"{picture.name}: another place of the camera")
    metres = truth.channel(capture, "depth") * capture["depth_unit_m"]
    require(np.abs(picture.extra["depth"] - metres).max() < 1e-6 * max(1, metres.max()), f"{picture.name}: another depth")


def check_tiny(picture, wanted):
    require([one.name for one in picture.objects] == [name for name, _ in wanted], f"{picture.name}: other classes")
    for one, (_, mask) in zip(picture.objects, wanted):
        require(one.box == extent(mask), f"{picture.name}: {one.name} differs")


def repack(change):
    """Writes the first shard again with changed members, and the index with it."""
    def mutate(root):
        path, index = root / "train-000000.tar", root / "train.json"
        with tarfile.open(path) as tar:
            members = [(member.name, tar.extractfile(member).read()) for member in tar]
        with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
            for name, data in change(members):
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
        substitute(index, r'"filesize": \d+', f'"filesize": {path.stat().st_size}')
    return mutate


def edit_json(pattern, replacement):
    def change(members):
        at = next(i for i, (name, data) in enumerate(members) if name.endswith(".json") and b'"instance"' in data)
        text = re.sub(pattern, replacement, members[at][1].decode(), count=1)
        assert text != members[at][1].decode(), pattern
        return members[:at] + [(members[at][0], text.encode())] + members[at + 1:]
    return repack(change)


def flip_byte(root):
    path = root / "train-000000.tar"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)


def cut(root):
    path = root / "train-000000.tar"
    path.write_bytes(path.read_bytes()[:4096])
    substitute(root / "train.json", r'"filesize": \d+', '"filesize": 4096')


MUTATIONS = [
    ("members apart", repack(lambda m: m[:1] + m[4:] + m[1:4]), "are apart"),
    ("a member twice", repack(lambda m: m[:1] + m), "occurs twice"),
    ("a member missing", repack(lambda m: m[:2] + m[3:]), "different kinds"),
    ("keys out of order", repack(lambda m: m[4:8] + m[:4] + m[8:]), "not in order"),
    ("a damaged header", flip_byte, "checksum"),
    ("an archive cut off", cut, "within a member"),
    ("another area", edit_json(r'"area":(\d+)', r'"area":\g<1>1'), "area of"),
    ("another box", edit_json(r'"bbox":\[\d+', '"bbox":[1'), "is not its extent"),
    ("a box outside", edit_json(r'"bbox":\[\d+', '"bbox":[900'), "leaves the picture"),
    ("another instance", edit_json(r'"instance":\d+', '"instance":900'), "that is not listed"),
    ("a mirrored pose", edit_json(
        r'"camera_from_object":\[([-.e\d]+),([-.e\d]+),([-.e\d]+)', lambda m: '"camera_from_object":[' + ",".join(
            f"{-float(one)}" for one in m.groups())), "mirrors"),
    ("a pose with a scale", edit_json(
        r'"camera_from_object":\[([-.e\d]+),([-.e\d]+),([-.e\d]+)', lambda m: '"camera_from_object":[' + ",".join(
            f"{2 * float(one)}" for one in m.groups())), "not orthonormal"),
    ("another number of samples", lambda root: substitute(root / "train.json", r'"nsamples": \d+', '"nsamples": 3'), "nsamples"),
    ("another size of a shard", lambda root: substitute(root / "train.json", r'"filesize": \d+', '"filesize": 3'), "filesize"),
    ("a shard missing", lambda root: (root / "train-000000.tar").unlink(), "is missing"),
]
