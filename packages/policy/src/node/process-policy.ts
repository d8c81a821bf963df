import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  describeExit,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
  processTransport,
  ServiceClient,
} from '@praxis/core';
import type { OnnxActionChunk } from '../onnx/onnx-policy.ts';
import type { PolicyProcessSetup, PolicyService, PolicyStatistics } from './messages.ts';

export interface ProcessPolicyOptions {
  /** ONNX Runtime's native library, or its WebAssembly as a browser runs it. Left out: node. */
  readonly runtime?: PolicyProcessSetup['runtime'];
  /** For whoever must know at once that the process is stuck, stopped or gone. */
  readonly heartbeat?: HeartbeatOptions;
}

/** The heartbeat of a policy's process. */
export interface HeartbeatOptions {
  /** ms between two beats. */
  readonly periodMs: number;
  /** The process is alive and its thread is not stuck. */
  onBeat(): void;
  /** The process has ended, and how; the operating system tells it at once. Not called after `close`. */
  onExit(why: string): void;
}

/**
 * A policy in a process of its own: an inference never blocks the thread that runs the control loop, and neither a crash
 * of the native runtime nor killing it reaches that loop (stopping a worker thread inside ONNX Runtime aborts the whole
 * program). Observations are copied to it, chunks are copied back. When it dies, calls reject with a PolicyError, now
 * and from then on.
 */
export class ProcessPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #process: ChildProcess;
  readonly #client: ServiceClient<PolicyService>;
  /** Aborted by `close`, which rejects what is under way. */
  readonly #closing: AbortController;
  #statistics: PolicyStatistics = { timings: {}, counters: {} };

  private constructor(
    spec: PolicySpec,
    process: ChildProcess,
    client: ServiceClient<PolicyService>,
    closing: AbortController,
  ) {
    this.spec = spec;
    this.#process = process;
    this.#client = client;
    this.#closing = closing;
  }

  /**
   * Loads the policy in a folder inside a new process.
   * @throws {PolicyError} as `loadPolicyFromDirectory` does.
   */
  static async open(
    directory: string,
    { runtime = 'node', heartbeat }: ProcessPolicyOptions = {},
  ): Promise<ProcessPolicy> {
    const setup: PolicyProcessSetup = { directory, runtime };
    const child = fork(fileURLToPath(new URL('./policy-process.mjs', import.meta.url)), [JSON.stringify(setup)], {
      serialization: 'advanced',
      // The loaders and debuggers of this process are not for that one.
      execArgv: [],
      // What a native library prints must not end up in the output of a command.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const closing = new AbortController();
    let name = directory;
    let loaded = false;
    // A loaded policy alone keeps no program alive, an answer that is under way does.
    const client = await ServiceClient.open<PolicyService>(processTransport(child, { keepAlive: 'while busy' }), {
      ...(heartbeat && { heartbeat: { periodMs: heartbeat.periodMs, onBeat: () => heartbeat.onBeat() } }),
      exitError: (reason) => new PolicyError(`${name}: its process ${describeExit(reason)}`, { cause: reason.error }),
      onStatus(status) {
        loaded ||= status.kind === 'running';
        if (status.kind === 'exited' && loaded && !closing.signal.aborted)
          heartbeat?.onExit(describeExit(status.reason));
      },
    });
    const spec = await client.ready;
    name = `policy ${spec.name}`;
    return new ProcessPolicy(spec, child, client, closing);
  }

  /** As of the last chunk: {@link OnnxPolicy.timings} and {@link OnnxPolicy.counters}. */
  get statistics(): PolicyStatistics {
    return this.#statistics;
  }

  async infer(observation: Observation): Promise<OnnxActionChunk> {
    const { chunk, statistics } = await this.#client.call('infer', observation, { signal: this.#closing.signal });
    this.#statistics = statistics;
    return chunk;
  }

  reset(): void {
    this.#client.notify('reset');
  }

  /** Ends the process; what is still under way rejects. */
  async close(): Promise<void> {
    if (this.#client.status.kind === 'exited') return;
    this.#closing.abort(new PolicyError(`policy ${this.spec.name}: its process was closed`));
    await this.#client.close();
  }

  /** Of the process. */
  get pid(): number {
    return this.#process.pid!;
  }

  /** Ends the process at once, whatever it does: for a policy that hangs. */
  kill(): void {
    this.#client.kill();
  }
}
