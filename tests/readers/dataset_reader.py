"""Reads a Diorama dataset with sqlite3 and its id pictures, independently of the engine."""
import pathlib
import sqlite3

import numpy as np
from PIL import Image

DONE = 1


class Dataset:
    """Captures by (run, frame, take, sensor), each with its annotations by instance."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.db = sqlite3.connect(f"file:{self.folder / 'dataset.db'}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        self.captures = {}
        for row in self.db.execute(
                "SELECT run, frame_index, take, c.* FROM frames f JOIN captures c ON c.frame = f.id"
                " WHERE f.status = ? ORDER BY run, frame_index, take, sensor", (DONE,)):
            self.captures[row["run"], row["frame_index"], row["take"], row["sensor"]] = row
        self.categories = [dict(row) for row in self.db.execute("SELECT * FROM categories ORDER BY position")]

    def annotations(self, capture):
        rows = self.db.execute("SELECT * FROM annotations WHERE capture = ? ORDER BY instance", (capture["id"],))
        return {row["instance"]: row for row in rows}

    def file(self, capture, channel):
        row = self.db.execute("SELECT path FROM files WHERE capture = ? AND channel = ?",
                              (capture["id"], channel)).fetchone()
        return self.folder / row["path"] if row else None

    def instances(self, capture):
        """Ids of instances, one a pixel: the instance picture, or the leaf picture and the owners of its leaves."""
        path = self.file(capture, "instance")
        if path:
            return read_ids(path)
        leaves = read_ids(self.file(capture, "leaf"))
        table = np.zeros(65536, np.uint32)
        for row in self.db.execute("SELECT leaf, instance FROM leaves WHERE capture = ?", (capture["id"],)):
            table[row["leaf"]] = row["instance"]
        return table[leaves]


def read_ids(path):
    with Image.open(path) as picture:
        return np.array(picture).astype(np.uint32)
