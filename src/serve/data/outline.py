"""Makes outline.tsv, the countries that the map draws.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz     # countries-50m.json: Natural Earth 1:50m, public domain
    pip download --no-deps pycountry && unzip pycountry-*.whl       # ISO 3166-1: numbers to codes of two letters
    PYTHONPATH=. python3 outline.py package/countries-50m.json > outline.tsv

A row a country: code, bounds (west north east south), path. Units are twentieths of a degree, south is positive; the path is
one of SVG with steps. Points nearer than TOLERANCE to the line of their neighbours are left out, and islands too small to see.
"""
import json
import sys

import pycountry

UNIT = 20  # parts of a degree
TOLERANCE = 0.05  # degrees
SMALLEST = 0.03  # square degrees, of the rings besides the largest
# Rings that Natural Earth draws as they are held: from, to, bounds (west south east north), by what.
GIVEN = [("RU", "UA", (32.3, 44.3, 36.8, 46.3))]  # Crimea: resolution 68/262 of the UN's General Assembly


def arcs(topology):
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        yield simplified(points)


def simplified(points):
    """Douglas and Peucker; an arc is shared by its two countries, so borders stay closed."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5

    def off(point):
        px, py = point
        if length == 0:
            return ((px - ax) ** 2 + (py - ay) ** 2) ** 0.5
        return abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length

    far = max(range(1, len(points) - 1), key=lambda at: off(points[at]))
    if off(points[far]) < TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: far + 1])[:-1] + simplified(points[far:])


def ring(numbers, lines):
    points = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        points += line[1:] if points else line
    return points


def area(points):
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, points[1:]))) / 2


def owner(iso, points):
    for held, given, (west, south, east, north) in GIVEN:
        if iso == held and all(west <= x <= east and south <= y <= north for x, y in points):
            return given
    return iso


def path(rings):
    out = []
    for points in rings:
        last = None
        units = [(round(x * UNIT), round(-y * UNIT)) for x, y in points]
        if len(set(units)) < 3:
            continue
        for here in units:
            if last is None:
                out.append(f"M{here[0]} {here[1]}l")
            elif here != last:
                out.append(f"{here[0] - last[0]} {here[1] - last[1]} ")
            last = here
        out[-1] = out[-1].rstrip() + "z"
    return "".join(out).replace(" -", "-")


def code(number):
    country = pycountry.countries.get(numeric=number) if number else None
    return country.alpha_2 if country else None


def main():
    topology = json.load(open(sys.argv[1]))
    lines = list(arcs(topology))
    print("# Countries as the map draws them; made by outline.py from Natural Earth 1:50m (public domain) by way of world-atlas 2.0.2.")
    print("# code\tbounds: west north east south\tpath; twentieths of a degree")
    rows = {}
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        iso = "XK" if name == "Kosovo" else code(country.get("id")) or "-"
        if iso == "AQ" or country["type"] not in ("Polygon", "MultiPolygon"):
            continue
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        rings = sorted((ring(shape, lines) for polygon in shapes for shape in polygon), key=area, reverse=True)
        for one in [rings[0]] + [one for one in rings[1:] if area(one) >= SMALLEST]:
            rows.setdefault(owner(iso, one), []).append(one)
    for iso, rings in sorted(rows.items()):
        xs = [x for one in rings for x, _ in one]
        ys = [-y for one in rings for _, y in one]
        bounds = " ".join(str(round(value * UNIT)) for value in (min(xs), min(ys), max(xs), max(ys)))
        drawn = path(rings)
        if drawn:
            print(f"{iso}\t{bounds}\t{drawn}")


main()
