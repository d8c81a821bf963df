import { firstLine, PolicyError } from '@praxis/core';
import { type Manifest, parseManifest, type TensorManifest } from '../manifest/manifest.ts';
import { filesOf } from '../manifest/rules.ts';
import type { Processor } from '../processors/processor.ts';
import { processorOf } from '../processors/processor-of.ts';
import { OnnxPolicy } from './onnx-policy.ts';
import type { OnnxBackend, OnnxSession, TensorInfo } from './session.ts';

/** Source of a policy's files, such as a folder, a web server or memory. */
export interface PolicySource {
  /** Name of the policy in errors, for example its folder. */
  readonly where?: string;
  /** Runtime for the graphs: `nodeBackend()` of `@praxis/policy/node` or `webBackend()` of `@praxis/policy/web`. */
  readonly backend: OnnxBackend;
  /** Reads `manifest.json` or a file that it names. It rejects when the file is missing. */
  read(file: string): Promise<Uint8Array>;
}

/** Manifest, sessions and processors of a policy. */
export interface PolicyParts {
  readonly manifest: Manifest;
  readonly backend: OnnxBackend;
  /** Sessions by file name. */
  readonly sessions: ReadonlyMap<string, OnnxSession>;
  /** Processors by encoder instance. */
  readonly processors: ReadonlyMap<string, Processor>;
}

async function bytesOf(source: PolicySource, file: string, where: string): Promise<Uint8Array> {
  try {
    return await source.read(file);
  } catch (error) {
    throw new PolicyError(`${where}: cannot be read (${firstLine(error)})`, { cause: error });
  }
}

/** Computes the hexadecimal SHA-256 with WebCrypto, for which a browser requires https or localhost. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function openSession(
  source: PolicySource,
  manifest: Manifest,
  file: string,
  where: string,
): Promise<OnnxSession> {
  const bytes = await bytesOf(source, file, where);
  const digest = await sha256(bytes);
  if (digest !== manifest.sha256[file]) {
    throw new PolicyError(`${where}: sha256 is ${digest} (${bytes.length} bytes), expected ${manifest.sha256[file]}`);
  }
  try {
    return await source.backend.create(bytes);
  } catch (error) {
    throw new PolicyError(`${where}: ${source.backend.name} rejects it (${firstLine(error)})`, { cause: error });
  }
}

type Declared = TensorManifest & { readonly dtype: string };

/** Checks that graph and manifest declare the same tensors with the same types and shapes. An open dimension fits every size. */
function checkTensors(
  kind: 'input' | 'output',
  graph: readonly TensorInfo[],
  declared: readonly Declared[],
  where: string,
) {
  for (const { name, shape, dtype } of declared) {
    const info = graph.find((each) => each.name === name);
    if (!info) {
      const names = graph.map((each) => each.name).join(', ');
      throw new PolicyError(`${where}: ${kind}s are ${names}, expected one with the name ${name}`);
    }
    if (info.type !== dtype) throw new PolicyError(`${where}: ${kind} ${name} is ${info.type}, expected ${dtype}`);
    const fits =
      info.shape.length === shape.length &&
      info.shape.every((size, i) => typeof size === 'string' || size < 0 || size === shape[i]);
    if (!fits) throw new PolicyError(`${where}: ${kind} ${name} has shape [${info.shape}], expected [${shape}]`);
  }
  if (kind === 'input') {
    const extra = graph.find((each) => !declared.some(({ name }) => name === each.name));
    if (extra) throw new PolicyError(`${where}: input ${extra.name} is not in the manifest`);
  }
}

const float = (tensor: TensorManifest): Declared => ({ ...tensor, dtype: 'float32' });

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

/**
 * Loads a policy and checks manifest, digests and graphs before anything runs. The runtime itself rejects files that are not
 * ONNX and operator sets that it does not support.
 * @throws {PolicyError} with the file, the value and the expected value.
 */
export async function loadPolicy(source: PolicySource): Promise<OnnxPolicy> {
  const at = (file: string): string => (source.where ? `${source.where}/${file}` : file);
  const text = new TextDecoder().decode(await bytesOf(source, 'manifest.json', at('manifest.json')));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new PolicyError(`${at('manifest.json')}: is not JSON (${firstLine(error)})`, { cause: error });
  }
  const manifest = parseManifest(json, at('manifest.json'));
  const sessions = new Map<string, OnnxSession>();
  try {
    for (const file of filesOf(manifest)) sessions.set(file, await openSession(source, manifest, file, at(file)));
    const processors = new Map(manifest.encoders.map((encoder) => [encoder.name, processorOf(encoder)]));
    const parts: PolicyParts = { manifest, backend: source.backend, sessions, processors };
    checkGraphs(parts, at);
    return new OnnxPolicy(parts);
  } catch (error) {
    for (const session of sessions.values()) await session.release();
    throw error;
  }
}
