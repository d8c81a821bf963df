import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const bin = (name: string): string => fileURLToPath(new URL(`../../packages/ros/bin/${name}.mjs`, import.meta.url));

type NodeName = 'sim_node' | 'supervisor_node' | 'policy_node' | 'teleop_node' | 'speech_node' | 'record_node';

/** Folder in which the logs of the nodes are kept as well, to look into a failure. */
const LOG_FOLDER = process.env.PRAXIS_ROS_LOGS;

/** A node that has not exited for this time (ms) after a signal is killed. */
const EXIT_TIMEOUT_MS = 6000;

/** Priority under SCHED_FIFO: above every normal process, below the threads of the kernel. */
const REAL_TIME_PRIORITY = '10';

/** A node in a process of its own, and its log. */
export class NodeProcess {
  readonly process: ChildProcess;
  /** Resolves with the exit status when the process has exited and all of its output was read. */
  readonly exited: Promise<number | null>;
  #output = '';

  constructor(name: NodeName, parameters: readonly string[] = []) {
    // A test that needs real-time scheduling asks for it: elsewhere the nodes would take the machine from the test.
    const options = ['realtime:=never', ...parameters].flatMap((each) => ['-p', each]);
    this.process = spawn(process.execPath, [bin(name), '--ros-args', ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (data: Buffer) => {
        this.#output += data.toString();
        if (LOG_FOLDER !== undefined) appendFileSync(join(LOG_FOLDER, `${name}.log`), data);
      });
    }
    this.exited = new Promise((resolve) => this.process.once('close', resolve));
    this.process.once('exit', (status) => {
      // A test that waits for another node would not say why.
      if (status) console.error(`${name} exited with status ${status}:\n${this.#output.slice(-2000)}`);
    });
  }

  get output(): string {
    return this.#output;
  }

  /** True until the process exits. */
  get alive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Waits for a match in the log after the first `from` characters, and returns it. */
  async waitForLog(pattern: RegExp, from = 0, seconds = 50): Promise<RegExpExecArray> {
    for (const end = Date.now() + 1000 * seconds; Date.now() < end; ) {
      const found = pattern.exec(this.#output.slice(from));
      if (found) return found;
      if (!this.alive) break;
      await sleep(20);
    }
    // The last lines of a process that exits may still be on their way.
    if (!this.alive) await this.exited;
    const last = pattern.exec(this.#output.slice(from));
    if (last) return last;
    const reason = this.alive ? `within ${seconds} s` : 'before the exit';
    throw new Error(`no match of ${String(pattern)} ${reason}:\n${this.#output.slice(from)}`);
  }

  /**
   * Sends a signal and waits for the exit. A node that is killed stays in the discovery of the others for 20 s, so only tests
   * of a crash kill one.
   * @returns the exit status
   */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!this.alive) return this.process.exitCode;
    const exited = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    const timer = setTimeout(() => this.process.kill('SIGKILL'), EXIT_TIMEOUT_MS);
    this.process.kill(signal);
    const status = await exited;
    clearTimeout(timer);
    return status;
  }
}

/** Ends nodes under control, all at once. */
export const endAll = async (nodes: readonly (NodeProcess | undefined)[]): Promise<void> => {
  await Promise.all(nodes.map(async (node) => node?.end()));
};

/** Gives the threads of a process a scheduling policy. @returns the reason for which the system refuses it */
function setScheduling(node: NodeProcess, policy: '--fifo' | '--other', priority: string): string | undefined {
  const args = [policy, '--all-tasks', '--pid', priority, String(node.process.pid)];
  const { status, stderr, error } = spawnSync('chrt', args, { encoding: 'utf8' });
  if (status === 0) return undefined;
  return error?.message ?? stderr.trim();
}

/**
 * Asks for real-time scheduling of the nodes of a test of time, so that other programs do not delay them. Where the system
 * refuses it (it takes root or an rtprio limit), one line says so and the nodes keep their normal priority.
 * @returns true when every node has it
 */
export function requestRealTime(nodes: readonly NodeProcess[]): boolean {
  const refusal = nodes.map((node) => setScheduling(node, '--fifo', REAL_TIME_PRIORITY)).find((each) => each);
  if (refusal !== undefined) console.warn(`times are measured without real-time scheduling: ${refusal}`);
  return refusal === undefined;
}

/** Runs a measurement with the nodes in real time. @param measure gets whether the system granted it */
export async function inRealTime<T>(
  nodes: readonly NodeProcess[],
  measure: (granted: boolean) => Promise<T>,
): Promise<T> {
  const granted = requestRealTime(nodes);
  try {
    return await measure(granted);
  } finally {
    for (const node of nodes) if (node.alive) setScheduling(node, '--other', '0');
  }
}

/** Process id of the policy's process. */
export const policyProcessOf = ({ process: { pid } }: NodeProcess): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0]);
