"""What all readers share: the picture they give, and how they complain."""
import dataclasses
import pathlib
import re

import numpy as np
from PIL import Image


class FormatError(Exception):
    """A promise of the format that a file breaks."""


def require(condition, text):
    if not condition:
        raise FormatError(text)


@dataclasses.dataclass
class Object:
    """An object as the format says it. Boxes are half-open [x0, y0, x1, y1] in pixels; None = not in the format."""
    name: str
    box: list = None
    mask: np.ndarray = None
    ignored: bool = False
    extra: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Picture:
    """A picture; `pixels` is an array of RGB."""
    name: str
    width: int
    height: int
    objects: list
    pixels: np.ndarray = None
    split: str = "train"
    extra: dict = dataclasses.field(default_factory=dict)


def load_rgb(source):
    """Pixels of a picture file or file object."""
    if isinstance(source, (str, pathlib.Path)):
        require(pathlib.Path(source).is_file(), f"{source}: the picture is missing")
    with Image.open(source) as picture:
        return np.array(picture.convert("RGB"))


def load_labels(path, modes, size):
    """A picture of labels as it is stored: its mode and size must be the format's."""
    require(path.is_file(), f"{path}: the picture is missing")
    with Image.open(path) as picture:
        require(picture.mode in modes, f"{path}: a picture of kind {picture.mode}, not {modes}")
        require(picture.size == size, f"{path}: {picture.size} pixels, the picture has {size}")
        return np.array(picture)


def check_box(box, width, height, where):
    x0, y0, x1, y1 = box
    require(all(np.isfinite(box)), f"{where}: a number of the box is not finite")
    require(x0 < x1 and y0 < y1, f"{where}: the box is empty")
    require(x0 >= -1e-6 and y0 >= -1e-6 and x1 <= width + 1e-6 and y1 <= height + 1e-6,
            f"{where}: the box leaves the picture")


def extent(mask):
    """[x0, y0, x1, y1] of the set pixels."""
    columns, rows = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    return [int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1] if columns.size else None


def check_disjoint(objects, where):
    """Masks of visible pixels share none."""
    masks = [one.mask for one in objects if one.mask is not None]
    if masks:
        require(np.sum([mask.astype(np.uint8) for mask in masks], axis=0).max() <= 1, f"{where}: masks share pixels")


def check_rotation(matrix, where):
    matrix = np.array(matrix, float).reshape(3, 3)
    require(np.abs(matrix @ matrix.T - np.eye(3)).max() < 1e-6, f"{where}: the rotation is not orthonormal")
    require(np.linalg.det(matrix) > 0, f"{where}: the rotation mirrors")


NUMBER = re.compile(r"-?\d+(\.\d+)?")


def number(text, where):
    """A plain number: digits and a dot, no exponent, no comma."""
    require(NUMBER.fullmatch(text) is not None, f"{where}: {text!r} is no plain number")
    return float(text)


def substitute(path, pattern, replacement, count=1):
    """Breaks a text file: the pattern must be there."""
    text = path.read_text(encoding="utf-8")
    changed, n = re.subn(pattern, replacement, text, count=count, flags=re.DOTALL)
    assert n > 0, f"{path}: nothing to change for {pattern!r}"
    path.write_text(changed, encoding="utf-8")


def first(root, pattern, wanted=None):
    """The first file of a pattern that holds text (or the bytes `wanted`)."""
    for path in sorted(pathlib.Path(root).glob(pattern)):
        data = path.read_bytes()
        if data.strip() and (wanted is None or wanted in data):
            return path
    raise AssertionError(f"no file {pattern} under {root}")


def remove_first(root, pattern):
    first(root, pattern).unlink()


def resize_first(root, pattern):
    """A picture of another size under the same name."""
    path = first(root, pattern)
    with Image.open(path) as picture:
        smaller = picture.crop((0, 0, picture.width - 1, picture.height))
    smaller.save(path)
