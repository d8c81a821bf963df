import { type Episode, ODOMETRY_NAMES, type RobotSetup } from '@praxis/sim';
import type { PlotDisplay } from '../protocol/protocol.ts';

/** Largest number of rows in one frame; a frame at full speed has fewer. */
const MAX_ROWS = 512;
/** Numbers of a row after the time. */
const VALUES = { wrench: 6, twist: 2 } as const;
/** Elements of the odometry that are plotted. */
const TWIST_INDICES = ['vx', 'wz'].map((name) => (ODOMETRY_NAMES as readonly string[]).indexOf(name));

/** The sensors of a robot that the page plots: the wrists of its arms, and the odometry of its bases. */
export const plottedSensors = ({ arms, bases }: Pick<RobotSetup, 'arms' | 'bases'>): readonly PlotDisplay[] => [
  ...arms.flatMap(({ name, tool }) => (tool ? [{ kind: 'wrench', group: name } as const] : [])),
  ...bases.map(({ name }) => ({ kind: 'twist', group: name }) as const),
];

/** Rows of one plotted sensor between two frames. Its memory is bounded at any frame rate. */
export class PlottedSignal {
  readonly #size: number;
  readonly #rows: Float32Array;
  readonly #newest: () => ArrayLike<number> | undefined;
  readonly #subscription: { unsubscribe(): void } | undefined;
  #count = 0;

  constructor({ kind, group }: PlotDisplay, { robot, loop }: Pick<Episode, 'robot' | 'loop'>) {
    this.#size = 1 + VALUES[kind];
    this.#rows = new Float32Array(MAX_ROWS * this.#size);
    const stream = robot.spec.streams.some(({ name }) => name === `odometry.${group}`)
      ? `odometry.${group}`
      : 'odometry';
    const twist = new Float64Array(VALUES.twist);
    let known = false;
    if (kind === 'twist') {
      this.#subscription = robot.stream(stream).subscribe(({ value }) => {
        for (let i = 0; i < twist.length; i++) twist[i] = (value as Float64Array)[TWIST_INDICES[i]];
        known = true;
      });
    }
    const { contact = loop.derived.contacts.get(group) } = loop.derived;
    this.#newest =
      kind === 'twist' ? () => (known ? twist : undefined) : () => (contact?.tared ? contact.newest : undefined);
  }

  /** Records a row at a time (s), once the sensor has a value. */
  record(time: number): void {
    const values = this.#newest();
    if (!values || this.#count === MAX_ROWS) return;
    const at = this.#count++ * this.#size;
    this.#rows[at] = time;
    this.#rows.set(values, at + 1);
  }

  /** Returns the rows since the last call, in an array of its own. */
  removeRows(): Float32Array {
    const rows = this.#rows.slice(0, this.#count * this.#size);
    this.#count = 0;
    return rows;
  }

  close(): void {
    this.#subscription?.unsubscribe();
  }
}
