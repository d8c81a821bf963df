import type { Observation, PolicySpec } from '@praxis/core';
import type { EncoderCounters } from '../onnx/encoder.ts';
import type { OnnxActionChunk } from '../onnx/onnx-policy.ts';

/** Parameters of the process of a {@link ProcessPolicy}. */
export interface PolicyProcessSetup {
  /** Folder of the policy. */
  readonly directory: string;
  /** ONNX Runtime's native library (`node`) or its WebAssembly (`web`). */
  readonly runtime: 'node' | 'web';
}

/** Timings and counters of the policy in the process. */
export interface PolicyStatistics {
  /** Durations in the last inference (ms), by encoder instance, `fusion` and `total`. */
  readonly timings: Readonly<Record<string, number>>;
  /** Counters by encoder instance. */
  readonly counters: Readonly<Record<string, EncoderCounters>>;
}

/** Service of the policy's process. */
export interface PolicyProcessService {
  readonly methods: {
    infer(observation: Observation): { readonly chunk: OnnxActionChunk; readonly statistics: PolicyStatistics };
    reset(): void;
  };
  readonly info: PolicySpec;
}
