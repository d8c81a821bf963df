import { jsonText, PolicyError } from '@praxis/core';
import { type FusionManifest, parseFusionManifest } from './fusion-manifest.ts';
import { type GraphManifest, parseGraphManifest } from './graph-manifest.ts';
import { type Manifest, parseEncoderManifest } from './manifest.ts';

/** Content of a valid `manifest.json` of any version. */
export type PolicyManifest = Manifest | GraphManifest | FusionManifest;

/** True for a manifest of the second version that has one graph. */
export const isGraphManifest = (manifest: PolicyManifest): manifest is GraphManifest => 'graph' in manifest;

/** True for a manifest of the second version, of one graph or of encoders and fusion. */
export const isSecondVersion = (manifest: PolicyManifest): manifest is GraphManifest | FusionManifest =>
  'manifestVersion' in manifest;

/**
 * Checks a parsed `manifest.json` of any version against its schema and its fields against each other. A file without `manifestVersion` is one of
 * the first version: encoders and fusion. A file of the second version with `encoders` has those, every other one a graph.
 * @param where name of the file in errors, for example its path
 * @throws {PolicyError} in one line with the field, its value and the expected value.
 */
export function parseManifest(json: unknown, where: string): PolicyManifest {
  const fields: Readonly<Record<string, unknown>> = typeof json === 'object' && json !== null ? { ...json } : {};
  const { manifestVersion: version = 1, encoders } = fields;
  if (version === 1) return parseEncoderManifest(json, where);
  if (version === 2) return encoders === undefined ? parseGraphManifest(json, where) : parseFusionManifest(json, where);
  throw new PolicyError(`${where}: manifestVersion is ${jsonText(version)}, expected 1 or 2`);
}
