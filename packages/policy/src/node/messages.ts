import type { ActionChunk, Observation, PolicySpec } from '@praxis/core';
import type { EncoderCounters } from '../onnx/encoder.ts';

/**
 * A policy that a user's module makes: a `Policy`, or a function that returns one. A function cannot cross to another process, so the
 * process imports the module itself.
 */
export interface PolicyModule {
  /** Path of the module, in TypeScript or JavaScript. */
  readonly file: string;
  /** Keys that lead from the module's default export to the policy. Default: none, the default export is the policy. */
  readonly keys?: readonly string[];
}

/** Parameters of the process of a {@link ProcessPolicy}. */
export interface PolicyProcessSetup {
  /** Folder of the policy, address of its server, or its module. */
  readonly from: string | PolicyModule;
  /** ONNX Runtime's native library (`node`) or its WebAssembly (`web`), for the policy of a folder. */
  readonly runtime: 'node' | 'web';
}

/** Timings and counters of the policy in the process. The policy of a module has none, and that of one graph no counters. */
export interface PolicyStatistics {
  /** Durations in the last inference (ms), by encoder instance, `fusion` and `total`; of one graph by input, `graph` and `total`. */
  readonly timings: Readonly<Record<string, number>>;
  /** Counters by encoder instance. */
  readonly counters: Readonly<Record<string, EncoderCounters>>;
}

/** Service of the policy's process. */
export interface PolicyProcessService {
  readonly methods: {
    infer(observation: Observation): { readonly chunk: ActionChunk; readonly statistics: PolicyStatistics };
    reset(): void;
  };
  readonly info: PolicySpec;
}
