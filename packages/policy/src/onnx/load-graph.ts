import type { GraphManifest } from '../manifest/graph-manifest.ts';
import { checkTensors } from './check-tensors.ts';
import { openSession, type PolicySource, placeOf } from './files.ts';
import { declaredInputs, makeInputs } from './graph-inputs.ts';
import { GraphPolicy, outputActions } from './graph-policy.ts';

/**
 * Loads the graph and the tokenizers of a policy of one graph, and checks them against its manifest.
 * @throws {PolicyError} with the file, the value and the expected value
 */
export async function loadGraphPolicy(manifest: GraphManifest, source: PolicySource): Promise<GraphPolicy> {
  const where = placeOf(source, manifest.graph);
  const inputs = await makeInputs(`policy ${manifest.name}`, manifest.inputs, manifest, source);
  const session = await openSession(source, manifest.sha256, manifest.graph);
  try {
    checkTensors('input', session.inputs, declaredInputs(inputs), where);
    checkTensors('output', session.outputs, outputActions(manifest.action).outputs, where);
    return new GraphPolicy({ manifest, backend: source.backend, session, inputs });
  } catch (error) {
    await session.release();
    throw error;
  }
}
