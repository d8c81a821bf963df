import type { Header } from '@praxis/wire';

/** What an output sends: targets, and how they change. */
export interface Target {
  /** rad, in the order of the joints. */
  readonly position: Float64Array;
  /** rad/s. */
  readonly velocity: Float64Array;
  /** m. */
  gripperWidth: number;
}

/** Hands targets to a robot's controllers. */
export interface Output {
  /** For people: the topic or action that it sends to. */
  readonly name: string;
  /** How many controllers listen; 0 when nothing that is sent arrives anywhere. */
  readonly listeners: number;
  send(target: Target, header: Header): void;
  close(): void;
}
