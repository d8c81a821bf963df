import type { RobotAtRest } from './robot-at-rest.ts';

/** Samples of a stream that the robot published, and those that a recording or a client got. */
export interface Counted {
  readonly stream: string;
  readonly published: number;
  readonly received: number;
}

/** The streams on which a robot publishes, with the number of their samples. */
export const eachStream = ({ published }: RobotAtRest): readonly Omit<Counted, 'received'>[] =>
  [...published].filter(([, count]) => count > 0).map(([stream, count]) => ({ stream, published: count }));
