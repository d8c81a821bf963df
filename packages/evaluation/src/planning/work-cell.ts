import { Catalogue, type KnownPlace, type WorkCell } from '@praxis/planner';
import { type RobotChoice, setupOf, teleoperation } from '@praxis/sim';
import { DEFAULT_DIALOGUE_LIMITS, type DialogueLimits } from '@praxis/teleop';
import type { Registry } from '../config/registry.ts';

/** Mass from which a thing is heavy (kg). */
const HEAVY_MASS_KG = 0.25;
/** Fastest motion of plans by goals (m/s). */
const PLAN_SPEED_M_S = 0.2;

/** What a learned policy brings into a work cell. */
export type PolicyFacts = NonNullable<WorkCell['policy']>;

/** Options of {@link workCellOf}. */
export interface WorkCellOptions {
  readonly robot: RobotChoice;
  readonly registry: Registry;
  /** Facts about the learned policy. Default: there is none. */
  readonly policy?: PolicyFacts;
  /** Places of the scene. Default: none but those of the configuration. */
  readonly places?: readonly KnownPlace[];
  /** Limits of motions by goals that replace the defaults. */
  readonly limits?: Partial<DialogueLimits>;
}

/** Limits of motions by goals in plans: those of spoken motion, at the speed of plans. */
export const planLimits = (robot: RobotChoice, limits: Partial<DialogueLimits> = {}): DialogueLimits => {
  const { gripper } = setupOf(robot);
  const own = gripper ? { maximumWidth: gripper.range[1] } : {};
  return { ...DEFAULT_DIALOGUE_LIMITS, linearSpeed: PLAN_SPEED_M_S, ...own, ...limits };
};

/**
 * Makes the work cell of a simulated robot: sensors, gripper, notes and workspace of its folder, tasks and words of the policy's manifest, places of
 * scene and configuration.
 * @throws {InputError} for a robot with several arms or a driven base
 */
export function workCellOf({ robot, registry, policy, places = [], limits }: WorkCellOptions): WorkCell {
  const setup = setupOf(robot);
  const { workspace } = teleoperation(robot);
  const { notes } = setup.definition;
  const named = new Set(places.map(({ name }) => name));
  const point = (of: ArrayLike<number>) => [of[0], of[1], of[2]] as const;
  return {
    robot: {
      name: setup.name,
      ...(notes === undefined ? {} : { notes: notes.join('\n') }),
      feelsForce: setup.tool !== undefined,
      ...(setup.gripper ? { gripper: setup.gripper.range } : {}),
      workspace: { minimum: point(workspace.minimum), maximum: point(workspace.maximum) },
    },
    ...(policy ? { policy } : {}),
    // The scene knows where its places are now.
    places: [...places, ...registry.places.values.filter(({ name }) => !named.has(name))],
    forbidden: registry.forbidden.values,
    limits: planLimits(robot, limits),
    heavyMass: HEAVY_MASS_KG,
  };
}

/** The skills of a configuration that a work cell can do. */
export const catalogueOf = (cell: WorkCell, registry: Registry): Catalogue =>
  new Catalogue(registry.skills.values, cell);
