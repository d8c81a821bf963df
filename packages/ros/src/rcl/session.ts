import { errorMessage, PraxisError } from '@praxis/core';
import { raisePriority } from '@praxis/sim/node';
import { withFullName } from './full-name.ts';
import { loadRcl } from './load.ts';
import { RosClock } from './ros-clock.ts';
import type { Rcl, RclLifecycleNode, RclLogger, RclNode } from './types.ts';

/** ms: how long a node may take to end under control before it is ended. */
const SHUTDOWN_TIMEOUT_MS = 3000;

/** One node in one process. */
export interface RosSession<N extends RclNode = RclNode> {
  readonly rcl: Rcl;
  readonly node: N;
  readonly clock: RosClock;
  readonly log: RclLogger;
  /** What is to be done before the node goes; the last that was named comes first. */
  onClose(act: () => void | Promise<void>): void;
  /** Ends the node, under control: for SIGINT and SIGTERM, and for whoever is done. */
  close(why: string): Promise<void>;
}

/** Begins a node, runs it, and ends the process with it. What is wrong with its input is one line and status 2. */
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
    await session?.close('it did not start');
    process.exit();
  }
}

function makeSession(rcl: Rcl, node: RclNode): RosSession {
  const closers: (() => void | Promise<void>)[] = [];
  let closing: Promise<void> | undefined;
  const log = node.getLogger();
  const close = async (why: string): Promise<void> => {
    log.info(`ends: ${why}`);
    for (const act of closers.reverse()) {
      try {
        await act();
      } catch (error) {
        log.error(`while ending: ${errorMessage(error)}`);
      }
    }
    rcl.shutdown();
  };
  return {
    rcl,
    node,
    clock: new RosClock(),
    log,
    onClose: (act) => closers.push(act),
    close: (why) => {
      closing ??= close(why);
      return closing;
    },
  };
}

/** The client library ends without a word on SIGINT and knows nothing of SIGTERM, which launch files send next. */
function handleSignals(session: RosSession): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT_MS).unref();
      void session.close(signal).then(() => process.exit());
    });
  }
}
