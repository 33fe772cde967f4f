#!/usr/bin/python3
"""Draws all parametric models in two pictures, a street and a room, beside real ones where an asset folder has them.

Usage: model_plate.py DIORAMA-ENGINE SCHEMA PLATE.png [--assets FOLDER] [--width PX]. The kinds come from the schema of
scenarios, so a new one that has no place here is an error. Each must be seen on its plate: exit code 1 otherwise.
"""
import argparse
import contextlib
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

from PIL import Image

QUARTER = [0.7071067811865476, 0, 0, 0.7071067811865476]
HALF = [0, 0, 0, 1]
TABLE_M = 0.74
# kind, or name of a real one: place, parameters, rotation (w, x, y, z)
STREET = {
    "hydrant": ([-7.6, -12, 0], {}, None),
    "real/hydrant": ([-6.8, -12, 0], {}, None),
    "cone": ([-6.0, -12.3, 0], {}, None),
    "real/cone": ([-5.4, -12.3, 0], {}, None),
    "bin": ([-4.6, -12, 0], {}, None),
    "grass-tuft": ([-3.9, -12.6, 0], {}, None),
    "bench": ([-2.5, -11.6, 0], {}, None),
    "real/bench": ([-0.2, -11.6, 0], {}, None),
    "mannequin": ([1.4, -12, 0], {}, None),
    "real/woman": ([2.4, -12, 0], {}, HALF),
    "stop-sign": ([3.7, -11, 0], {}, None),
    "real/stop_sign": ([4.9, -11, 0], {}, None),
    "road-sign": ([6.1, -11, 0], {}, None),
    "real/mailbox": ([7.3, -11.5, 0], {}, QUARTER),
    "picket-fence": ([-11.4, -6.5, 0], {}, None),
    "real/fence": ([-9.1, -6.5, 0], {}, None),
    "chain-link-fence": ([-6.4, -6.5, 0], {}, None),
    "wall": ([-2.6, -6.5, 0], {"length_m": 3}, None),
    "real/barrier": ([1.2, -6.5, 0], {}, None),
    "hedge": ([5.0, -6.5, 0], {"length_m": 2.4}, None),
    "real/bicycle": ([7.6, -6.5, 0], {}, QUARTER),
    "van": ([-12.2, 0.5, 0], {}, None),
    "car": ([-6.2, 0.5, 0], {}, None),
    "real/suv": ([-0.6, 0.5, 0], {}, QUARTER),
    "real/prius": ([5.0, 0.5, 0], {}, QUARTER),
    "junction": ([13.6, 0.5, 0], {"lanes": 1, "radius_m": 1.5, "pavement_m": 0.8}, None),
    "street-lamp": ([-16.5, 8, 0], {"style": 1, "height_m": 4.5}, None),
    "real/lamp": ([-14.2, 8, 0], {}, None),
    "tree": ([-9.2, 8, 0], {}, None),
    "real/oak": ([-2.2, 8, 0], {}, None),
    "real/low_tree": ([4.2, 8, 0], {}, None),
    "wire-pole": ([8.4, 8, 0], {"span_m": 5}, None),
    "awning": ([11.8, 9, 2.4], {}, None),
    "house": ([17.0, 12, 0], {"bays": 3, "storeys": 2}, None),
    "road": ([-3, 16, 0], {"length_m": 26}, QUARTER),
}
ROOM = {
    "room": ([0, 0, 0], {"width_m": 5.6, "depth_m": 5.2, "window_width_m": 2.4}, None),
    "backdrop": ([0, 9, -2.2], {"height_m": 8}, None),
    "bookshelf": ([-1.9, 2.3, 0], {}, None),
    "real/fridge": ([2.1, 2.1, 0], {}, None),
    "chair": ([-1.75, 0.2, 0], {}, None),
    "real/chair": ([1.75, 0.2, 0], {}, None),
    "table": ([0, 0, 0], {"width_m": 2.2, "depth_m": 1.2}, None),
    "plane": ([0, 0, 0.001], {"width_m": 3.2, "depth_m": 2.2}, None),
    "bottle": ([-0.92, 0.44, TABLE_M], {}, None),
    "real/mustard": ([-0.74, 0.44, TABLE_M], {}, None),
    "glass-bottle": ([-0.56, 0.44, TABLE_M], {}, None),
    "real/vase": ([-0.38, 0.44, TABLE_M], {}, None),
    "carton": ([-0.2, 0.44, TABLE_M], {}, None),
    "real/crackers": ([0.0, 0.44, TABLE_M], {}, None),
    "box": ([0.24, 0.44, TABLE_M], {"height_m": 0.22}, None),
    "real/toaster": ([0.56, 0.44, TABLE_M], {}, None),
    "books": ([0.88, 0.42, TABLE_M], {}, None),
    "mug": ([-0.95, 0.12, TABLE_M], {}, None),
    "real/mug": ([-0.78, 0.12, TABLE_M], {}, None),
    "bowl": ([-0.56, 0.12, TABLE_M], {}, None),
    "real/bowl": ([-0.34, 0.12, TABLE_M], {}, None),
    "plate": ([-0.06, 0.12, TABLE_M], {}, None),
    "can": ([0.16, 0.12, TABLE_M], {}, None),
    "real/can": ([0.28, 0.12, TABLE_M], {}, None),
    "cylinder": ([0.9, -0.3, TABLE_M], {}, None),
    "capsule": ([0.4, 0.12, TABLE_M], {}, None),
    "mirror-tray": ([0.72, 0.1, TABLE_M], {"shape": 1}, None),
    "apple": ([-0.95, -0.24, TABLE_M], {}, None),
    "orange": ([-0.82, -0.24, TABLE_M], {}, None),
    "pear": ([-0.69, -0.24, TABLE_M], {}, None),
    "banana": ([-0.52, -0.24, TABLE_M], {}, None),
    "real/banana": ([-0.3, -0.24, TABLE_M], {}, None),
    "sphere": ([-0.12, -0.24, TABLE_M], {"radius_m": 0.036}, None),
    "real/baseball": ([0, -0.24, TABLE_M], {}, None),
    "whisk": ([0.22, -0.24, TABLE_M], {}, None),
    "cutting-board": ([0.56, -0.26, TABLE_M], {}, None),
    "real/cardboard": ([1.9, 0.95, 0], {}, None),
}
# file, metres per unit (0: as the file says), up axis
REAL = {
    "hydrant": ("street/fire_hydrant/fire_hydrant.dae", 0, "auto"),
    "cone": ("street/construction_cone/meshes/construction_cone.dae", 7, "auto"),
    "bench": ("street/bench/bench.obj", 0.01, "y"),
    "woman": ("people/female01/female01.obj", 0.01, "y"),
    "stop_sign": ("street/stop_sign/stop_sign.obj", 1, "y"),
    "mailbox": ("street/mailbox/mailbox.obj", 1, "y"),
    "fence": ("street/fence/fence.obj", 0.01, "y"),
    "barrier": ("street/jersey_barrier/meshes/jersey_barrier.dae", 0, "auto"),
    "bicycle": ("street/bicycle/bicycle.obj", 0.01, "y"),
    "suv": ("street/suv/suv.obj", 0.01, "y"),
    "prius": ("street/prius_hybrid/meshes/Hybrid.obj", 0.01, "z"),
    "lamp": ("street/lamp_post/meshes/lamp_post.dae", 1.5, "auto"),
    "oak": ("street/oak_tree/oak_tree.obj", 1, "y"),
    "low_tree": ("street/low-poly-tree.glb", 1, "auto"),
    "fridge": ("objects/furniture/Refrigerator_01/meshes/aws_Refrigerator_01_visual.DAE", 0, "auto"),
    "chair": ("objects/furniture/ChairA_01/meshes/aws_ChairA_01_visual.DAE", 0, "auto"),
    "vase": ("objects/furniture/Vase_01/meshes/aws_Vase_01_visual.DAE", 0, "auto"),
    "mustard": ("objects/ycb/006_mustard_bottle/textured.obj", 1, "z"),
    "crackers": ("objects/ycb/003_cracker_box/textured.obj", 1, "z"),
    "toaster": ("objects/household/toaster/toaster.obj", 0.01, "y"),
    "cardboard": ("objects/household/cardboard-box/cardboard-box.obj", 0.01, "y"),
    "mug": ("objects/ycb_glb/025_mug.glb", 0, "auto"),
    "bowl": ("objects/ycb_glb/024_bowl.glb", 0, "auto"),
    "can": ("objects/ycb_glb/005_tomato_soup_can.glb", 0, "auto"),
    "banana": ("objects/ycb_glb/011_banana.glb", 0, "auto"),
    "baseball": ("objects/ycb_glb/055_baseball.glb", 0, "auto"),
}
MATERIALS = {
    "box": {"base_color": [1, 1, 1, 1], "base_color_texture": "procedural:cardboard", "normal_texture": "procedural:cardboard-normal",
            "metallic_roughness_texture": "procedural:cardboard-roughness", "roughness": 1},
    "plane": {"base_color": [1, 1, 1, 1], "base_color_texture": "procedural:fabric", "normal_texture": "procedural:fabric-normal",
              "metallic_roughness_texture": "procedural:fabric-roughness", "roughness": 1},
}
# What else each plate needs, and from where it is seen: point looked at, distance, elevation, focal length, exposure.
PLATES = {
    "street": (STREET, ([0, -3.2, 1.6], 22, 0.22, 24, 13.3), [
        {"id": "ground", "kind": "model", "translation": [0, 0, -0.03], "model": {
            "parametric": "plane", "parameters": {"width_m": 200, "depth_m": 200}, "materials": [
                {"slot": "*", "base_color": [0.55, 0.55, 0.55, 1], "base_color_texture": "procedural:concrete",
                 "normal_texture": "procedural:concrete-normal", "roughness": 0.9, "uv_scale": [0.25, 0.25]}]}},
        {"id": "sky", "kind": "light", "light": {"kind": "sky", "intensity": 1, "sun_elevation_rad": 0.65,
                                                 "turbidity": 3}, "rotation": [0.5, 0, 0, -0.866]}]),
    "room": (ROOM, ([0, 0.1, 0.84], 2.05, 0.46, 24, 6.6), [
        {"id": "around", "kind": "light", "light": {"kind": "environment", "environment": "procedural:room",
                                                    "intensity": 130}},
        {"id": "window", "kind": "light", "light": {"kind": "rect", "width_m": 2.2, "height_m": 1.3, "intensity": 900,
                                                    "temperature_k": 6500},
         "translation": [0, 2.5, 1.6], "rotation": [0.7071067811865476, -0.7071067811865476, 0, 0]},
        {"id": "sun", "kind": "light", "light": {"kind": "sun", "intensity": 1500, "angular_diameter_rad": 0.01,
                                                 "temperature_k": 5200}, "rotation": [0.2, 0.48, 0.78, 0.35]}]),
}


def model_node(name, place, parameters, rotation):
    model = {"asset": name[5:]} if name.startswith("real/") else {"parametric": name, "parameters": parameters}
    if name in MATERIALS:
        model["materials"] = [{"slot": "*", **MATERIALS[name]}]
    made = {"id": name.replace("/", "_").replace("-", "_"), "name": name, "kind": "model", "model": model,
            "translation": place}
    return {**made, "rotation": rotation} if rotation else made


def camera(width, height, focal_mm, exposure):
    return {"id": "camera", "kind": "sensor", "translation": [0, -20, 4], "sensor": {
        "width": width, "height": height, "focal_length_mm": focal_mm, "sensor_width_mm": 36, "near_m": 0.1,
        "far_m": 400, "exposure_ev100": exposure, "tone": "filmic", "max_depth_m": 200}}


def find_real(folder):
    """The real ones that are there; none without a folder."""
    return {name: row for name, row in REAL.items() if folder and (folder / row[0]).is_file()}


def scenario(plate, width, reals):
    places, (look_at, radius, elevation, focal, exposure), others = PLATES[plate]
    assets = []
    for name, (path, scale, up) in reals.items():
        entry = {"id": name, "kind": "model", "path": path, "up": up, "recenter": True}
        assets.append({**entry, "scale_to_m": scale} if scale else entry)
    models = [model_node(name, *row) for name, row in places.items()
              if not name.startswith("real/") or name[5:] in reals]
    view = {"id": "view", "type": "camera-look-at", "targets": ["camera"], "look_at": look_at, "radius_m": radius,
            "azimuth_rad": -1.5708, "elevation_rad": elevation, "jitter_m": 0}
    return {"format": "diorama-scenario", "version": 1, "name": f"Plate of models: {plate}", "assets": assets,
            "nodes": models + others + [camera(width, width * 9 // 20 if plate == "street" else width * 9 // 16, focal,
                                               exposure)],
            "randomizers": [view], "outputs": {"rgb": True, "leaf": True}}


def draw(engine, plate, width, folder, scratch):
    """The picture, and for each model of the plate how many pixels of it are seen."""
    reals = find_real(folder)
    path = scratch / f"{plate}.diorama"
    path.write_text(json.dumps(scenario(plate, width, reals), indent=1))
    command = [engine, "render", path, "--output", scratch / plate, "--progress", "none", "--channels", "rgb,leaf"]
    subprocess.run(command + (["--assets", folder] if folder else []), check=True)
    with contextlib.closing(sqlite3.connect(scratch / plate / "dataset.db")) as database:
        seen = dict(database.execute("SELECT node, sum(visible_px) FROM leaves GROUP BY node"))
    with Image.open(next((scratch / plate).glob("rgb/*/*.png"))) as picture:
        return picture.convert("RGB"), {name: seen.get(name.replace("/", "_").replace("-", "_"), 0)
                                        for name in PLATES[plate][0] if name.split("real/")[-1] in reals
                                        or not name.startswith("real/")}


def list_kinds(schema):
    for option in json.loads(schema.read_text())["$defs"]["node"]["oneOf"]:
        model = option["properties"].get("model", {})
        kinds = model.get("properties", {}).get("parametric", {}).get("enum")
        if kinds:
            return [kind for kind in kinds if kind]
    raise ValueError("no parametric kinds in the schema")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine")
    parser.add_argument("schema", type=pathlib.Path)
    parser.add_argument("picture")
    parser.add_argument("--assets", type=pathlib.Path)
    parser.add_argument("--width", type=int, default=1600)
    options = parser.parse_args()
    missing = [kind for kind in list_kinds(options.schema) if kind not in STREET and kind not in ROOM]
    if missing:
        print(f"model_plate.py: no place for {', '.join(missing)}", file=sys.stderr)
        return 1
    unseen, pictures = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for plate in PLATES:
            picture, seen = draw(options.engine, plate, options.width, options.assets, pathlib.Path(scratch))
            pictures.append(picture)
            unseen += [name for name, pixels in seen.items() if pixels * 20000 < picture.width * picture.height]
            print(f"{plate}: {len(seen)} models, of which {sum(name.startswith('real/') for name in seen)} real")
    both = Image.new("RGB", (options.width, sum(picture.height for picture in pictures)))
    for picture in pictures:
        both.paste(picture, (0, sum(other.height for other in pictures[:pictures.index(picture)])))
    both.save(options.picture)
    if unseen:
        print(f"model_plate.py: hardly seen: {', '.join(unseen)}", file=sys.stderr)
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main())
