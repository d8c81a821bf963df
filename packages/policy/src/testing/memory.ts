import { loadPolicy } from '../onnx/load.ts';
import type { OnnxPolicy } from '../onnx/onnx-policy.ts';
import type { OnnxBackend } from '../onnx/session.ts';

/** Loads a policy from files in memory, such as {@link tinyPolicy} makes. */
export const loadFromMemory = (files: ReadonlyMap<string, Uint8Array>, backend: OnnxBackend): Promise<OnnxPolicy> =>
  loadPolicy({
    where: 'memory',
    backend,
    async read(file) {
      const bytes = files.get(file);
      if (!bytes) throw new Error('no such file');
      return bytes;
    },
  });

/** Parses `manifest.json`, lets `change` alter it, and puts it back. */
export function editManifest<T = Record<string, unknown>>(
  files: ReadonlyMap<string, Uint8Array>,
  change: (manifest: T) => void,
): Map<string, Uint8Array> {
  const manifest = JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as T;
  change(manifest);
  return new Map(files).set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
}
