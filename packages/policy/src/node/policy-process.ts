import { parentTransport, serve } from '@praxis/core';
import type { OnnxPolicy } from '../onnx/onnx-policy.ts';
import { webBackend } from '../web/backend.ts';
import { nodeBackend, wasmBinary } from './backend.ts';
import { loadPolicyFromDirectory } from './directory.ts';
import type { PolicyProcessService, PolicyProcessSetup } from './messages.ts';

async function open({ directory, runtime }: PolicyProcessSetup): Promise<OnnxPolicy> {
  const backend = runtime === 'web' ? webBackend({ wasm: await wasmBinary() }) : nodeBackend();
  return loadPolicyFromDirectory(directory, { backend });
}

// Calls run in order: a reset applies to the observations after it, not to those before it. Heartbeats come from the thread
// that infers, so that a beat proves that this thread runs. During an inference, a beat can be sent between two encoders.
serve<PolicyProcessService>(parentTransport(process), async () => {
  const policy = await open(JSON.parse(process.argv[2]));
  return {
    info: policy.spec,
    methods: {
      async infer(observation) {
        const chunk = await policy.infer(observation);
        return { chunk, statistics: { timings: policy.timings, counters: policy.counters } };
      },
      reset: () => policy.reset(),
    },
    close: () => policy.close(),
  };
});
