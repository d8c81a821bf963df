import { loadPolicy } from '../onnx/load.ts';
import type { OnnxPolicy } from '../onnx/onnx-policy.ts';
import type { OnnxBackend } from '../onnx/session.ts';

/** Loads a policy from files in memory, for example those of {@link tinyPolicy}. */
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

/** Returns the files with `manifest.json` as `change` leaves it. */
export function editManifest<T = Record<string, unknown>>(
  files: ReadonlyMap<string, Uint8Array>,
  change: (manifest: T) => void,
): Map<string, Uint8Array> {
  const manifest = JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as T;
  change(manifest);
  return new Map(files).set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
}
