import { DEFAULT_ACTIONS, type PolicySpec } from '@praxis/core';
import { REFERENCE_STREAM } from '../actions/action-space.ts';
import { CommittedActionsInput } from '../actions/committed-actions.ts';
import { OutputActions } from '../actions/output-actions.ts';
import { rowCount } from '../manifest/action-rules.ts';
import { COMMITTED, COMMITTED_MASK } from '../manifest/committed-rules.ts';
import { actionOutputOf, encoderInputOf } from '../manifest/first-version.ts';
import type { FusionManifest } from '../manifest/fusion-manifest.ts';
import { fusionFilesOf, imageEncoders, PRESENT, tokenName } from '../manifest/fusion-rules.ts';
import { graphStreams } from '../manifest/graph-streams.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { filesOf } from '../manifest/rules.ts';
import { checkTensors, type DeclaredTensor } from './check-tensors.ts';
import type { EncoderParts } from './encoder.ts';
import { openSession, type PolicySource, placeOf } from './files.ts';
import { declaredInputs, makeInputs } from './graph-inputs.ts';
import { outputActions } from './graph-policy.ts';
import { type FusionParts, OnnxPolicy, type OnnxPolicyParts } from './onnx-policy.ts';
import type { RefusalLimits } from './refusal.ts';
import type { NumberTensor, OnnxSession } from './session.ts';

type Sessions = ReadonlyMap<string, OnnxSession>;
/** An encoder before its graph is open. */
type Encoder = Omit<EncoderParts, 'session'> & { readonly file: string };
/** A policy before its graphs are open. */
interface Description<M extends Manifest | FusionManifest>
  extends Pick<OnnxPolicyParts<M>, 'manifest' | 'inputs' | 'actions' | 'absolute' | 'committed'> {
  readonly encoders: readonly Encoder[];
  readonly fusion: Omit<FusionParts, 'session'> & { readonly file: string };
  readonly files: readonly string[];
}

/** Loads a policy of encoders of the first version. @throws {PolicyError} with the file, the value and the expected value */
export async function loadFirstVersion(manifest: Manifest, source: PolicySource): Promise<OnnxPolicy<Manifest>> {
  const { fusion, action, sha256 } = manifest;
  const encoders: Encoder[] = [];
  for (const encoder of manifest.encoders) {
    const { name, modality, file, outputs } = encoder;
    const input = encoderInputOf(encoder);
    const policy = { observation: { steps: 1 }, inputs: [input], sha256 };
    const inputs = await makeInputs(`encoder ${name}`, [input], policy, source);
    encoders.push({ name, modality, file, inputs, outputs, absent: 'mask' });
  }
  const cameras = manifest.encoders.filter(({ input }) => input.processor.type === 'image').map(({ name }) => name);
  const reference = manifest.encoders.find(({ input }) => input.stream === REFERENCE_STREAM);
  const maximumAge = reference?.input.maximumAge ?? Number.POSITIVE_INFINITY;
  const hasGrounding = fusion.outputs.some(({ name }) => name === 'grounding');
  return open(source, {
    manifest,
    inputs: firstVersionStreams(manifest),
    encoders,
    fusion: {
      ...{ file: fusion.file, outputs: fusion.outputs, cameras },
      inputs: new Map(fusion.inputs.map(({ name }) => [name, name])),
      ...{ gates: 'gates', grounding: hasGrounding ? 'grounding' : undefined, refusal: undefined },
    },
    actions: new OutputActions([actionOutputOf(action)], {
      rows: action.horizon,
      firstRow: 0,
      horizon: action.horizon,
    }),
    absolute: action.space === 'ee_delta' ? { specs: DEFAULT_ACTIONS, maximumAge } : undefined,
    committed: undefined,
    files: filesOf(manifest),
  });
}

/** The streams that a manifest of the first version declares, each once. */
function firstVersionStreams({ encoders }: Manifest): PolicySpec['inputs'] {
  const specs = new Map<string, PolicySpec['inputs'][number]>();
  for (const { modality, input } of encoders) {
    const { stream, dtype, shape, unit, frame, rateHz, names, maximumAge, window } = input;
    const spec = { name: stream, modality, dtype, shape, unit, frame, rateHz, maximumAge, window };
    specs.set(stream, names ? { ...spec, names } : spec);
  }
  return [...specs.values()];
}

/** Loads a policy of encoders of the second version. @throws {PolicyError} with the file, the value and the expected value */
export async function loadFusionPolicy(
  manifest: FusionManifest,
  source: PolicySource,
): Promise<OnnxPolicy<FusionManifest>> {
  const { fusion, action } = manifest;
  const streams = graphStreams(manifest);
  const encoders: Encoder[] = [];
  for (const { name, file, inputs: declared, outputs, absent } of manifest.encoders) {
    const inputs = await makeInputs(`policy ${manifest.name}, encoder ${name}`, declared, manifest, source);
    const [first] = inputs[0].tensor.streams;
    const modality = streams.find((each) => each.name === first)?.modality ?? '';
    encoders.push({ name, modality, file, inputs, outputs, absent });
  }
  const actions = outputActions(action);
  const cameras = imageEncoders(manifest.encoders).map(({ name }) => name);
  const shown: NumberTensor[] = [];
  if (fusion.gates !== undefined) shown.push({ name: fusion.gates, shape: [1, encoders.length] });
  if (fusion.grounding !== undefined) shown.push({ name: fusion.grounding, shape: [1, cameras.length, 3] });
  return open(source, {
    manifest,
    inputs: streams,
    encoders,
    fusion: {
      ...{ file: fusion.file, outputs: [...actions.outputs, ...shown], cameras },
      inputs: new Map(fusion.inputs.map(({ name, from = name }) => [name, from])),
      ...{ gates: fusion.gates, grounding: fusion.grounding, refusal: refusalLimits(fusion) },
    },
    actions,
    absolute: undefined,
    committed:
      fusion.committed &&
      new CommittedActionsInput(action.outputs[0], fusion.committed.rows, action.firstRow, rowCount(action)),
    files: fusionFilesOf(manifest),
  });
}

/** Limits of refusal that a manifest states. */
function refusalLimits({ refusesBelow, refusesNextBelow }: FusionManifest['fusion']): RefusalLimits | undefined {
  return refusesBelow === undefined ? undefined : { first: refusesBelow, next: refusesNextBelow ?? refusesBelow };
}

async function open<M extends Manifest | FusionManifest>(
  source: PolicySource,
  { files, fusion, ...description }: Description<M>,
): Promise<OnnxPolicy<M>> {
  const { manifest } = description;
  const sessions = new Map<string, OnnxSession>();
  try {
    for (const file of files) sessions.set(file, await openSession(source, manifest.sha256, file));
    checkGraphs({ ...description, fusion, files }, sessions, (file) => placeOf(source, file));
    const encoders = description.encoders.map((encoder) => ({ ...encoder, session: sessions.get(encoder.file)! }));
    return new OnnxPolicy({
      ...{ ...description, encoders, backend: source.backend, sessions: [...sessions.values()] },
      fusion: { ...fusion, session: sessions.get(fusion.file)! },
    });
  } catch (error) {
    for (const session of sessions.values()) await session.release();
    throw error;
  }
}

const declared = (tensor: NumberTensor): DeclaredTensor => ({ dtype: 'float32', ...tensor });

function checkGraphs<M extends Manifest | FusionManifest>(
  { encoders, fusion, committed }: Description<M>,
  sessions: Sessions,
  at: (file: string) => string,
): void {
  const tokens = new Map<string, NumberTensor>([[PRESENT, { name: PRESENT, shape: [1, encoders.length] }]]);
  for (const encoder of encoders) {
    const where = `${at(encoder.file)}, encoder ${encoder.name}`;
    const session = sessions.get(encoder.file)!;
    checkTensors('input', session.inputs, declaredInputs(encoder.inputs), where);
    checkTensors('output', session.outputs, encoder.outputs.map(declared), where);
    for (const output of encoder.outputs) tokens.set(tokenName(encoder, output), output);
  }
  if (committed) {
    const { rows, elements } = committed;
    tokens.set(COMMITTED, { name: COMMITTED, shape: [1, rows, elements] });
    tokens.set(COMMITTED_MASK, { name: COMMITTED_MASK, shape: [1, rows] });
  }
  const { inputs, outputs } = sessions.get(fusion.file)!;
  const feeds = [...fusion.inputs].map(([name, from]) => declared({ ...tokens.get(from)!, name }));
  checkTensors('input', inputs, feeds, at(fusion.file));
  checkTensors('output', outputs, fusion.outputs.map(declared), at(fusion.file));
}
