/**
 * Distances between segments, points and boxes in one frame (m). Points are passed as arrays with offsets, without
 * allocation.
 */

const share = (t: number): number => Math.min(Math.max(t, 0), 1);
/** Bisection steps for the nearest point of a segment, to a ten-millionth of its length. */
const BISECTION_STEPS = 24;

/**
 * Nearest points of two segments (Ericson 2005, "Real-time collision detection", 5.1.9).
 * @param p, q arrays with the ends of the segments, 6 numbers from an offset on (m)
 * @param out 6 numbers: the point on the first segment, the point on the second
 * @returns their distance (m)
 */
export function nearestOfSegments(
  p: Float64Array,
  pAt: number,
  q: Float64Array,
  qAt: number,
  out: Float64Array,
): number {
  const ux = p[pAt + 3] - p[pAt];
  const uy = p[pAt + 4] - p[pAt + 1];
  const uz = p[pAt + 5] - p[pAt + 2];
  const vx = q[qAt + 3] - q[qAt];
  const vy = q[qAt + 4] - q[qAt + 1];
  const vz = q[qAt + 5] - q[qAt + 2];
  const wx = p[pAt] - q[qAt];
  const wy = p[pAt + 1] - q[qAt + 1];
  const wz = p[pAt + 2] - q[qAt + 2];
  const a = ux * ux + uy * uy + uz * uz;
  const e = vx * vx + vy * vy + vz * vz;
  const f = vx * wx + vy * wy + vz * wz;
  const c = ux * wx + uy * wy + uz * wz;
  const b = ux * vx + uy * vy + uz * vz;
  let s = 0;
  let t = 0;
  if (a > 0 && e > 0) {
    const denominator = a * e - b * b;
    // Parallel segments, to a millionth of a radian, are equally near in many places; any of them will do.
    s = denominator > 1e-12 * a * e ? share((b * f - c * e) / denominator) : 0;
    t = (b * s + f) / e;
    if (t < 0) {
      t = 0;
      s = share(-c / a);
    } else if (t > 1) {
      t = 1;
      s = share((b - c) / a);
    }
  } else if (a > 0) s = share(-c / a);
  else if (e > 0) t = share(f / e);
  out[0] = p[pAt] + s * ux;
  out[1] = p[pAt + 1] + s * uy;
  out[2] = p[pAt + 2] + s * uz;
  out[3] = q[qAt] + t * vx;
  out[4] = q[qAt + 1] + t * vy;
  out[5] = q[qAt + 2] + t * vz;
  const dx = out[0] - out[3];
  const dy = out[1] - out[4];
  const dz = out[2] - out[5];
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}

/**
 * Signed distance of a point from an axis-aligned box (m). Inside the box it is the negative distance to the nearest
 * face.
 * @param box 6 numbers: minimum, maximum (m)
 * @param normal 3 numbers: the direction in which the distance grows
 */
export function distanceToBox(x: number, y: number, z: number, box: Float64Array, normal: Float64Array): number {
  const dx = outside(x, box[0], box[3]);
  const dy = outside(y, box[1], box[4]);
  const dz = outside(z, box[2], box[5]);
  const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
  if (length > 0) {
    normal[0] = dx / length;
    normal[1] = dy / length;
    normal[2] = dz / length;
    return length;
  }
  const fx = Math.min(x - box[0], box[3] - x);
  const fy = Math.min(y - box[1], box[4] - y);
  const fz = Math.min(z - box[2], box[5] - z);
  normal.fill(0);
  if (fx <= fy && fx <= fz) normal[0] = x - box[0] < box[3] - x ? -1 : 1;
  else if (fy <= fz) normal[1] = y - box[1] < box[4] - y ? -1 : 1;
  else normal[2] = z - box[2] < box[5] - z ? -1 : 1;
  return -Math.min(fx, fy, fz);
}

/** Signed distance of a number from a range; 0 inside. */
const outside = (x: number, low: number, high: number): number => (x < low ? x - low : x > high ? x - high : 0);

/**
 * Distance (m) of a segment from a box, at its nearest or deepest point. The signed distance to a convex body is convex
 * along the segment, so bisection by the sign of its slope finds the point; for most segments it is an end.
 * @param out 3 numbers: the point
 */
export function nearestToBox(
  p: Float64Array,
  at: number,
  box: Float64Array,
  out: Float64Array,
  normal: Float64Array,
): number {
  const atStart = along(p, at, 0, box, out, normal);
  if (slope(p, at, normal) >= 0) return atStart;
  const atEnd = along(p, at, 1, box, out, normal);
  if (slope(p, at, normal) <= 0) return atEnd;
  let low = 0;
  let high = 1;
  for (let k = 0; k < BISECTION_STEPS; k++) {
    const middle = 0.5 * (low + high);
    along(p, at, middle, box, out, normal);
    if (slope(p, at, normal) < 0) low = middle;
    else high = middle;
  }
  return along(p, at, high, box, out, normal);
}

/** Slope of the distance along the segment for the direction `normal`. */
const slope = (p: Float64Array, at: number, normal: Float64Array): number =>
  (p[at + 3] - p[at]) * normal[0] + (p[at + 4] - p[at + 1]) * normal[1] + (p[at + 5] - p[at + 2]) * normal[2];

function along(
  p: Float64Array,
  at: number,
  t: number,
  box: Float64Array,
  out: Float64Array,
  normal: Float64Array,
): number {
  out[0] = p[at] + t * (p[at + 3] - p[at]);
  out[1] = p[at + 1] + t * (p[at + 4] - p[at + 1]);
  out[2] = p[at + 2] + t * (p[at + 5] - p[at + 2]);
  return distanceToBox(out[0], out[1], out[2], box, normal);
}
