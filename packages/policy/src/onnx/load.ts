import { firstLine, lfsPointerHint, PolicyError } from '@praxis/core';
import { isGraphManifest, isSecondVersion, parseManifest } from '../manifest/parse.ts';
import { bytesOf, type PolicySource, placeOf } from './files.ts';
import type { GraphPolicy } from './graph-policy.ts';
import { loadFirstVersion, loadFusionPolicy } from './load-encoders.ts';
import { loadGraphPolicy } from './load-graph.ts';
import type { OnnxPolicy } from './onnx-policy.ts';

/** A policy of ONNX graphs, of any version of the manifest. */
export type LoadedPolicy = OnnxPolicy | GraphPolicy;

/**
 * Loads a policy and checks manifest, digests, tokenizers and graphs before anything runs. The runtime itself rejects files that are not
 * ONNX and operator sets that it does not support.
 * @throws {PolicyError} with the file, the value and the expected value.
 */
export async function loadPolicy(source: PolicySource): Promise<LoadedPolicy> {
  const where = placeOf(source, 'manifest.json');
  const text = new TextDecoder().decode(await bytesOf(source, 'manifest.json'));
  const hint = lfsPointerHint(text);
  if (hint !== undefined) throw new PolicyError(`${where}: ${hint}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new PolicyError(`${where}: is not JSON (${firstLine(error)})`, { cause: error });
  }
  const manifest = parseManifest(json, where);
  if (!isSecondVersion(manifest)) return loadFirstVersion(manifest, source);
  return isGraphManifest(manifest) ? loadGraphPolicy(manifest, source) : loadFusionPolicy(manifest, source);
}
