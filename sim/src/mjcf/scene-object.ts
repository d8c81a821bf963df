import type { BodyVisuals, PoseTuple, RenderGeometry } from '../render/types.ts';

/** An object in the scene other than the robot. */
export interface SceneObject {
  /** Name of its body in the simulator. */
  readonly name: string;
  /** Shape for collisions and rendering (m). */
  readonly geometry: Exclude<RenderGeometry, { type: 'mesh' }>;
  /** Pose at the start, in `base_link`. */
  readonly pose: PoseTuple;
  /** Linear colour and opacity, each 0..1. */
  readonly rgba: readonly [number, number, number, number];
  /** Mass (kg); 0 for a fixed object. */
  readonly mass: number;
  /** Sliding friction coefficient. */
  readonly friction: number;
}

/** Returns the visual of an object. */
export const objectVisuals = ({ name, geometry, rgba }: SceneObject): BodyVisuals => ({
  body: name,
  visuals: [{ geometry, pose: [0, 0, 0, 0, 0, 0, 1], rgba }],
});
