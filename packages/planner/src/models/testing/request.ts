import { DEFAULT_DIALOGUE_LIMITS } from '@praxis/teleop';
import type { PlannerContext } from '../../context/context.ts';
import type { PlanRequest } from '../../planners/planner.ts';
import { Catalogue } from '../../skills/catalogue.ts';
import { SHIPPED_SKILLS } from '../../skills/shipped/index.ts';

/** A work cell with two trays. */
export const catalogue = new Catalogue(SHIPPED_SKILLS, {
  robot: {
    name: 'praxis_arm',
    feelsForce: true,
    gripper: [0, 0.08],
    workspace: { minimum: [0.2, -0.5, -0.02], maximum: [0.8, 0.5, 0.7] },
  },
  policy: { tasks: ['pick', 'sort'], words: ['red', 'blue', 'cube', 'box'] },
  places: [
    { name: 'left tray', position: [0.47, 0.26, 0.01], halfSize: [0.08, 0.08] },
    { name: 'right tray', position: [0.47, -0.26, 0.01], halfSize: [0.08, 0.08] },
  ],
  forbidden: [{ name: 'lamp', minimum: [0.6, 0.3, 0], maximum: [0.8, 0.5, 0.7] }],
  limits: DEFAULT_DIALOGUE_LIMITS,
  heavyMass: 0.25,
});

/** Two cubes on the table. */
export const context: PlannerContext = {
  time: 0,
  things: [
    { name: 'red cube', words: ['red', 'cube'], position: [0.45, 0.1, 0.02], confidence: 0.97 },
    { name: 'blue cube', words: ['blue', 'cube'], position: [0.5, -0.1, 0.02], confidence: 0.95, mass: 0.12 },
  ],
  places: catalogue.cell.places,
  gripperWidth: 0.08,
  tool: [0.43, 0, 0.27],
  contactForce: 0,
  supervisor: { state: 'running' },
  utterances: [],
  history: [],
};

/** A request over {@link catalogue} and {@link context}. */
export const planRequest = (changed: Partial<PlanRequest> = {}): PlanRequest => ({
  request: 'lift the red cube',
  context,
  catalogue,
  ...changed,
});

/** A plan that answers {@link planRequest}. */
export const LIFT = {
  kind: 'steps',
  restatement: 'lift the red cube',
  steps: [{ skill: 'pick', arguments: { thing: 'red cube' } }],
} as const;
