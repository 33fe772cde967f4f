#!/usr/bin/python3
"""Writes the scenario of real assets: a street corner and a table of scanned objects, two sensors.

Usage: real_assets.py ASSETS-FOLDER TARGET-FOLDER; copies what it needs beside TARGET-FOLDER/real-assets.diorama.
"""
import json
import pathlib
import shutil
import sys

TURN = 6.283185307179586
# id: (file, category, metres per unit, up axis)
MODELS = {
    "stop_sign": ("street/stop_sign/stop_sign.obj", "sign", 1, "y"),
    "mailbox": ("street/mailbox/mailbox.obj", "mailbox", 1, "y"),
    "hydrant": ("street/fire_hydrant/fire_hydrant.dae", "hydrant", 0, "auto"),
    "cone": ("street/construction_cone/meshes/construction_cone.dae", "cone", 7, "auto"),
    "barrier": ("street/jersey_barrier/meshes/jersey_barrier.dae", None, 0, "auto"),
    "oak": ("street/oak_tree/oak_tree.obj", "tree", 1, "y"),
    "bench": ("street/bench/bench.obj", "bench", 0.01, "y"),
    "fence": ("street/fence/fence.obj", None, 0.01, "y"),
    "suv": ("street/suv/suv.obj", "car", 0.01, "y"),
    "bicycle": ("street/bicycle/bicycle.obj", "bicycle", 0.01, "y"),
    "woman": ("people/female01/female01.obj", "person", 0.01, "y"),
    "man": ("people/male02/male02.obj", "person", 0.01, "y"),
    "cafe_table": ("objects/furniture/cafe_table/cafe_table.dae", None, 0, "auto"),
    "can": ("objects/ycb_glb/005_tomato_soup_can.glb", "can", 0, "auto"),
    "bowl": ("objects/ycb_glb/024_bowl.glb", "bowl", 0, "auto"),
    "baseball": ("objects/ycb_glb/055_baseball.glb", "ball", 0, "auto"),
    "cube": ("objects/ycb_glb/077_rubiks_cube.glb", "cube", 0, "auto"),
    "banana": ("objects/ycb_glb/011_banana.glb", "banana", 0, "auto"),
    "mug": ("objects/ycb_glb/025_mug.glb", "mug", 0, "auto"),
    "foam": ("objects/ycb_glb/061_foam_brick.glb", "brick", 0, "auto"),
}
ENVIRONMENTS = ["forest", "sunset_zip_half", "apartment_512", "anniversary_lounge_1k"]
GROUNDS = ["aerial_rocks_02_diff_1k", "rocky_trail_diff_1k"]
TABLE_OBJECTS = ["can", "bowl", "baseball", "cube", "banana", "mug", "foam"]
STREET_OBJECTS = ["stop_sign", "mailbox", "hydrant", "cone", "bench", "bicycle", "woman", "man", "suv", "oak"]


def uniform(low, high):
    return {"kind": "uniform", "min": low, "max": high}


def assets():
    listed = []
    for name, (path, _, scale, up) in MODELS.items():
        entry = {"id": name, "kind": "model", "path": path, "up": up, "recenter": True}
        if scale:
            entry["scale_to_m"] = scale
        listed.append(entry)
    for name in ENVIRONMENTS:
        suffix = "hdr" if name == "anniversary_lounge_1k" or name == "forest" else "exr"
        listed.append({"id": name, "kind": "environment", "path": f"envmaps/{name}.{suffix}"})
    for name in GROUNDS:
        listed.append({"id": name, "kind": "texture", "path": f"textures/ground_albedo/{name}.jpg"})
    return listed


def nodes():
    made = [
        {"id": "ground", "kind": "model", "model": {
            "parametric": "plane", "parameters": {"width_m": 60, "depth_m": 60},
            "materials": [{"slot": "*", "base_color": [1, 1, 1, 1], "roughness": 0.9,
                           "base_color_texture": GROUNDS[0], "uv_scale": [0.5, 0.5]}]}},
        {"id": "surroundings", "kind": "light", "light": {"kind": "environment", "environment": ENVIRONMENTS[0],
                                                           "intensity": 3000}},
        {"id": "sun", "kind": "light", "light": {"kind": "sun", "intensity": 40000, "angular_diameter_rad": 0.01}},
        {"id": "street_camera", "kind": "sensor", "translation": [0, -9, 1.7], "sensor": {
            "width": 640, "height": 480, "focal_length_mm": 30, "sensor_width_mm": 36, "near_m": 0.1, "far_m": 200,
            "exposure_ev100": 13.3, "tone": "filmic", "max_depth_m": 60}},
        {"id": "table_camera", "kind": "sensor", "translation": [-3, -2, 1.5], "sensor": {
            "width": 640, "height": 480, "focal_length_mm": 35, "sensor_width_mm": 36, "near_m": 0.05, "far_m": 200,
            "exposure_ev100": 13.3, "tone": "filmic", "max_depth_m": 12}},
    ]
    for name, (_, category, _, _) in MODELS.items():
        node = {"id": name, "kind": "model", "model": {"asset": name}}
        if category:
            node["category"] = category
        made.append(node)
    places = {"fence": [0, 4.5, 0], "barrier": [4.5, 3, 0], "cafe_table": [-3, -4, 0]}
    for node in made:
        if node["id"] in places:
            node["translation"] = places[node["id"]]
        if node["id"] in TABLE_OBJECTS:
            node["translation"] = [-3, -4, 0.78]
    return made


def randomizers():
    return [
        {"id": "street_places", "type": "scatter", "targets": STREET_OBJECTS, "center": [0.5, 0, 0], "size_x_m": 11,
         "size_y_m": 7, "spacing_m": 0.15, "yaw_rad": uniform(0, TURN),
         "count": {"kind": "choice", "values": [0, 1], "weights": [0.15, 0.85]}},
        {"id": "table_places", "type": "scatter", "targets": TABLE_OBJECTS, "surface": "cafe_table",
         "spacing_m": 0.005, "yaw_rad": uniform(0, TURN)},
        {"id": "ground_choice", "type": "texture-choice", "targets": ["ground"], "textures": GROUNDS},
        {"id": "surroundings_choice", "type": "environment-choice", "targets": ["surroundings"],
         "environments": ENVIRONMENTS},
        {"id": "surroundings_turn", "type": "environment-rotation", "targets": ["surroundings"],
         "yaw_rad": uniform(0, TURN)},
        {"id": "sun_way", "type": "light-direction", "targets": ["sun"], "azimuth_rad": uniform(0, TURN),
         "elevation_rad": uniform(0.35, 1.2)},
        {"id": "street_view", "type": "camera-look-at", "targets": ["street_camera"], "look_at": [0.5, 0, 0.9],
         "radius_m": uniform(7, 13), "azimuth_rad": uniform(-2.4, -0.7), "elevation_rad": uniform(0.05, 0.35),
         "jitter_m": 0.5},
        {"id": "table_view", "type": "camera-look-at", "targets": ["table_camera"], "look_at": [-3, -4, 0.8],
         "radius_m": uniform(0.8, 1.6), "azimuth_rad": uniform(0, TURN), "elevation_rad": uniform(0.3, 1.0),
         "jitter_m": 0.05},
        {"id": "light_seen", "type": "constraint", "sensor": "street_camera", "targets": ["stop_sign"],
         "min_visibility": 0.05, "redraw": ["street_places", "street_view"], "attempts": 4},
    ]


def scenario():
    colors = ["#e03131", "#1971c2", "#2f9e44", "#f08c00", "#9c36b5", "#0c8599", "#e8590c", "#5f3dc4", "#66a80f",
              "#c2255c", "#3b5bdb", "#099268", "#d9480f", "#862e9c", "#364fc7", "#5c940d"]
    names = sorted({category for _, category, _, _ in MODELS.values() if category})
    return {
        "format": "diorama-scenario", "version": 1, "name": "Real assets", "assets": assets(), "nodes": nodes(),
        "categories": [{"id": n, "name": n, "color": colors[i % len(colors)], "kind": "thing"}
                       for i, n in enumerate(names)],
        "randomizers": randomizers(),
        "outputs": {"rgb": True, "depth": True, "normal": True, "instance": True, "semantic": True, "leaf": True},
    }


def build(assets_folder, target):
    source, target = pathlib.Path(assets_folder), pathlib.Path(target)
    folders = {str(pathlib.PurePath(path).parent) for path, _, _, _ in MODELS.values()}
    # Models that keep textures beside their meshes/ folder need the folder above.
    folders = {f[:-len("/meshes")] if f.endswith("/meshes") else f for f in folders}
    for folder in folders | {"envmaps", "textures/ground_albedo"}:
        shutil.copytree(source / folder, target / folder, copy_function=shutil.copyfile, dirs_exist_ok=True)
    path = target / "real-assets.diorama"
    path.write_text(json.dumps(scenario(), indent=2, sort_keys=True))
    return path


if __name__ == "__main__":
    print(build(sys.argv[1], sys.argv[2]))
