import { makePolicy, type Policy, parentTransport, serve } from '@praxis/core';
import { GraphPolicy } from '../onnx/graph-policy.ts';
import { OnnxPolicy } from '../onnx/onnx-policy.ts';
import { isPolicyAddress } from '../remote/remote-policy.ts';
import { webBackend } from '../web/backend.ts';
import { nodeBackend, wasmBinary } from './backend.ts';
import { loadPolicyFromDirectory } from './directory.ts';
import { endWithParent } from './end-with-parent.ts';
import { importDefault } from './import-module.ts';
import type { PolicyModule, PolicyProcessService, PolicyProcessSetup, PolicyStatistics } from './messages.ts';
import { openRemotePolicy } from './open-remote-policy.ts';

async function open({ from, runtime }: PolicyProcessSetup): Promise<Policy> {
  if (typeof from !== 'string') return openModule(from);
  if (isPolicyAddress(from)) return openRemotePolicy(from);
  const backend = runtime === 'web' ? webBackend({ wasm: await wasmBinary() }) : nodeBackend();
  return loadPolicyFromDirectory(from, { backend });
}

async function openModule({ file, keys = [] }: PolicyModule): Promise<Policy> {
  let made = await importDefault(file);
  for (const key of keys) made = (made as Readonly<Record<string, unknown>> | undefined)?.[key];
  return makePolicy(made, keys.length === 0 ? file : `${file}: ${keys.join('.')}`);
}

const statisticsOf = (policy: Policy): PolicyStatistics =>
  policy instanceof OnnxPolicy || policy instanceof GraphPolicy
    ? { timings: policy.timings, counters: policy.counters }
    : { timings: {}, counters: {} };

endWithParent();

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
