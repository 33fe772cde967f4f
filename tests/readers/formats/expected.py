"""What an export must say, worked out from the dataset's own rows and id pictures and the policy in the manifest."""
import dataclasses
import math

import numpy as np

from dataset_reader import read_ids
from mask_tools import box_of, without_specks

from .common import load_rgb

SMALL_AMODAL_PX = 150


@dataclasses.dataclass
class Expected:
    """An object of the dataset: its row, its class, its pixels without and with specks, and the verdict."""
    name: str
    mask: np.ndarray
    raw: np.ndarray
    box: list
    ignored: bool
    row: dict


def none_as_nan(value):
    return math.nan if value is None else value


def judge(policy, row, box):
    """labels.md 13, by the thresholds of the manifest."""
    visible, visibility = row["visible_px"], none_as_nan(row["visibility"])
    fract = none_as_nan(row["visib_fract"])
    if row["amodal_px"] < SMALL_AMODAL_PX:
        visible = row["coverage_px"]
        covered = visible / row["amodal_coverage_px"] if row["amodal_coverage_px"] > 0 else math.nan
        if visibility > 0:
            fract = fract / visibility * covered
        visibility = covered
    width, height = (box[2] - box[0], box[3] - box[1]) if box else (0, 0)
    blur, limit = max(row["blur_px"], row["defocus_px"]), policy["max_blur_share"]
    if row["subpixel"]:
        return "ignore"
    if visible < policy["drop_visible_px"] or visibility < policy["drop_visibility"]:
        return "drop"
    ignored = (visible < policy["keep_visible_px"] or min(width, height) < policy["keep_short_side_px"]
               or height < policy["keep_height_px"] or visibility < policy["keep_visibility"]
               or fract < policy["keep_visib_fract"]
               or (blur > 0 and limit is not None and blur > limit * min(width, height)))
    return "ignore" if ignored else "keep"


def half_open(box):
    return [box[0], box[1], box[0] + box[2], box[1] + box[3]] if box else None


class Truth:
    """The captures of a dataset in order, each with what an export must hold of it."""

    def __init__(self, dataset, manifest, specks=True):
        self.dataset, self.policy, self.specks = dataset, manifest["policy"], specks
        self.classes = {category: entry for entry in manifest["classes"] for category in entry["categories"]}
        failed = {key[:3] for key, row in dataset.captures.items() if not row["checks_passed"]}
        self.captures = [(key, row) for key, row in dataset.captures.items() if key[:3] not in failed]

    def objects(self, capture):
        """Objects with pixels by instance, ignored ones included."""
        ids, found = self.dataset.instances(capture), []
        for instance, row in self.dataset.annotations(capture).items():
            category = self.dataset.categories[row["category"]] if row["category"] >= 0 else None
            if not row["thing"] or category is None or category["id"] not in self.classes:
                continue
            raw = ids == instance
            mask = without_specks(raw) if self.specks else raw
            box = half_open(box_of(mask))
            verdict = judge(self.policy, row, box)
            if verdict != "drop" and box:
                found.append(Expected(self.classes[category["id"]]["name"], mask, raw, box, verdict == "ignore", row))
        return found

    def channel_rgb(self, capture):
        return load_rgb(self.dataset.file(capture, "rgb"))

    def pose(self, row):
        found = self.dataset.db.execute("SELECT * FROM poses WHERE annotation = ?", (row["id"],)).fetchone()
        matrices = {key: np.frombuffer(found[key], "<f8").reshape(4, 4).T
                    for key in ("camera_from_object", "world_from_object")}
        return dict(found) | matrices

    def world_from_camera(self, capture):
        rows = [[capture[f"m{r}{c}"] for c in range(4)] for r in range(3)]
        return np.array(rows + [[0, 0, 0, 1]])

    def channel(self, capture, name):
        path = self.dataset.file(capture, name)
        if path is None:
            return None
        return np.load(path) if path.suffix == ".npy" else read_ids(path)
