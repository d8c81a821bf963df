import { errorMessage, PraxisError, visibleText } from '@praxis/core';
import { raisePriority } from '@praxis/sim/node';
import { withEscapedLog } from './escaped-log.ts';
import { withFullName } from './full-name.ts';
import { loadRcl } from './load.ts';
import { applyTransport, chooseTransport } from './middleware.ts';
import { RosClock } from './ros-clock.ts';
import { openStampClock, type StampClock } from './stamp-clock.ts';
import type { Rcl, RclLifecycleNode, RclLogger, RclNode } from './types.ts';

/** Longest time (ms) of a controlled shutdown; after it the process exits. */
const SHUTDOWN_TIMEOUT_MS = 5000;

/** The node of a process and the objects that its parts share. */
export interface RosSession<N extends RclNode = RclNode> {
  readonly rcl: Rcl;
  readonly node: N;
  readonly clock: RosClock;
  /** Clock of the stamps of sensors, and of the messages that other programs read. */
  readonly stampClock: StampClock;
  readonly log: RclLogger;
  /** Registers a function that runs before the node closes. The functions run in reverse order of registration. */
  onClose(callback: () => void | Promise<void>): void;
  /** Shuts the node down under control, as SIGINT, SIGTERM and SIGHUP do. @param reason for the log */
  close(reason: string): Promise<void>;
  /** Shuts the node down under control and exits the process with this status. @param reason for the log, as an error */
  fail(reason: string, status: number): Promise<never>;
}

/**
 * Starts a node, runs it, and exits the process with it. Invalid input prints one line and sets exit status 2, any other
 * error sets status 1.
 */
export async function runNode(
  name: string,
  kind: 'node',
  run: (session: RosSession) => void | Promise<void>,
): Promise<void>;
export async function runNode(
  name: string,
  kind: 'lifecycle',
  run: (session: RosSession<RclLifecycleNode>) => void | Promise<void>,
): Promise<void>;
export async function runNode(
  name: string,
  kind: 'node' | 'lifecycle',
  run: (session: never) => void | Promise<void>,
): Promise<void> {
  let session: RosSession | undefined;
  raisePriority();
  try {
    const rcl = await loadRcl();
    const transport = chooseTransport(process.env);
    applyTransport(transport);
    await rcl.init(undefined, process.argv);
    rcl.removeSignalHandlers();
    const Node = withEscapedLog(withFullName(kind === 'lifecycle' ? rcl.lifecycle.LifecycleNode : rcl.Node));
    // In Humble the node itself registers its publisher of /rosout; a second one is a warning at each start.
    const node = new Node(name, undefined, undefined, { enableRosout: process.env.ROS_DISTRO !== 'humble' });
    session = makeSession(rcl, node);
    handleEnds(session);
    if (transport.nonBlocking) session.log.info(transport.description);
    else session.log.warn(`${transport.description}; docs/ros2.md says how to avoid it`);
    node.spin(5);
    await run(session as never);
  } catch (error) {
    const expected = error instanceof PraxisError;
    const line = expected ? error.message : stackOf(error);
    const status = expected ? 2 : 1;
    if (session) await session.fail(line, status);
    process.stderr.write(`${name}: ${visibleText(line)}\n`);
    process.exit(status);
  }
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

function makeSession(rcl: Rcl, node: RclNode): RosSession {
  const closers: (() => void | Promise<void>)[] = [];
  let closing: Promise<void> | undefined;
  const log = node.getLogger();
  const clock = new RosClock();
  const close = async (reason: string): Promise<void> => {
    log.info(`shuts down: ${reason}`);
    for (const callback of closers.reverse()) {
      try {
        await callback();
      } catch (error) {
        log.error(`shutdown: ${errorMessage(error)}`);
      }
    }
    rcl.shutdown();
  };
  const closeOnce = (reason: string): Promise<void> => {
    closing ??= close(reason);
    return closing;
  };
  return {
    rcl,
    node,
    clock,
    stampClock: openStampClock(rcl, node, clock),
    log,
    onClose: (callback) => closers.push(callback),
    close: closeOnce,
    fail: async (reason, status) => {
      log.error(reason);
      await inTime(closeOnce('an error'));
      process.exit(status);
    },
  };
}

/** Waits for a shutdown, but no longer than {@link SHUTDOWN_TIMEOUT_MS}. @returns false when it took longer */
const inTime = (closed: Promise<void>): Promise<boolean> =>
  Promise.race([
    closed.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), SHUTDOWN_TIMEOUT_MS).unref()),
  ]);

/**
 * Shuts down on SIGINT, on SIGTERM, which launch files send next, and on SIGHUP, the end of a terminal. The client library would
 * exit at once on SIGINT, Node.js on the other two. A further signal does not cut the shutdown short. An error that no part of
 * the node catches shuts it down under control as well, with status 1.
 */
function handleEnds(session: RosSession): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void inTime(session.close(signal)).then((closed) => process.exit(closed ? undefined : 1)));
  }
  process.on('uncaughtException', (error) => void session.fail(stackOf(error), 1));
}
