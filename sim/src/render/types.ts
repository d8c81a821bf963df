/** Shape of one visual (m, its own frame). */
export type RenderGeometry =
  | { readonly type: 'box'; readonly size: readonly [x: number, y: number, z: number] }
  /** Cylinder along z with its centre at the origin. */
  | { readonly type: 'cylinder'; readonly radius: number; readonly length: number }
  | { readonly type: 'sphere'; readonly radius: number }
  /** Vertices as xyz triples; triangles are counter-clockwise seen from outside. */
  | { readonly type: 'mesh'; readonly vertices: Float32Array; readonly indices: Uint32Array };

/** Pose as x, y, z (m), qx, qy, qz, qw. */
export type PoseTuple = readonly [number, number, number, number, number, number, number];

/** One visible shape of a body. */
export interface RenderVisual {
  readonly geometry: RenderGeometry;
  /** Pose of the geometry's frame in the body. */
  readonly pose: PoseTuple;
  /** Linear albedo and opacity, 0..1. The software renderer draws every opacity as 1. */
  readonly rgba: readonly [r: number, g: number, b: number, a: number];
}

/** The visuals of one body, which move with it. */
export interface BodyVisuals {
  /** Name of the body in the simulator. */
  readonly body: string;
  readonly visuals: readonly RenderVisual[];
}

/** A distant lamp and ambient light. A white surface that faces the lamp has the value `intensity + ambient` before exposure. */
export interface Lighting {
  /** Unit vector from the lamp into the scene (world frame). */
  readonly direction: readonly [x: number, y: number, z: number];
  /** Intensity of the lamp, >= 0. */
  readonly intensity: number;
  /** Intensity of the ambient light, >= 0. */
  readonly ambient: number;
  /** Factor on linear red, green and blue light. Default: white light. */
  readonly colour?: readonly [r: number, g: number, b: number];
  /** Linear colour of what is seen behind every body, each 0..1. Default: a grey blue. */
  readonly background?: readonly [r: number, g: number, b: number];
}

/** Pose and optics of a pinhole camera. */
export interface PinholeCamera {
  /** Optical centre (m, world frame). */
  readonly position: ArrayLike<number>;
  /** Orientation xyzw of the optical frame in the world (REP 103: z forward, x right, y down). */
  readonly quaternion: ArrayLike<number>;
  /** Vertical field of view (rad). */
  readonly fovY: number;
  /** Factor on linear light; 1 is neutral. */
  readonly exposure: number;
}
