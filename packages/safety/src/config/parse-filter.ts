import { InputError } from '@praxis/core';
import type { Vector3 } from '@praxis/model';
import type { ContactLimits } from './contact-limits.ts';
import {
  atLeastZero,
  each,
  finite,
  list,
  nullable,
  number,
  numbers,
  object,
  oneOf,
  optional,
  positive,
  type Reader,
  share,
  table,
  text,
} from './fields.ts';
import type {
  Box,
  BrakingConfig,
  Capsule,
  DistanceConfig,
  FilterConfig,
  JointLimitsConfig,
  LinkPoint,
  Plane,
  SingularityConfig,
  WorkspaceConfig,
} from './filter-config.ts';

const vector: Reader<Vector3> = numbers<[number, number, number]>(3);

const unit: Reader<Vector3> = (value, where) => {
  const read = vector(value, where);
  const length = Math.sqrt(read.reduce((sum, each) => sum + each * each, 0));
  if (Math.abs(length - 1) < 1e-6) return read;
  throw new InputError(`${where}: has length ${length}, expected 1`);
};

const range: Reader<readonly [number, number]> = (value, where) => {
  const [lower, upper] = numbers<[number, number]>(2)(value, where);
  if (lower < upper) return [lower, upper];
  throw new InputError(`${where}: is ${lower} .. ${upper}, expected the lower end first`);
};

const box: Reader<Box> = (value, where) => {
  const read = object<Box>({ name: optional(text), minimum: vector, maximum: vector })(value, where);
  if (read.minimum.every((each, i) => each < read.maximum[i])) return read;
  throw new InputError(`${where}: minimum is ${read.minimum}, maximum ${read.maximum}, expected the lesser first`);
};

const plane = object<Plane>({ name: optional(text), normal: unit, offset: finite });
const capsule = object<Capsule>({ name: optional(text), from: vector, to: vector, radius: positive });
const point = object<LinkPoint>({ link: text, offset: optional(vector) });
const barrier = { rate: optional(positive), buffer: optional(atLeastZero) };
const braking = object<BrakingConfig>({ deceleration: share, jerk: share });

const limits = object<JointLimitsConfig>({
  margin: optional(atLeastZero),
  position: optional(table(range)),
  velocity: optional(each(positive)),
  acceleration: each(positive),
  jerk: nullable(each(positive)),
});

const workspace = object<WorkspaceConfig>({
  ...barrier,
  points: list(point),
  inside: optional(list(box)),
  outside: optional(list(box)),
  planes: optional(list(plane)),
});

const distance = object<DistanceConfig>({
  ...barrier,
  margin: atLeastZero,
  obstacles: optional(
    object<NonNullable<DistanceConfig['obstacles']>>({
      capsules: optional(list(capsule)),
      boxes: optional(list(box)),
      planes: optional(list(plane)),
    }),
  ),
  ignoreLinks: optional(list(text)),
  linkCapsules: optional(table(list(capsule))),
  self: optional(oneOf('links', 'none')),
  ignorePairs: optional(list(pair)),
});

function pair(value: unknown, where: string): readonly [string, string] {
  const names = list(text)(value, where);
  if (names.length === 2) return [names[0], names[1]];
  throw new InputError(`${where}: has ${names.length} links, expected 2`);
}

const singularity: Reader<SingularityConfig> = (value, where) => {
  const read = object<SingularityConfig>({ slowBelow: positive, slowestAt: atLeastZero, leastShare: share })(
    value,
    where,
  );
  if (read.slowestAt < read.slowBelow) return read;
  throw new InputError(`${where}.slowestAt: is ${read.slowestAt}, expected less than slowBelow, ${read.slowBelow}`);
};

const contact = object<ContactLimits>({
  regions: table(
    object<ContactLimits['regions'][string]>({
      quasiStaticForce: positive,
      quasiStaticPressure: positive,
      transientFactor: number('a number from 1 on', (value) => value >= 1),
      effectiveMass: positive,
      springConstant: positive,
    }),
  ),
  exposed: list(text),
  movingMass: positive,
  payload: atLeastZero,
  contactArea: positive,
});

const gripper: Reader<NonNullable<FilterConfig['gripper']>> = (value, where) => {
  const read = object<NonNullable<FilterConfig['gripper']>>({ minimum: finite, maximum: finite, speed: positive })(
    value,
    where,
  );
  if (read.minimum < read.maximum) return read;
  throw new InputError(`${where}: is ${read.minimum} .. ${read.maximum}, expected the lesser first`);
};

const filter = object<FilterConfig>({
  limits,
  age: optional(object<NonNullable<FilterConfig['age']>>({ maximum: positive, future: atLeastZero })),
  jump: optional(object<NonNullable<FilterConfig['jump']>>({ position: each(positive) })),
  joints: optional(object<NonNullable<FilterConfig['joints']>>({ clamp: oneOf('along_path', 'per_joint') })),
  gripper: optional(gripper),
  cartesian: optional(object<NonNullable<FilterConfig['cartesian']>>({ speed: positive })),
  workspace: optional(workspace),
  distance: optional(distance),
  singularity: optional(singularity),
  contact: optional(contact),
  stop: object<FilterConfig['stop']>({ hold: braking, protective: braking, emergency: braking }),
});

/**
 * Checks a filter's configuration from outside, a parsed JSON file for example. Links and joints are checked against the
 * robot when the filter is made.
 * @throws {InputError} naming the field, its value and what was expected; a field that is not known is an error too.
 */
export const parseFilterConfig = (value: unknown, where = 'filter'): FilterConfig => filter(value, where);
