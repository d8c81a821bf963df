import { InputError, type Pose } from '@praxis/core';
import type { Vector3 } from '@praxis/model';
import type { World } from './world.ts';

/** A contact between two bodies. */
export interface Contact {
  /** Names of the two bodies. */
  readonly bodies: readonly [string, string];
  /** Point of the contact (m, world frame). */
  readonly position: Vector3;
  /** Unit normal of the surfaces, from the first body to the second (world frame). */
  readonly normal: Vector3;
  /** Force of the first body on the second (N, world frame). */
  readonly force: Vector3;
}

/** The first surface on a ray. */
export interface RayHit {
  /** Distance from the ray's origin (m). */
  readonly distance: number;
  /** Name of the body. */
  readonly body: string;
}

/**
 * The true state of a scene, for simulated sensors: poses, contacts and rays of the physics after the last step. It cannot
 * change the scene. All quantities are in the frame of the scene, unless they say otherwise.
 */
export interface WorldView {
  /** Simulated time since the start (s). */
  readonly time: number;
  /** Names of the bodies: the arm's links, `table`, and the objects of the task. */
  readonly bodies: readonly string[];
  /** Returns the pose of a body: position (m) and quaternion x, y, z, w. @throws {InputError} for an unknown body */
  pose(body: string): Pose;
  /** Returns the velocity of a body's origin: linear (m/s), then angular (rad/s). @throws {InputError} for an unknown body */
  velocity(body: string): Float64Array;
  /** Returns the contacts at this moment. */
  contacts(): readonly Contact[];
  /**
   * Returns the first surface on a ray.
   * @param origin start of the ray (m)
   * @param direction direction of the ray; its length does not matter
   * @param except body that the ray passes through, such as the one that carries the sensor
   * @returns undefined when the ray meets nothing
   * @throws {InputError} for a direction of length 0 or an unknown body
   */
  ray(origin: Vector3, direction: Vector3, except?: string): RayHit | undefined;
}

/** Shows a world as a {@link WorldView}. */
export function viewOf(world: World): WorldView {
  return {
    get time() {
      return world.time;
    },
    get bodies() {
      return world.bodies;
    },
    pose: (body) => world.bodyPose(world.body(body)),
    velocity: (body) => world.bodyVelocity(body),
    contacts: () => world.contacts(),
    ray(origin, direction, except) {
      if (!direction.some((each) => each !== 0))
        throw new InputError(`ray: direction ${direction.join(', ')} has no length`);
      return world.ray(origin, direction, except);
    },
  };
}
