import type { FusionManifest } from '../manifest/fusion-manifest.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { GraphPolicy } from '../onnx/graph-policy.ts';
import { type LoadedPolicy, loadPolicy } from '../onnx/load.ts';
import { OnnxPolicy } from '../onnx/onnx-policy.ts';
import type { OnnxBackend } from '../onnx/session.ts';

const load = (files: ReadonlyMap<string, Uint8Array>, backend: OnnxBackend): Promise<LoadedPolicy> =>
  loadPolicy({
    where: 'memory',
    backend,
    async read(file) {
      const bytes = files.get(file);
      if (!bytes) throw new Error('no such file');
      return bytes;
    },
  });

const isFirstVersion = (policy: OnnxPolicy): policy is OnnxPolicy<Manifest> => !('manifestVersion' in policy.manifest);
const isFusion = (policy: OnnxPolicy): policy is OnnxPolicy<FusionManifest> => 'manifestVersion' in policy.manifest;

/** Loads a policy of encoders and fusion of the first version from files in memory, for example those of {@link tinyPolicy}. */
export async function loadFromMemory(
  files: ReadonlyMap<string, Uint8Array>,
  backend: OnnxBackend,
): Promise<OnnxPolicy<Manifest>> {
  const policy = await load(files, backend);
  if (policy instanceof OnnxPolicy && isFirstVersion(policy)) return policy;
  throw new Error('the manifest is of the second version, expected the first');
}

/** Loads a policy of encoders and fusion of the second version from files in memory. */
export async function loadFusionFromMemory(
  files: ReadonlyMap<string, Uint8Array>,
  backend: OnnxBackend,
): Promise<OnnxPolicy<FusionManifest>> {
  const policy = await load(files, backend);
  if (policy instanceof OnnxPolicy && isFusion(policy)) return policy;
  throw new Error('the manifest has no encoders of the second version');
}

/** Loads a policy of one graph from files in memory, for example those of {@link echoPolicy}. */
export async function loadGraphFromMemory(
  files: ReadonlyMap<string, Uint8Array>,
  backend: OnnxBackend,
): Promise<GraphPolicy> {
  const policy = await load(files, backend);
  if (policy instanceof OnnxPolicy) throw new Error('the manifest has encoders, expected a graph');
  return policy;
}

/** Returns the files with `manifest.json` as `change` leaves it. */
export function editManifest<T = Record<string, unknown>>(
  files: ReadonlyMap<string, Uint8Array>,
  change: (manifest: T) => void,
): Map<string, Uint8Array> {
  const manifest = JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as T;
  change(manifest);
  return new Map(files).set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
}
