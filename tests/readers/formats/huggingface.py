"""Hugging Face imagefolder (folder_based_builder): metadata.jsonl, the same columns and types in every line."""
import json
import pathlib
import re

import numpy as np

from .common import (FormatError, Object, Picture, check_box, extent, load_labels, load_rgb, remove_first, require,
                     resize_first, substitute)

TINY = "hf"
IGNORED = "dropped"
BOX_TOLERANCE_PX = 0
LOSS = "a reader without README.md knows classes as numbers alone; ignored objects are dropped by default"
COLUMNS = {"id": int, "bbox": float, "category": int, "area": (int, float), "ignored": bool}


def spell(name):
    return name


def read_names(root):
    """class_label.names of the front matter, by hand: '0': "name"; None without README.md."""
    path = root / "README.md"
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    require(text.startswith("---\n") and "\n---\n" in text, f"{path}: no front matter")
    head = text[4:text.index("\n---\n")]
    block = head[head.index("          names:\n"):]
    names = {int(key): json.loads(value) for key, value in re.findall(r"^            '(\d+)': (\".*\")$", block, re.M)}
    require(sorted(names) == list(range(len(names))), f"{path}: ids of classes have gaps")
    splits = re.findall(r'- split: "(.*)"\n    path: "(.*)/\*\*"', head)
    require(all(a == b for a, b in splits), f"{path}: a split of another folder")
    require({p.parent.name for p in root.glob("*/metadata.jsonl")} == {a for a, _ in splits}, f"{path}: other splits")
    return [names[i] for i in range(len(names))]


def read_objects(objects, names, size, where):
    require(set(objects) <= set(COLUMNS) and {"bbox", "category"} <= set(objects), f"{where}: columns {sorted(objects)}")
    lengths = {len(values) for values in objects.values()}
    require(len(lengths) == 1, f"{where}: lists of different lengths")
    found = []
    for i in range(lengths.pop()):
        row = {key: values[i] for key, values in objects.items()}
        for key, value in row.items():
            values = value if key == "bbox" else [value]
            require(all(type(one) in (COLUMNS[key] if isinstance(COLUMNS[key], tuple) else (COLUMNS[key],))
                        for one in values), f"{where}: {key} is {value!r}: another type")
        x, y, w, h = row["bbox"]
        check_box([x, y, x + w, y + h], *size, where)
        require(names is None or 0 <= row["category"] < len(names), f"{where}: category {row['category']} is unknown")
        found.append(Object(names[row["category"]] if names else row["category"], [x, y, x + w, y + h],
                            ignored=row.get("ignored", False), extra=row))
    require(len({one.extra["id"] for one in found}) == len(found), f"{where}: an id occurs twice")
    return found


def add_masks(picture, path, where):
    ids = load_labels(path, ("I;16", "I"), (picture.width, picture.height))
    known = {one.extra["id"] for one in picture.objects}
    require(set(np.unique(ids).tolist()) - {0} <= known, f"{where}: pixels of an object that is not in the line")
    for one in picture.objects:
        one.mask = ids == one.extra["id"]
        require(one.mask.any(), f"{where}: object {one.extra['id']} has no pixel")
        require(one.extra["area"] == int(one.mask.sum()), f"{where}: area of object {one.extra['id']}")
        require(one.box == extent(one.mask), f"{where}: box of object {one.extra['id']} is not its extent")


def read_line(line, folder, names, shape):
    try:
        row = json.loads(line)
    except ValueError as error:
        raise FormatError(f"{folder.name}: a line is no JSON: {error}") from error
    where = f"{folder.name}/{row.get('file_name')}"
    columns = {key: type(value).__name__ for key, value in row.items()}
    require(shape.setdefault("columns", columns) == columns, f"{where}: other columns than the first line")
    pixels = load_rgb(folder / row["file_name"])
    size = pixels.shape[1], pixels.shape[0]
    require((row.get("width", size[0]), row.get("height", size[1])) == size, f"{where}: the picture has another size")
    picture = Picture(row["file_name"], *size, read_objects(row["objects"], names, size, where), pixels, folder.name)
    if "mask_file_name" in row:
        add_masks(picture, folder / row["mask_file_name"], where)
    return picture


def read(root):
    root = pathlib.Path(root)
    names, pictures, shape = read_names(root), [], {}
    for path in sorted(root.glob("*/metadata.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [read_line(line, path.parent, names, shape) for line in lines]
        listed = [picture.name for picture in found]
        require(len(listed) == len(set(listed)), f"{path}: a picture is listed twice")
        here = {p.name for p in path.parent.iterdir() if p.is_file()} - {path.name}
        require(here == set(listed), f"{path}: other pictures than in the folder")
        pictures += found
    require(pictures, f"{root}: metadata.jsonl is missing")
    return sorted(pictures, key=lambda picture: picture.name)


def compare_object(one, wanted, capture, truth, where):
    require(one.extra["id"] == wanted.row["instance"], f"{where}: another instance")


def check_tiny(picture, wanted):
    order = ["box", "card", "bar"]
    require([order[one.name] for one in picture.objects] == [name for name, _ in wanted], f"{picture.name}: other classes")
    for one, (_, mask) in zip(picture.objects, wanted):
        require(one.box == extent(mask) and one.extra["area"] == mask.sum(), f"{picture.name}: {one.name} differs")


def lines(root):
    return root / "train" / "metadata.jsonl"


MUTATIONS = [
    ("a whole number in a box", lambda root: substitute(lines(root), r'"bbox":\[\[(\d+)\.0', r'"bbox":[[\1'), "another type"),
    ("a list too short", lambda root: substitute(lines(root), r'"area":\[[^,\]]+,', '"area":['), "different lengths"),
    ("another column", lambda root: substitute(lines(root), r'"sensor"', '"eye"'), "other columns"),
    ("null for a string", lambda root: substitute(lines(root), r'"sensor":"[^"]*"', '"sensor":null'), "other columns"),
    ("an unknown category", lambda root: substitute(lines(root), r'"category":\[\d+', '"category":[77'), "is unknown"),
    ("another area", lambda root: substitute(lines(root), r'"area":\[\d+', '"area":[1'), "area of object"),
    ("another box", lambda root: substitute(lines(root), r'"bbox":\[\[\d+', '"bbox":[[1'), "is not its extent"),
    ("a box outside", lambda root: substitute(lines(root), r'"bbox":\[\[\d+', '"bbox":[[999'), "leaves the picture"),
    ("a line twice", lambda root: substitute(lines(root), r"^([^\n]+\n)", r"\1\1"), "listed twice"),
    ("a line missing", lambda root: substitute(lines(root), r"^[^\n]+\n", ""), "other pictures"),
    ("a gap in the names", lambda root: substitute(root / "README.md", r"'1': ", "'7': "), "have gaps"),
    ("a mask of another size", lambda root: resize_first(root, "train/masks/*.png"), "the picture has"),
    ("a mask missing", lambda root: remove_first(root, "train/masks/*.png"), "is missing"),
    ("a picture missing", lambda root: remove_first(root, "train/*.png"), "is missing"),
    ("front matter missing", lambda root: substitute(root / "README.md", r"^---\n", ""), "no front matter"),
]

