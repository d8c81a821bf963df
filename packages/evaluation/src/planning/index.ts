/**
 * Plans on a simulated arm: what a planner sees of an episode, and the arm as plans move it. Runs in Node and in browsers.
 *
 * @example
 * import { catalogueOf, SimPlanRobot, simulatedContext, workCellOf } from '@praxis/evaluation/planning';
 *
 * const catalogue = catalogueOf(workCellOf({ robot, registry, places: episode.instance.places }), registry);
 * @module
 */
export { type PictureDetector, ThingFinder } from './context/thing-finder.ts';
export { SimPlanRobot, type SimPlanRobotOptions } from './sim-plan-robot.ts';
export { type SimulatedContextOptions, simulatedContext } from './simulated-context.ts';
export { catalogueOf, type PolicyFacts, planLimits, type WorkCellOptions, workCellOf } from './work-cell.ts';
