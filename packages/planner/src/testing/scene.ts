import { DEFAULT_DIALOGUE_LIMITS } from '@praxis/teleop';
import type { KnownPlace, PlannerContext, SeenThing } from '../context/context.ts';
import type { WorkCell } from '../skills/work-cell.ts';

/** The words of the shipped policy that the tests speak of. */
const WORDS = (
  'and belongs blue box brick bring carry collect could cube cylinder deliver down drop fetch find get give go grab green heavier heavy hold ' +
  'hoist i in into is it lay left lift light lighter me move now of off on one onto orange pick place please purple put raise red right set sort ' +
  'table take that the to transfer tray up upon want which yellow you'
).split(' ');

/** Two trays, as in the scenes of the shipped tasks. */
export const TRAYS: readonly KnownPlace[] = [
  { name: 'left tray', position: [0.47, 0.26, 0.01], halfSize: [0.08, 0.08] },
  { name: 'right tray', position: [0.47, -0.26, 0.01], halfSize: [0.08, 0.08] },
];

/** A work cell of the Praxis arm. */
export const testCell = (changed: Partial<WorkCell> = {}): WorkCell => ({
  robot: {
    name: 'praxis_arm',
    feelsForce: true,
    gripper: [0, 0.08],
    workspace: { minimum: [0.2, -0.5, -0.02], maximum: [0.8, 0.5, 0.7] },
  },
  policy: { tasks: ['pick', 'sort'], words: WORDS },
  places: TRAYS,
  forbidden: [],
  limits: DEFAULT_DIALOGUE_LIMITS,
  heavyMass: 0.25,
  ...changed,
});

/** A thing on the table, with its words from its name. */
export const seen = (name: string, x: number, y: number, changed: Partial<SeenThing> = {}): SeenThing => ({
  name,
  words: name.split(' ').filter((word) => /^[a-z]+$/.test(word)),
  position: [x, y, 0.02],
  confidence: 0.95,
  ...changed,
});

/** A context with things and both trays, before anything was said or done. */
export const testContext = (things: readonly SeenThing[], changed: Partial<PlannerContext> = {}): PlannerContext => ({
  time: 0,
  things,
  places: TRAYS,
  gripperWidth: 0.08,
  tool: [0.43, 0, 0.27],
  contactForce: 0,
  supervisor: { state: 'running' },
  utterances: [],
  history: [],
  ...changed,
});
