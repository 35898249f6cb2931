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


def polygons(shape, arcs):
    parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    rings = [[ring(indices, arcs) for indices in part] for part in parts]
    return [part for part in rings if len(part[0]) > 3]


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
