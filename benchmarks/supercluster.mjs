// Answers the benchmark's viewports from supercluster: one JSON question a line, one JSON answer a line.
// node supercluster.mjs MODULE POINTS, where POINTS holds longitudes and latitudes as float64, in turns.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [script, file] = process.argv.slice(2);
const { default: Supercluster } = await import(script);
const bytes = readFileSync(file);
const positions = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
const points = [];
for (let index = 0; index < positions.length; index += 2) {
  const coordinates = [positions[index], positions[index + 1]];
  points.push({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates } });
}
const start = performance.now();
const index = new Supercluster({ radius: 64, extent: 256, maxZoom: 16 }).load(points);
console.log(JSON.stringify({ built_ms: performance.now() - start }));

for await (const line of createInterface({ input: process.stdin })) {
  const { box, zoom } = JSON.parse(line);
  const asked = process.hrtime.bigint();
  const clusters = index.getClusters(box, zoom);
  const ns = Number(process.hrtime.bigint() - asked);
  const total = clusters.reduce((sum, { properties }) => sum + (properties.point_count ?? 1), 0);
  console.log(JSON.stringify({ ns, clusters: clusters.length, total }));
}
