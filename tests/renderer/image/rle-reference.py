"""A second implementation of COCO's run-length strings, for test-image-rle.

Reads lines "width height string bits" (bits row by row, rows top to bottom), decodes the string, compares it
with the bits and prints the string that it would have written itself.
"""

import sys


def decode(string, area):
    runs, at = [], 0
    while at < len(string):
        value, shift, more = 0, 0, True
        while more:
            group = ord(string[at]) - 48
            at += 1
            value |= (group & 31) << shift
            shift += 5
            more = group & 32
            if not more and group & 16:
                value -= 1 << shift
        if len(runs) > 2:
            value += runs[-2]
        runs.append(value)
    pixels, bit = [], 0
    for run in runs:
        pixels += [bit] * run
        bit = 1 - bit
    assert len(pixels) == area, "runs do not fill the mask"
    return pixels


def encode(pixels):
    runs, bit = [0], 0
    for pixel in pixels:
        if pixel == bit:
            runs[-1] += 1
        else:
            runs.append(1)
            bit = pixel
    out = ""
    for i, run in enumerate(runs):
        value = run - runs[i - 2] if i > 2 else run
        while True:
            group = value & 31
            value >>= 5
            done = value == -1 if group & 16 else value == 0
            out += chr(48 + (group if done else group | 32))
            if done:
                break
    return out


def main():
    with open(sys.argv[1], encoding="ascii") as lines:
        for line in lines:
            width, height, string, bits = line.split()
            width, height = int(width), int(height)
            columns = [int(bits[y * width + x]) for x in range(width) for y in range(height)]
            assert decode(string, width * height) == columns, line
            print(encode(columns))


main()
