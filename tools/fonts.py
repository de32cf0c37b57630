#!/usr/bin/python3
"""Cuts the window's fonts from WenQuanYi Micro Hei.

  tools/fonts.py --out build/release/generated/fonts -- core/texts*.cpp

Writes ui.ttf (Latin and the characters of the given files), cjk.ttf (GB 2312 level 1) and each as
C++. Files whose contents would not change are left as they are.
"""
import argparse
import pathlib

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
# Latin, punctuation, currency, arrows, mathematical signs, simple shapes.
LATIN = [(0x20, 0x7E), (0xA0, 0x24F), (0x2010, 0x2044), (0x20AC, 0x20AC), (0x2190, 0x2199),
         (0x2200, 0x2265), (0x25A0, 0x25CF), (0x2605, 0x2606), (0x2713, 0x2717),
         (0x3000, 0x3002), (0xFF01, 0xFF1F)]


def gb2312_level_1():
    """The 3,755 most used Chinese characters, rows 16 to 55 of the standard."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return {ord(c) for cell in cells for c in cell.decode("gb2312", errors="ignore")}


def write_if_new(path, data):
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def cut(name, codes, out):
    wanted = out / f"{name}.chars"
    listed = " ".join(f"{code:x}" for code in sorted(codes)).encode()
    if wanted.exists() and wanted.read_bytes() == listed and (out / f"font_{name}.cpp").exists():
        return
    # The bytes must not depend on the day.
    font = TTFont(SOURCE, fontNumber=0, recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    options.drop_tables += ["FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    ttf = out / f"{name}.ttf"
    font.save(ttf)
    data = ttf.read_bytes()
    lines = [",".join(map(str, data[i:i + 32])) for i in range(0, len(data), 32)]
    write_if_new(out / f"font_{name}.cpp", (
        f"extern const unsigned char footfall_font_{name}[];\n"
        f"extern const unsigned footfall_font_{name}_size;\n"
        f"const unsigned char footfall_font_{name}[] = {{\n" + ",\n".join(lines) + "};\n"
        f"const unsigned footfall_font_{name}_size = {len(data)};\n").encode())
    wanted.write_bytes(listed)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("texts", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    shown = {code for low, high in LATIN for code in range(low, high + 1)}
    for text in args.texts:
        shown |= {ord(c) for c in text.read_text(encoding="utf-8") if ord(c) > 0x7E}
    cut("ui", shown, args.out)
    cut("cjk", gb2312_level_1(), args.out)


if __name__ == "__main__":
    main()
