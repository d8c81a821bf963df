import type { BodyVisuals, PoseTuple, RenderGeometry } from '../render/types.ts';

/** One thing in the scene that is not the robot. */
export interface SceneObject {
  /** Body in the simulator. */
  readonly name: string;
  /** Sizes in m; the same shape collides and is seen. */
  readonly geometry: Exclude<RenderGeometry, { type: 'mesh' }>;
  /** Where it starts, in base_link. */
  readonly pose: PoseTuple;
  /** Linear colour and opacity, each 0..1. */
  readonly rgba: readonly [number, number, number, number];
  /** kg; 0 for things that never move. */
  readonly mass: number;
  /** Sliding friction coefficient. */
  readonly friction: number;
}

/** What cameras see of an object. */
export const objectVisuals = ({ name, geometry, rgba }: SceneObject): BodyVisuals => ({
  body: name,
  visuals: [{ geometry, pose: [0, 0, 0, 0, 0, 0, 1], rgba }],
});
