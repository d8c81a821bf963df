import { parentPort, workerData } from 'node:worker_threads';
import { PolicyError } from '@praxis/core';
import type { OnnxPolicy } from '../onnx-policy.ts';
import { webBackend } from '../web/backend.ts';
import { nodeBackend } from './backend.ts';
import { loadPolicyFromDirectory, wasmBinary } from './directory.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './messages.ts';

const port = parentPort!;
const post = (message: FromWorker): void => port.postMessage(message);

const postError = (thrown: unknown, id?: number): void => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  post({
    kind: 'error',
    id,
    error: { message: error.message, stack: error.stack, expected: error instanceof PolicyError },
  });
};

async function answer(policy: OnnxPolicy, message: ToWorker): Promise<void> {
  if (message.kind === 'reset') policy.reset();
  else if (message.kind === 'infer') {
    try {
      const chunk = await policy.infer(message.observation);
      post({ kind: 'chunk', id: message.id, chunk, timings: policy.timings, counters: policy.counters });
    } catch (error) {
      postError(error, message.id);
    }
  } else {
    await policy.close();
    port.close();
  }
}

try {
  const { directory, runtime } = workerData as WorkerSetup;
  const backend = runtime === 'web' ? webBackend({ wasm: await wasmBinary() }) : nodeBackend();
  const policy = await loadPolicyFromDirectory(directory, { backend });
  post({ kind: 'ready', spec: policy.spec });
  // One message after the other: a reset holds for the observations after it, not for those before.
  let last = Promise.resolve();
  port.on('message', (message: ToWorker) => {
    last = last.then(() => answer(policy, message));
  });
} catch (error) {
  postError(error);
}
