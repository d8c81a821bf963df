import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { raisePriority } from '@praxis/sim/node';
import { loadRcl } from '../../rcl/load.ts';
import { applyTransport, chooseTransport } from '../../rcl/middleware.ts';
import { everyPeriod } from '../../rcl/ticker.ts';
import type { Rcl } from '../../rcl/types.ts';
import { CdrPublisher } from '../../streams/cdr-publisher.ts';

const TYPE = 'std_msgs/msg/Float64MultiArray';
const TOPIC = 'praxis_middleware_check';
/** Period (s) of the messages: that of the supervisor's targets. */
const PERIOD_S = 0.002;
/** Number of other processes that appear and go during the measurement, and the lifetime of each (ms). */
const LISTENERS = 2;
const LISTENER_LIFETIME_MS = 1000;

/** What the check found. It is printed as one line of JSON. */
export interface MiddlewareReport {
  /** Name of the middleware and its transport. */
  readonly transport: string;
  /** False: publish can wait for another process. */
  readonly nonBlocking: boolean;
  /** Number of messages. */
  readonly published: number;
  /** Longest call of publish (ms). */
  readonly longestPublishMs: number;
}

/**
 * Measures how long publish blocks while other participants appear and go, as they do with each `ros2 service call`.
 * Blocking is rare with shared memory, so a short time does not prove its absence: the transport tells more.
 */
export async function main(): Promise<void> {
  raisePriority();
  const rcl = await loadRcl();
  const transport = chooseTransport(process.env);
  applyTransport(transport);
  await rcl.init();
  if (process.argv.includes('listen')) return listen(rcl);
  const node = new rcl.Node('praxis_middleware_check');
  const publisher = new CdrPublisher(rcl, node, TYPE, TOPIC, 'command');
  let published = 0;
  let longestPublishMs = 0;
  const stop = everyPeriod(
    () => performance.now() / 1000,
    PERIOD_S,
    (_, newest) => {
      if (!newest) return;
      const begin = performance.now();
      publisher.publish({ layout: { dim: [], data_offset: 0 }, data: new Float64Array(7) });
      longestPublishMs = Math.max(longestPublishMs, performance.now() - begin);
      published++;
    },
  );
  node.spin(5);
  for (let k = 0; k < LISTENERS; k++) await exitOf(fork(process.argv[1], ['listen']));
  stop();
  const { description, nonBlocking } = transport;
  const report: MiddlewareReport = { transport: description, nonBlocking, published, longestPublishMs };
  rcl.shutdown();
  process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit());
}

async function listen(rcl: Rcl): Promise<void> {
  const node = new rcl.Node('praxis_middleware_listener');
  node.createSubscription(TYPE, TOPIC, { isRaw: true }, () => undefined);
  node.spin(5);
  await sleep(LISTENER_LIFETIME_MS);
  rcl.shutdown();
  process.exit();
}

const exitOf = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('exit', () => resolve()));
