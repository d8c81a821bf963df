import { errorMessage, PraxisError } from '@praxis/core';
import { raisePriority } from '@praxis/sim/node';
import { withFullName } from './full-name.ts';
import { loadRcl } from './load.ts';
import { RosClock } from './ros-clock.ts';
import type { Rcl, RclLifecycleNode, RclLogger, RclNode } from './types.ts';

/** Longest time (ms) of a controlled shutdown; after it the process exits. */
const SHUTDOWN_TIMEOUT_MS = 3000;

/** The node of a process and the objects that its parts share. */
export interface RosSession<N extends RclNode = RclNode> {
  readonly rcl: Rcl;
  readonly node: N;
  readonly clock: RosClock;
  readonly log: RclLogger;
  /** Registers a function that runs before the node closes. The functions run in reverse order of registration. */
  onClose(callback: () => void | Promise<void>): void;
  /** Shuts the node down under control, as SIGINT and SIGTERM do. @param reason for the log */
  close(reason: string): Promise<void>;
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
    await rcl.init(undefined, process.argv);
    rcl.removeSignalHandlers();
    const Node = withFullName(kind === 'lifecycle' ? rcl.lifecycle.LifecycleNode : rcl.Node);
    const node = new Node(name);
    session = makeSession(rcl, node);
    handleSignals(session);
    node.spin(5);
    await run(session as never);
  } catch (error) {
    const expected = error instanceof PraxisError;
    const line = expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (session) session.log.error(line);
    else process.stderr.write(`${name}: ${line}\n`);
    process.exitCode = expected ? 2 : 1;
    await session?.close('the start failed');
    process.exit();
  }
}

function makeSession(rcl: Rcl, node: RclNode): RosSession {
  const closers: (() => void | Promise<void>)[] = [];
  let closing: Promise<void> | undefined;
  const log = node.getLogger();
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
  return {
    rcl,
    node,
    clock: new RosClock(),
    log,
    onClose: (callback) => closers.push(callback),
    close: (reason) => {
      closing ??= close(reason);
      return closing;
    },
  };
}

/** Shuts down on SIGINT and on SIGTERM, which launch files send next. The client library would exit at once on SIGINT. */
function handleSignals(session: RosSession): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT_MS).unref();
      void session.close(signal).then(() => process.exit());
    });
  }
}
