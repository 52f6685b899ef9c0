#!/usr/bin/python3
"""pictures.py FOLDER: pictures for figure.t, made here since none are kept.

glass.png    400 x 300, RGBA, 300 to the inch: a disc that fades out
bars.png     400 x 150, one bit, says nothing of its size
poster.png   2000 x 3000, gray, 100 to the inch: larger than any page
photo.jpg    600 x 400, gray, 300 to the inch
cut.jpg      its first half
text.png     not a picture
bomb.png     a header of 100000 x 100000
"""
import os
import struct
import sys
import zlib


def chunk(name, data):
    return (struct.pack(">I", len(data)) + name + data +
            struct.pack(">I", zlib.crc32(name + data)))


def png(width, height, bits, kind, rows, ppm=0):
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
        ">IIBBBBB", width, height, bits, kind, 0, 0, 0))
    if ppm:
        out += chunk(b"pHYs", struct.pack(">IIB", ppm, ppm, 1))
    data = b"".join(b"\0" + r for r in rows)
    return out + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def glass(y):
    row = bytearray()
    for x in range(400):
        r = ((x - 200) ** 2 + (y - 150) ** 2) ** .5
        row += bytes((200, 30, 60, max(0, min(255, int((140 - r) * 6)))))
    return bytes(row)


def segment(marker, data):
    return struct.pack(">BBH", 0xff, marker, len(data) + 2) + data


def flat_jpeg(width, height, value):
    """Gray all over: each block is its difference to the last, and an end.

    The code words: 0 no difference, 10 one of eight bits, 0 end of block.
    """
    level = (value - 128) * 8
    bits = "10" + format(level if level > 0 else level + 255, "08b") + "0"
    bits += "00" * (((width + 7) // 8) * ((height + 7) // 8) - 1)
    bits += "1" * (-len(bits) % 8)
    data = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
    return (b"\xff\xd8" +
            segment(0xe0, b"JFIF\0\1\1\1" + struct.pack(">HHBB", 300, 300,
                                                        0, 0)) +
            segment(0xdb, b"\0" + b"\1" * 64) +
            segment(0xc0, struct.pack(">BHHBBBB", 8, height, width, 1, 1,
                                      0x11, 0)) +
            segment(0xc4, b"\0" + bytes([1, 1] + [0] * 14) + b"\0\x08") +
            segment(0xc4, b"\x10" + bytes([1] + [0] * 15) + b"\0") +
            segment(0xda, b"\1\1\0\0\x3f\0") +
            data.replace(b"\xff", b"\xff\0") + b"\xff\xd9")


def main():
    files = {
        "glass.png": png(400, 300, 8, 6, map(glass, range(300)), 11811),
        "bars.png": png(400, 150, 1, 0, [b"\xff\xf0" * 25] * 150),
        "poster.png": png(2000, 3000, 8, 0, [bytes(range(250)) * 8] * 3000,
                          3937),
        "photo.jpg": flat_jpeg(600, 400, 150),
        "text.png": b"not a picture\n",
        "bomb.png": png(100000, 100000, 8, 0, []),
    }
    files["cut.jpg"] = files["photo.jpg"][:300]
    for name, data in files.items():
        with open(os.path.join(sys.argv[1], name), "wb") as f:
            f.write(data)


if __name__ == "__main__":
    main()
