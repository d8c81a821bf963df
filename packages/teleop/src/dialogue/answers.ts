import type { Topic } from '../language/intent.ts';
import { lengthInWords } from './describe-goal.ts';
import type { Snapshot } from './snapshot.ts';

/** Smallest confidence, 0..1, at which the policy counts as having found the object of its instruction. */
const MIN_GROUNDING_CONFIDENCE = 0.3;
/** Oldest wrench that still describes the present (s). */
const MAX_WRENCH_AGE_S = 0.5;
/** Smallest force that an answer reports as contact (N). */
const MIN_CONTACT_FORCE_N = 0.5;

/** Answers a question in words; an answer that the snapshot does not hold says so. A pure function. */
export function answerQuestion(about: Topic, snapshot: Snapshot): string {
  switch (about) {
    case 'view':
      return describeView(snapshot);
    case 'activity':
      return describeActivity(snapshot);
    case 'force':
      return describeForce(snapshot);
    case 'position':
      return describePosition(snapshot);
    case 'gripper':
      return describeGripper(snapshot);
    case 'speed':
      return snapshot.speed === undefined
        ? 'I do not know my speed'
        : `${Math.round(snapshot.speed * 100)} percent of full speed`;
    case 'commands':
      return 'say for example: move left five centimeters, open the gripper, go home, or what to pick up';
  }
}

function describeView({ grounding, instruction }: Snapshot): string {
  const seen = Object.entries(grounding ?? {});
  if (seen.length === 0) return 'I have not looked for anything yet';
  const sure = seen
    .filter(([, { confidence }]) => confidence >= MIN_GROUNDING_CONFIDENCE)
    .sort((a, b) => b[1].confidence - a[1].confidence);
  const what = instruction ? `the object of "${instruction}"` : 'the object of my instruction';
  if (sure.length === 0) return `I do not see ${what}`;
  return `I see ${what} ${sure.map(([camera, { x, y }]) => `${imageRegion(x, y)} of the ${camera} camera`).join(' and ')}`;
}

/** Names the ninth of an image that holds a point. @param x, y pixel fractions from the top left */
function imageRegion(x: number, y: number): string {
  const third = (value: number) => Math.min(Math.max(Math.floor(value * 3), 0), 2);
  const row = ['at the top', '', 'at the bottom'][third(y)];
  const column = ['left', '', 'right'][third(x)];
  if (row && column) return `${row} ${column}`;
  if (row) return row;
  return column ? `on the ${column}` : 'in the middle';
}

function describeActivity({ loop, instruction }: Snapshot): string {
  const state = loop ? `I am ${loop}` : 'I do not know what state I am in';
  return instruction ? `${state}, and my instruction is: ${instruction}` : `${state}, with no instruction`;
}

function describeForce({ wrench }: Snapshot): string {
  if (!wrench || !(wrench.age <= MAX_WRENCH_AGE_S)) return 'My force sensor sends no measurements';
  const [x, y, z] = [wrench.value[0], wrench.value[1], wrench.value[2]];
  const newtons = Math.sqrt(x * x + y * y + z * z);
  if (!Number.isFinite(newtons)) return 'My force sensor sends no measurements';
  return newtons < MIN_CONTACT_FORCE_N ? 'I touch nothing' : `I press with ${newtons.toFixed(1)} newtons`;
}

function describePosition({ pose }: Snapshot): string {
  if (!pose) return 'I do not know where I am';
  const [x, y, z] = [pose[0], pose[1], pose[2]];
  const sides = [
    `${lengthInWords(x)} ${x >= 0 ? 'in front of' : 'behind'} the base`,
    `${lengthInWords(y)} to the ${y >= 0 ? 'left' : 'right'}`,
    `${lengthInWords(z)} ${z >= 0 ? 'up' : 'down'}`,
  ];
  return `the tool is ${sides.join(', ')}`;
}

function describeGripper({ gripper: state }: Snapshot): string {
  if (!state) return 'My gripper sends no measurements';
  const { width, maximum } = state;
  if (width < 0.02 * maximum) return 'the gripper is closed';
  return width > 0.95 * maximum ? 'the gripper is open' : `the fingers are ${lengthInWords(width)} apart`;
}
