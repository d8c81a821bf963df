import type { DriveRequest, GroupDisplay } from '../protocol/protocol.ts';

/** What a button of the drive pad does. */
export type Direction = 'ahead' | 'back' | 'left' | 'right' | 'up' | 'down' | 'open' | 'close';

/** Text of a button, and what it does. */
interface Label {
  readonly text: string;
  readonly title: string;
}

/** The buttons of each kind of group. */
export const LABELS: Readonly<Record<GroupDisplay['kind'], Partial<Readonly<Record<Direction, Label>>>>> = {
  base: {
    ahead: { text: '▲', title: 'drive ahead' },
    left: { text: '◀', title: 'turn left' },
    right: { text: '▶', title: 'turn right' },
    back: { text: '▼', title: 'drive back' },
  },
  arm: {
    ahead: { text: '▲', title: 'move forward (x)' },
    left: { text: '◀', title: 'move left (y)' },
    right: { text: '▶', title: 'move right (−y)' },
    back: { text: '▼', title: 'move back (−x)' },
    up: { text: 'Up', title: 'move up (z)' },
    down: { text: 'Down', title: 'move down (−z)' },
    open: { text: 'Open', title: 'open the gripper' },
    close: { text: 'Close', title: 'close the gripper' },
  },
};

/** Key of each button, and its name on the page. */
export const KEYS: Readonly<Record<Direction, { readonly key: string; readonly label: string }>> = {
  ahead: { key: 'ArrowUp', label: '↑' },
  back: { key: 'ArrowDown', label: '↓' },
  left: { key: 'ArrowLeft', label: '←' },
  right: { key: 'ArrowRight', label: '→' },
  up: { key: 'PageUp', label: 'Page Up' },
  down: { key: 'PageDown', label: 'Page Down' },
  open: { key: 'O', label: 'O' },
  close: { key: 'C', label: 'C' },
};

const signOf = (down: ReadonlySet<Direction>, plus: Direction, minus: Direction): number =>
  Number(down.has(plus)) - Number(down.has(minus));

/**
 * The velocity of a base for the buttons that are down: two of them drive an arc.
 * @param share share of the base's largest speeds, 0..1
 */
export function baseRequest(
  { name: group, linear, angular }: Extract<GroupDisplay, { kind: 'base' }>,
  down: ReadonlySet<Direction>,
  share: number,
): DriveRequest {
  const ahead = signOf(down, 'ahead', 'back');
  return {
    kind: 'twist',
    group,
    linear: ahead * share * linear,
    angular: signOf(down, 'left', 'right') * share * angular,
  };
}

const AXES = {
  ahead: ['x', 1],
  back: ['x', -1],
  left: ['y', 1],
  right: ['y', -1],
  up: ['z', 1],
  down: ['z', -1],
} as const;

/** The motion of an arm for the button that went down last; undefined without one. @param share share of full speed, 0..1 */
export function armRequest(
  { name: group }: Extract<GroupDisplay, { kind: 'arm' }>,
  down: ReadonlySet<Direction>,
  share: number,
): DriveRequest | undefined {
  const last = [...down].at(-1);
  if (!last) return undefined;
  if (last === 'open' || last === 'close') return { kind: 'gripper', group, action: last };
  const [axis, direction] = AXES[last];
  return { kind: 'jog', group, axis, direction, speed: share };
}
