"""Masks from first principles, with numpy alone: what readers of exports are checked with.

Nothing here is shared with the programs that write: run lengths, polygons and connected parts are worked out
again from their definitions.
"""
import numpy as np


def runs_from_counts(counts):
    """COCO's counts, compressed text or a list, as a list of run lengths."""
    if not isinstance(counts, str):
        return list(counts)
    runs, i = [], 0
    while i < len(counts):
        value, shift, more = 0, 0, True
        while more:
            code = ord(counts[i]) - 48
            i += 1
            if not 0 <= code < 64:
                raise ValueError(f"a character outside the alphabet in {counts!r}")
            value |= (code & 31) << shift
            shift += 5
            more = bool(code & 32)
            if not more and code & 16:
                value -= 1 << shift
        if len(runs) > 2:
            value += runs[-2]
        if value < 0:
            raise ValueError(f"a negative run in {counts!r}")
        runs.append(value)
    return runs


def mask_from_rle(rle):
    """{"size": [height, width], "counts"}, column by column from a run of zeros, as a boolean array."""
    height, width = rle["size"]
    runs = runs_from_counts(rle["counts"])
    if sum(runs) != height * width:
        raise ValueError(f"the runs hold {sum(runs)} pixels, not {height} x {width}")
    values = np.arange(len(runs)) % 2 == 1
    return np.repeat(values, runs).reshape(width, height).T


def mask_from_polygons(polygons, height, width):
    """Union of rings; a pixel is in a ring by the even-odd rule at its centre."""
    mask = np.zeros((height, width), bool)
    for flat in polygons:
        if len(flat) < 6 or len(flat) % 2:
            raise ValueError("a ring needs at least three points of two numbers")
        ring = np.array(flat, float).reshape(-1, 2)
        if np.array_equal(ring[0], ring[-1]):
            raise ValueError("a ring repeats its first point")
        toggles = np.zeros((height, width + 1), np.uint8)
        for (x0, y0), (x1, y1) in zip(ring, np.roll(ring, -1, axis=0)):
            if y0 == y1:
                continue
            rows = np.arange(height)
            rows = rows[(rows + 0.5 >= min(y0, y1)) & (rows + 0.5 < max(y0, y1))]
            columns = np.ceil(x0 + (rows + 0.5 - y0) * (x1 - x0) / (y1 - y0) - 0.5).astype(int)
            np.bitwise_xor.at(toggles, (rows, np.clip(columns, 0, width)), 1)
        mask |= np.bitwise_xor.accumulate(toggles, axis=1)[:, :width].astype(bool)
    return mask


def box_of(mask):
    """[x, y, width, height] of the extent, or None."""
    columns, rows = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    if columns.size == 0:
        return None
    return [int(columns[0]), int(rows[0]), int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1)]


def _row_runs(mask):
    edges = np.diff(np.pad(mask.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    for y in np.flatnonzero(mask.any(axis=1)):
        yield y, list(zip(np.flatnonzero(edges[y] == 1), np.flatnonzero(edges[y] == -1)))


def parts_of(mask):
    """Lists of (row, first, last + 1), one list for every 8-connected part."""
    runs, parent, above, above_row = [], [], [], -2

    def root(i):
        while parent[i] != i:
            i = parent[i]
        return i

    for y, spans in _row_runs(mask):
        here = []
        for first, end in spans:
            index = len(runs)
            runs.append((y, first, end))
            parent.append(index)
            for other in above if above_row == y - 1 else []:
                if runs[other][1] <= end and first <= runs[other][2]:
                    parent[root(other)] = root(index)
            here.append(index)
        above, above_row = here, y
    parts = {}
    for i, run in enumerate(runs):
        parts.setdefault(root(i), []).append(run)
    return list(parts.values())


def without_specks(mask):
    """8-connected parts below max (3 px, 0.5 %) removed, unless that takes more than a tenth of the pixels."""
    total = int(mask.sum())
    specks = [part for part in parts_of(mask)
              if sum(end - first for _, first, end in part) < max(3, total / 200)]
    removed = sum(end - first for part in specks for _, first, end in part)
    if removed == 0 or removed * 10 > total:
        return mask
    out = mask.copy()
    for part in specks:
        for y, first, end in part:
            out[y, first:end] = False
    return out
