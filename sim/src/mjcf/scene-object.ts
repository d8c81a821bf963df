import type { BodyVisuals, PoseTuple, RenderGeometry } from '../render/types.ts';
import type { MjcfAttributes } from './element.ts';

/** Shape that collides and is drawn (m). */
export type ShapeGeometry = Exclude<RenderGeometry, { type: 'mesh' }>;

/** How a surface yields under force, in the terms of MuJoCo's contact model. */
export interface ContactStiffness {
  /** Time constant (s) and damping ratio of a contact, or as negative numbers its stiffness and damping. */
  readonly solref?: readonly [number, number];
  /** Impedance at the least and at the largest penetration, and the width of the transition (m). */
  readonly solimp?: readonly [number, number, number];
}

/** An object in the scene other than the robot. */
export interface SceneObject {
  /** Name of its body in the simulator. */
  readonly name: string;
  /** Shape for collisions and rendering (m). */
  readonly geometry: ShapeGeometry;
  /** Pose at the start, in the frame of the scene. */
  readonly pose: PoseTuple;
  /** Linear colour and opacity, each 0..1. */
  readonly rgba: readonly [number, number, number, number];
  /** Mass (kg); 0 for a fixed object. */
  readonly mass: number;
  /** Sliding friction coefficient. */
  readonly friction: number;
  /** How its surface yields. Default: that of every object. */
  readonly contact?: ContactStiffness;
}

/** Attributes of a shape in MJCF. */
export function geometryAttributes(g: ShapeGeometry): MjcfAttributes {
  if (g.type === 'box') return { type: 'box', size: g.size.map((s) => s / 2) };
  if (g.type === 'cylinder') return { type: 'cylinder', size: [g.radius, g.length / 2] };
  return { type: 'sphere', size: g.radius };
}

/** Returns the visual of an object. */
export const objectVisuals = ({ name, geometry, rgba }: SceneObject): BodyVisuals => ({
  body: name,
  visuals: [{ geometry, pose: [0, 0, 0, 0, 0, 0, 1], rgba }],
});
