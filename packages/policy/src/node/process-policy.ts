import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  type ActionChunk,
  describeExit,
  execArgvOf,
  moduleBeside,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
  processTransport,
  ServiceClient,
} from '@praxis/core';
import type { PolicyModule, PolicyProcessService, PolicyProcessSetup, PolicyStatistics } from './messages.ts';

/** The program of the process. */
const PROGRAM = moduleBeside('./policy-process', import.meta.url);

/** Options of {@link ProcessPolicy.open}. */
export interface ProcessPolicyOptions {
  /** `node`: ONNX Runtime's native library. `web`: its WebAssembly, as in a browser. Default `node`. */
  readonly runtime?: PolicyProcessSetup['runtime'];
  /** Callbacks for programs that must detect at once that the process hangs, stopped or ended. */
  readonly heartbeat?: HeartbeatOptions;
}

/** The heartbeat of a policy's process. */
export interface HeartbeatOptions {
  /** Time between two beats (ms). */
  readonly periodMs: number;
  /** Called at each beat, which proves that the process and its thread run. */
  onBeat(): void;
  /** Called with the reason when the process has ended, but not after `close`. The operating system reports the end at once. */
  onExit(why: string): void;
}

/**
 * A policy in a separate process. An inference never blocks the thread of the control loop, and a crash or a kill of the
 * process does not affect that thread. (A worker thread would not do: stopping one inside ONNX Runtime aborts the whole
 * program.) Observations and chunks are copied between the processes. After the end of the process, pending and later calls
 * reject with a PolicyError.
 *
 * @example
 * import { ProcessPolicy } from '@praxis/policy/node';
 * const policy = await ProcessPolicy.open('models/default'); // or { file: 'my-policy.ts' }
 * const chunk = await policy.infer(observation);
 * await policy.close();
 */
export class ProcessPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #process: ChildProcess;
  readonly #client: ServiceClient<PolicyProcessService>;
  /** `close` aborts it, which rejects pending calls. */
  readonly #closing: AbortController;
  #statistics: PolicyStatistics = { timings: {}, counters: {} };

  private constructor(
    spec: PolicySpec,
    process: ChildProcess,
    client: ServiceClient<PolicyProcessService>,
    closing: AbortController,
  ) {
    this.spec = spec;
    this.#process = process;
    this.#client = client;
    this.#closing = closing;
  }

  /**
   * Loads a policy inside a new process.
   * @param from folder of the policy, address of its server (`ws://host:port`), or the module that makes it
   * @throws {PolicyError} in the same cases as `loadPolicyFromDirectory`, and when the module's function fails
   * @throws {InputError} when the module is missing, does not compile, or makes no policy
   */
  static async open(
    from: string | PolicyModule,
    { runtime = 'node', heartbeat }: ProcessPolicyOptions = {},
  ): Promise<ProcessPolicy> {
    const setup: PolicyProcessSetup = { from, runtime };
    const child = fork(fileURLToPath(PROGRAM), [JSON.stringify(setup)], {
      serialization: 'advanced',
      // The child must not inherit the loaders and debuggers of this process.
      execArgv: execArgvOf(PROGRAM),
      // Messages of native libraries go to stderr, because stdout carries the output of a command.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const closing = new AbortController();
    let name = typeof from === 'string' ? from : from.file;
    let loaded = false;
    // An idle policy does not keep the program alive; a pending call does.
    const client = await ServiceClient.open<PolicyProcessService>(
      processTransport(child, { keepAlive: 'while busy' }),
      {
        ...(heartbeat && { heartbeat: { periodMs: heartbeat.periodMs, onBeat: () => heartbeat.onBeat() } }),
        exitError: (reason) => new PolicyError(`${name}: its process ${describeExit(reason)}`, { cause: reason.error }),
        onStatus(status) {
          loaded ||= status.kind === 'running';
          if (status.kind === 'exited' && loaded && !closing.signal.aborted)
            heartbeat?.onExit(describeExit(status.reason));
        },
      },
    );
    const spec = await client.ready;
    name = `policy ${spec.name}`;
    return new ProcessPolicy(spec, child, client, closing);
  }

  /** `timings` and `counters` of the `OnnxPolicy` after the last chunk. */
  get statistics(): PolicyStatistics {
    return this.#statistics;
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    const { chunk, statistics } = await this.#client.call('infer', observation, { signal: this.#closing.signal });
    this.#statistics = statistics;
    return chunk;
  }

  reset(): void {
    this.#client.notify('reset');
  }

  /** Ends the process. Pending calls reject. */
  async close(): Promise<void> {
    if (this.#client.status.kind === 'exited') return;
    this.#closing.abort(new PolicyError(`policy ${this.spec.name}: its process was closed`));
    await this.#client.close();
  }

  /** Process id. */
  get pid(): number {
    return this.#process.pid!;
  }

  /** Kills the process at once, for a policy that hangs. */
  kill(): void {
    this.#client.kill();
  }
}
