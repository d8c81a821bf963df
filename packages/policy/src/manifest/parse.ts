import { jsonText, PolicyError } from '@praxis/core';
import { type GraphManifest, parseGraphManifest } from './graph-manifest.ts';
import { type Manifest, parseEncoderManifest } from './manifest.ts';

/** Content of a valid `manifest.json` of any version. */
export type PolicyManifest = Manifest | GraphManifest;

/** True for a manifest of the second version, which has one graph. */
export const isGraphManifest = (manifest: PolicyManifest): manifest is GraphManifest => 'graph' in manifest;

/**
 * Checks a parsed `manifest.json` of any version against its schema and its fields against each other. A file without `manifestVersion` is one of
 * the first version: encoders and fusion.
 * @param where name of the file in errors, for example its path
 * @throws {PolicyError} in one line with the field, its value and the expected value.
 */
export function parseManifest(json: unknown, where: string): PolicyManifest {
  const version = typeof json === 'object' && json !== null && 'manifestVersion' in json ? json.manifestVersion : 1;
  if (version === 1) return parseEncoderManifest(json, where);
  if (version === 2) return parseGraphManifest(json, where);
  throw new PolicyError(`${where}: manifestVersion is ${jsonText(version)}, expected 1 or 2`);
}
