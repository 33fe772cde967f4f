#!/usr/bin/python3
"""check_coco.py DATASET EXPORT: every mask of a COCO export against the pixels of the dataset's instance pictures.

Prints one line of figures; exit code 1 with the first difference.
"""
import json
import pathlib
import sys

import coco_reader
from coco_reader import require
from dataset_reader import Dataset
from mask_tools import box_of, without_specks


def check_annotation(annotation, row, pixels, where):
    """One annotation against its row and its pixels."""
    require(row is not None, f"{where}: the dataset has no instance {annotation['instance']}")
    require(int(pixels.sum()) == row["visible_px"], f"{where}: the picture has another count than the row")
    wanted = without_specks(pixels)
    require((annotation["mask"] == wanted).all(), f"{where}: {int((annotation['mask'] ^ wanted).sum())} pixels differ")
    require(annotation["bbox_visible"] == box_of(wanted), f"{where}: the visible box is not the extent")
    amodal = [row["amodal_x0"], row["amodal_y0"], row["amodal_x1"] - row["amodal_x0"],
              row["amodal_y1"] - row["amodal_y0"]]
    require(annotation["bbox_amodal"] == amodal, f"{where}: the amodal box is another")
    require(annotation["area"] == int(wanted.sum()), f"{where}: the area is another")
    for key in ("visible_px", "amodal_px", "silhouette_px", "visibility", "truncation", "distance_m"):
        require(annotation[key] == row[key], f"{where}: {key} is {annotation[key]}, stored {row[key]}")
    require(int(annotation["object_key"], 16) == row["object_key"] % 2**64, f"{where}: another object")


def check_class(annotation, row, manifest, dataset, where):
    classes = {entry["id"]: entry for entry in manifest["classes"]}
    wanted = dataset.categories[row["category"]]["id"]
    moved = manifest["counts"]["outside_front_cone"] > 0
    require(moved or wanted in classes[annotation["category_id"]]["categories"], f"{where}: another class")


def check_image(coco, image, dataset, manifest):
    key = (image["run"], image["frame"], image["take"], image["sensor"])
    require(key in dataset.captures, f"{image['file_name']}: the dataset has no such capture")
    capture = dataset.captures[key]
    rows = dataset.annotations(capture)
    ids = dataset.instances(capture)
    for annotation in coco.of_image[image["id"]]:
        where = f"{image['file_name']}, annotation {annotation['id']}"
        row = rows.get(annotation["instance"])
        annotation["mask"] = coco.mask(annotation)
        check_annotation(annotation, row, ids == annotation["instance"], where)
        check_class(annotation, row, manifest, dataset, where)
        box = annotation["bbox_amodal" if manifest["options"]["box"] == "amodal" else "bbox_visible"]
        require(annotation["bbox"] == box, f"{where}: the box is another than the manifest says")
        del annotation["mask"]
    if manifest["options"]["pictures"] == "copied" and manifest["options"]["ignored"] != "fill":
        require(coco.image_path(image).read_bytes() == dataset.file(capture, "rgb").read_bytes(),
                f"{image['file_name']}: the picture is not the dataset's")
    return len(rows)


def main():
    dataset, root = Dataset(sys.argv[1]), pathlib.Path(sys.argv[2])
    manifest = json.loads((root / "manifest.json").read_text())
    counts = manifest["counts"]
    images = annotations = rows = 0
    for coco in coco_reader.load(root).values():
        for image in coco.data["images"]:
            rows += check_image(coco, image, dataset, manifest)
        images += len(coco.images)
        annotations += len(coco.annotations)
    left_out = sum(value for key, value in counts.items() if key.startswith("images_left_out"))
    require(images == counts["images"] and images + left_out == len(dataset.captures), "images are missing")
    require(annotations == counts["annotations"], "annotations are missing")
    accounted = sum(counts[key] for key in ("kept", "ignored", "dropped_by_policy", "dropped_by_class_map",
                                            "unlabelled", "stuff"))
    require(accounted == rows, f"{rows} rows of the dataset, {accounted} accounted for")
    print(f"coco: {images} images, {annotations} annotations equal to the pixels of the dataset")


if __name__ == "__main__":
    try:
        main()
    except coco_reader.CocoError as error:
        sys.exit(f"check_coco: {error}")
