"""The YOLO family as Ultralytics checks it (verify_image_label, check_det_dataset)."""
import json
import pathlib
import re

from .common import FormatError, Picture, load_rgb, number, require

SUFFIXES = {"bmp", "dng", "jpeg", "jpg", "mpo", "png", "tif", "tiff", "webp"}


def read_names(lines, path):
    names = {}
    for line in lines:
        index, _, value = line.strip().partition(": ")
        require(index.isdigit(), f"{path}: {line!r} names no class")
        require(int(index) not in names, f"{path}: class {index} occurs twice")
        names[int(index)] = json.loads(value) if value.startswith('"') else value
    require(sorted(names) == list(range(len(names))), f"{path}: ids of classes have gaps")
    return [names[i] for i in range(len(names))]


def read_data(root):
    """Splits and names of the one data.yaml."""
    files = sorted(root.glob("*.yaml"))
    require(len(files) == 1, f"{root}: there must be one .yaml, there are {len(files)}")
    lines = [line for line in files[0].read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    data = dict(line.split(": ", 1) for line in lines if re.match(r"\w+: ", line))
    names = read_names([line for line in lines if line.startswith("  ")], files[0])
    require("train" in data and "val" in data, f"{files[0]}: train and val must be there")
    require("nc" not in data or int(data["nc"]) == len(names), f"{files[0]}: nc is not the number of names")
    base = root / data.get("path", ".")
    splits = {}
    for key in ("train", "val", "test"):
        if key in data and data[key] not in splits.values():
            require((base / data[key]).is_dir(), f"{files[0]}: {data[key]} is no folder")
            splits[key] = data[key]
    return {key: base / value for key, value in splits.items()}, names


def read_rows(path, n_names, check_count):
    require(path.is_file(), f"{path} is missing")
    text = path.read_text(encoding="utf-8")
    require(text == "" or text.endswith("\n"), f"{path}: the last line has no end")
    rows = []
    for i, line in enumerate(text.splitlines()):
        where = f"{path}, line {i + 1}"
        fields = line.split(" ")
        require(fields[0].isdigit() and int(fields[0]) < n_names, f"{where}: class {fields[0]!r} is unknown")
        check_count(len(fields), where)
        values = [number(field, where) for field in fields[1:]]
        require(all(-1e-9 <= value <= 1 + 1e-9 for value in values), f"{where}: a coordinate leaves the picture")
        rows.append((int(fields[0]), values, where))
    require(len({line for line in text.splitlines()}) == len(rows), f"{path}: a row occurs twice")
    return rows


def read(root, check_count, make_object):
    """Pictures of all splits in the order of their names; make_object(name, values, width, height, where)."""
    root = pathlib.Path(root)
    folders, names = read_data(root)
    pictures = []
    for split, folder in folders.items():
        found = sorted(folder.iterdir())
        labels = pathlib.Path("labels".join(str(folder).rsplit("images", 1)))
        require({p.stem for p in labels.iterdir()} == {p.stem for p in found}, f"{labels}: labels and pictures differ")
        for path in found:
            require(path.suffix[1:].lower() in SUFFIXES, f"{path}: a suffix that is not read")
            pixels = load_rgb(path)
            height, width = pixels.shape[:2]
            require(min(width, height) >= 10, f"{path}: smaller than 10 pixels")
            objects = [make_object(names[index], values, width, height, where)
                       for index, values, where in read_rows(labels / f"{path.stem}.txt", len(names), check_count)]
            pictures.append(Picture(path.stem, width, height, objects, pixels, split))
    return pictures


__all__ = ["FormatError", "read"]
