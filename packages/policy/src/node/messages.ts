import type { Observation, PolicySpec } from '@praxis/core';
import type { EncoderCounters } from '../onnx/encoder.ts';
import type { OnnxActionChunk } from '../onnx/onnx-policy.ts';

/** What the process of a {@link WorkerPolicy} is started with. */
export interface WorkerSetup {
  readonly directory: string;
  readonly runtime: 'node' | 'web';
  /** Milliseconds between two beats; null for none. */
  readonly heartbeat: number | null;
}

export type ToWorker =
  | { readonly kind: 'infer'; readonly id: number; readonly observation: Observation }
  | { readonly kind: 'reset' }
  | { readonly kind: 'close' };

export interface WorkerError {
  readonly message: string;
  readonly stack?: string;
  /** True for a {@link PolicyError}: something about the policy or its input, not a fault of the program. */
  readonly expected: boolean;
}

/** What is worth knowing of the policy on the other side. */
export interface WorkerStatistics {
  readonly timings: Readonly<Record<string, number>>;
  readonly counters: Readonly<Record<string, EncoderCounters>>;
}

export type FromWorker =
  | { readonly kind: 'ready'; readonly spec: PolicySpec }
  /** The process is alive and its thread is not stuck. */
  | { readonly kind: 'beat' }
  | ({ readonly kind: 'chunk'; readonly id: number; readonly chunk: OnnxActionChunk } & WorkerStatistics)
  /** Without an id: the policy did not load. */
  | { readonly kind: 'error'; readonly id?: number; readonly error: WorkerError };
