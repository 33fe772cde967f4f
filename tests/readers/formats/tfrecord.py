"""TFRecord for object detection: framing with crc32c, protocol buffers by hand, PNG masks."""
import io
import pathlib
import re
import struct

import numpy as np
from PIL import Image

from .common import Object, Picture, check_box, check_disjoint, extent, load_rgb, require, substitute

TINY = "tfrecord"
IGNORED = "dropped"
BOX_TOLERANCE_PX = 1e-4
LOSS = "boxes are float32 shares of the picture, exact to 1e-4 pixels; ignored objects are dropped; no depth and no pose"
BYTES, FLOATS, INTS = 1, 2, 3
FEATURES = {
    "image/encoded": BYTES, "image/format": BYTES, "image/filename": BYTES, "image/source_id": BYTES,
    "image/height": INTS, "image/width": INTS, "image/object/bbox/xmin": FLOATS, "image/object/bbox/xmax": FLOATS,
    "image/object/bbox/ymin": FLOATS, "image/object/bbox/ymax": FLOATS, "image/object/class/text": BYTES,
    "image/object/class/label": INTS,
}


def spell(name):
    return name


def crc32c(data):
    """Bit by bit, from the polynomial."""
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return crc ^ 0xffffffff


def crc32c_fast(data, table=[]):  # noqa: B006  the table is made once
    if not table:
        for i in range(256):
            for _ in range(8):
                i = i >> 1 ^ (0x82f63b78 if i & 1 else 0)
            table.append(i)
        assert crc32c(b"123456789") == 0xe3069283
    crc = 0xffffffff
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 255]
    return crc ^ 0xffffffff


def masked(data):
    crc = crc32c_fast(data)
    return ((crc >> 15 | crc << 17) + 0xa282ead8) & 0xffffffff


def read_records(path):
    data, at = path.read_bytes(), 0
    while at < len(data):
        require(at + 12 <= len(data), f"{path}: ends within a record")
        length, check = struct.unpack_from("<QI", data, at)
        require(check == masked(data[at:at + 8]), f"{path}: the checksum of a length is wrong")
        require(at + 16 + length <= len(data), f"{path}: ends within a record")
        body = data[at + 12:at + 12 + length]
        require(struct.unpack_from("<I", data, at + 12 + length)[0] == masked(body), f"{path}: the checksum of a record is wrong")
        yield body
        at += 16 + length


def varint(data, at, where):
    value, shift = 0, 0
    while True:
        require(at < len(data), f"{where}: a number is cut off")
        value |= (data[at] & 127) << shift
        shift += 7
        at += 1
        if data[at - 1] < 128:
            return value, at


def fields(data, where):
    """(number, kind, value) of a message."""
    at = 0
    while at < len(data):
        tag, at = varint(data, at, where)
        kind = tag & 7
        if kind == 0:
            value, at = varint(data, at, where)
        elif kind == 2:
            length, at = varint(data, at, where)
            require(at + length <= len(data), f"{where}: a field is cut off")
            value, at = data[at:at + length], at + length
        elif kind == 5:
            value, at = data[at:at + 4], at + 4
        else:
            require(False, f"{where}: a field of kind {kind}")
        yield tag >> 3, kind, value


def values_of(kind, data, where):
    found = []
    for number, wire, value in fields(data, where):
        require(number == 1, f"{where}: field {number} in a list")
        if kind == BYTES:
            found.append(value)
        elif kind == FLOATS:
            found += struct.unpack(f"<{len(value) // 4}f", value)
        elif wire == 0:
            found.append(value)
        else:
            at = 0
            while at < len(value):
                one, at = varint(value, at, where)
                found.append(one)
    return found


def read_example(data, where):
    features = {}
    (number, _, body), = fields(data, where)
    require(number == 1, f"{where}: no features")
    for _, _, entry in fields(body, where):
        parts = {key: value for key, _, value in fields(entry, where)}
        name = parts[1].decode()
        (kind, _, values), = fields(parts[2], where)
        require(name not in features, f"{where}: {name} occurs twice")
        require(kind == FEATURES.get(name, kind), f"{where}: {name} is of kind {kind}")
        features[name] = values_of(kind, values, f"{where}, {name}")
    missing = set(FEATURES) - set(features)
    require(not missing, f"{where}: without {sorted(missing)}")
    return features


def read_mask(data, size, where):
    with Image.open(io.BytesIO(data)) as picture:
        require(picture.mode == "L" and picture.size == size, f"{where}: a mask of another size or kind")
        mask = np.array(picture)
    require(set(np.unique(mask)) <= {0, 1}, f"{where}: a mask of more than 0 and 1")
    return mask == 1


def read_picture(body, names, split, where):
    f = read_example(body, where)
    encoded, kind = f["image/encoded"][0], f["image/format"][0]
    require(kind in (b"png", b"jpeg"), f"{where}: format {kind}")
    require(encoded.startswith(b"\x89PNG" if kind == b"png" else b"\xff\xd8"), f"{where}: the picture is no {kind.decode()}")
    pixels = load_rgb(io.BytesIO(encoded))
    size = pixels.shape[1], pixels.shape[0]
    require((f["image/width"], f["image/height"]) == ([size[0]], [size[1]]), f"{where}: the picture has another size")
    columns = [f[f"image/object/bbox/{side}"] for side in ("xmin", "ymin", "xmax", "ymax")]
    lists = columns + [f["image/object/class/label"], f["image/object/class/text"]]
    lists += [f[name] for name in ("image/object/mask", "image/object/area") if name in f]
    require(len({len(one) for one in lists}) == 1, f"{where}: lists of different lengths")
    objects = []
    for i, box in enumerate(zip(*columns)):
        box = [value * size[axis % 2] for axis, value in enumerate(box)]
        check_box([round(value, 3) for value in box], *size, where)
        label, text = f["image/object/class/label"][i], f["image/object/class/text"][i].decode()
        require(names.get(label) == text, f"{where}: label {label} is not {text!r}")
        one = Object(text, box)
        if "image/object/mask" in f:
            one.mask = read_mask(f["image/object/mask"][i], size, where)
            require(one.mask.any() and np.abs(np.array(extent(one.mask)) - box).max() < 1e-3,
                    f"{where}: the box is not the extent of the mask")
            require(f["image/object/area"][i] == one.mask.sum(), f"{where}: area")
        objects.append(one)
    check_disjoint(objects, where)
    return Picture(f["image/filename"][0].decode(), *size, objects, pixels, split, {"id": f["image/source_id"][0]})


def read_names(path):
    text = path.read_text(encoding="utf-8")
    names = {}
    for id_text, quote, name in re.findall(r"item \{\n  id: (\d+)\n  name: (['\"])(.*)\2\n\}\n", text):
        raw = re.sub(rb"\\(\d{3}|.)", lambda m: bytes([int(m[1], 8)]) if len(m[1]) == 3 else m[1], name.encode())
        require(int(id_text) >= 1 and int(id_text) not in names, f"{path}: id {id_text}")
        names[int(id_text)] = raw.decode()
    require(sorted(names) == list(range(1, len(names) + 1)), f"{path}: ids have gaps")
    return names


def read(root):
    root = pathlib.Path(root)
    names, pictures, totals = read_names(root / "label_map.pbtxt"), [], {}
    for path in sorted(root.glob("*.tfrecord-*")):
        parts = re.fullmatch(r"(.+)\.tfrecord-(\d{5})-of-(\d{5})", path.name)
        require(parts is not None, f"{path}: another name than a shard's")
        totals.setdefault((parts[1], int(parts[3])), []).append(int(parts[2]))
        for i, body in enumerate(read_records(path)):
            pictures.append(read_picture(body, names, parts[1], f"{path.name}, record {i}"))
    for (split, total), found in totals.items():
        require(found == list(range(total)), f"{split}: a shard is missing")
    require(pictures, f"{root}: no shards")
    ids = [picture.extra["id"] for picture in pictures]
    require(len(ids) == len(set(ids)), f"{root}: a source_id occurs twice")
    return sorted(pictures, key=lambda picture: picture.name)


def shard(root):
    return next(root.glob("train.tfrecord-*"))


def rewrite(change):
    """Changes the first record that has objects, with checksums that are right again."""
    def mutate(root):
        path, out, changed = shard(root), b"", False
        for body in read_records(path):
            if not changed and b"class/text" in body and len(read_example(body, "")["image/object/class/label"]) > 1:
                before, body, changed = body, change(body), True
                assert body != before
            length = struct.pack("<Q", len(body))
            out += length + struct.pack("<I", masked(length)) + body + struct.pack("<I", masked(body))
        assert changed
        path.write_bytes(out)
    return mutate


def rename_feature(old, new):
    return rewrite(lambda body: body.replace(old, new, 1))


def change_float(name, value):
    """Overwrites the first number of a list of floats."""
    def change(body):
        first = struct.pack("<f", read_example(body, "")[name][0])
        at = body.index(first, body.index(name.encode()))
        return body[:at] + struct.pack("<f", value) + body[at + 4:]
    return rewrite(change)


def flip(offset):
    def mutate(root):
        data = bytearray(shard(root).read_bytes())
        data[offset] ^= 1
        shard(root).write_bytes(data)
    return mutate


def repeat_first(root):
    path = shard(root)
    body = next(read_records(path))
    path.write_bytes(path.read_bytes() + path.read_bytes()[:16 + len(body)])


MUTATIONS = [
    ("a damaged length", flip(0), "checksum of a length"),
    ("a damaged record", flip(200), "checksum of a record"),
    ("a file cut off", lambda root: shard(root).write_bytes(shard(root).read_bytes()[:-7]), "within a record"),
    ("a feature missing", rename_feature(b"image/source_id", b"image/source_ix"), "without ['image/source_id']"),
    ("another box", change_float("image/object/bbox/xmin", 0.001), "not the extent"),
    ("a box outside", change_float("image/object/bbox/xmax", 1.5), "leaves the picture"),
    ("an empty box", change_float("image/object/bbox/xmax", 0.0), "box is empty"),
    ("another area", change_float("image/object/area", 7.0), "area"),
    ("another format", rename_feature(b"\x03png", b"\x03gif"), "format b'gif'"),
    ("a picture twice", repeat_first, "occurs twice"),
    ("a shard of a lost set", lambda root: shard(root).rename(root / "train.tfrecord-00000-of-00002"), "a shard is missing"),
    ("another name of a class", lambda root: substitute(root / "label_map.pbtxt", r'name: "', 'name: "x'), "is not"),
    ("a gap in the ids", lambda root: substitute(root / "label_map.pbtxt", r"id: 2", "id: 7"), "have gaps"),
]
