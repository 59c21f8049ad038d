"""A decision as a picture: picture.py PROGRAM OUT writes an SVG of the first example claim's explanation.

Every line is a text of a fixed length in columns, so that it aligns whatever font shows it.
"""

import subprocess
import sys
import unicodedata
from xml.sax.saxutils import escape

COLUMN, LINE, EDGE = 8.4, 22, 24
COLOURS = (("给付 ", "#0b6e4f", "bold"), ("规则", "#6c757d", "normal"))


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def style(line):
    for start, colour, weight in COLOURS:
        if line.startswith(start):
            return colour, weight
    if line and not line.startswith(" "):
        return "#1d3557", "bold"
    return "#212529", "normal"


def draw(lines):
    width = max(columns(line) for line in lines) * COLUMN + 2 * EDGE
    height = len(lines) * LINE + 2 * EDGE
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}">'
    yield f'<rect width="{width:.0f}" height="{height}" rx="8" fill="#fdfcf8" stroke="#ced4da"/>'
    yield "<g font-family=\"'Noto Sans Mono CJK SC','Source Han Mono','WenQuanYi Zen Hei Mono',monospace\" font-size=\"14\">"
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" "))
        text, colour_weight = line.strip(), style(line)
        x, y = EDGE + indent * COLUMN, EDGE + number * LINE + 15
        yield (f'<text x="{x:.1f}" y="{y}" textLength="{columns(text) * COLUMN:.1f}" lengthAdjust="spacing" '
               f'fill="{colour_weight[0]}" font-weight="{colour_weight[1]}" xml:space="preserve">{escape(text)}</text>')
    yield "</g>\n</svg>"


def main(program, out):
    command = [program, "explain", "rulesets/beijing", "--plan", "inpatient-allowance", "--carry", "examples/claims/inpatient-allowance.ndjson"]
    text = subprocess.run(command, capture_output=True, encoding="utf-8").stdout
    claims = text.split("\n── ")
    lines = claims[2].rstrip("\n").split("\n")[1:]
    with open(out, "w", encoding="utf-8") as file:
        file.write("\n".join(draw(lines)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
