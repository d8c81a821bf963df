import type { Observation, PolicySpec } from '@praxis/core';
import type { EncoderCounters } from '../onnx/encoder.ts';
import type { OnnxActionChunk } from '../onnx/onnx-policy.ts';

/** What the process of a {@link ProcessPolicy} is started with. */
export interface PolicyProcessSetup {
  readonly directory: string;
  readonly runtime: 'node' | 'web';
}

/** What is worth knowing of the policy on the other side. */
export interface PolicyStatistics {
  readonly timings: Readonly<Record<string, number>>;
  readonly counters: Readonly<Record<string, EncoderCounters>>;
}

/** What the process offers. */
export interface PolicyService {
  readonly methods: {
    infer(observation: Observation): { readonly chunk: OnnxActionChunk; readonly statistics: PolicyStatistics };
    reset(): void;
  };
  readonly info: PolicySpec;
}
