import type { KnownPlace, PlannerContext } from '@praxis/planner';
import type { Episode } from '@praxis/sim';
import { sensedContext } from './context/sensed-context.ts';
import type { ThingFinder } from './context/thing-finder.ts';
import type { SimPlanRobot } from './sim-plan-robot.ts';
import { truthContext } from './truth-context.ts';

/** Options of {@link simulatedContext}. */
export interface SimulatedContextOptions {
  readonly episode: Episode;
  readonly robot: Pick<SimPlanRobot, 'reading' | 'supervision'>;
  readonly places: readonly KnownPlace[];
  /** Finds things in the pictures of the cameras. Undefined: the simulator's state tells where they are. */
  readonly finder: ThingFinder | undefined;
}

/** The context of a simulated arm now: by its cameras and sensors alone, or by the simulator's truth. */
export async function simulatedContext(options: SimulatedContextOptions): Promise<PlannerContext> {
  const { episode, robot, places, finder } = options;
  if (!finder) return truthContext(episode, places);
  const { setup } = episode.robot;
  const { phase: state, cause } = robot.supervision();
  const supervisor = cause === undefined ? { state } : { state, cause };
  return sensedContext({ finder, setup, places, supervisor, reading: robot.reading() });
}
