import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const bin = (name: string): string => fileURLToPath(new URL(`../packages/ros/bin/${name}.mjs`, import.meta.url));

type NodeName = 'sim_node' | 'supervisor_node' | 'policy_node' | 'teleop_node' | 'speech_node';

/** A node in a process of its own, and its log. */
export class NodeProcess {
  readonly process: ChildProcess;
  #output = '';

  constructor(name: NodeName, parameters: readonly string[] = []) {
    const options = parameters.flatMap((each) => ['-p', each]);
    this.process = spawn(process.execPath, [bin(name), '--ros-args', ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (data: Buffer) => {
        this.#output += data.toString();
      });
    }
  }

  get output(): string {
    return this.#output;
  }

  /** Waits for a match in the log after the first `from` characters, and returns it. */
  async waitForLog(pattern: RegExp, from = 0, seconds = 60): Promise<RegExpExecArray> {
    for (const end = Date.now() + 1000 * seconds; Date.now() < end; ) {
      const found = pattern.exec(this.#output.slice(from));
      if (found) return found;
      await sleep(20);
    }
    throw new Error(`no match of ${String(pattern)} within ${seconds} s:\n${this.#output.slice(from)}`);
  }

  /** Sends a signal and waits for the exit. @returns the exit status */
  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode;
    const exited = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    this.process.kill(signal);
    return exited;
  }
}

/** Starts the arm unless it runs. @returns the number of stops that were reset first; a slow machine causes new stops */
export async function startArm(supervisor: NodeProcess): Promise<number> {
  for (let stops = 0; stops < 10; ) {
    const { success, message } = await trigger('/supervisor_node/start');
    if (success || message.includes('is running')) return stops;
    if ((await trigger('/supervisor_node/reset')).success) stops++;
    else await sleep(500);
  }
  throw new Error(`the arm does not run:\n${supervisor.output.slice(-2000)}`);
}

/** Changes the scene: stops the arm, resets it, zeroes its sensor and starts it again. @returns the new instruction */
export async function nextScene(supervisor: NodeProcess): Promise<string> {
  const from = supervisor.output.length;
  if ((await trigger('/supervisor_node/stop')).message === 'protective_stop') {
    // No such event follows when the brakes are closed already.
    await supervisor.waitForLog(/the brakes close/, from, 3).catch(() => undefined);
  }
  const callService = async (service: string): Promise<string> => {
    const { success, message } = await trigger(service);
    if (!success) throw new Error(`${service}: ${message}`);
    return message;
  };
  const scene = await callService('/sim_node/next');
  await callService('/supervisor_node/tare');
  await callService('/policy_node/tare');
  await startArm(supervisor);
  return /"(.*)"/.exec(scene)![1];
}

/** Runs the command line of ROS 2, which is independent of this package. @returns its output */
export async function ros2(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run('ros2', [...args], { timeout: 30_000 });
  return stdout + stderr;
}

/** True when a message arrives on a topic within 6 s. */
export async function receivesMessage(topic: string, type: string): Promise<boolean> {
  try {
    const { stdout } = await run('ros2', ['topic', 'echo', '--once', topic, type], {
      timeout: 6000,
      killSignal: 'SIGKILL',
    });
    return stdout.includes('---');
  } catch (error) {
    if ((error as { killed?: boolean }).killed) return false;
    throw error;
  }
}

/** Calls a service of type `std_srvs/srv/Trigger`. */
export async function trigger(service: string): Promise<{ success: boolean; message: string }> {
  const answer = await ros2('service', 'call', service, 'std_srvs/srv/Trigger');
  const found = /success=(True|False), message='(.*)'\)/.exec(answer);
  if (!found) throw new Error(`no response of a Trigger: ${answer}`);
  return { success: found[1] === 'True', message: found[2] };
}
