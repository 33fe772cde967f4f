"""MOTChallenge as TrackEval and datumaro read it: gt.txt of nine columns, seqinfo.ini of seven keys, seqmaps."""
import configparser
import pathlib
import re

from .common import Object, Picture, check_box, extent, load_rgb, number, require, substitute

TINY = "mot"
KEYS = ["name", "imDir", "frameRate", "seqLength", "imWidth", "imHeight", "imExt"]


def whole(text, where):
    require(re.fullmatch(r"-?\d+", text) is not None, f"{where}: {text!r} is no whole number")
    return int(text)


def read_info(path):
    require(path.is_file(), f"{path} is missing")
    parser = configparser.ConfigParser()
    parser.optionxform = str
    parser.read(path)
    require(parser.sections() == ["Sequence"] and sorted(parser["Sequence"]) == sorted(KEYS), f"{path}: other keys")
    info = dict(parser["Sequence"])
    for key in ("seqLength", "imWidth", "imHeight"):
        info[key] = whole(info[key], path)
        require(info[key] > 0, f"{path}: {key} is {info[key]}")
    require(number(info["frameRate"], path) > 0, f"{path}: frameRate")
    return info


def read_line(line, info, where):
    fields = line.split(",")
    require(len(fields) == 9, f"{where}: {len(fields)} columns, not 9")
    frame, track, left, top, width, height, flag, kind = (whole(field, where) for field in fields[:8])
    visibility = number(fields[8], where)
    require(1 <= frame <= info["seqLength"], f"{where}: frame {frame} of {info['seqLength']}")
    require(track >= 1 and kind >= 1 and flag in (0, 1), f"{where}: id, class or flag")
    require(0 <= visibility <= 1, f"{where}: visibility {visibility}")
    box = [left - 1, top - 1, left - 1 + width, top - 1 + height]
    check_box(box, info["imWidth"], info["imHeight"], where)
    return frame, Object(str(kind), box, ignored=flag == 0, extra={"track": track, "visibility": visibility})


def read_sequence(folder, split):
    info = read_info(folder / "seqinfo.ini")
    require(info["name"] == folder.name, f"{folder}: seqinfo.ini names {info['name']}")
    text = (folder / "gt" / "gt.txt").read_text(encoding="ascii")
    require(text == "" or text.endswith("\n"), f"{folder}/gt/gt.txt: the last line has no end")
    frames, classes = {}, {}
    for i, line in enumerate(text.split("\n")[:-1]):
        where = f"{folder}/gt/gt.txt, line {i + 1}"
        frame, one = read_line(line, info, where)
        mates = frames.setdefault(frame, {})
        track = one.extra["track"]
        require(track not in mates, f"{where}: id {track} stands twice in frame {frame}")
        require(classes.setdefault(track, one.name) == one.name, f"{where}: id {track} changes its class")
        mates[track] = one
    pictures = []
    images = sorted((folder / info["imDir"]).iterdir())
    for path in images:
        require(re.fullmatch(r"\d{6}", path.stem) and path.suffix == info["imExt"], f"{path}: another name")
        pixels = load_rgb(path)
        require(pixels.shape[:2] == (info["imHeight"], info["imWidth"]), f"{path}: another size than seqinfo.ini says")
        objects = list(frames.pop(int(path.stem), {}).values())
        pictures.append(Picture(f"{folder.name}/{path.stem}", info["imWidth"], info["imHeight"], objects, pixels, split,
                                {"sequence": folder.name, "frame": int(path.stem), "info": info}))
    require(not frames, f"{folder}: gt.txt speaks of pictures that are not there: {sorted(frames)}")
    return pictures


def read(root):
    root, pictures = pathlib.Path(root), []
    maps = sorted((root / "seqmaps").glob("*.txt"))
    require(maps, f"{root}/seqmaps is empty")
    for path in maps:
        lines = path.read_text().splitlines()
        require(lines[:1] == ["name"], f"{path}: the first line is not 'name'")
        require(len(set(lines)) == len(lines), f"{path}: a sequence stands twice")
        bench = root / path.stem
        there = {entry.name for entry in bench.iterdir()} if bench.is_dir() else set()
        require(there == set(lines[1:]), f"{path}: other sequences than in {bench}")
        for name in lines[1:]:
            pictures += read_sequence(bench / name, path.stem.split("-")[-1])
    return pictures


def check_tiny(picture, wanted):
    """Its lines stand in the order of track ids, and all are pedestrians."""
    require(all(one.name == "1" and not one.ignored for one in picture.objects), f"{picture.name}: another class")
    found, true = sorted(one.box for one in picture.objects), sorted(extent(mask) for _, mask in wanted)
    require(found == true, f"{picture.name}: boxes {found}, not {true}")


def gt(root):
    return next(path for path in sorted(root.glob("*/*/gt/gt.txt")) if path.stat().st_size > 0)


def info(root):
    return sorted(root.glob("*/*/seqinfo.ini"))[0]


MUTATIONS = [
    ("a column too few", lambda root: substitute(gt(root), r"^([^\n]*),[^,\n]*\n", r"\1\n"), "columns, not 9"),
    ("frame 0", lambda root: substitute(gt(root), r"^\d+,", "0,"), "frame 0 of"),
    ("an id twice", lambda root: gt(root).write_text(gt(root).read_text() + gt(root).read_text()), "stands twice"),
    ("a broken number", lambda root: substitute(gt(root), r"^(\d+,\d+),\d+", r"\1,4e1"), "no whole number"),
    ("a box outside", lambda root: substitute(gt(root), r"^(\d+,\d+),\d+", r"\1,-40"), "leaves the picture"),
    ("a key too few", lambda root: substitute(info(root), r"imExt=[^\n]*\n", ""), "other keys"),
    ("another name", lambda root: substitute(info(root), r"name=", "name=x"), "names x"),
    ("another length", lambda root: substitute(info(root), r"seqLength=\d+", "seqLength=1"), "of 1"),
    ("a map without head", lambda root: substitute(sorted((root / "seqmaps").glob("*"))[0], r"^name\n", ""),
     "first line is not"),
    ("no picture", lambda root: sorted(root.glob("*/*/img1/*"))[0].unlink(), "pictures that are not there"),
]
