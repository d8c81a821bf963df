import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./client.py', import.meta.url));

/** Response of a service of type `std_srvs/srv/Trigger`. */
export interface TriggerResponse {
  readonly success: boolean;
  readonly message: string;
}

/** The end of a goal of the action `~/instruct`. */
export interface GoalResult {
  readonly status: string;
  readonly outcome?: string;
  readonly feedbacks?: number;
}

/** The end of a goal of the action `~/execute`. */
export interface ExecuteResult {
  readonly status: string;
  readonly success?: boolean;
  readonly end?: string;
  readonly summary?: string;
  readonly feedbacks?: readonly (readonly [step: number, state: string, text: string])[];
}

/** Level and message of a part on /diagnostics. */
export type PartReport = readonly [level: number, message: string];

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** A ROS 2 client in Python (rclpy), which is independent of the client library under test. It serves one request at a time. */
export class RosClient {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #pending = new Map<number, Pending>();
  #count = 0;
  #errors = '';

  constructor() {
    this.#process = spawn('python3', [SCRIPT]);
    createInterface(this.#process.stdout).on('line', (line) => this.#settle(line));
    this.#process.stderr.on('data', (data: Buffer) => {
      this.#errors += data.toString();
      process.stderr.write(data);
    });
    this.#process.once('exit', (status) => {
      for (const { reject } of this.#pending.values()) {
        reject(new Error(`the client exited with status ${status}: ${this.#errors}`));
      }
      this.#pending.clear();
    });
  }

  /** Calls a service. A request without a response is repeated for 30 s. */
  call<T>(service: string, type: string, request: object = {}): Promise<T> {
    return this.#request('call', { service, type, request });
  }

  /** Calls a service of type `std_srvs/srv/Trigger`. */
  trigger(service: string): Promise<TriggerResponse> {
    return this.call(service, 'std_srvs/srv/Trigger');
  }

  /** Publishes a message as soon as a subscriber is there. */
  async publish(topic: string, type: string, message: object, times = 1): Promise<void> {
    await this.#request('publish', { topic, type, message, times });
  }

  /** @returns the first message on a topic; null when none arrives in this time (s) */
  receive<T>(topic: string, type: string, seconds: number, durability?: 'latched'): Promise<T | null> {
    return this.#request('receive', { topic, type, seconds, latched: durability === 'latched' });
  }

  /**
   * @param seconds time (s), which begins with the first message
   * @param every 5: each fifth message
   * @returns the messages on a topic
   */
  record<T>(topic: string, type: string, seconds: number, every = 1): Promise<readonly T[]> {
    return this.#request('record', { topic, type, seconds, every });
  }

  /** @returns the types of a topic */
  topicTypes(topic: string): Promise<readonly string[]> {
    return this.#request('topic_types', { topic });
  }

  /**
   * Publishes the malformed messages of a case of `malformed.py` for some seconds, or until a part reports an error that the
   * pattern matches.
   * @returns the newest report of each part
   */
  malformed(
    testCase: string,
    seconds: number,
    until?: { readonly part: string; readonly pattern: RegExp },
  ): Promise<Partial<Record<string, PartReport>>> {
    const condition = until && { part: until.part, pattern: until.pattern.source };
    return this.#request('malformed', { case: testCase, seconds, ...condition });
  }

  /**
   * Plays a recording of joint states several times, with its own time on /clock.
   * @param seconds duration of one round (s)
   * @returns the newest report of each part after each round
   */
  playInLoop(rounds: number, seconds: number): Promise<readonly Partial<Record<string, PartReport>>[]> {
    return this.#request('sim_time', { rounds, seconds });
  }

  /** Publishes a WAV file like a microphone, in real time. */
  async speak(file: string): Promise<void> {
    await this.#request('speak', { file });
  }

  /** Sends a goal to the action `~/instruct`. @param seconds time after which the goal is canceled (s) */
  instruct(instruction: string, seconds?: number): Promise<GoalResult> {
    return this.#request('instruct', { instruction, seconds });
  }

  /** Sends a request to the action `~/execute`. @param seconds time after which the goal is canceled (s) */
  execute(request: string, { confirmed = false, seconds }: { confirmed?: boolean; seconds?: number } = {}) {
    return this.#request<ExecuteResult>('execute', { request, confirmed, seconds });
  }

  /** Ends the process. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.stdin.end();
    await exited;
  }

  #request<T>(name: string, args: object): Promise<T> {
    const id = ++this.#count;
    return new Promise<T>((resolve, reject) => {
      this.#pending.set(id, { resolve: (result) => resolve(result as T), reject });
      this.#process.stdin.write(`${JSON.stringify({ id, do: name, ...args })}\n`);
    });
  }

  #settle(line: string): void {
    const { id, result, error } = JSON.parse(line) as { id: number; result: unknown; error?: string };
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === undefined) pending?.resolve(result);
    else pending?.reject(new Error(error));
  }
}
