/**
 * TopoJSON to canvas paths (https://github.com/topojson/topojson-specification).
 * Quantised topologies only; geometries of type MultiPolygon and MultiLineString.
 */

/** Every arc as [x, y, x, y, …] after `project(longitude, latitude)` → [x, y]. */
function projectArcs({ arcs, transform }, project) {
  const [scaleX, scaleY] = transform.scale;
  const [left, bottom] = transform.translate;
  return arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([stepX, stepY]) => {
      x += stepX;
      y += stepY;
      return project(x * scaleX + left, y * scaleY + bottom);
    });
  });
}

/** Append the arcs with these numbers (`~n`: walked backwards) to `path` as one line. */
function drawLine(path, numbers, arcs) {
  let begun = false;
  for (const number of numbers) {
    const points = number < 0 ? arcs[~number].slice().reverse() : arcs[number];
    for (const [x, y] of points) {
      if (begun) path.lineTo(x, y);
      else path.moveTo(x, y);
      begun = true;
    }
  }
}

/** One Path2D for each object of the topology, by its name. */
export function pathsOf(topology, project) {
  const arcs = projectArcs(topology, project);
  const paths = {};
  for (const [name, geometry] of Object.entries(topology.objects)) {
    const path = new Path2D();
    if (geometry.type === "MultiLineString") {
      geometry.arcs.forEach((line) => drawLine(path, line, arcs));
    } else {
      for (const ring of geometry.arcs.flat()) {
        drawLine(path, ring, arcs);
        path.closePath();
      }
    }
    paths[name] = path;
  }
  return paths;
}
