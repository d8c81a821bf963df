import { cos, quaternion, sin } from '@praxis/core';

/** Orientation of a tool that takes things from above. */
export interface ToolOrientation {
  /** Orientation xyzw of the tool that points down with the fingers closing along y. */
  readonly orientation: readonly [number, number, number, number];
  /**
   * Angle from there by which the tool points away from the axis that the arm turns about (rad), for arms whose wrist does not bend far
   * enough, and the place of that axis (m, scene). The tool turns about the direction in which it closes. Undefined: it points down.
   */
  readonly tilt?: { readonly angle: number; readonly centre: readonly [number, number] };
}

/** Half a turn about x: the tool points straight down, and fingers that close along its y axis do so along the scene's. */
export const DOWN_ORIENTATION = [1, 0, 0, 0] as const;

/** Returns the orientation xyzw of the tool at a place (m, scene). */
export function orientationAt({ orientation, tilt }: ToolOrientation, x: number, y: number): readonly number[] {
  if (!tilt) return orientation;
  const [ux, uy] = [x - tilt.centre[0], y - tilt.centre[1]];
  const length = Math.sqrt(ux * ux + uy * uy);
  if (length === 0) return orientation;
  // About the horizontal axis across the radius; the negative angle turns the lower end outwards.
  const half = -tilt.angle / 2;
  const turn = [(-uy / length) * sin(half), (ux / length) * sin(half), 0, cos(half)];
  const out = [0, 0, 0, 0];
  quaternion.multiply(turn, orientation, out);
  return out;
}
