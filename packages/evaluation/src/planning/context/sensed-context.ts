import { heldBy, type KnownPlace, makeContext, type PlannerContext, type SkillReading } from '@praxis/planner';
import type { RobotSetup } from '@praxis/sim';
import type { ThingFinder } from './thing-finder.ts';

/** What {@link sensedContext} joins. */
export interface SensedParts {
  readonly finder: ThingFinder;
  readonly setup: RobotSetup;
  readonly reading: SkillReading;
  readonly places: readonly KnownPlace[];
  readonly supervisor: PlannerContext['supervisor'];
  /** True when arm and force have come to rest. Default: false. */
  readonly settled?: boolean;
}

/** The context by sensors alone: things that the cameras see in the workspace of the arm, what the fingers hold, forces, and the supervisor. */
export async function sensedContext(parts: SensedParts): Promise<PlannerContext> {
  const { finder, setup, reading, places, supervisor, settled } = parts;
  const gripper = setup.arms[0]?.gripper?.range;
  const { workspace } = setup.definition;
  const [x, y, z] = reading.tool;
  const things = await finder.find({
    places,
    tool: [x, y, z],
    ...(heldBy(reading, gripper) ? { held: [x, y, z] as const } : {}),
    ...(workspace
      ? { area: { x: [workspace.lower[0], workspace.upper[0]], y: [workspace.lower[1], workspace.upper[1]] } }
      : {}),
  });
  const context = makeContext({ reading, things, places, supervisor, settled, ...(gripper ? { gripper } : {}) });
  return { ...context, pictures: finder.pictures };
}
