"""Renders folders of write-cycles-scenes with Blender's Cycles, on the processor, without denoising and tone curve:
each gets cycles.npy, nits by pixel. Runs inside Blender: blender -b -P render_cycles.py -- SAMPLES FOLDER..."""

import json
import math
import os
import sys
import time

import bpy
import numpy
from mathutils import Matrix

# Below this roughness bounces between microfacets add less than 0.1 %, but Blender 3.4's MULTI_GGX loses a quarter of the
# light of suns and points: its value of the lobe is itself a random walk. GGX is exact there.
SMOOTH = 0.15


def read_matrix(values):
    return Matrix([[values[column * 4 + row] for column in range(4)] for row in range(4)])


def fill_mesh(folder, described):
    """Blender's V runs up."""
    data = open(os.path.join(folder, described["file"]), "rb").read()
    at = 0

    def take(count, width, kind):
        nonlocal at
        array = numpy.frombuffer(data, kind, count * width, at).reshape(count, width)
        at += count * width * 4
        return array

    n = described["vertices"]
    positions, normals = take(n, 3, "<f4"), take(n, 3, "<f4")
    uvs = [take(n, 2, "<f4") if described["uv%d" % i] else None for i in range(2)]
    colors = take(n, 4, "<f4") if described["colors"] else None
    triangles = take(described["triangles"], 3, "<u4").astype(numpy.int32)
    mesh = bpy.data.meshes.new(described["file"])
    mesh.vertices.add(n)
    mesh.vertices.foreach_set("co", positions.ravel())
    mesh.loops.add(triangles.size)
    mesh.loops.foreach_set("vertex_index", triangles.ravel())
    mesh.polygons.add(len(triangles))
    mesh.polygons.foreach_set("loop_start", numpy.arange(0, triangles.size, 3, dtype=numpy.int32))
    mesh.polygons.foreach_set("loop_total", numpy.full(len(triangles), 3, dtype=numpy.int32))
    mesh.polygons.foreach_set("use_smooth", numpy.ones(len(triangles), dtype=bool))
    for i, uv in enumerate(uvs):
        if uv is not None:
            layer = mesh.uv_layers.new(name="uv%d" % i)
            layer.data.foreach_set("uv", (uv * [1, -1] + [0, 1])[triangles].ravel())
    if colors is not None:
        layer = mesh.attributes.new("colors", "FLOAT_COLOR", "POINT")
        layer.data.foreach_set("color", colors.ravel())
    mesh.update()
    mesh.use_auto_smooth = True
    mesh.normals_split_custom_set_from_vertices(normals.tolist())
    return mesh


class Nodes:
    """The nodes of one material."""

    def __init__(self, tree, images):
        self.tree, self.images = tree, images
        tree.nodes.clear()

    def add(self, kind, inputs=None, **settings):
        node = self.tree.nodes.new(kind)
        for name, value in settings.items():
            setattr(node, name, value)
        for name, value in (inputs or {}).items():
            if isinstance(value, bpy.types.NodeSocket):
                self.tree.links.new(value, node.inputs[name])
            else:
                node.inputs[name].default_value = value
        return node

    def mix(self, operation, a, b):
        return self.add("ShaderNodeMixRGB", {"Fac": 1.0, "Color1": a, "Color2": b}, blend_type=operation).outputs[0]

    def math(self, operation, a, b):
        return self.add("ShaderNodeMath", {0: a, 1: b}, operation=operation).outputs[0]

    def texture(self, slot):
        """KHR_texture_transform works on V down."""
        t = slot["transform"]
        uv = self.add("ShaderNodeUVMap", uv_map="uv%d" % slot["uv_set"]).outputs[0]
        down = self.add("ShaderNodeVectorMath", {0: uv, 1: (1, -1, 0), 2: (0, 1, 1)}, operation="MULTIPLY_ADD").outputs[0]
        u = self.add("ShaderNodeVectorMath", {0: down, 1: t[:3]}, operation="DOT_PRODUCT").outputs["Value"]
        v = self.add("ShaderNodeVectorMath", {0: down, 1: t[3:]}, operation="DOT_PRODUCT").outputs["Value"]
        at = self.add("ShaderNodeCombineXYZ", {"X": u, "Y": self.math("SUBTRACT", 1.0, v)}).outputs[0]
        extension = "EXTEND" if slot["wrap"] == "clamp" else "REPEAT"
        return self.add("ShaderNodeTexImage", {"Vector": at}, image=self.images[slot["texture"]], extension=extension,
                        interpolation="Closest" if slot["nearest"] else "Linear")


def make_surface(nodes, m, colors):
    """What the material shows and its alpha."""
    base, alpha = tuple(m["base_color"]), m["base_color"][3]
    if m["base_color_map"]:
        image = nodes.texture(m["base_color_map"])
        base = nodes.mix("MULTIPLY", image.outputs["Color"], base)
        alpha = nodes.math("MULTIPLY", image.outputs["Alpha"], alpha)
    if colors:
        vertex = nodes.add("ShaderNodeAttribute", attribute_name="colors")
        base = nodes.mix("MULTIPLY", vertex.outputs["Color"], base)
        alpha = nodes.math("MULTIPLY", vertex.outputs["Alpha"], alpha)
    if m["unlit"]:
        return nodes.add("ShaderNodeEmission", {"Color": base}).outputs[0], alpha
    inputs = {"Base Color": base, "Metallic": m["metallic"], "Roughness": m["roughness"], "Specular": 0.5,
              "Emission": tuple(m["emissive"]) + (1,), "Emission Strength": 1.0}
    if m["surface_map"]:
        parts = nodes.add("ShaderNodeSeparateRGB", {"Image": nodes.texture(m["surface_map"]).outputs["Color"]})
        inputs["Roughness"] = nodes.math("MULTIPLY", parts.outputs["G"], m["roughness"])
        inputs["Metallic"] = nodes.math("MULTIPLY", parts.outputs["B"], m["metallic"])
    if m["normal_map"]:
        image = nodes.texture(m["normal_map"]).outputs["Color"]
        inputs["Normal"] = nodes.add("ShaderNodeNormalMap", {"Color": image, "Strength": m["normal_scale"]},
                                     uv_map="uv%d" % m["normal_map"]["uv_set"]).outputs[0]
    if m["emissive_map"]:
        image = nodes.texture(m["emissive_map"]).outputs["Color"]
        inputs["Emission"] = nodes.mix("MULTIPLY", image, inputs["Emission"])
    smooth = m["roughness"] < SMOOTH and not m["surface_map"]
    return nodes.add("ShaderNodeBsdfPrincipled", inputs, distribution="GGX" if smooth else "MULTI_GGX").outputs[0], alpha


def make_material(m, images, colors, with_backs):
    material = bpy.data.materials.new("material")
    material.use_nodes = True
    nodes = Nodes(material.node_tree, images)
    shader, alpha = make_surface(nodes, m, colors)
    clear = None
    if m["alpha_mode"] == "mask":
        clear = nodes.math("LESS_THAN", alpha, m["alpha_cutoff"])
    elif m["alpha_mode"] == "blend":
        clear = nodes.math("SUBTRACT", 1.0, alpha)
    if not m["double_sided"] and with_backs:
        back = nodes.add("ShaderNodeNewGeometry").outputs["Backfacing"]
        clear = back if clear is None else nodes.math("MAXIMUM", clear, back)
    if clear is not None:
        nothing = nodes.add("ShaderNodeBsdfTransparent").outputs[0]
        shader = nodes.add("ShaderNodeMixShader", {0: clear, 1: shader, 2: nothing}).outputs[0]
    nodes.add("ShaderNodeOutputMaterial", {"Surface": shader})
    return material


def add_rect(light):
    """A lamp that no camera sees, shining on one side."""
    w, h = light["width"] / 2, light["height"] / 2
    mesh = bpy.data.meshes.new("rect")
    mesh.from_pydata([(-w, -h, 0), (w, -h, 0), (w, h, 0), (-w, h, 0)], [], [(0, 3, 2, 1)])
    material = bpy.data.materials.new("rect")
    material.use_nodes = True
    nodes = Nodes(material.node_tree, [])
    color = tuple(light["intensity"] * c for c in light["color"]) + (1,)
    shines = nodes.add("ShaderNodeEmission", {"Color": color, "Strength": 1.0}).outputs[0]
    clear = nodes.add("ShaderNodeBsdfTransparent").outputs[0]
    back = nodes.add("ShaderNodeNewGeometry").outputs["Backfacing"]
    shader = nodes.add("ShaderNodeMixShader", {0: back, 1: shines, 2: clear}).outputs[0]
    nodes.add("ShaderNodeOutputMaterial", {"Surface": shader})
    mesh.materials.append(material)
    thing = bpy.data.objects.new("rect", mesh)
    thing.matrix_world = read_matrix(light["world_from_light"])
    thing.visible_camera = False
    bpy.context.collection.objects.link(thing)


def add_light(light):
    """A sun's strength is its irradiance; of W of a point in all directions W / 4 pi^2 is radiance times area."""
    if light["kind"] == "rect":
        add_rect(light)
        return
    lamp = bpy.data.lights.new("light", {"sun": "SUN", "point": "POINT", "spot": "SPOT"}[light["kind"]])
    lamp.color = light["color"]
    if light["kind"] == "sun":
        lamp.energy = light["intensity"]
        lamp.angle = light["angle"]
    else:
        lamp.energy = light["intensity"] * 4 * math.pi
        lamp.shadow_soft_size = 0
    if light["kind"] == "spot":
        lamp.spot_size = 2 * light["outer"]
        lamp.spot_blend = 1 - math.cos(light["inner"]) if light["outer"] else 0
    lamp.use_shadow = light["shadow"]
    thing = bpy.data.objects.new("light", lamp)
    thing.matrix_world = read_matrix(light["world_from_light"])
    bpy.context.collection.objects.link(thing)


def set_world(folder, described):
    """Our pictures look along +Y in their middle, Blender's along +X."""
    world = bpy.data.worlds.new("world")
    bpy.context.scene.world = world
    world.use_nodes = True
    nodes = Nodes(world.node_tree, [])
    color = (0, 0, 0, 1)
    if described["picture"]:
        array = numpy.load(os.path.join(folder, "environment.npy"))
        height, width = array.shape[:2]
        image = bpy.data.images.new("environment", width, height, float_buffer=True, is_data=True)
        full = numpy.ones((height, width, 4), numpy.float32)
        full[..., :3] = numpy.roll(array, -(width // 4), 1)[::-1]
        image.pixels.foreach_set(full.ravel())
        image.filepath_raw = os.path.join(folder, "environment.exr")
        image.file_format = "OPEN_EXR"
        image.save()
        where = nodes.add("ShaderNodeTexCoord").outputs["Generated"]
        turned = nodes.add("ShaderNodeMapping", {"Vector": where, "Rotation": (0, 0, -described["rotation"])}).outputs[0]
        color = nodes.add("ShaderNodeTexEnvironment", {"Vector": turned}, image=image).outputs[0]
    shader = nodes.add("ShaderNodeBackground", {"Color": color, "Strength": described["strength"]}).outputs[0]
    if not described["visible"]:
        seen = nodes.add("ShaderNodeBackground", {"Color": tuple(described["background"]) + (1,)}).outputs[0]
        camera = nodes.add("ShaderNodeLightPath").outputs["Is Camera Ray"]
        shader = nodes.add("ShaderNodeMixShader", {0: camera, 1: shader, 2: seen}).outputs[0]
    nodes.add("ShaderNodeOutputWorld", {"Surface": shader})


def set_camera(described):
    scene = bpy.context.scene
    camera = bpy.data.cameras.new("camera")
    camera.sensor_fit = "HORIZONTAL"
    camera.sensor_width = 36
    camera.lens = described["fx"] * 36 / described["width"]
    camera.shift_x = 0.5 - described["cx"] / described["width"]
    camera.shift_y = (described["cy"] - described["height"] / 2) / described["width"]
    camera.clip_start, camera.clip_end = described["near"], 1e5
    thing = bpy.data.objects.new("camera", camera)
    thing.matrix_world = read_matrix(described["world_from_camera"])
    bpy.context.collection.objects.link(thing)
    scene.camera = thing
    scene.render.resolution_x, scene.render.resolution_y = described["width"], described["height"]
    scene.render.resolution_percentage = 100


def set_render(samples):
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.samples = samples
    cycles.use_adaptive_sampling = False
    cycles.use_denoising = False
    cycles.light_sampling_threshold = 0
    cycles.sample_clamp_direct = cycles.sample_clamp_indirect = 0
    cycles.blur_glossy = 0
    cycles.pixel_filter_type = "BOX"
    cycles.filter_width = 1
    cycles.max_bounces = 8
    cycles.transparent_max_bounces = 64
    cycles.seed = 1
    scene.view_settings.view_transform = "Raw"
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.image_settings.color_mode = "RGB"
    scene.render.image_settings.color_depth = "32"
    scene.render.use_persistent_data = False


def keep_apart(thing):
    """Materials are compared without light from one patch to another."""
    thing.visible_diffuse = thing.visible_glossy = thing.visible_transmission = thing.visible_shadow = False


def render(folder, samples):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    with open(os.path.join(folder, "scene.json"), encoding="utf-8") as file:
        scene = json.load(file)
    with open(os.path.join(folder, "kind"), encoding="utf-8") as file:
        picture = file.read() == "picture"
    set_render(samples)
    set_camera(scene["camera"])
    set_world(folder, scene["environment"])
    images = []
    for texture in scene["textures"]:
        image = bpy.data.images.load(os.path.join(folder, texture["file"]))
        image.colorspace_settings.name = "sRGB" if texture["srgb"] else "Non-Color"
        image.alpha_mode = "CHANNEL_PACKED"
        images.append(image)
    meshes, placed = {}, {}
    for item in scene["items"]:
        key = item["mesh"], item["material"]
        if key not in placed:
            described = scene["meshes"][item["mesh"]]
            if item["mesh"] not in meshes:
                meshes[item["mesh"]] = fill_mesh(folder, described)
            placed[key] = meshes[item["mesh"]].copy()
            material = make_material(scene["materials"][item["material"]], images, described["colors"], picture)
            placed[key].materials.append(material)
        thing = bpy.data.objects.new("item", placed[key])
        thing.matrix_world = read_matrix(item["world_from_mesh"])
        if not picture:
            keep_apart(thing)
        bpy.context.collection.objects.link(thing)
    for light in scene["lights"]:
        add_light(light)
    path = os.path.join(folder, "cycles.exr")
    bpy.context.scene.render.filepath = path
    bpy.ops.render.render(write_still=True)
    image = bpy.data.images.load(path)
    width, height = image.size
    pixels = numpy.empty(width * height * 4, numpy.float32)
    image.pixels.foreach_get(pixels)
    numpy.save(os.path.join(folder, "cycles.npy"), pixels.reshape(height, width, 4)[::-1, :, :3])


def main():
    arguments = sys.argv[sys.argv.index("--") + 1:]
    for folder in arguments[1:]:
        start = time.monotonic()
        render(os.path.abspath(folder), int(arguments[0]))
        print("cycles: %s in %.0f s" % (os.path.basename(folder), time.monotonic() - start), flush=True)


main()
