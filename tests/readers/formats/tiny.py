"""The exact dataset in shared/formats-tiny: what it holds."""
import numpy as np

from .common import extent, require

#: Classes of each picture's masks in truth.npz.
CLASSES = [["box", "card", "box"], ["box", "card"], ["bar", "card"], []]
SIZE = (128, 96)


class Tiny:
    """Objects of each picture: [(class, mask)]."""

    def __init__(self, root):
        self.root = root
        truth = np.load(root / "truth.npz")
        self.pictures = [[(name, truth[f"vis_{i}_{k}"]) for k, name in enumerate(names)]
                         for i, names in enumerate(CLASSES)]

    def check(self, module, pictures):
        """What a reader read of the tiny dataset must agree with its truth."""
        require(len(pictures) == len(self.pictures), f"{len(pictures)} pictures, not {len(self.pictures)}")
        for picture, wanted in zip(pictures, self.pictures):
            require((picture.width, picture.height) == SIZE, f"{picture.name}: another size")
            if hasattr(module, "check_tiny"):
                module.check_tiny(picture, wanted)
            else:
                self.check_objects(module, picture, wanted)

    @staticmethod
    def check_objects(module, picture, wanted):
        require(len(picture.objects) == len(wanted), f"{picture.name}: {len(picture.objects)} objects")
        names = getattr(module, "TINY_NAMES", {})
        for one, (name, mask) in zip(picture.objects, wanted):
            require(one.name == names.get(name, name), f"{picture.name}: class {one.name}, not {name}")
            if one.box is not None:
                error = np.abs(np.array(one.box) - extent(mask)).max()
                require(error <= module.BOX_TOLERANCE_PX, f"{picture.name}: box {one.box}, not {extent(mask)}")
            if one.mask is not None:
                require(np.array_equal(one.mask, mask), f"{picture.name}: the mask of {name} is another")
