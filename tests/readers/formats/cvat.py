"""CVAT for images 1.1 as CVAT's own dumper and datumaro read it."""
import pathlib
import xml.etree.ElementTree

import numpy as np

from .common import (FormatError, Object, Picture, check_box, check_disjoint, extent, load_rgb, number, remove_first,
                     require, resize_first, substitute)

TINY = "cvat"
IGNORED = "marked"
BOX_TOLERANCE_PX = 1e-6
LOSS = "visibility is a whole per cent; no depth and no pose; nothing else is lost"
SHAPES = {"box", "mask", "polygon", "points", "polyline", "tag", "skeleton"}


def spell(name):
    return name


def parse(path):
    require(path.is_file(), f"{path} is missing")
    try:
        return xml.etree.ElementTree.parse(path).getroot()
    except xml.etree.ElementTree.ParseError as error:
        raise FormatError(f"{path}: {error}") from error


def read_labels(root, path):
    """Label -> {attribute: allowed}."""
    labels = {}
    for label in root.findall("meta/task/labels/label"):
        name = label.findtext("name")
        require(name not in labels, f"{path}: label {name!r} occurs twice")
        labels[name] = {attribute.findtext("name"): (attribute.findtext("input_type"), attribute.findtext("values"))
                        for attribute in label.findall("attributes/attribute")}
    return labels


def read_attributes(element, declared, where):
    values = {}
    for attribute in element.findall("attribute"):
        name, text = attribute.get("name"), attribute.text or ""
        require(name in declared, f"{where}: attribute {name!r} is not declared")
        kind, allowed = declared[name]
        if kind == "number":
            low, high, step = (float(value) for value in allowed.split("\n"))
            value = number(text, where)
            require(low <= value <= high and (value - low) % step == 0, f"{where}: {name} is {text}")
        elif kind == "checkbox":
            require(text in ("true", "false"), f"{where}: {name} is {text!r}")
        values[name] = text
    return values


def read_mask(element, size, where):
    left, top, width, height = (int(element.get(key)) for key in ("left", "top", "width", "height"))
    check_box([left, top, left + width, top + height], *size, where)
    runs = [int(run) for run in element.get("rle").split(", ")]
    require(min(runs) >= 0 and sum(runs) == width * height, f"{where}: the runs hold {sum(runs)} pixels, not {width * height}")
    window = np.repeat(np.arange(len(runs)) % 2 == 1, runs).reshape(height, width)
    require(window.any(), f"{where}: a mask without pixels")
    mask = np.zeros(size[::-1], bool)
    mask[top:top + height, left:left + width] = window
    return mask


def read_shape(element, labels, size, where):
    name = element.get("label")
    require(name in labels, f"{where}: label {name!r} is not declared")
    require(element.get("occluded") in ("0", "1"), f"{where}: occluded is {element.get('occluded')!r}")
    values = read_attributes(element, labels[name], where)
    one = Object(name, ignored=values.get("ignored") == "true", extra={
        "values": values, "z": int(element.get("z_order")), "occluded": element.get("occluded") == "1",
        "group": element.get("group_id")})
    if element.tag == "box":
        one.box = [number(element.get(key), where) for key in ("xtl", "ytl", "xbr", "ybr")]
        check_box(one.box, *size, where)
    elif element.tag == "mask":
        one.mask = read_mask(element, size, where)
    return one


def join(shapes, where):
    """A box and the mask behind it are one object; a box alone may stand for a mask of the same place."""
    objects = []
    for kind, one in shapes:
        if kind == "mask" and objects and objects[-1].mask is None and objects[-1].name == one.name:
            before = objects[-1]
            require(one.extra["group"] in (before.extra["group"], None), f"{where}: box and mask of different groups")
            require(extent(one.mask) == before.box, f"{where}: the box {before.box} is not the extent of the mask")
            before.mask = one.mask
        elif kind == "box":
            objects.append(one)
    return objects


def read_image(element, base, labels, split):
    name = element.get("name")
    require(name == str(pathlib.PurePosixPath(name)) and not name.startswith(("/", "..")), f"{name!r}: no relative path")
    size = int(element.get("width")), int(element.get("height"))
    pixels = load_rgb(base / "images" / name)
    require(pixels.shape[:2] == size[::-1], f"{name}: the picture has another size")
    require({child.tag for child in element} <= SHAPES, f"{name}: an unknown shape")
    shapes = [(child.tag, read_shape(child, labels, size, f"{name}, {child.tag}")) for child in element]
    objects = join(shapes, name)
    check_disjoint(objects, name)
    orders = [one.extra["z"] for one in objects]
    require(len(orders) == len(set(orders)) or split == "", f"{name}: two objects have one z_order")
    return Picture(name, *size, objects, pixels, split)


def read_task(base, split):
    path = base / "annotations.xml"
    root = parse(path)
    require(root.tag == "annotations" and root.findtext("version") == "1.1", f"{path}: not version 1.1")
    labels, images = read_labels(root, path), root.findall("image")
    require(int(root.findtext("meta/task/size")) == len(images), f"{path}: size is not the number of pictures")
    names = [image.get("name") for image in images]
    require(names == sorted(set(names)), f"{path}: names are not in order")
    require([image.get("id") for image in images] == [str(i) for i in range(len(images))], f"{path}: ids of pictures")
    require({p.name for p in (base / "images").iterdir()} == set(names), f"{base}/images: other pictures than in the file")
    return [read_image(image, base, labels, split) for image in images]


def read(root):
    root = pathlib.Path(root)
    if (root / "annotations.xml").is_file():
        return read_task(root, "")
    tasks = sorted(path.parent for path in root.glob("*/annotations.xml"))
    require(tasks, f"{root}: annotations.xml is missing")
    pictures = [picture for task in tasks for picture in read_task(task, task.name)]
    return sorted(pictures, key=lambda picture: picture.name)


def compare_object(one, wanted, capture, truth, where):
    require(one.mask is not None, f"{where}: no mask")
    require(one.extra["occluded"] == (wanted.row["visible_px"] < wanted.row["amodal_px"]), f"{where}: occluded")
    values = one.extra["values"]
    require(int(values["instance"]) == wanted.row["instance"], f"{where}: another instance")
    require(abs(int(values["visibility"]) - 100 * wanted.row["visibility"]) <= 0.5 + 1e-9, f"{where}: visibility")
    one.extra["distance"] = wanted.row["distance_m"]


def compare_picture(picture, capture, truth):
    nearer = sorted(picture.objects, key=lambda one: -one.extra["distance"])
    orders = [one.extra["z"] for one in nearer]
    require(orders == sorted(orders), f"{picture.name}: z_order does not follow distance")


def check_tiny(picture, wanted):
    """There objects stand from far to near."""
    require(len(picture.objects) == len(wanted), f"{picture.name}: {len(picture.objects)} objects")
    for name, mask in wanted:
        same = [one for one in picture.objects if one.name == name and one.box == extent(mask)]
        require(len(same) == 1 and np.array_equal(same[0].mask, mask), f"{picture.name}: {name} differs")


def xml_file(root):
    return root / "train" / "annotations.xml"


MUTATIONS = [
    ("a label not declared", lambda root: substitute(xml_file(root), r'<box label="[^"]*"', '<box label="nothing"'),
     "is not declared"),
    ("an attribute not declared", lambda root: substitute(xml_file(root), r'<attribute name="instance"', '<attribute name="x"'),
     "is not declared"),
    ("a number outside its range", lambda root: substitute(
        xml_file(root), r'<attribute name="visibility">\d+', '<attribute name="visibility">101'), "visibility is 101"),
    ("runs of another size", lambda root: substitute(xml_file(root), r'rle="(\d+), (\d+)', r'rle="\g<1>1, \2'), "the runs hold"),
    ("a box of another extent", lambda root: substitute(
        xml_file(root), r'xtl="(\d+)', lambda m: f'xtl="{int(m[1]) + 1}'), "is not the extent"),
    ("a box outside", lambda root: substitute(xml_file(root), r'xbr="\d+', 'xbr="9999'), "leaves the picture"),
    ("an empty box", lambda root: substitute(xml_file(root), r'xbr="\d+', 'xbr="0'), "is empty"),
    ("a decimal comma", lambda root: substitute(xml_file(root), r'xtl="(\d+)\.', r'xtl="\1,'), "no plain number"),
    ("another number of pictures", lambda root: substitute(xml_file(root), r"<size>\d+", "<size>1"), "size is not"),
    ("two pictures of one id", lambda root: substitute(xml_file(root), r'<image id="1"', '<image id="0"'), "ids of pictures"),
    ("another size", lambda root: substitute(xml_file(root), r'width="160"', 'width="161"'), "another size"),
    ("broken XML", lambda root: substitute(xml_file(root), r"</image>", ""), "mismatched tag"),
    ("a picture missing", lambda root: remove_first(root, "train/images/*"), "other pictures"),
    ("a smaller picture", lambda root: resize_first(root, "train/images/*"), "another size"),
    ("a mask twice", lambda root: substitute(
        xml_file(root), r"(<box.*?</box>\s*<mask.*?</mask>)", r"\1\1"), "share pixels"),
]

