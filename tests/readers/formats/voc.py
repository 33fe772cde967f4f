"""Pascal VOC as its development kit describes it: XML with 1-based inclusive boxes, palette pictures, image sets."""
import pathlib
import re
import xml.etree.ElementTree

import numpy as np
from PIL import Image

from .common import (FormatError, Object, Picture, check_box, extent, first, load_labels, load_rgb, remove_first, require,
                     resize_first, substitute)

TINY = "voc"
IGNORED = "marked"
BOX_TOLERANCE_PX = 0
LOSS = ("an ignored object's pixels are void, so its mask is not in the pictures; the box has whole numbers, which it has"
        " anyway; there is no place for depth, pose or identity")
VOID = 255
POSES = {"Unspecified", "Left", "Right", "Frontal", "Rear"}


def spell(name):
    return name


def voc_color(index):
    """The development kit's VOClabelcolormap."""
    color = [0, 0, 0]
    for bit in range(8):
        for channel in range(3):
            color[channel] |= (index >> (3 * bit + channel) & 1) << (7 - bit)
    return color


def whole(element, path, where):
    text = element.findtext(path)
    require(text is not None, f"{where}: no {path}")
    require(re.fullmatch(r"\d+", text) is not None, f"{where}: {path} is {text!r}, not a whole number")
    return int(text)


def flag(element, path, where):
    value = whole(element, path, where)
    require(value in (0, 1), f"{where}: {path} is {value}, neither 0 nor 1")
    return bool(value)


def read_object(element, size, where):
    name = element.findtext("name")
    require(bool(name), f"{where}: an object without a name")
    require(element.findtext("pose") in POSES, f"{where}: pose {element.findtext('pose')!r}")
    xmin, ymin, xmax, ymax = (whole(element, f"bndbox/{key}", where) for key in ("xmin", "ymin", "xmax", "ymax"))
    require(xmin >= 1 and ymin >= 1, f"{where}: the box leaves the picture")
    box = [xmin - 1, ymin - 1, xmax, ymax]
    check_box(box, *size, where)
    return Object(name, box, ignored=flag(element, "difficult", where),
                  extra={"truncated": flag(element, "truncated", where), "occluded": flag(element, "occluded", where)})


def load_indices(path, size):
    indices = load_labels(path, ("P",), size)
    with Image.open(path) as picture:
        palette = picture.getpalette()[:768]
    for index in set(np.unique(indices)) - {VOID}:
        require(palette[3 * index:3 * index + 3] == voc_color(int(index)), f"{path}: another colour map")
    return indices


def check_masks(base, stem, picture, names):
    """Pictures of classes and objects against the boxes."""
    size = (picture.width, picture.height)
    classes = load_indices(base / "SegmentationClass" / f"{stem}.png", size)
    objects = load_indices(base / "SegmentationObject" / f"{stem}.png", size)
    require(np.array_equal(classes == VOID, objects == VOID), f"{stem}: void differs between the pictures")
    require(np.array_equal(classes == 0, objects == 0), f"{stem}: background differs between the pictures")
    known = set(np.unique(objects)) - {0, VOID}
    require(known <= set(range(1, len(picture.objects) + 1)), f"{stem}: pixels of an object that is not in the file")
    for i, one in enumerate(picture.objects):
        mask = objects == i + 1
        require(one.name in names, f"{stem}: the label map has no {one.name!r}")
        if one.ignored:
            require(not mask.any(), f"{stem}: an ignored object has pixels")
            continue
        require(mask.any(), f"{stem}: object {i + 1} has no pixel")
        require(extent(mask) == one.box, f"{stem}: the box {one.box} is not the extent of object {i + 1}")
        require((classes[mask] == names.index(one.name)).all(), f"{stem}: object {i + 1} has pixels of another class")
        one.mask = mask


def read_names(base):
    lines = (base / "labelmap.txt").read_text(encoding="utf-8").splitlines()
    names = []
    for line in lines:
        if line.startswith("#"):
            continue
        fields = line.split(":")
        require(len(fields) == 4, f"labelmap.txt: {line!r}")
        require([int(value) for value in fields[1].split(",")] == voc_color(len(names)), f"labelmap.txt: colour of {line!r}")
        names.append(fields[0])
    require(names[:1] == ["background"], "labelmap.txt: background must be the first")
    return names


def label_map_name(name):
    return re.sub("[:\n\r]", "_", name)


def read_picture(base, stem, names, split):
    path = base / "Annotations" / f"{stem}.xml"
    require(path.is_file(), f"{path} is missing")
    try:
        root = xml.etree.ElementTree.parse(path).getroot()
    except xml.etree.ElementTree.ParseError as error:
        raise FormatError(f"{path}: {error}") from error
    require(root.tag == "annotation" and root.findtext("folder") == base.name, f"{path}: another folder")
    size = whole(root, "size/width", path), whole(root, "size/height", path)
    require(whole(root, "size/depth", path) == 3, f"{path}: depth")
    pixels = load_rgb(base / "JPEGImages" / root.findtext("filename"))
    require(pixels.shape[:2] == size[::-1], f"{path}: the picture has another size")
    picture = Picture(stem, *size, [read_object(one, size, path) for one in root.findall("object")], pixels, split)
    if flag(root, "segmented", path):
        mapped = {label_map_name(one.name): one.name for one in picture.objects}
        check_masks(base, stem, picture, [mapped.get(name, name) for name in names])
    return picture


def check_class_lists(base, split, stems, pictures):
    """CLASS_SPLIT.txt: every picture, 1 with the class, 0 with difficult ones only, -1 without."""
    lists = sorted((base / "ImageSets/Main").glob(f"*_{split}.txt"))
    found = []
    for path in lists:
        rows = [line.split() for line in path.read_text().splitlines()]
        require([row[0] for row in rows] == stems, f"{path}: other pictures than {split}.txt")
        found.append(tuple(int(row[1]) for row in rows))
    wanted = []
    for name in {one.name for picture in pictures for one in picture.objects}:
        per_picture = [[one.ignored for one in picture.objects if one.name == name] for picture in pictures]
        wanted.append(tuple(-1 if not one else 0 if all(one) else 1 for one in per_picture))
    for presence in wanted:
        require(presence in found, f"ImageSets/Main: no list of {split} says {presence}")


def read(root):
    base = pathlib.Path(root) / "VOC2012"
    names, pictures, seen = read_names(base), [], set()
    for path in sorted((base / "ImageSets/Segmentation").glob("*.txt")):
        stems = path.read_text().splitlines()
        require((base / "ImageSets/Main" / path.name).read_text().splitlines() == stems, f"{path}: Main differs")
        require(not seen & set(stems) and len(stems) == len(set(stems)), f"{path}: a picture is in two places")
        seen |= set(stems)
        found = [read_picture(base, stem, names, path.stem) for stem in stems]
        check_class_lists(base, path.stem, stems, found)
        pictures += found
    require(seen == {path.stem for path in (base / "JPEGImages").iterdir()}, "JPEGImages: other pictures than in the sets")
    require(seen == {path.stem for path in (base / "Annotations").iterdir()}, "Annotations: other files than in the sets")
    return pictures


def compare_object(one, wanted, capture, truth, where):
    require(one.extra["truncated"] == ((wanted.row["truncation"] or 0) > 0), f"{where}: truncated")
    require(one.extra["occluded"] == (wanted.row["visible_px"] < wanted.row["amodal_px"]), f"{where}: occluded")
    require(one.ignored or one.mask is not None, f"{where}: no mask")


def check_tiny(picture, wanted):
    """JPEG there; boxes and masks are exact."""
    require([one.name for one in picture.objects] == [name for name, _ in wanted], f"{picture.name}: other classes")
    for one, (_, mask) in zip(picture.objects, wanted):
        require(one.box == extent(mask) and np.array_equal(one.mask, mask), f"{picture.name}: {one.name} differs")


WITH_OBJECT = b"<object>"


def annotation(root):
    return first(root, "VOC2012/Annotations/*.xml", WITH_OBJECT)


MUTATIONS = [
    ("a box with a fraction", lambda root: substitute(annotation(root), r"<xmin>(\d+)", r"<xmin>\g<1>.0"), "whole number"),
    ("a box from 0", lambda root: substitute(annotation(root), r"<xmin>\d+", "<xmin>0"), "leaves the picture"),
    ("a box beyond the edge", lambda root: substitute(annotation(root), r"<xmax>\d+", "<xmax>5000"), "leaves the picture"),
    ("an empty box", lambda root: substitute(annotation(root), r"<xmax>\d+", "<xmax>0"), "box is empty"),
    ("a box of another extent", lambda root: substitute(
        annotation(root), r"<difficult>0(.*?)<ymin>(\d+)", lambda m: f"<difficult>0{m[1]}<ymin>{int(m[2]) + 1}"), "extent"),
    ("another class", lambda root: substitute(annotation(root), r"<name>[^<]*", "<name>nothing"), "label map has no"),
    ("another size", lambda root: substitute(annotation(root), r"<width>\d+", "<width>9999"), "another size"),
    ("broken XML", lambda root: substitute(annotation(root), r"</object>", ""), "mismatched tag"),
    ("a picture missing", lambda root: remove_first(root, "VOC2012/JPEGImages/*"), "is missing"),
    ("an annotation missing", lambda root: remove_first(root, "VOC2012/Annotations/*"), "is missing"),
    ("a mask of another size", lambda root: resize_first(root, "VOC2012/SegmentationObject/*.png"), "the picture has"),
    ("an object without pixels", lambda root: substitute(
        annotation(root), r"(<object>.*?</object>)(.*)</annotation>", r"\1\2\1</annotation>"), "has no pixel"),
    ("a picture in no set", lambda root: substitute(first(root, "VOC2012/ImageSets/Main/train.txt"), r"^[^\n]+\n", ""),
     "Main differs"),
]
