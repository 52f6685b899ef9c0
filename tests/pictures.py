#!/usr/bin/env python3
"""pictures.py OUT.png IN.pgm... - pages side by side as one grey PNG.

Sixteen greys are enough for a page of text and keep the file small. Standard
library only: PNG is a header, filtered rows and zlib.
"""
import struct
import sys
import zlib

GAP = 6


def read_pgm(path):
    with open(path, "rb") as f:
        data = f.read()
    fields, at = [], 0
    while len(fields) < 4:
        end = at
        while data[end:end + 1] not in (b" ", b"\n", b"\t"):
            end += 1
        fields.append(data[at:end])
        at = end + 1
    w, h = int(fields[1]), int(fields[2])
    return w, h, data[at:at + w * h]


def chunk(kind, body):
    return (struct.pack(">I", len(body)) + kind + body
            + struct.pack(">I", zlib.crc32(kind + body)))


def main():
    out, pages = sys.argv[1], [read_pgm(p) for p in sys.argv[2:]]
    height = max(h for _, h, _ in pages) + 2 * GAP
    width = sum(w + GAP for w, _, _ in pages) + GAP
    width += width % 2
    rows = []
    for y in range(height):
        row = bytearray(b"\x90" * width)
        x = GAP
        for w, h, px in pages:
            if 0 <= y - GAP < h:
                row[x:x + w] = px[(y - GAP) * w:(y - GAP + 1) * w]
            x += w + GAP
        packed = bytes((row[i] & 0xf0) | row[i + 1] >> 4
                       for i in range(0, width, 2))
        rows.append(b"\0" + packed)
    with open(out, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n"
                + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0))
                + chunk(b"IDAT", zlib.compress(b"".join(rows), 9))
                + chunk(b"IEND", b""))


if __name__ == "__main__":
    main()
