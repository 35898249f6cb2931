#!/usr/bin/env python3
"""Turns the world outline of the npm package world-atlas 2.0.2 (countries-110m.json) into the file the threat map draws.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    ./prepare-world.py package/countries-110m.json ../src/main/resources/META-INF/resources/velvet/world.json

Borders come from Natural Earth (public domain), packaged by Mike Bostock (ISC). Antarctica is left out: no login
comes from there, and it would take a fifth of the picture. Coordinates keep two decimals, about one kilometre.
"""
import json
import sys

ANTARCTICA = "010"


def decoded_arcs(topology):
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((round(x * scale_x + move_x, 2), round(y * scale_y + move_y, 2)))
        yield points


def ring(indices, arcs):
    points = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    kept = [points[0]]
    for point in points[1:]:
        if point != kept[-1]:
            kept.append(point)
    return kept


def unrolled(points):
    """The same ring without jumps from one edge of the map to the other: longitudes may leave -180 to 180."""
    turn, before, out = 0, points[0][0], []
    for longitude, latitude in points:
        if longitude - before > 180:
            turn -= 360
        elif before - longitude > 180:
            turn += 360
        before = longitude
        out.append((longitude + turn, latitude))
    return out


def clipped(points, edge, inside):
    """What of a closed ring lies on the inner side of a meridian (Sutherland and Hodgman 1974)."""
    out = []
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1]):
        if inside(x1):
            out.append((x1, y1))
        if inside(x1) != inside(x2):
            out.append((edge, round(y1 + (y2 - y1) * (edge - x1) / (x2 - x1), 2)))
    return out


def cut(points):
    """A ring that crosses the date line becomes one ring on each side of it."""
    points = unrolled(points)
    sides = []
    for shift in (-360, 0, 360):
        moved = [(round(x + shift, 2), y) for x, y in points]
        part = clipped(clipped(moved, 180, lambda x: x <= 180), -180, lambda x: x >= -180)
        if len({x for x, _ in part}) > 1 and len(part) > 3:
            sides.append(part + part[:1] if part[0] != part[-1] else part)
    return sides


def polygons(shape, arcs):
    parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    out = []
    for part in parts:
        outer = cut(ring(part[0], arcs))
        holes = [ring(indices, arcs) for indices in part[1:]]  # No lake or enclave lies on the date line.
        out.extend([side] + (holes if i == 0 else []) for i, side in enumerate(outer))
    return out


def main(source, target):
    with open(source, encoding="utf-8") as file:
        topology = json.load(file)
    arcs = list(decoded_arcs(topology))
    features = [
        {
            "type": "Feature",
            "id": shape.get("id", ""),
            "properties": {"name": shape["properties"]["name"]},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons(shape, arcs)},
        }
        for shape in topology["objects"]["countries"]["geometries"]
        if shape.get("id") != ANTARCTICA
    ]
    world = {
        "type": "FeatureCollection",
        "credit": "Natural Earth 1:110m (public domain), through world-atlas 2.0.2 (ISC, Mike Bostock)",
        "features": features,
    }
    with open(target, "w", encoding="utf-8") as file:
        json.dump(world, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
