import type { Random } from '@praxis/core';
import type { KnownPlace, PlannerContext, SeenThing } from '@praxis/planner';

const COLOURS = ['red', 'green', 'blue', 'yellow', 'purple', 'orange'] as const;
const SHAPES = ['cube', 'cylinder', 'brick'] as const;

/** Trays of the scenes of {@link drawContext}. */
export const TRAYS: readonly KnownPlace[] = [
  { name: 'left tray', position: [0.47, 0.26, 0.01], halfSize: [0.08, 0.08] },
  { name: 'right tray', position: [0.47, -0.26, 0.01], halfSize: [0.08, 0.08] },
];

/** All names that things of {@link drawContext} can have. */
export const THING_NAMES: readonly string[] = COLOURS.flatMap((colour) => SHAPES.map((shape) => `${colour} ${shape}`));

/**
 * Draws what a planner could see: three to six things of different names on a table, sometimes two boxes that look alike, two trays, an empty gripper.
 * @param random source of the scene
 */
export function drawContext(random: Random): PlannerContext {
  const blocks = random.shuffle([...THING_NAMES]).slice(0, 3 + random.integer(4));
  const names = random.chance(0.2) ? [...blocks.slice(0, 3), 'box 1', 'box 2'] : blocks;
  const things = names.map((name): SeenThing => {
    return {
      name,
      words: name.split(' ').filter((word) => /^[a-z]+$/.test(word)),
      position: [random.uniform(0.36, 0.58), random.uniform(-0.17, 0.17), 0.02],
      confidence: random.uniform(0.7, 1),
    };
  });
  return {
    ...{ time: 0, things, places: TRAYS, gripperWidth: 0.08, contactForce: 0 },
    ...{ supervisor: { state: 'running' }, utterances: [], history: [] },
  };
}
