import { InferenceSession, Tensor } from 'onnxruntime-node';
import { backendOf, type InferenceRuntime } from '../onnx/runtime.ts';
import type { OnnxBackend } from '../onnx/session.ts';

/** ONNX Runtime's native library on one CPU thread. A run blocks the event loop: see {@link ProcessPolicy}. */
export const nodeBackend = (): OnnxBackend =>
  backendOf('onnxruntime-node', { InferenceSession, Tensor } as InferenceRuntime, { writes: true });
