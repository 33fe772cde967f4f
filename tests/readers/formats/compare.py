"""The content of an export against the dataset, to the loss that the format imposes."""
import numpy as np

from mask_tools import parts_of

from .common import require


def same_numbers(a, b, tolerance):
    return np.abs(np.array(a, float) - np.array(b, float)).max() <= tolerance


def compare_mask(one, wanted, module, where):
    if one.mask is None:
        return
    more, less = one.mask & ~wanted.mask, wanted.mask & ~one.mask
    require(not less.any(), f"{where}: {int(less.sum())} pixels of the mask are missing")
    joined = getattr(module, "JOINS_PARTS", False) and len(parts_of(wanted.mask)) > 1
    require(joined or not more.any(), f"{where}: the mask has {int(more.sum())} pixels too many")


def compare_object(one, wanted, module, where):
    nameless = one.name is None and one.ignored
    require(nameless or one.name == module.spell(wanted.name), f"{where}: class {one.name!r}, the dataset has {wanted.name!r}")
    require(one.ignored == wanted.ignored, f"{where}: ignored {one.ignored}, the policy says {wanted.ignored}")
    if one.box is not None:
        require(same_numbers(one.box, wanted.box, module.BOX_TOLERANCE_PX),
                f"{where}: box {one.box}, the dataset has {wanted.box}")
    compare_mask(one, wanted, module, where)


def compare_picture(picture, capture, truth, module):
    stored = truth.channel_rgb(capture)
    if picture.pixels is not None:
        require((picture.width, picture.height) == (capture["width_px"], capture["height_px"]),
                f"{picture.name}: another size")
        require(np.array_equal(picture.pixels, stored), f"{picture.name}: the pixels are not the dataset's")
    wanted = truth.objects(capture)
    if module.IGNORED == "dropped":
        wanted = [one for one in wanted if not one.ignored]
    objects = module.in_order(picture.objects, wanted) if hasattr(module, "in_order") else picture.objects
    require(len(objects) == len(wanted), f"{picture.name}: {len(objects)} objects, the dataset has {len(wanted)}")
    for i, (one, other) in enumerate(zip(objects, wanted)):
        compare_object(one, other, module, f"{picture.name}, object {i}")
        if hasattr(module, "compare_object"):
            module.compare_object(one, other, capture, truth, f"{picture.name}, object {i}")
    if hasattr(module, "compare_picture"):
        module.compare_picture(picture, capture, truth)
    return len(objects)


def compare(pictures, truth, module):
    """All pictures of an export against all captures; returns the number of objects."""
    require(len(pictures) == len(truth.captures),
            f"{len(pictures)} pictures, the dataset has {len(truth.captures)} to export")
    return sum(compare_picture(picture, capture, truth, module)
               for picture, (_, capture) in zip(pictures, truth.captures))
