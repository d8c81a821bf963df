import { quaternion } from '@praxis/core';
import type { Collision } from '@praxis/model';
import { bodyName } from '../../mjcf/robot-bodies.ts';
import type { RobotSetup } from '../../robot/setup.ts';

/** An upright box (m). */
interface Box {
  readonly centre: readonly [number, number, number];
  readonly halfSize: readonly [number, number, number];
}

type Vector = Box['centre'];

/** The body of a gripper that an impact strikes, and the box around its collision shapes in the frame of its link (m). */
export interface StruckBody extends Box {
  /** Name of the body in physics. */
  readonly body: string;
}

/**
 * Finds the body that an impact strikes: the part of the gripper that carries the fingers, else a finger. Only the links of a gripper
 * collide in the simulator.
 * @returns undefined for a robot without a gripper, or with one that collides with nothing
 */
export function struckBody({
  model,
  meshes,
  gripperLinks,
  fingerLinks,
}: Pick<RobotSetup, 'model' | 'meshes' | 'gripperLinks' | 'fingerLinks'>): StruckBody | undefined {
  const solid = model.links.filter(({ name, collisions }) => gripperLinks.has(name) && collisions.length > 0);
  const link = solid.find(({ name }) => !fingerLinks.has(name)) ?? solid[0];
  if (!link) return undefined;
  const boxes = link.collisions.map((shape) => boxOf(shape, meshes));
  return { body: bodyName(link.name), ...(boxes.length === 1 ? boxes[0] : around(boxes)) };
}

const vector = (of: (axis: 0 | 1 | 2) => number): Vector => [of(0), of(1), of(2)];

function around(boxes: readonly Box[]): Box {
  const lower = vector((i) => Math.min(...boxes.map(({ centre, halfSize }) => centre[i] - halfSize[i])));
  const upper = vector((i) => Math.max(...boxes.map(({ centre, halfSize }) => centre[i] + halfSize[i])));
  return { centre: vector((i) => (lower[i] + upper[i]) / 2), halfSize: vector((i) => (upper[i] - lower[i]) / 2) };
}

/** The box around a shape, in the frame of its link. */
function boxOf({ origin, geometry }: Collision, meshes: RobotSetup['meshes']): Box {
  const local = localBox(geometry, meshes);
  const centre: [number, number, number] = [0, 0, 0];
  quaternion.rotate(origin.quaternion, local.centre, centre);
  const axes = ([0, 1, 2] as const).map((axis) => {
    const turned: [number, number, number] = [0, 0, 0];
    quaternion.rotate(
      origin.quaternion,
      vector((i) => (i === axis ? local.halfSize[axis] : 0)),
      turned,
    );
    return turned;
  });
  return {
    centre: vector((i) => origin.xyz[i] + centre[i]),
    halfSize: vector((i) => Math.abs(axes[0][i]) + Math.abs(axes[1][i]) + Math.abs(axes[2][i])),
  };
}

/** The box around a shape, in its own frame. */
function localBox(geometry: Collision['geometry'], meshes: RobotSetup['meshes']): Box {
  const middle: Vector = [0, 0, 0];
  switch (geometry.type) {
    case 'box':
      return { centre: middle, halfSize: vector((i) => geometry.size[i] / 2) };
    case 'sphere':
      return { centre: middle, halfSize: vector(() => geometry.radius) };
    case 'cylinder':
    case 'capsule': {
      const cap = geometry.type === 'capsule' ? geometry.radius : 0;
      return { centre: middle, halfSize: [geometry.radius, geometry.radius, geometry.length / 2 + cap] };
    }
    case 'mesh': {
      const { positions = new Float32Array(3) } = meshes.get(geometry.filename) ?? {};
      const lower = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      const upper = lower.map((value) => -value);
      for (let i = 0; i < positions.length; i++) {
        const value = positions[i] * geometry.scale[i % 3];
        lower[i % 3] = Math.min(lower[i % 3], value);
        upper[i % 3] = Math.max(upper[i % 3], value);
      }
      return {
        centre: vector((i) => (lower[i] + upper[i]) / 2),
        halfSize: vector((i) => (upper[i] - lower[i]) / 2),
      };
    }
  }
}
