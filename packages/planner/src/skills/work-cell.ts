import type { DialogueLimits } from '@praxis/teleop';
import type { KnownPlace } from '../context/context.ts';

/** An upright box that the tool must not enter (m, base frame of the arm). */
export interface ForbiddenRegion {
  readonly name: string;
  readonly minimum: readonly [number, number, number];
  readonly maximum: readonly [number, number, number];
}

/**
 * What the loaded policy, the robot's folder and the configuration offer to plans. `workCellOf` of `@praxis/evaluation` makes it, so that nothing
 * is listed twice.
 */
export interface WorkCell {
  readonly robot: {
    readonly name: string;
    /** Notes for planners of the robot's folder. */
    readonly notes?: string;
    /** True for an arm that feels force at its wrist. */
    readonly feelsForce: boolean;
    /** Range of the gripper's width (m); undefined without a gripper. */
    readonly gripper?: readonly [number, number];
    /** Box that the tool may move in (m, base frame of the arm). */
    readonly workspace: {
      readonly minimum: readonly [number, number, number];
      readonly maximum: readonly [number, number, number];
    };
  };
  /** The learned policy; undefined without one. */
  readonly policy?: {
    /** Tasks that it was trained for. */
    readonly tasks: readonly string[];
    /** Words that it has learnt. */
    readonly words: readonly string[];
  };
  /** Height of the surface that things lie on (m, base frame of the arm). Default 0. */
  readonly surface?: number;
  readonly places: readonly KnownPlace[];
  readonly forbidden: readonly ForbiddenRegion[];
  /** Bounds of motions by goals. */
  readonly limits: DialogueLimits;
  /** A thing of at least this mass is heavy, a lighter one light (kg). */
  readonly heavyMass: number;
}
