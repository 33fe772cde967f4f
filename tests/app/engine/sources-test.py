"""Jobs that draw from a folder of pictures and a CSV table: any number of workers gives one digest, a job goes on with
what it stored, and a picture behind everything comes out as it is stored and is no label.

Usage: sources-test.py ENGINE [--keep FOLDER]. Prints TAP. Draws small pictures with the real engine."""

import argparse
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import traceback

import enginelib
from PIL import Image

parser = argparse.ArgumentParser()
parser.add_argument("engine")
parser.add_argument("--keep", help="where the datasets stay")
OPTIONS = parser.parse_args()
WIDTH, HEIGHT, FRAMES = 64, 48, 8
COLOURS = {"a.png": (200, 40, 90), "b.png": (20, 120, 220), "c.jpg": (128, 128, 128), "d.png": (250, 245, 240)}


def write_pictures(folder):
    os.makedirs(folder)
    for name, colour in COLOURS.items():
        Image.new("RGB", (40, 40), colour).save(os.path.join(folder, name), quality=100)
    with open(os.path.join(folder, "notes.txt"), "w", encoding="utf-8") as notes:
        notes.write("no picture\n")


def scenario(**changes):
    """A glass and a solid ball before a picture; the third of the frame on both sides is free."""
    sensor = {"width": WIDTH, "height": HEIGHT, "background_bars": [0, 0.5, 0], **changes.pop("sensor", {})}
    glass = {"slot": "*", "alpha_mode": "blend", "base_color": [0.2, 0.2, 0.2, 0.5]}
    document = {
        "format": "diorama-scenario", "version": 1,
        "categories": [{"id": "ball", "kind": "thing"}],
        "nodes": [
            {"id": "sun", "kind": "light", "light": {"kind": "sun", "intensity": 20000}},
            {"id": "solid", "kind": "model", "category": "ball", "translation": [0, 0, 0.2],
             "model": {"parametric": "sphere"}},
            {"id": "cam", "kind": "sensor", "translation": [0, 0, 1.5], "sensor": sensor},
        ],
        "randomizers": [
            {"id": "photo", "type": "background-choice", "targets": ["cam"], "folder": "photos"},
            {"id": "ev", "type": "table-column", "targets": ["cam"], "property": "sensor/exposure_ev100",
             "file": "ev.csv", "columns": ["ev"]},
        ],
        "outputs": {"rgb": True, "depth": True},
    }
    if changes.pop("glass", False):
        document["nodes"][1]["model"]["materials"] = [glass]
    document["randomizers"] += changes.pop("more", [])
    return document


class Case:
    def __init__(self, root):
        self.root = root
        write_pictures(os.path.join(root, "photos"))
        self.write("ev.csv", "frame,ev\r\n" + "".join(f"{i},{9 + i % 4}\r\n" for i in range(5)))
        self.write_scenario(scenario())

    def write(self, name, text):
        with open(os.path.join(self.root, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def write_scenario(self, document):
        self.write("scene.diorama", json.dumps(document))

    def start(self, *command, env=None):
        return enginelib.Run([OPTIONS.engine, *command], env)

    def render(self, name, *options, expect=0, env=None):
        folder = os.path.join(self.root, name)
        run = self.start("render", os.path.join(self.root, "scene.diorama"), "--output", folder, "--seed", "3",
                         "--frames", str(FRAMES), *options, env=env)
        code = run.finish()
        assert code == expect, f"exit code {code}\n{run.text()}"
        return folder if expect == 0 else run.text()

    def digest(self, folder):
        return subprocess.run([OPTIONS.engine, "digest", folder], check=True, capture_output=True, text=True).stdout


def query(folder, sql):
    with sqlite3.connect(os.path.join(folder, "dataset.db")) as connection:
        return connection.execute(sql).fetchall()


def choices(folder):
    with open(os.path.join(folder, "scenario.json"), encoding="utf-8") as file:
        return json.load(file)


def pictures(folder):
    for index in range(FRAMES):
        path = os.path.join(folder, "rgb", "000", f"{index:06d}_cam.png")
        yield Image.open(path).convert("RGB"), Image.open(path.replace("rgb", "leaf", 1))


def colour_of(folder, index):
    """The stored colour of the picture that the frame's draw names."""
    document = choices(folder)
    drawn = query(folder, f"SELECT d.string FROM draws d JOIN frames f ON f.id = d.frame WHERE f.frame_index = {index} "
                          "AND d.string IS NOT NULL")[0][0]
    path = next(asset["path"] for asset in document["assets"] if asset["id"] == drawn)
    return COLOURS[os.path.basename(path)]


def assert_near(pixel, wanted, tolerance=1):
    assert all(abs(a - b) <= tolerance for a, b in zip(pixel, wanted)), f"{pixel} is not {wanted}"


def check_behind(folder):
    seen = set()
    for index, (rgb, leaf) in enumerate(pictures(folder)):
        wanted = colour_of(folder, index)
        seen.add(wanted)
        # Whatever the exposure of the frame, the picture comes out as it is stored.
        for place in ((1, 1), (WIDTH - 2, HEIGHT - 2), (WIDTH // 8, HEIGHT // 2)):
            assert_near(rgb.getpixel(place), wanted)
            assert leaf.getpixel(place) == 0, "the picture is a label"
        assert leaf.getpixel((WIDTH // 2, HEIGHT // 2)) > 0, "the ball is not seen"
    assert len(seen) >= 3, seen


def test_any_number_of_workers(case):
    one = case.render("one", "--workers", "1")
    three = case.render("three", "--workers", "3")
    assert case.digest(one) == case.digest(three)
    check_behind(one)


def test_closed_document(case):
    folder = case.render("set")
    document = choices(folder)
    photo, values = document["randomizers"]
    assert "folder" not in photo and len(photo["pictures"]) == 4, photo
    assert [os.path.basename(asset["path"]) for asset in document["assets"]] == sorted(COLOURS)
    assert all(len(asset["sha256"]) == 64 for asset in document["assets"])
    assert "file" not in values and values["rows"] == [9, 10, 11, 12, 9], values
    evs = query(folder, "SELECT d.x0 FROM draws d JOIN frames f ON f.id = d.frame WHERE d.randomizer = 'ev' "
                        "ORDER BY f.frame_index")
    assert [ev for ev, in evs] == [9, 10, 11, 12, 9, 9, 10, 11], evs


def test_resume_goes_on_with_what_was_stored(case):
    whole = case.render("whole")
    folder = os.path.join(case.root, "cut")
    run = case.start("render", os.path.join(case.root, "scene.diorama"), "--output", folder, "--seed", "3", "--frames",
                     str(FRAMES), "--workers", "1", env={"DIORAMA_TEST_PAUSE": "rendering:200"})
    run.wait_for_seam(3)
    run.process.send_signal(signal.SIGTERM)
    assert run.finish() == 3, run.text()
    done = query(folder, "SELECT count(*) FROM frames")[0][0]
    assert 0 < done < FRAMES, done
    # Files come and go, and the table is another one.
    Image.new("RGB", (8, 8), (0, 255, 0)).save(os.path.join(case.root, "photos", "0.png"))
    os.remove(os.path.join(case.root, "photos", "b.png"))
    case.write("ev.csv", "ev\n20\n")
    run = case.start("resume", folder)
    assert run.finish() == 0, run.text()
    assert case.digest(folder) == case.digest(whole)
    # A new job sees the new files, and is another one.
    other = case.render("other")
    assert case.digest(other) != case.digest(whole)
    hashes = [query(name, "SELECT scenario_hash FROM runs")[0][0] for name in (whole, folder, other)]
    assert hashes[0] == hashes[1] != hashes[2], hashes


def test_faults_are_told_before_the_first_frame(case):
    for name in COLOURS:
        os.remove(os.path.join(case.root, "photos", name))
    assert "the folder \"photos\" holds no picture" in case.render("empty", expect=1)
    case.write("photos/z.png", "this is no picture")
    assert "photos/z.png" in case.render("broken", expect=1)
    os.remove(os.path.join(case.root, "photos", "z.png"))
    os.symlink("/etc/hostname", os.path.join(case.root, "photos", "z.png"))
    assert "\"photos/z.png\" is a link" in case.render("link", expect=1)
    os.remove(os.path.join(case.root, "photos", "z.png"))
    Image.new("RGB", (8, 8)).save(os.path.join(case.root, "photos", "z.png"))
    case.write("ev.csv", "ev\n9\nnine\n")
    assert "ev.csv, line 3, column 1 (\"ev\"): \"nine\" is no number" in case.render("word", expect=1)
    case.write("ev.csv", "ev\n9\n9\n")
    document = scenario()
    document["randomizers"][1]["at_end"] = "stop"
    case.write_scenario(document)
    assert "has values for 2 frames" in case.render("short", expect=1)


def test_fit_crop_and_glass(case):
    # Glass takes another way through the renderer than solid surfaces.
    for glass in (False, True):
        case.write_scenario(scenario(glass=glass, sensor={"background_fit": "fit", "tone": "linear"}))
        folder = case.render(f"fit-{glass}")
        for index, (rgb, _) in enumerate(pictures(folder)):
            wanted = colour_of(folder, index)
            assert_near(rgb.getpixel((1, HEIGHT // 2)), (0, 188, 0))
            assert_near(rgb.getpixel((WIDTH - 2, 2)), (0, 188, 0))
            assert_near(rgb.getpixel((WIDTH // 2, 1)), wanted)
        case.write_scenario(scenario(glass=glass))
        check_behind(case.render(f"crop-{glass}"))


def test_effects_keep_it_as_stored(case):
    # Effects are laid over linear light, with the tone curve last.
    case.write_scenario(scenario(sensor={"softness_px": 0.4}))
    check_behind(case.render("soft"))
    # An exposure that goes wrong goes wrong for the picture too; one in nits follows the exposure.
    case.write_scenario(scenario(sensor={"exposure_compensation_ev": -2}))
    dark = case.render("dark")
    case.write_scenario(scenario(sensor={"background_nits": 2000, "tone": "linear"}))
    nits = case.render("nits")
    for index, ((low, _), (exposed, _)) in enumerate(zip(pictures(dark), pictures(nits))):
        wanted = colour_of(dark, index)
        assert all(a < b for a, b in zip(low.getpixel((1, 1)), wanted)), low.getpixel((1, 1))
        white = 2000 / (1.2 * 2 ** [9, 10, 11, 12, 9][index % 5])
        for channel, stored in zip(exposed.getpixel((1, 1)), wanted):
            linear = (stored / 255 / 12.92) if stored <= 10 else ((stored / 255 + 0.055) / 1.055) ** 2.4
            linear = min(linear * white, 1)
            shown = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
            assert abs(channel - 255 * shown) <= 1.5, (channel, 255 * shown)


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    print(f"1..{len(tests)}")
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        root = tempfile.mkdtemp(prefix="dio-sources-") if not OPTIONS.keep else os.path.join(OPTIONS.keep, name)
        os.makedirs(root, exist_ok=True)
        try:
            test(Case(root))
            print(f"ok {number} {name}", flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print("# " + traceback.format_exc().replace("\n", "\n# "))
            print(f"not ok {number} {name}", flush=True)
        if not OPTIONS.keep:
            shutil.rmtree(root)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
