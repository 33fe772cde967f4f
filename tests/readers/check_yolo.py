#!/usr/bin/python3
"""check_yolo.py DATASET EXPORT: every row of a YOLO export against the dataset's pixels, and the layout against what
its readers demand. Prints one line of figures; exit code 1 with the first difference.
"""
import json
import pathlib
import re
import sys

from PIL import Image

from dataset_reader import Dataset
from mask_tools import box_of, without_specks

NUMBER = re.compile(r"[01]\.\d{6,12}")
NAME = re.compile(r"run(\d+)_(\d+)(?:t(\d+))?_(.+)")


class YoloError(Exception):
    """A promise of the format that a file breaks."""


def require(condition, text):
    if not condition:
        raise YoloError(text)


def read_data_yaml(path):
    """The few lines that an export writes, by hand: no YAML library is needed to check them."""
    data, names = {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(": ")
        if line.startswith("  "):
            names[int(key)] = json.loads(value)
        elif not line.startswith("#") and value:
            data[key] = value
    data["names"] = names
    return data


def read_rows(path, n_classes):
    rows = []
    for line in path.read_text().splitlines():
        fields = line.split(" ")
        require(len(fields) == 5, f"{path}: {line!r} has {len(fields)} fields")
        require(fields[0].isdigit() and int(fields[0]) < n_classes, f"{path}: class {fields[0]}")
        require(all(NUMBER.fullmatch(field) for field in fields[1:]), f"{path}: {line!r}")
        rows.append((int(fields[0]), *map(float, fields[1:])))
    return rows


def candidates(dataset, capture, amodal):
    """Boxes [x0, y0, x1, y1] that may be written: those of things with a pixel, by category id."""
    boxes = []
    ids = dataset.instances(capture)
    for instance, row in dataset.annotations(capture).items():
        if row["category"] < 0 or not row["thing"]:
            continue
        box = box_of(without_specks(ids == instance))
        if box is None:
            continue
        box = [box[0], box[1], box[0] + box[2], box[1] + box[3]]
        if amodal:
            box = [row[f"amodal_{side}"] for side in ("x0", "y0", "x1", "y1")]
        boxes.append((dataset.categories[row["category"]]["id"], box))
    return boxes


def check_row(row, size, boxes, classes, where):
    """The row's box must be one of @boxes to 1e-6 px; that one is used up."""
    (index, cx, cy, w, h), (width, height) = row, size
    box = [(cx - w / 2) * width, (cy - h / 2) * height, (cx + w / 2) * width, (cy + h / 2) * height]
    for i, (category, wanted) in enumerate(boxes):
        if category in classes[index] and max(abs(a - b) for a, b in zip(box, wanted)) < 1e-6:
            del boxes[i]
            return
    require(False, f"{where}: no object has the box {box}")


def check_picture(picture, root, split, dataset, manifest, n_classes):
    prefix = manifest["options"]["prefix"]
    require(picture.name.startswith(prefix), f"{picture.name}: no prefix")
    run, frame, take, part = NAME.fullmatch(picture.stem[len(prefix):]).groups()
    part_of = dict(dataset.db.execute("SELECT file_name, id FROM sensors").fetchall())
    capture = dataset.captures[int(run), int(frame), int(take or 0), part_of[part]]
    with Image.open(picture) as image:
        size = image.size
    require(size == (capture["width_px"], capture["height_px"]), f"{picture}: another size")
    label = root / "labels" / split / f"{picture.stem}.txt"
    require(label.exists(), f"{label} is missing")
    rows = read_rows(label, n_classes)
    require(len(rows) == len(set(rows)), f"{label}: a row occurs twice")
    classes = [entry["categories"] for entry in manifest["classes"]]
    boxes = candidates(dataset, capture, manifest["options"]["box"] == "amodal")
    for row in rows:
        check_row(row, size, boxes, classes, label)
    return len(rows)


def main():
    dataset, root = Dataset(sys.argv[1]), pathlib.Path(sys.argv[2])
    manifest = json.loads((root / "manifest.json").read_text())
    data = read_data_yaml(root / "data.yaml")
    require(list(data["names"]) == list(range(int(data["nc"]))), "ids of names have gaps")
    require([entry["name"] for entry in manifest["classes"]] == list(data["names"].values()), "other names")
    require("train" in data and "val" in data, "readers want train and val")
    pictures = rows = 0
    for split in manifest["splits"]:
        folder = root / "images" / split["name"]
        found = sorted(folder.iterdir())
        require(len(found) == split["images"], f"{folder}: {len(found)} pictures")
        require(len(list((root / "labels" / split["name"]).iterdir())) == len(found), f"{split['name']}: labels")
        rows += sum(check_picture(p, root, split["name"], dataset, manifest, int(data["nc"])) for p in found)
        pictures += len(found)
    require(rows == manifest["counts"]["annotations"], "rows are missing")
    require(pictures == manifest["counts"]["images"], "pictures are missing")
    print(f"yolo: {pictures} pictures, {rows} rows equal to the pixels of the dataset")


if __name__ == "__main__":
    try:
        main()
    except YoloError as error:
        sys.exit(f"check_yolo: {error}")
