"""COCO panoptic as panopticapi evaluates it: PNG ids, segments_info, categories."""
import json
import pathlib

import numpy as np
from PIL import Image

from mask_tools import box_of

from .common import Object, Picture, extent, first, load_labels, load_rgb, remove_first, require, resize_first, substitute

TINY = "panoptic"
IGNORED = "dropped"
REMOVES_SPECKS = False
BOX_TOLERANCE_PX = 0
LOSS = "ignored and dropped objects are void, so nothing tells them apart; stuff of a class is one segment"


def spell(name):
    return name


def by_id(rows, what, least):
    found = {}
    for row in rows:
        require(type(row["id"]) is int and row["id"] >= least, f"{what} id {row['id']!r}")
        require(row["id"] not in found, f"{what} id {row['id']} occurs twice")
        found[row["id"]] = row
    return found


def read_segment(info, ids, categories, where):
    require(info["category_id"] in categories, f"{where}: category {info['category_id']} is unknown")
    require(info["iscrowd"] in (0, 1), f"{where}: iscrowd is {info['iscrowd']!r}")
    mask = ids == info["id"]
    require(mask.any(), f"{where}: segment {info['id']} has no pixel")
    require(info["area"] == int(mask.sum()), f"{where}: area {info['area']}, the picture has {int(mask.sum())} pixels")
    return Object(categories[info["category_id"]]["name"], None, mask,
                  extra={"info": info, "thing": categories[info["category_id"]]["isthing"]})


def read_picture(base, split, image, annotation, categories):
    size = image["width"], image["height"]
    pixels = load_rgb(base / "images" / split / image["file_name"])
    require(pixels.shape[:2] == size[::-1], f"{image['file_name']}: the picture has another size")
    file = annotation["file_name"]
    require(file == pathlib.Path(image["file_name"]).stem + ".png", f"{file}: another name than the picture's")
    rgb = load_labels(base / "annotations" / f"panoptic_{split}" / file, ("RGB",), size).astype(np.int64)
    ids = rgb[..., 0] + 256 * rgb[..., 1] + 65536 * rgb[..., 2]
    infos = annotation["segments_info"]
    require(len({info["id"] for info in infos}) == len(infos), f"{file}: an id occurs twice")
    require(set(np.unique(ids)) - {0} <= {info["id"] for info in infos}, f"{file}: an id that segments_info lacks")
    objects = [read_segment(info, ids, categories, file) for info in infos]
    for one in objects:
        box = one.extra["info"]["bbox"]
        one.box = [box[0], box[1], box[0] + box[2], box[1] + box[3]]
    stuff = [one.name for one in objects if not one.extra["thing"]]
    require(len(stuff) == len(set(stuff)), f"{file}: stuff of one class is two segments")
    return Picture(image["file_name"], *size, objects, pixels, split, {"ids": ids})


def check_boxes(pictures):
    """The extent of each segment; only the things', for shared/formats-tiny gives its wall the whole picture."""
    for picture in pictures:
        for one in picture.objects:
            require(not one.extra["thing"] or one.box == extent(one.mask), f"{picture.name}: bbox {one.box}, not the extent")


def read_split(base, path):
    split = path.stem[len("panoptic_"):]
    data = json.loads(path.read_text(encoding="utf-8"))
    for key in ("images", "annotations", "categories"):
        require(key in data, f"{path}: no {key}")
    images, categories = by_id(data["images"], "image", 1), by_id(data["categories"], "category", 1)
    for category in categories.values():
        require(category["isthing"] in (0, 1) and len(category["color"]) == 3, f"{path}: category {category['name']!r}")
    of_image = {}
    for annotation in data["annotations"]:
        require(annotation["image_id"] in images, f"{path}: an annotation of no image")
        require(annotation["image_id"] not in of_image, f"{path}: image {annotation['image_id']} is annotated twice")
        of_image[annotation["image_id"]] = annotation
    require(set(of_image) == set(images), f"{path}: an image without annotation")
    files = {p.name for p in (base / "annotations" / path.stem).iterdir()}
    require(files == {one["file_name"] for one in of_image.values()}, f"{path.stem}: other pictures than in the file")
    return [(key, read_picture(base, split, image, of_image[key], categories)) for key, image in images.items()]


def read(root):
    base = pathlib.Path(root)
    rows = [row for path in sorted((base / "annotations").glob("panoptic_*.json")) for row in read_split(base, path)]
    require(rows and len({key for key, _ in rows}) == len(rows), "two splits share an image id")
    pictures = [picture for _, picture in sorted(rows, key=lambda row: row[0])]
    check_boxes(pictures)
    return pictures


def in_order(objects, wanted):
    return [one for one in objects if one.extra["thing"]]


def compare_object(one, wanted, capture, truth, where):
    require(one.extra["info"]["id"] == wanted.row["instance"], f"{where}: another instance")


def compare_picture(picture, capture, truth):
    """Stuff to the pixel, and void everywhere else."""
    ids, rows = truth.dataset.instances(capture), truth.dataset.annotations(capture)
    wanted = {}
    for instance, row in rows.items():
        category = truth.dataset.categories[row["category"]] if row["category"] >= 0 else None
        if category and not row["thing"] and row["visible_px"]:
            name = truth.classes[category["id"]]["name"]
            wanted[name] = wanted.get(name, False) | (ids == instance)
    found = {one.name: one for one in picture.objects if not one.extra["thing"]}
    require(set(found) == set(wanted), f"{picture.name}: stuff {set(found)}, the dataset has {set(wanted)}")
    for name, mask in wanted.items():
        require(np.array_equal(found[name].mask, mask), f"{picture.name}: {name} has other pixels")
        box = box_of(mask)
        require(found[name].box == [box[0], box[1], box[0] + box[2], box[1] + box[3]], f"{picture.name}: bbox of {name}")


def check_tiny(picture, wanted):
    things = in_order(picture.objects, wanted)
    require([one.name for one in things] == [name for name, _ in wanted], f"{picture.name}: other classes")
    for one, (_, mask) in zip(things, wanted):
        require(np.array_equal(one.mask, mask), f"{picture.name}: {one.name} differs")
    walls = [one.mask for one in picture.objects if one.name == "wall"]
    require(len(walls) == 1 and np.array_equal(walls[0], ~np.any([mask for _, mask in wanted] or [~walls[0]], axis=0)),
            f"{picture.name}: the wall is not the rest")


def document(root):
    return root / "annotations" / "panoptic_train.json"


def recolor(root):
    """One segment gets an id that no entry has."""
    path = first(root, "annotations/panoptic_train/*.png")
    with Image.open(path) as picture:
        rgb = np.array(picture)
    rgb[rgb.any(axis=2)] += np.array([0, 3, 0], np.uint8)
    Image.fromarray(rgb).save(path)


MUTATIONS = [
    ("an id of no entry", recolor, "that segments_info lacks"),
    ("an entry without pixels", lambda root: substitute(
        document(root), r'"segments_info":\[(\{"id":)(\d+)([^}]*\})', r'"segments_info":[\g<1>\2\3,\g<1>9999\3'), "has no pixel"),
    ("an id twice", lambda root: substitute(
        document(root), r'"segments_info":\[(\{[^}]*\})', r'"segments_info":[\1,\1'), "occurs twice"),
    ("another area", lambda root: substitute(document(root), r'"area":(\d+)', lambda m: f'"area":{int(m[1]) + 1}'), "area"),
    ("another box", lambda root: substitute(document(root), r'"bbox":\[(\d+)', lambda m: f'"bbox":[{int(m[1]) + 1}'),
     "not the extent"),
    ("an unknown category", lambda root: substitute(document(root), r'"category_id":\d+', '"category_id":77'), "is unknown"),
    ("image id 0", lambda root: substitute(document(root), r'"images":\s*\[\s*\{"id":1', '"images":[{"id":0'), "image id 0"),
    ("an annotation of no image", lambda root: substitute(document(root), r'"image_id":\d+', '"image_id":999'), "of no image"),
    ("another size", lambda root: substitute(document(root), r'"width":160', '"width":161'), "another size"),
    ("segments of another size", lambda root: resize_first(root, "annotations/panoptic_train/*.png"), "the picture has"),
    ("a picture missing", lambda root: remove_first(root, "images/train/*"), "is missing"),
    ("segments missing", lambda root: remove_first(root, "annotations/panoptic_train/*"), "other pictures"),
]
