"""KITTI flow as its development kit reads it: pairs _10 and _11 with 16-bit flow of all pixels and of those seen in both."""
import pathlib
import re
import struct
import zlib

import numpy as np

from .common import load_rgb, require


def read_png16(path):
    """A PNG of 16-bit RGB without colour chunks, decoded here: no library of the tests reads this kind whole."""
    require(path.is_file(), f"{path}: the picture is missing")
    data = path.read_bytes()
    require(data[:8] == b"\x89PNG\r\n\x1a\n", f"{path}: no PNG")
    at, header, packed, ended = 8, None, b"", False
    while at + 12 <= len(data) and not ended:
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        require(len(data) >= at + 12 + size, f"{path}: cut off")
        require(struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0] == zlib.crc32(kind + body),
                f"{path}: damaged")
        require(kind in (b"IHDR", b"IDAT", b"IEND"), f"{path}: a chunk {kind} in a picture of numbers")
        header = struct.unpack(">IIBBBBB", body) if kind == b"IHDR" else header
        packed += body if kind == b"IDAT" else b""
        ended = kind == b"IEND"
        at += 12 + size
    require(ended and header is not None, f"{path}: cut off")
    width, height, *rest = header
    require(rest == [16, 2, 0, 0, 0], f"{path}: not 16-bit RGB")
    return unfilter(np.frombuffer(zlib.decompress(packed), np.uint8), width, height, path)


def unfilter(raw, width, height, path):
    stride = 6 * width
    require(raw.size == height * (stride + 1), f"{path}: too few pixels")
    rows = raw.reshape(height, stride + 1)
    above, out = np.zeros(stride, np.int32), np.zeros((height, stride), np.uint8)
    for y in range(height):
        kind, line = rows[y, 0], rows[y, 1:].astype(np.int32)
        require(kind <= 4, f"{path}: damaged")
        if kind == 2:
            line = (line + above) % 256
        elif kind:
            for x in range(stride):
                left, up = (line[x - 6] if x >= 6 else 0), above[x]
                corner = above[x - 6] if x >= 6 else 0
                guess = left + up - corner
                nearest = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
                line[x] = (line[x] + {1: left, 3: (left + up) // 2, 4: nearest}[kind]) % 256
        above, out[y] = line, line
    return out.view(">u2").reshape(height, width, 3).astype(np.int32)


def read_flow(path):
    """(flow in pixels, valid)."""
    stored = read_png16(path)
    valid = stored[..., 2]
    require(np.isin(valid, (0, 1)).all(), f"{path}: a pixel is neither valid nor not")
    require((stored[valid == 0] == 0).all(), f"{path}: a pixel without flow has a value")
    return (stored[..., :2] - 32768) / 64, valid == 1


def read_pair(base, stem):
    pictures = [load_rgb(base / "image_2" / f"{stem}_{frame}.png") for frame in (10, 11)]
    occ, noc = (read_flow(base / kind / f"{stem}_10.png") for kind in ("flow_occ", "flow_noc"))
    shape = pictures[0].shape[:2]
    require(all(one.shape[:2] == shape for one in (pictures[1], occ[0], noc[0])), f"{stem}: pictures of several sizes")
    require((occ[1] >= noc[1]).all(), f"{stem}: flow_noc has pixels that flow_occ has not")
    require((occ[0][noc[1]] == noc[0][noc[1]]).all(), f"{stem}: flow_noc says otherwise than flow_occ")
    y, x = np.indices(shape) + 0.5
    u, v = x + noc[0][..., 0], y + noc[0][..., 1]
    inside = (u > -0.01) & (v > -0.01) & (u < shape[1] + 0.01) & (v < shape[0] + 0.01)
    require(inside[noc[1]].all(), f"{stem}: flow_noc leaves the picture")
    return pictures, occ, noc


def read(root):
    """{split: {stem: (pictures, occ, noc)}}."""
    root, found = pathlib.Path(root), {}
    for path in sorted((root / "ImageSets").glob("*.txt")):
        stems = path.read_text().splitlines()
        require(all(re.fullmatch(r"\d{6}", stem) for stem in stems), f"{path}: names have six digits")
        found[path.stem] = {stem: read_pair(root / "training", stem) for stem in stems}
    stems = [stem for pairs in found.values() for stem in pairs]
    require(len(stems) == len(set(stems)), "ImageSets: a pair is in two places")
    for folder, frames in (("image_2", ("10", "11")), ("flow_occ", ("10",)), ("flow_noc", ("10",))):
        names = {path.name for path in (root / "training" / folder).iterdir()}
        require(names == {f"{stem}_{frame}.png" for stem in stems for frame in frames},
                f"training/{folder}: other files than in ImageSets")
    return found


def write_png16(path, values):
    """For broken files."""
    height, width, _ = values.shape
    raw = b"".join(b"\0" + values[y].astype(">u2").tobytes() for y in range(height))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def change(kind, edit):
    def mutate(root):
        path = root / "training" / kind / "000000_10.png"
        values = read_png16(path)
        edit(values)
        write_png16(path, values)
    return mutate


def first_seen(values):
    return tuple(np.argwhere(values[..., 2] == 1)[0])


def break_value(values):
    values[first_seen(values)] = (32768 + 640, 32768, 1)


def break_flag(values):
    values[first_seen(values)] = (32768, 32768, 7)


def break_empty(values):
    values[0, 0] = (5, 0, 0)


def cut(root):
    path = root / "training" / "flow_occ" / "000000_10.png"
    path.write_bytes(path.read_bytes()[:-30])


def remove(name):
    return lambda root: (root / "training" / name).unlink()


def shrink(root):
    write_png16(root / "training" / "flow_occ" / "000000_10.png",
                read_png16(root / "training" / "flow_occ" / "000000_10.png")[:-1])


MUTATIONS = [
    ("another value", change("flow_noc", break_value), "says otherwise"),
    ("a flag of 7", change("flow_occ", break_flag), "neither valid nor not"),
    ("a value without flag", change("flow_occ", break_empty), "without flow has a value"),
    ("a cut file", cut, "cut off"),
    ("no second picture", remove("image_2/000000_11.png"), "missing"),
    ("no flow", remove("flow_noc/000000_10.png"), "missing"),
    ("another size", shrink, "several sizes"),
    ("a pair nobody lists", lambda root: (root / "ImageSets" / "train.txt").write_text("000000\n"), "other files"),
]
