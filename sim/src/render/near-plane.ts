import { type SampleBuffer, VERTEX_SIZE } from './sample-buffer.ts';

/** Distance of the near plane from the optical centre (m). */
export const NEAR_PLANE_M = 0.005;
/** Length of the scratch array of {@link clipAndFill}: a triangle that one plane clips has at most four vertices. */
export const POLYGON_SIZE = 4 * VERTEX_SIZE;

/**
 * Draws a mesh that may reach behind the camera. It clips each triangle at the near plane (Sutherland and Hodgman, 1974) and
 * projects the rest.
 * @param seen vertices in the camera's frame: x, y, z (m), light
 * @param lens focal length, centre x, centre y (samples)
 * @param polygon scratch array of length {@link POLYGON_SIZE}
 */
export function clipAndFill(
  indices: Uint32Array,
  seen: Float64Array,
  lens: Float64Array,
  polygon: Float64Array,
  samples: SampleBuffer,
  part: number,
): void {
  for (let i = 0; i < indices.length; i += 3) {
    let size = 0;
    for (let corner = 0; corner < 3; corner++) {
      const here = indices[i + corner] * VERTEX_SIZE;
      const next = indices[i + ((corner + 1) % 3)] * VERTEX_SIZE;
      const inFront = seen[here + 2] > NEAR_PLANE_M;
      if (inFront) {
        for (let k = 0; k < VERTEX_SIZE; k++) polygon[size + k] = seen[here + k];
        size += VERTEX_SIZE;
      }
      if (inFront !== seen[next + 2] > NEAR_PLANE_M) {
        // The cut always starts at the visible end, so that two triangles cut their common edge at the same point.
        if (inFront) cutEdge(seen, here, next, polygon, size);
        else cutEdge(seen, next, here, polygon, size);
        size += VERTEX_SIZE;
      }
    }
    if (size < 3 * VERTEX_SIZE) continue;
    project(polygon, size, lens);
    if (!facesCamera(polygon, size)) continue;
    for (let corner = 2 * VERTEX_SIZE; corner < size; corner += VERTEX_SIZE) {
      samples.fill(polygon, 0, corner - VERTEX_SIZE, corner, part);
    }
  }
}

function cutEdge(seen: Float64Array, front: number, behind: number, polygon: Float64Array, at: number): void {
  const t = (seen[front + 2] - NEAR_PLANE_M) / (seen[front + 2] - seen[behind + 2]);
  for (let k = 0; k < VERTEX_SIZE; k++) polygon[at + k] = seen[front + k] + t * (seen[behind + k] - seen[front + k]);
  polygon[at + 2] = NEAR_PLANE_M;
}

function project(polygon: Float64Array, size: number, lens: Float64Array): void {
  for (let o = 0; o < size; o += VERTEX_SIZE) {
    const nearness = 1 / polygon[o + 2];
    polygon[o] = lens[1] + lens[0] * polygon[o] * nearness;
    polygon[o + 1] = lens[2] + lens[0] * polygon[o + 1] * nearness;
    polygon[o + 2] = nearness;
  }
}

/** Tests the sign of the whole polygon's area, because a single triangle of it may be degenerate. */
function facesCamera(polygon: Float64Array, size: number): boolean {
  let area = 0;
  for (let o = 2 * VERTEX_SIZE; o < size; o += VERTEX_SIZE) {
    const b = o - VERTEX_SIZE;
    area +=
      (polygon[b] - polygon[0]) * (polygon[o + 1] - polygon[1]) -
      (polygon[o] - polygon[0]) * (polygon[b + 1] - polygon[1]);
  }
  return area < 0;
}
