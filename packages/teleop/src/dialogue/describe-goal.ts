import type { MotionGoal } from './goal.ts';

const DIRECTION_WORDS = {
  base: { x: ['forward', 'back'], y: ['left', 'right'], z: ['up', 'down'] },
  tool: { x: ['up', 'down'], y: ['right', 'left'], z: ['forward', 'back'] },
} as const;

const ROTATION_WORDS = {
  x: ['rolling left', 'rolling right'],
  y: ['pitching forward', 'pitching back'],
  z: ['turning clockwise', 'turning counterclockwise'],
} as const;

const formatDecimal = (value: number, places: number): string => String(Number(value.toFixed(places)));

/** A length (m) in the unit that people would use: `5 cm`, `1.2 m`, `4 mm`. The sign is dropped. */
export function lengthInWords(metres: number): string {
  const size = Math.abs(metres);
  if (size >= 1) return `${formatDecimal(size, 2)} m`;
  return size >= 0.01 ? `${formatDecimal(size * 100, 1)} cm` : `${formatDecimal(size * 1000, 1)} mm`;
}

/** An angle (rad) in whole degrees, without its sign: `30 degrees`. */
export const angleInWords = (radians: number): string =>
  `${formatDecimal((Math.abs(radians) * 180) / Math.PI, 0)} degrees`;

/** Describes a goal for a preview or a read-back: "moving left 5 cm". */
export function describeGoal(goal: MotionGoal): string {
  switch (goal.kind) {
    case 'translate': {
      const direction = DIRECTION_WORDS[goal.frame][goal.axis][goal.metres >= 0 ? 0 : 1];
      const frame = goal.frame === 'tool' ? ' along the tool' : '';
      return goal.until === 'stopped'
        ? `moving ${direction}${frame} until you say stop`
        : `moving ${direction} ${lengthInWords(goal.metres)}${frame}`;
    }
    case 'rotate':
      return `${ROTATION_WORDS[goal.axis][goal.radians >= 0 ? 0 : 1]} ${angleInWords(goal.radians)}`;
    case 'gripper': {
      if (goal.width === 0) return `closing the gripper${goal.effort < 0.4 ? ' gently' : ''}`;
      return `gripper to ${lengthInWords(goal.width)}`;
    }
    case 'reach':
      return `moving to ${goal.position.map((each) => formatDecimal(each, 3)).join(', ')} m`;
    case 'home':
      return 'going home';
    case 'return':
      return 'going back';
  }
}
