import type { KnownPlace, SeenThing, WorkCell } from '@praxis/planner';
import { DEFAULT_DIALOGUE_LIMITS } from '@praxis/teleop';

const seen = (name: string, x: number, y: number, on?: string): SeenThing => ({
  name,
  words: name.split(' ').filter((word) => /^[a-z]+$/.test(word)),
  position: [x, y, on === undefined ? 0.02 : 0.03],
  confidence: 0.95,
  ...(on === undefined ? {} : { on }),
});

/** Four things of four colours, two of them cubes, as in the task `pick`. */
export const FOUR = [
  seen('red cube', 0.42, 0.15),
  seen('green cylinder', 0.54, 0.06),
  seen('blue brick', 0.38, -0.05),
  seen('yellow cube', 0.5, -0.16),
];
/** Two cubes. */
export const PAIR = [seen('red cube', 0.42, 0.1), seen('blue cube', 0.5, -0.08)];
/** Two cubes and a cylinder. */
export const TRIO = [seen('red cube', 0.4, 0.16), seen('green cylinder', 0.46, 0.02), seen('blue cube', 0.52, -0.14)];
/** Six things: three cubes, two cylinders, a brick. */
export const SIX = [
  seen('red cube', 0.4, 0.17),
  seen('blue cube', 0.55, 0.12),
  seen('green cube', 0.46, 0.02),
  seen('yellow cylinder', 0.54, -0.06),
  seen('orange brick', 0.38, -0.13),
  seen('purple cylinder', 0.5, -0.18),
];
/** Two boxes that look alike, as in the task `sort`. */
export const BOXES = [seen('box 1', 0.45, 0.09), seen('box 2', 0.48, -0.08)];
/** Two boxes that look alike and two things of colour. */
export const MIXED = [...BOXES, seen('red cube', 0.56, 0.02), seen('blue cylinder', 0.38, 0)];
/** Two red cubes that look alike, and a cylinder. */
export const TWINS = [
  seen('red cube 1', 0.42, 0.14),
  seen('red cube 2', 0.5, -0.12),
  seen('blue cylinder', 0.45, 0.02),
];
/** The scene {@link FOUR} with the red cube on the left tray. */
export const RED_ON_LEFT = [seen('red cube', 0.47, 0.26, 'left tray'), ...FOUR.slice(1)];
/** The scene {@link PAIR} with the red cube on the left tray. */
export const PAIR_RED_ON_LEFT = [seen('red cube', 0.47, 0.26, 'left tray'), PAIR[1]];
/** The scene {@link TRIO} with the green cylinder on the right tray. */
export const GREEN_ON_RIGHT = [TRIO[0], seen('green cylinder', 0.47, -0.26, 'right tray'), TRIO[2]];

const TRAYS: readonly KnownPlace[] = [
  { name: 'left tray', position: [0.47, 0.26, 0.01], halfSize: [0.08, 0.08] },
  { name: 'right tray', position: [0.47, -0.26, 0.01], halfSize: [0.08, 0.08] },
];
const CHARGING_PAD: KnownPlace = { name: 'charging pad', position: [0.62, 0.1, 0.01], halfSize: [0.06, 0.06] };

/** The words of the shipped policy's vocabulary that name things, places and properties, with the verbs of its tasks. */
const WORDS = (
  'and azure belongs blue box brick bring carry collect could crimson cube cylinder deliver deposit dice die dish down drop drum emerald fetch find ' +
  'get give go goes golden grab grasp green heavier heaviest heavy hoist hold i in into is it just kindly lay leave left lefthand leftmost lemon lift ' +
  'light lighter lightest massive me move navy now of off on one onto orange pad pick place plate platform please purple put raise red right ' +
  'righthand rightmost scarlet seize set sort table take tangerine that the tin to transfer tray up upon violet want which will would yellow you'
).split(' ');

/** The work cell of the requests: a Praxis arm with two trays. `guarded` has a charging pad, which the tool must not enter. */
export const requestCell = (kind: 'open' | 'guarded'): WorkCell => ({
  robot: {
    name: 'praxis_arm',
    feelsForce: true,
    gripper: [0, 0.08],
    workspace: { minimum: [0.2, -0.5, -0.02], maximum: [0.8, 0.5, 0.7] },
  },
  policy: { tasks: ['pick', 'sort'], words: WORDS },
  places: kind === 'open' ? TRAYS : [...TRAYS, CHARGING_PAD],
  forbidden:
    kind === 'open' ? [] : [{ name: 'charging station', minimum: [0.55, 0.03, -0.02], maximum: [0.7, 0.17, 0.4] }],
  limits: DEFAULT_DIALOGUE_LIMITS,
  heavyMass: 0.25,
});
