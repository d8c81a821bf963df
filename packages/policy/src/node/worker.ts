import { PolicyError } from '@praxis/core';
import type { OnnxPolicy } from '../onnx/onnx-policy.ts';
import { webBackend } from '../web/backend.ts';
import { nodeBackend } from './backend.ts';
import { loadPolicyFromDirectory, wasmBinary } from './directory.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './messages.ts';

const post = (message: FromWorker): void => {
  process.send?.(message);
};

const postError = (thrown: unknown, id?: number): void => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  post({
    kind: 'error',
    id,
    error: { message: error.message, stack: error.stack, expected: error instanceof PolicyError },
  });
};

async function open({ directory, runtime }: WorkerSetup): Promise<OnnxPolicy> {
  const backend = runtime === 'web' ? webBackend({ wasm: await wasmBinary() }) : nodeBackend();
  return loadPolicyFromDirectory(directory, { backend });
}

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
    process.disconnect();
  }
}

// A terminal sends Ctrl-C to every process of a command; the one that runs the control loop says when this one ends.
process.on('SIGINT', () => undefined);

const setup: WorkerSetup = JSON.parse(process.argv[2]);
const opened = open(setup);

/** From the thread that infers, so that a beat says that it is not stuck. An inference lets it through between two encoders. */
function beat(milliseconds: number): void {
  const timer = setInterval(() => (process.connected ? post({ kind: 'beat' }) : clearInterval(timer)), milliseconds);
}

// One message after the other: a reset holds for the observations after it, not for those before.
let last = opened.then((policy) => {
  post({ kind: 'ready', spec: policy.spec });
  if (setup.heartbeat !== null) beat(setup.heartbeat);
}, postError);
process.on('message', (message: ToWorker) => {
  last = last.then(async () => answer(await opened, message));
});
