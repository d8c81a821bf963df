import { firstLine, lfsPointerHint, PolicyError } from '@praxis/core';
import type { Manifest, TensorManifest } from '../manifest/manifest.ts';
import { isGraphManifest, parseManifest } from '../manifest/parse.ts';
import { filesOf } from '../manifest/rules.ts';
import type { Processor } from '../processors/processor.ts';
import { processorOf } from '../processors/processor-of.ts';
import { checkTensors, type DeclaredTensor } from './check-tensors.ts';
import { bytesOf, openSession, type PolicySource, placeOf } from './files.ts';
import type { GraphPolicy } from './graph-policy.ts';
import { loadGraphPolicy } from './load-graph.ts';
import { OnnxPolicy } from './onnx-policy.ts';
import type { OnnxBackend, OnnxSession } from './session.ts';

/** Manifest, sessions and processors of a policy. */
export interface PolicyParts {
  readonly manifest: Manifest;
  readonly backend: OnnxBackend;
  /** Sessions by file name. */
  readonly sessions: ReadonlyMap<string, OnnxSession>;
  /** Processors by encoder instance. */
  readonly processors: ReadonlyMap<string, Processor>;
}

const float = (tensor: TensorManifest): DeclaredTensor => ({ ...tensor, dtype: 'float32' });

function checkGraphs({ manifest, sessions, processors }: PolicyParts, at: (file: string) => string): void {
  for (const { name, file, input, outputs } of manifest.encoders) {
    const session = sessions.get(file)!;
    const { shape, dtype } = processors.get(name)!;
    checkTensors(
      'input',
      session.inputs,
      [{ name: input.name, shape: [...shape], dtype }],
      `${at(file)}, encoder ${name}`,
    );
    checkTensors('output', session.outputs, outputs.map(float), `${at(file)}, encoder ${name}`);
  }
  const { file, inputs, outputs } = manifest.fusion;
  checkTensors('input', sessions.get(file)!.inputs, inputs.map(float), at(file));
  checkTensors('output', sessions.get(file)!.outputs, outputs.map(float), at(file));
}

async function loadEncoderPolicy(manifest: Manifest, source: PolicySource): Promise<OnnxPolicy> {
  const { backend } = source;
  const sessions = new Map<string, OnnxSession>();
  try {
    for (const file of filesOf(manifest)) sessions.set(file, await openSession(source, manifest.sha256, file));
    const processors = new Map(manifest.encoders.map((encoder) => [encoder.name, processorOf(encoder)]));
    const parts: PolicyParts = { manifest, backend, sessions, processors };
    checkGraphs(parts, (file) => placeOf(source, file));
    return new OnnxPolicy(parts);
  } catch (error) {
    for (const session of sessions.values()) await session.release();
    throw error;
  }
}

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
  return isGraphManifest(manifest) ? loadGraphPolicy(manifest, source) : loadEncoderPolicy(manifest, source);
}
