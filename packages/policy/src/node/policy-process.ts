import { makePolicy, type Policy, parentTransport, serve } from '@praxis/core';
import { OnnxPolicy } from '../onnx/onnx-policy.ts';
import { webBackend } from '../web/backend.ts';
import { nodeBackend, wasmBinary } from './backend.ts';
import { loadPolicyFromDirectory } from './directory.ts';
import { importDefault } from './import-module.ts';
import type { PolicyModule, PolicyProcessService, PolicyProcessSetup, PolicyStatistics } from './messages.ts';

async function open({ from, runtime }: PolicyProcessSetup): Promise<Policy> {
  if (typeof from !== 'string') return openModule(from);
  const backend = runtime === 'web' ? webBackend({ wasm: await wasmBinary() }) : nodeBackend();
  return loadPolicyFromDirectory(from, { backend });
}

async function openModule({ file, keys = [] }: PolicyModule): Promise<Policy> {
  let made = await importDefault(file);
  for (const key of keys) made = (made as Readonly<Record<string, unknown>> | undefined)?.[key];
  return makePolicy(made, keys.length === 0 ? file : `${file}: ${keys.join('.')}`);
}

const statisticsOf = (policy: Policy): PolicyStatistics =>
  policy instanceof OnnxPolicy ? { timings: policy.timings, counters: policy.counters } : { timings: {}, counters: {} };

// Calls run in order: a reset applies to the observations after it, not to those before it. Heartbeats come from the thread
// that infers, so that a beat proves that this thread runs. During an inference, a beat can be sent between two encoders.
serve<PolicyProcessService>(parentTransport(process), async () => {
  const policy = await open(JSON.parse(process.argv[2]));
  return {
    info: policy.spec,
    methods: {
      async infer(observation) {
        const chunk = await policy.infer(observation);
        return { chunk, statistics: statisticsOf(policy) };
      },
      reset: () => policy.reset(),
    },
    close: () => policy.close(),
  };
});
