import type { MainModule } from '@mujoco/mujoco';
import { POSE_SIZE, type Pose } from '@praxis/core';
import type { Mujoco } from '../../mujoco/world.ts';
import type { CompiledModel } from './compile.ts';

/** Kinds of objects of `mj_id2name` (mjtObj). */
export const KIND = { body: 1, joint: 3, site: 6, camera: 7 } as const;

/** Reads a compiled model: its declarations call every array `any`. */
export class ModelArrays {
  readonly model: CompiledModel;
  readonly #mujoco: MainModule;
  readonly #meshFolder: string | undefined;

  /** @param meshFolder of mesh files, relative to the main file; undefined for the main file's own */
  constructor(module: Mujoco, model: CompiledModel, meshFolder: string | undefined) {
    this.#meshFolder = meshFolder;
    this.#mujoco = module as MainModule;
    this.model = model;
  }

  /** Name of an object, or its kind and number where it has none. */
  name(kind: keyof typeof KIND, id: number): string {
    return this.#mujoco.mj_id2name(this.model, KIND[kind], id) || `${kind}${id}`;
  }

  /** `count` numbers of an array from `offset` on. */
  numbers(array: string, offset: number, count: number): number[] {
    const all = (this.model as unknown as Readonly<Record<string, ArrayLike<number>>>)[array];
    return Array.from({ length: count }, (_, i) => all[offset + i]);
  }

  /** One number of an array. */
  number(array: string, index: number): number {
    return this.numbers(array, index, 1)[0];
  }

  /** A flag of an object. Arrays of flags cannot be read as a whole: the binding knows no view of them. */
  isSet(kind: 'jnt' | 'actuator' | 'eq', id: number, flag: string): boolean {
    const { model } = this;
    const object = kind === 'jnt' ? model.jnt(id) : kind === 'actuator' ? model.actuator(id) : model.eq(id);
    try {
      return Boolean((object as unknown as Readonly<Record<string, unknown>>)[flag]);
    } finally {
      object.delete();
    }
  }

  /** A pose of an object: MuJoCo's position, and its quaternion w x y z in our order x y z w. */
  pose(positions: string, quaternions: string, id: number): Pose {
    const out = new Float64Array(POSE_SIZE);
    out.set(this.numbers(positions, 3 * id, 3));
    const [w, x, y, z] = this.numbers(quaternions, 4 * id, 4);
    out.set([x, y, z, w], 3);
    return out;
  }

  /** Path of a mesh's file relative to the main file; undefined for a mesh that the model itself defines. */
  meshFile(mesh: number): string | undefined {
    const at = this.number('mesh_pathadr', mesh);
    if (at < 0) return undefined;
    const path = this.text('paths', at);
    return this.#meshFolder === undefined || path.startsWith('/')
      ? path
      : `${this.#meshFolder.replace(/\/$/, '')}/${path}`;
  }

  /** Text (UTF-8) that ends with a zero in an array of bytes. */
  text(array: string, offset: number): string {
    const all = (this.model as unknown as Readonly<Record<string, ArrayLike<number>>>)[array];
    let end = offset;
    while (end < all.length && all[end] !== 0) end++;
    return new TextDecoder().decode(Uint8Array.from(this.numbers(array, offset, end - offset)));
  }
}
