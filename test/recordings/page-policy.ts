import { loadPolicyFromDirectory, wasmBinary } from '@praxis/policy/node';
import { webBackend } from '@praxis/policy/web';

/** The policy of the folder PRAXIS_TEST_POLICY, with the ONNX runtime of the studio's page, which has other bits than that of Node. */
export default async () =>
  loadPolicyFromDirectory(process.env.PRAXIS_TEST_POLICY!, { backend: webBackend({ wasm: await wasmBinary() }) });
