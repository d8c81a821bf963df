import { InputError } from '@praxis/core';
import { type BufferGeometry, Group, Mesh, MeshStandardMaterial, Scene } from 'three';
import { buildGeometry } from './geometry.ts';
import type { BodyVisuals, RenderGeometry, RenderVisual } from './types.ts';

/** A mesh and the body that carries it. */
export interface Part {
  readonly body: Group;
  readonly mesh: Mesh<BufferGeometry, MeshStandardMaterial>;
}

/**
 * Render scene of the simulator: one three.js group for each body, one mesh for each visual. {@link SoftwareRenderer} draws it
 * for the policy's cameras, and WebGL draws it in the studio. It has no lights and no camera.
 */
export class SimScene {
  readonly scene = new Scene();
  /** Names of the bodies, in the order of the constructor's argument. */
  readonly bodies: string[];
  /** Every mesh, in the order in which the bodies and their visuals were given. */
  readonly parts: readonly Part[];
  readonly #groups = new Map<string, Group>();

  /** @throws {InputError} when a body is named twice. */
  constructor(bodies: readonly BodyVisuals[]) {
    const shared = new SharedGeometries();
    const parts: Part[] = [];
    this.bodies = bodies.map(({ body }) => body);
    for (const { body, visuals } of bodies) {
      if (this.#groups.has(body)) throw new InputError(`scene body ${body}: named twice, expected names to differ`);
      const group = new Group();
      group.name = body;
      for (const visual of visuals) {
        const mesh = new Mesh(shared.get(visual.geometry), material(visual.rgba));
        const [x, y, z, qx, qy, qz, qw] = visual.pose;
        mesh.position.set(x, y, z);
        mesh.quaternion.set(qx, qy, qz, qw);
        group.add(mesh);
        parts.push({ body: group, mesh });
      }
      this.#groups.set(body, group);
      this.scene.add(group);
    }
    this.parts = parts;
  }

  /**
   * Sets the pose of a body.
   * @param position position of the body's origin (m, world frame)
   * @param quaternionXyzw orientation of the body's frame in the world
   * @throws {InputError} for an unknown body
   */
  setPose(body: string, position: ArrayLike<number>, quaternionXyzw: ArrayLike<number>): void {
    const group = this.#group(body);
    group.position.set(position[0], position[1], position[2]);
    group.quaternion.set(quaternionXyzw[0], quaternionXyzw[1], quaternionXyzw[2], quaternionXyzw[3]);
  }

  /** Sets the linear colour of each visual of a body, 0..1. @throws {InputError} for an unknown body */
  setColour(body: string, [r, g, b]: readonly [number, number, number, ...unknown[]]): void {
    const group = this.#group(body);
    for (const { body: carrier, mesh } of this.parts) if (carrier === group) mesh.material.color.setRGB(r, g, b);
  }

  #group(body: string): Group {
    const group = this.#groups.get(body);
    if (!group) throw new InputError(`scene body ${body}: unknown, expected one of ${this.bodies.join(', ')}`);
    return group;
  }
}

function material([r, g, b, a]: RenderVisual['rgba']): MeshStandardMaterial {
  const result = new MeshStandardMaterial({ roughness: 0.7, metalness: 0, transparent: a < 1, opacity: a });
  result.color.setRGB(r, g, b);
  return result;
}

/** Triangulates equal shapes once. */
class SharedGeometries {
  readonly #primitives = new Map<string, BufferGeometry>();
  readonly #meshes = new Map<Float32Array, BufferGeometry>();

  get(geometry: RenderGeometry): BufferGeometry {
    if (geometry.type === 'mesh') return memoize(this.#meshes, geometry.vertices, geometry);
    return memoize(this.#primitives, JSON.stringify(geometry), geometry);
  }
}

function memoize<K>(known: Map<K, BufferGeometry>, key: K, geometry: RenderGeometry): BufferGeometry {
  const found = known.get(key) ?? buildGeometry(geometry);
  known.set(key, found);
  return found;
}
