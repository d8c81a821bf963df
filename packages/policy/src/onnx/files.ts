import { firstLine, lfsPointerHint, PolicyError } from '@praxis/core';
import type { OnnxBackend, OnnxSession } from './session.ts';

/** Source of a policy's files, such as a folder, a web server or memory. */
export interface PolicySource {
  /** Name of the policy in errors, for example its folder. */
  readonly where?: string;
  /** Runtime for the graphs: `nodeBackend()` of `@praxis/policy/node` or `webBackend()` of `@praxis/policy/web`. */
  readonly backend: OnnxBackend;
  /** Reads `manifest.json` or a file that it names. It rejects when the file is missing. */
  read(file: string): Promise<Uint8Array>;
}

/** Name of a policy's file in errors. */
export const placeOf = ({ where }: PolicySource, file: string): string => (where ? `${where}/${file}` : file);

/** Reads a file of a policy. @throws {PolicyError} when it cannot be read */
export async function bytesOf(source: PolicySource, file: string): Promise<Uint8Array> {
  try {
    return await source.read(file);
  } catch (error) {
    throw new PolicyError(`${placeOf(source, file)}: cannot be read (${firstLine(error)})`, { cause: error });
  }
}

/** Computes the hexadecimal SHA-256 with WebCrypto, for which a browser requires https or localhost. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Reads a file that a manifest names.
 * @throws {PolicyError} when it cannot be read, is a pointer of Git LFS, or has another digest
 */
export async function checkedFile(
  source: PolicySource,
  digests: Readonly<Record<string, string>>,
  file: string,
): Promise<Uint8Array> {
  const where = placeOf(source, file);
  const bytes = await bytesOf(source, file);
  const hint = lfsPointerHint(bytes);
  if (hint !== undefined) throw new PolicyError(`${where}: ${hint}`);
  const digest = await sha256(bytes);
  if (digest === digests[file]) return bytes;
  throw new PolicyError(`${where}: sha256 is ${digest} (${bytes.length} bytes), expected ${digests[file]}`);
}

/** Opens a graph that a manifest names. @throws {PolicyError} as {@link checkedFile} does, and when the runtime rejects it */
export async function openSession(
  source: PolicySource,
  digests: Readonly<Record<string, string>>,
  file: string,
): Promise<OnnxSession> {
  const bytes = await checkedFile(source, digests, file);
  try {
    return await source.backend.create(bytes);
  } catch (error) {
    throw new PolicyError(`${placeOf(source, file)}: ${source.backend.name} rejects it (${firstLine(error)})`, {
      cause: error,
    });
  }
}
