/** Shape of one visual, in its own frame, metres. */
export type RenderGeometry =
  | { readonly type: 'box'; readonly size: readonly [x: number, y: number, z: number] }
  /** Its axis is z, its centre the origin. */
  | { readonly type: 'cylinder'; readonly radius: number; readonly length: number }
  | { readonly type: 'sphere'; readonly radius: number }
  /** xyz triples; triangles counter-clockwise seen from outside. */
  | { readonly type: 'mesh'; readonly vertices: Float32Array; readonly indices: Uint32Array };

/** x, y, z (m), qx, qy, qz, qw. */
export type PoseTuple = readonly [number, number, number, number, number, number, number];

/** One shape that cameras see. */
export interface RenderVisual {
  readonly geometry: RenderGeometry;
  /** Of the geometry's frame in the body's. */
  readonly pose: PoseTuple;
  /** Linear albedo and opacity, 0..1. The software renderer draws every opacity as 1. */
  readonly rgba: readonly [r: number, g: number, b: number, a: number];
}

/** What cameras see of one body; all its visuals move with it. */
export interface BodyVisuals {
  /** Name of the body in the simulator. */
  readonly body: string;
  readonly visuals: readonly RenderVisual[];
}

/** One distant lamp and light from everywhere. A white surface facing the lamp has the value `intensity + ambient` before exposure. */
export interface Lighting {
  /** Unit vector from the lamp into the scene, world frame. */
  readonly direction: readonly [x: number, y: number, z: number];
  /** Light of the lamp, >= 0. */
  readonly intensity: number;
  /** Light from everywhere, >= 0. */
  readonly ambient: number;
}

/** Pinhole camera. */
export interface PinholeCamera {
  /** Optical centre in the world, m. */
  readonly position: ArrayLike<number>;
  /** xyzw of the optical frame in the world (REP 103: z forward, x right, y down). */
  readonly quaternion: ArrayLike<number>;
  /** Vertical field of view, rad. */
  readonly fovY: number;
  /** Factor on linear light; 1 is neutral. */
  readonly exposure: number;
}
