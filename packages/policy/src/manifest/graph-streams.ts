import type { PolicyInputSpec } from '@praxis/core';
import { siUnit } from '../numbers/units.ts';
import type { Inconsistency } from './fields.ts';
import type {
  ImageInputManifest,
  InputManifest,
  RawTextInputManifest,
  TextInputManifest,
  VectorPartManifest,
} from './graph-inputs.ts';

/** The inputs of a manifest of the second version: those of its graph, or of its encoders. */
export interface ManifestInputs {
  readonly observation: { readonly steps: number; readonly spacing?: number };
  readonly inputs?: readonly InputManifest[];
  readonly encoders?: readonly { readonly inputs: readonly InputManifest[] }[];
}

/** An input with its place in the manifest, for errors. */
export interface PlacedInput {
  readonly field: string;
  readonly input: InputManifest;
}

/** All inputs of a manifest, in its order. */
export const placedInputs = ({ inputs = [], encoders = [] }: ManifestInputs): readonly PlacedInput[] => [
  ...inputs.map((input, i) => ({ field: `inputs[${i}]`, input })),
  ...encoders.flatMap((encoder, e) =>
    encoder.inputs.map((input, i) => ({ field: `encoders[${e}].inputs[${i}]`, input })),
  ),
];

/** What one input of a graph, or one part of it, needs of a stream. */
interface Need {
  /** Place in the manifest, for errors. */
  readonly field: string;
  readonly spec: PolicyInputSpec;
}

/** Number of observations that an input stacks. */
export const stepsOf = (input: InputManifest, { observation }: Pick<ManifestInputs, 'observation'>): number =>
  input.type === 'image' || input.type === 'vector' ? (input.steps ?? observation.steps) : 1;

type Window = Pick<PolicyInputSpec, 'window' | 'spacing'>;

/** Samples of a stream that an input stacks; without a spacing they are the last ones. */
function windowOf(input: InputManifest, manifest: ManifestInputs): Window {
  const steps = stepsOf(input, manifest);
  if (steps === 1 || (input.type !== 'image' && input.type !== 'vector')) return { window: 1 };
  const spacing = input.spacing ?? manifest.observation.spacing;
  return spacing === 'samples' ? { window: steps } : { window: steps, spacing };
}

/** Unit of element `i` of a part, as the manifest has it. */
export const partUnit = ({ unit }: Pick<VectorPartManifest, 'unit'>, i: number): string =>
  typeof unit === 'string' ? unit : unit[i];

/** Number of elements of a part. */
export const partSize = ({ names, size }: Pick<VectorPartManifest, 'names' | 'size'>): number =>
  names?.length ?? size ?? 0;

/** Unit of the positions of a joint by that of its velocity or effort, which a stream of joints does not give. */
function positionUnit(quantity: VectorPartManifest['quantity'], unit: string): string {
  if (quantity === 'velocity') return unit.replace(/\/s$/, '');
  if (quantity === 'effort') return unit === 'N' ? 'm' : 'rad';
  return unit;
}

const frameOf = (frame: string | undefined): Pick<PolicyInputSpec, 'frame'> & { readonly open: readonly 'frame'[] } =>
  frame === undefined ? { frame: '', open: ['frame'] } : { frame, open: [] };

function partSpec(part: VectorPartManifest, window: Window): PolicyInputSpec {
  const { stream, modality, names, quantity, maximumAge, rateHz, frame } = part;
  const size = partSize(part);
  const guess = stream === 'wrench' || stream.startsWith('wrench.') ? 'wrench' : 'joints';
  const unit = Array.from({ length: size }, (_, i) => positionUnit(quantity, siUnit(partUnit(part, i)).unit));
  return {
    ...{ name: stream, modality: modality ?? guess, dtype: 'float64', shape: [size], unit, rateHz, maximumAge },
    ...frameOf(frame),
    ...window,
    ...(names && { names }),
  };
}

const imageSpec = (
  { stream: name, modality, height, width, maximumAge, rateHz, transform, frame: wanted }: ImageInputManifest,
  window: Window,
): PolicyInputSpec => {
  const { frame, open } = frameOf(wanted);
  return {
    ...{ name, modality, dtype: 'uint8', shape: [height, width, 3], unit: 'rgb8', rateHz, maximumAge, frame },
    ...window,
    open: transform.length > 0 ? ['size', ...open] : open,
  };
};

const textSpec = ({ stream: name, modality }: TextInputManifest | RawTextInputManifest): PolicyInputSpec => ({
  ...{ name, modality, dtype: 'string', shape: [], unit: '1', rateHz: 0, window: 1 },
  ...{ maximumAge: Number.POSITIVE_INFINITY, ...frameOf(undefined) },
});

/** What one input needs of its streams. */
export function inputSpecs(input: InputManifest, manifest: ManifestInputs): readonly PolicyInputSpec[] {
  const window = windowOf(input, manifest);
  if (input.type === 'vector') return input.parts.map((part) => partSpec(part, window));
  return [input.type === 'image' ? imageSpec(input, window) : textSpec(input)];
}

const needsOf = (manifest: ManifestInputs): readonly Need[] =>
  placedInputs(manifest).flatMap(({ field, input }) =>
    inputSpecs(input, manifest).map((spec, k) => ({
      field: input.type === 'vector' ? `${field}.parts[${k}]` : field,
      spec,
    })),
  );

const unitsByName = ({ names = [], unit }: PolicyInputSpec): ReadonlyMap<string, string> =>
  new Map(names.map((name, i) => [name, typeof unit === 'string' ? unit : unit[i]]));

/** The first way in which two needs of one stream contradict each other; undefined where both can be met. */
function conflictOf(first: Need, second: Need): Inconsistency | undefined {
  const [a, b] = [first.spec, second.spec];
  for (const key of ['dtype', 'modality', 'frame'] as const) {
    if (a[key] === b[key] || (key === 'frame' && [a, b].some(({ open }) => open?.includes('frame')))) continue;
    return { field: `${second.field}.${key}`, value: b[key], expected: `${a[key]}, as in ${first.field}` };
  }
  if ((a.names === undefined) !== (b.names === undefined)) {
    const expected = a.names ? `names of ${a.name}, as in ${first.field}` : `no names, as in ${first.field}`;
    return { field: `${second.field}.names`, value: b.names, expected };
  }
  const sizes = [a, b].map(({ shape, open = [] }) => (open.includes('size') ? '' : shape.join()));
  if (!a.names && sizes.every((each) => each !== '') && sizes[0] !== sizes[1]) {
    return { field: `${second.field}.size`, value: b.shape, expected: `${sizes[0]}, as in ${first.field}` };
  }
  if (a.window > 1 && b.window > 1 && a.spacing !== b.spacing) {
    const expected = `${a.spacing ?? 'samples'}, as in ${first.field}`;
    return { field: `${second.field}.spacing`, value: b.spacing ?? 'samples', expected };
  }
  const units = unitsByName(a);
  for (const [name, unit] of unitsByName(b)) {
    const given = units.get(name);
    if (given === undefined || given === unit) continue;
    return {
      field: `${second.field}.unit`,
      value: unit,
      expected: `one of ${given} for ${name}, as in ${first.field}`,
    };
  }
  return undefined;
}

/** One spec that meets two needs of a stream: all names, the longer window, the lower age, the higher rate. */
function merged(a: PolicyInputSpec, b: PolicyInputSpec): PolicyInputSpec {
  const longer = a.window >= b.window ? a : b;
  const strict = (what: 'size' | 'frame'): PolicyInputSpec => (a.open?.includes(what) ? b : a);
  const names = a.names && [...a.names, ...(b.names ?? []).filter((name) => !a.names?.includes(name))];
  const units = new Map([...unitsByName(a), ...unitsByName(b)]);
  return {
    ...a,
    ...{ window: longer.window, spacing: longer.spacing },
    maximumAge: Math.min(a.maximumAge, b.maximumAge),
    rateHz: Math.max(a.rateHz, b.rateHz),
    frame: strict('frame').frame,
    open: (a.open ?? []).filter((what) => b.open?.includes(what)),
    ...(names
      ? { names, shape: [names.length], unit: names.map((name) => units.get(name) ?? '1') }
      : { shape: strict('size').shape }),
  };
}

/** The first contradiction between two inputs that read one stream; undefined where there is none. */
export function streamConflict(manifest: ManifestInputs): Inconsistency | undefined {
  const first = new Map<string, Need>();
  for (const need of needsOf(manifest)) {
    const known = first.get(need.spec.name);
    const conflict = known && conflictOf(known, need);
    if (conflict) return conflict;
    first.set(need.spec.name, known ? { ...known, spec: merged(known.spec, need.spec) } : need);
  }
  return undefined;
}

/** The streams that a policy needs, each once, in the order in which the inputs name them. */
export function graphStreams(manifest: ManifestInputs): readonly PolicyInputSpec[] {
  const specs = new Map<string, PolicyInputSpec>();
  for (const { spec } of needsOf(manifest)) {
    const known = specs.get(spec.name);
    specs.set(spec.name, known ? merged(known, spec) : spec);
  }
  return [...specs.values()];
}
