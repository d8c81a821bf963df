import { InputError } from '@praxis/core';
import { elementNamesOf, gripperUnit, jointUnit } from './element-units.ts';
import type { ForeignVector } from './foreign-policy.ts';
import { type Inquiry, leastRate, normalisationOf } from './inquiry.ts';
import { elementNames, elementOf, type RobotElement } from './robot-elements.ts';

/** Largest age of a vector of the robot (s). */
const VECTOR_AGE_S = 0.1;

/** Numbers of one stream, as a manifest has them. */
interface Part {
  readonly stream: string;
  readonly names: string[];
  readonly unit: string[];
  readonly map?: { readonly from: readonly number[]; readonly to: readonly number[] };
  readonly maximumAge: number;
  readonly rateHz: number;
}

/** The input of a manifest for a vector: a whole stream without names, or the numbers that the user or the data name. */
export function vectorInput(input: ForeignVector, inquiry: Inquiry): object {
  const { name, steps, axes, dtype } = input;
  const stream = inquiry.answers.streams.get(name);
  const normalisation = normalisationOf(input, inquiry);
  const parts = stream === undefined ? namedParts(input, inquiry) : [wholeStream(input, stream, inquiry)];
  return { type: 'vector', name, dtype, parts, normalisation, steps, axes };
}

function wholeStream({ name, size }: ForeignVector, stream: string, inquiry: Inquiry): object {
  const { robot } = inquiry;
  const spec = robot.streams.find((each) => each.name === stream);
  const where = `--stream ${name}=${stream}`;
  if (!spec) {
    throw new InputError(`${where}: robot ${robot.name} has ${robot.streams.map((each) => each.name).join(', ')}`);
  }
  if (spec.dtype !== 'float64' && spec.dtype !== 'float32') {
    throw new InputError(`${where}: it is ${spec.dtype}, expected a vector of numbers`);
  }
  if (spec.names)
    throw new InputError(`${where}: it has names, expected --elements ${name}= out of ${spec.names.join(', ')}`);
  if (spec.shape.join() !== String(size)) {
    throw new InputError(`${where}: it has [${spec.shape}] numbers, expected ${size}`);
  }
  return { stream, size, unit: spec.unit, modality: spec.modality, ...timing(spec.rateHz, inquiry) };
}

const timing = (offeredHz: number, inquiry: Inquiry): Pick<Part, 'maximumAge' | 'rateHz'> => ({
  maximumAge: VECTOR_AGE_S,
  rateHz: leastRate(offeredHz, inquiry),
});

/** One part for each run of elements of one stream with one map. */
function namedParts(input: ForeignVector, inquiry: Inquiry): readonly object[] {
  const { robot } = inquiry;
  const offered = elementNames(robot);
  const names = elementNamesOf(input, (each) => elementOf(robot, each) !== undefined, offered, inquiry);
  const parts: Part[] = [];
  for (const [i, given] of (names ?? []).entries()) {
    const element = elementOf(robot, given);
    if (!element) continue;
    const { unit, map } = unitOf(element, input, i, inquiry);
    const last = parts.at(-1);
    if (last && last.stream === element.stream && !last.map && !map) {
      last.names.push(element.name);
      last.unit.push(unit ?? '');
      continue;
    }
    const { stream, name: own } = element;
    const common = { stream, names: [own], unit: [unit ?? ''], ...timing(element.rateHz, inquiry) };
    parts.push(map ? { ...common, map } : common);
  }
  return parts.map((part) => ({
    ...part,
    unit: part.unit.every((each) => each === part.unit[0]) ? part.unit[0] : part.unit,
  }));
}

/** Unit of an element in the data; a gripper that is an opening there is made of the width, which the robot measures. */
function unitOf(
  { unit, gripperOf, name }: RobotElement,
  input: ForeignVector,
  i: number,
  inquiry: Inquiry,
): { readonly unit: string | undefined; readonly map?: Part['map'] } {
  if (!gripperOf) return { unit: jointUnit(unit, input, i, name, inquiry) };
  const chosen = gripperUnit(input, i, name, inquiry);
  if (chosen !== '%' && chosen !== '1') return { unit: chosen };
  const { robot } = inquiry;
  const range = robot.gripperRanges.get(gripperOf.group);
  if (!range) throw new InputError(`--gripper-unit ${chosen}: robot ${robot.name} has no range of the gripper`);
  return { unit: 'm', map: { from: [...range], to: [0, chosen === '%' ? 100 : 1] } };
}
