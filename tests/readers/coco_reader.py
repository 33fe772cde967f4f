"""Reads a COCO instances export and checks what its format promises, independently of the program that wrote it."""
import json
import pathlib

import numpy as np
from PIL import Image

from mask_tools import box_of, mask_from_polygons, mask_from_rle


class CocoError(Exception):
    """A promise of the format that a file breaks."""


def require(condition, text):
    if not condition:
        raise CocoError(text)


def unique_ids(rows, what):
    by_id = {}
    for row in rows:
        require(type(row["id"]) is int and row["id"] >= (0 if what == "category" else 1), f"{what} id {row['id']!r}")
        require(row["id"] not in by_id, f"{what} id {row['id']} occurs twice")
        by_id[row["id"]] = row
    return by_id


class Coco:
    """One split: images, categories and annotations by id; masks on demand."""

    def __init__(self, root, split):
        self.root, self.split = pathlib.Path(root), split
        path = self.root / "annotations" / f"instances_{split}.json"
        with open(path, encoding="utf-8") as file:
            self.data = json.load(file, parse_constant=lambda text: require(False, f"{path}: {text} is no JSON"))
        for key in ("info", "licenses", "images", "annotations", "categories"):
            require(key in self.data, f"{path}: no “{key}”")
        self.images = unique_ids(self.data["images"], "image")
        self.categories = unique_ids(self.data["categories"], "category")
        self.annotations = unique_ids(self.data["annotations"], "annotation")
        self.of_image = {id: [] for id in self.images}
        for annotation in self.data["annotations"]:
            require(annotation["image_id"] in self.images, f"annotation {annotation['id']} of no image")
            require(annotation["category_id"] in self.categories, f"annotation {annotation['id']} of no category")
            self.of_image[annotation["image_id"]].append(annotation)

    def image_path(self, image):
        return self.root / "images" / self.split / image["file_name"]

    def mask(self, annotation):
        image = self.images[annotation["image_id"]]
        segmentation = annotation["segmentation"]
        if isinstance(segmentation, list):
            return mask_from_polygons(segmentation, image["height"], image["width"])
        require(segmentation["size"] == [image["height"], image["width"]], "a mask has another size than its image")
        return mask_from_rle(segmentation)

    def check(self):
        """All promises that need nothing but the export itself."""
        names = [image["file_name"] for image in self.data["images"]]
        require(len(names) == len(set(names)), "two images have one name")
        for image in self.data["images"]:
            require("/" not in image["file_name"] and " " not in image["file_name"], image["file_name"])
            with Image.open(self.image_path(image)) as picture:
                require(picture.size == (image["width"], image["height"]), f"{image['file_name']}: another size")
            owned = np.zeros((image["height"], image["width"]), bool)
            for annotation in self.of_image[image["id"]]:
                self.check_annotation(annotation, owned)
        on_disk = {path.name for path in (self.root / "images" / self.split).iterdir()}
        require(on_disk == set(names), "pictures and images differ")

    def check_annotation(self, annotation, owned):
        where = f"annotation {annotation['id']}"
        mask = self.mask(annotation)
        require(mask.any(), f"{where}: no pixel")
        require(not (mask & owned).any(), f"{where}: shares pixels with another")
        owned |= mask
        require(annotation["area"] == int(mask.sum()), f"{where}: area is not the count of pixels")
        require(annotation["bbox_visible"] == box_of(mask), f"{where}: the box is not the mask's extent")
        require(annotation["iscrowd"] in (0, 1) and annotation["ignore"] in (0, 1), f"{where}: flags")
        require(annotation["iscrowd"] >= annotation["ignore"], f"{where}: ignored, but no crowd")
        if annotation["iscrowd"]:
            require(isinstance(annotation["segmentation"], dict), f"{where}: a crowd must be runs")
        require(len(annotation["object_key"]) == 18 and int(annotation["object_key"], 16) >= 0, f"{where}: key")


def splits_of(root):
    return sorted(path.stem[len("instances_"):] for path in (pathlib.Path(root) / "annotations").iterdir())


def load(root):
    """All splits of an export, checked, with ids unique over all of them."""
    splits = {name: Coco(root, name) for name in splits_of(root)}
    seen_images, seen_annotations, names = set(), set(), set()
    for coco in splits.values():
        coco.check()
        for seen, new in ((seen_images, set(coco.images)), (seen_annotations, set(coco.annotations)),
                          (names, {image["file_name"] for image in coco.data["images"]})):
            require(not seen & new, "two splits share an id or a name")
            seen |= new
    return splits
