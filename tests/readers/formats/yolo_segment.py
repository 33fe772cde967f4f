"""YOLO segmentation: `class x1 y1 x2 y2 ...`, one ring a row, at least three points."""
import numpy as np

from mask_tools import mask_from_polygons, parts_of

from . import yolo_common
from .common import Object, extent, first, remove_first, require, substitute

TINY = "yolo_seg"
IGNORED = "dropped"
JOINS_PARTS = True
BOX_TOLERANCE_PX = 0
LOSS = ("one ring a row: parts of an object are joined by lines that a reader draws too, so the mask of an object in"
        " several parts may have more pixels, all of them on those lines")


def draw_ring(points, width, height):
    """What cv2.fillPoly fills: the ring's lines between whole pixels, and what they enclose by the even-odd rule."""
    pixels = np.floor(np.array(points) + 1e-6).astype(int)
    centres = [list((pixels + 0.5).ravel())] if not np.array_equal(pixels[0], pixels[-1]) else []
    mask = mask_from_polygons(centres, height, width)
    for (x0, y0), (x1, y1) in zip(pixels, np.roll(pixels, -1, axis=0)):
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        t = np.arange(steps + 1) / steps
        mask[np.floor(y0 + t * (y1 - y0) + 0.5).astype(int), np.floor(x0 + t * (x1 - x0) + 0.5).astype(int)] = True
    return mask


def check_count(n, where):
    require(n >= 7 and n % 2 == 1, f"{where}: {n} fields make no ring of three points")


def make_object(name, values, width, height, where):
    points = [(x * width, y * height) for x, y in zip(values[::2], values[1::2])]
    clipped = [(min(x, width - 1e-3), min(y, height - 1e-3)) for x, y in points]
    return Object(name, mask=draw_ring(clipped, width, height), extra={"points": points})


def read(root):
    return yolo_common.read(root, check_count, make_object)


def spell(name):
    return name


def compare_object(one, wanted, capture, truth, where):
    """Parts are joined by lines of one pixel: no more pixels than the way between the parts is long."""
    added = int((one.mask & ~wanted.mask).sum())
    height, width = wanted.mask.shape
    require(added <= (len(parts_of(wanted.mask)) - 1) * max(width, height), f"{where}: {added} pixels were added")


def check_tiny(picture, wanted):
    """There the rings run along the edges of pixels, a part is a row, and a hole is lost: the union of a class."""
    for name in {name for name, _ in wanted}:
        rings = [mask_from_polygons([[c for point in one.extra["points"] for c in point]], 96, 128)
                 for one in picture.objects if one.name == name]
        found, truth = np.any(rings, axis=0), np.any([mask for other, mask in wanted if other == name], axis=0)
        filled = truth if picture.name != "000001" else truth | found & fill_extent(truth)
        require(np.array_equal(found, filled), f"{picture.name}: the rings of {name} are not its mask")
    require({one.name for one in picture.objects} == {name for name, _ in wanted}, f"{picture.name}: other classes")


def fill_extent(mask):
    x0, y0, x1, y1 = extent(mask)
    filled = np.zeros_like(mask)
    filled[y0:y1, x0:x1] = True
    return filled


MUTATIONS = [
    ("a box row among rings", lambda root: substitute(first(root, "labels/*/*.txt"), r"^(\S+( \S+){4})[^\n]*", r"\1"),
     "make no ring"),
    ("an odd number of coordinates", lambda root: substitute(first(root, "labels/*/*.txt"), r" \S+\n", "\n"),
     "make no ring"),
    ("an unknown class", lambda root: substitute(first(root, "labels/*/*.txt"), r"^\d+", "99"), "is unknown"),
    ("a decimal comma", lambda root: substitute(first(root, "labels/*/*.txt"), r"0\.", "0,"), "no plain number"),
    ("an exponent", lambda root: substitute(first(root, "labels/*/*.txt"), r" 0\.\d+", " 5e-1"), "no plain number"),
    ("a coordinate outside", lambda root: substitute(first(root, "labels/*/*.txt"), r" 0\.\d+", " 1.500000"),
     "leaves the picture"),
    ("a row twice", lambda root: substitute(first(root, "labels/*/*.txt"), r"^([^\n]+\n)", r"\1\1"), "occurs twice"),
    ("a picture missing", lambda root: remove_first(root, "images/*/*.png"), "labels and pictures differ"),
    ("labels missing", lambda root: remove_first(root, "labels/*/*.txt"), "labels and pictures differ"),
    ("a gap in the ids", lambda root: substitute(root / "data.yaml", r"\n  1: ", "\n  7: "), "have gaps"),
    ("nc of another list", lambda root: substitute(root / "data.yaml", r"nc: \d+", "nc: 77"), "nc is not"),
]
