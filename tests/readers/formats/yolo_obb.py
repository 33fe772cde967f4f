"""YOLO oriented boxes: `class x1 y1 x2 y2 x3 y3 x4 y4`, corners in ring order."""
import numpy as np

from . import yolo_common
from .common import Object, extent, first, require, substitute
from .yolo_segment import MUTATIONS as SHARED

TINY = "yolo_obb"
IGNORED = "dropped"
BOX_TOLERANCE_PX = 0
LOSS = "no mask: the rectangle is compared with the pixels it must hold, and with the least area among all directions"


def check_count(n, where):
    require(n == 9, f"{where}: {n} fields, four corners make 9")


def make_object(name, values, width, height, where):
    corners = np.array(values).reshape(4, 2) * (width, height)
    sides = np.roll(corners, -1, axis=0) - corners
    require(np.abs(sides[0] + sides[2]).max() < 1e-3 * (1 + np.abs(sides).max()), f"{where}: no rectangle")
    require(abs(sides[0] @ sides[1]) < 1e-3 * (1 + np.abs(sides).max() ** 2), f"{where}: no rectangle")
    require(np.linalg.norm(sides, axis=1).min() > 0, f"{where}: the rectangle is empty")
    return Object(name, extra={"corners": corners})


def read(root):
    return yolo_common.read(root, check_count, make_object)


def spell(name):
    return name


def corners_of(mask):
    """The corners of all pixels at the ends of rows."""
    points = []
    for y in np.flatnonzero(mask.any(axis=1)):
        columns = np.flatnonzero(mask[y])
        points += [(x, y + dy) for x in (columns[0], columns[-1] + 1) for dy in (0, 1)]
    return np.array(points, float)


def least_area(points, width, height):
    """The least area over all directions of pairs of points, among rectangles within the picture."""
    best = np.inf
    directions = {(0.0, 1.0)}
    for p in points:
        for x, y in points - p:
            if x or y:
                directions.add((round(x / np.hypot(x, y), 12), round(y / np.hypot(x, y), 12)))
    for x, y in directions:
        a, b = points @ (x, y), points @ (-y, x)
        ends = [(u * x - v * y, u * y + v * x) for u in (a.min(), a.max()) for v in (b.min(), b.max())]
        if all(-1e-6 <= u <= width + 1e-6 and -1e-6 <= v <= height + 1e-6 for u, v in ends):
            best = min(best, np.ptp(a) * np.ptp(b))
    return best


def check_rectangle(corners, mask, where):
    points, height, width = corners_of(mask), *mask.shape
    u, v = corners[1] - corners[0], corners[3] - corners[0]
    for axis in (u, v):
        at = (points - corners[0]) @ axis / (axis @ axis)
        require(at.min() > -1e-6 and at.max() < 1 + 1e-6, f"{where}: the rectangle does not hold the pixels")
        require(at.min() < 1e-6 and at.max() > 1 - 1e-6, f"{where}: the rectangle does not touch the pixels")
    require(u[0] * v[1] - u[1] * v[0] > 0, f"{where}: the corners do not run clockwise")
    area, least = np.linalg.norm(u) * np.linalg.norm(v), least_area(points[::3], width, height)
    require(area <= least * (1 + 1e-6) or area <= least_area(points, width, height) * (1 + 1e-6),
            f"{where}: the rectangle is not the smallest")


def compare_object(one, wanted, capture, truth, where):
    check_rectangle(one.extra["corners"], wanted.mask, where)


def check_tiny(picture, wanted):
    require([one.name for one in picture.objects] == [name for name, _ in wanted], f"{picture.name}: other classes")
    for one, (_, mask) in zip(picture.objects, wanted):
        x0, y0, x1, y1 = extent(mask)
        error = np.abs(one.extra["corners"] - [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]).max()
        require(error < 1e-3, f"{picture.name}: other corners")


RING_ONLY = {"a box row among rings", "an odd number of coordinates"}
MUTATIONS = [one for one in SHARED if one[0] not in RING_ONLY] + [
    ("a row of five fields", lambda root: substitute(first(root, "labels/*/*.txt"), r"^(\S+( \S+){4})[^\n]*", r"\1"),
     "four corners make 9"),
    ("a corner moved", lambda root: substitute(first(root, "labels/*/*.txt"), r"^(\S+ )\S+", r"\g<1>0.001000"),
     "no rectangle"),
]
