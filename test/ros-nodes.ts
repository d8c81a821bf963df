import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const bin = (name: string): string => fileURLToPath(new URL(`../packages/ros/bin/${name}.mjs`, import.meta.url));

type NodeName = 'sim_node' | 'supervisor_node' | 'policy_node' | 'teleop_node' | 'speech_node';

/** A node in a process of its own, and what it has logged. */
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

  /** Waits until the log has such a line after the first `from` characters, and gives it. */
  async waitForLog(pattern: RegExp, from = 0, seconds = 60): Promise<RegExpExecArray> {
    for (const end = Date.now() + 1000 * seconds; Date.now() < end; ) {
      const found = pattern.exec(this.#output.slice(from));
      if (found) return found;
      await sleep(20);
    }
    throw new Error(`nothing like ${String(pattern)} within ${seconds} s:\n${this.#output.slice(from)}`);
  }

  /** Ends it, and gives its exit status. */
  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode;
    const exited = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    this.process.kill(signal);
    return exited;
  }
}

/** Starts the arm where it does not run; how many stops had to be reset for it. A machine that is too slow stops it again. */
export async function startArm(supervisor: NodeProcess): Promise<number> {
  for (let stops = 0; stops < 10; ) {
    const { success, message } = await trigger('/supervisor_node/start');
    if (success || message.includes('is running')) return stops;
    if ((await trigger('/supervisor_node/reset')).success) stops++;
    else await sleep(500);
  }
  throw new Error(`the arm does not run:\n${supervisor.output.slice(-2000)}`);
}

/** Another scene: the arm is braked, put at its start, its sensor zeroed, and started again. Gives what is to be done. */
export async function nextScene(supervisor: NodeProcess): Promise<string> {
  const from = supervisor.output.length;
  if ((await trigger('/supervisor_node/stop')).message === 'protective_stop') {
    // One that was braked before says it no more.
    await supervisor.waitForLog(/the brakes close/, from, 3).catch(() => undefined);
  }
  const done = async (service: string): Promise<string> => {
    const { success, message } = await trigger(service);
    if (!success) throw new Error(`${service}: ${message}`);
    return message;
  };
  const scene = await done('/sim_node/next');
  await done('/supervisor_node/tare');
  await done('/policy_node/tare');
  await startArm(supervisor);
  return /"(.*)"/.exec(scene)![1];
}

/** The command line of ROS 2: Python, and nothing of ours. What it prints. */
export async function ros2(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run('ros2', [...args], { timeout: 30_000 });
  return stdout + stderr;
}

/** Whether a message comes on a topic within some seconds. */
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

/** Asks a service of type Trigger. */
export async function trigger(service: string): Promise<{ success: boolean; message: string }> {
  const answer = await ros2('service', 'call', service, 'std_srvs/srv/Trigger');
  const found = /success=(True|False), message='(.*)'\)/.exec(answer);
  if (!found) throw new Error(`no answer of a Trigger: ${answer}`);
  return { success: found[1] === 'True', message: found[2] };
}
