import { errorMessage, InputError } from '@praxis/core';
import type { Rcl, RclNode, RclParameter } from './types.ts';

/** Codes of `rcl_interfaces/msg/ParameterType`. */
const TYPES = { bool: 1, integer: 2, double: 3, string: 4, 'double[]': 8, 'string[]': 9 } as const;

/** A step of 0 allows every value of a range; the default of rclnodejs, 1, would refuse half a hertz. */
const CONTINUOUS_STEP = 0;

/** Every parameter is read when the node starts. */
const READ_ONLY = true;

interface Common {
  readonly description: string;
}

/** One parameter: its type, default, and the description that `ros2 param describe` shows. */
export type ParameterSpec =
  | (Common & { readonly type: 'bool'; readonly value: boolean })
  | (Common & { readonly type: 'integer'; readonly value: number; readonly range: readonly [number, number] })
  | (Common & { readonly type: 'double'; readonly value: number; readonly range: readonly [number, number] })
  | (Common & { readonly type: 'string'; readonly value: string; readonly oneOf?: readonly string[] })
  | (Common & { readonly type: 'double[]'; readonly value: readonly number[] })
  | (Common & { readonly type: 'string[]'; readonly value: readonly string[] });

type Value<S extends ParameterSpec> = S extends { readonly oneOf: readonly (infer C)[] } ? C : Widened<S['value']>;

type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends readonly (infer E)[]
        ? readonly Widened<E>[]
        : T;

/** The values of declared parameters, by name. */
export type ParameterValues<S extends Record<string, ParameterSpec>> = {
  readonly [K in keyof S]: Value<S[K]>;
};

/**
 * Declares the parameters of a node, with descriptions and ranges. A value comes from `--ros-args -p`, a parameter file, or
 * the default, and is fixed while the node runs: `ros2 param set` is refused.
 * @throws {InputError} when a value has another type, lies outside its range, or is not one of the choices.
 */
export function declareParameters<const S extends Record<string, ParameterSpec>>(
  rcl: Rcl,
  node: RclNode,
  specs: S,
): ParameterValues<S> {
  const values = Object.entries(specs).map(([name, spec]) => [name, declare(rcl, node, name, spec)]);
  node.addOnSetParametersCallback((parameters) => {
    const fixed = parameters.find(({ name }) => Object.hasOwn(specs, name) || name === 'use_sim_time');
    const reason = fixed ? `${fixed.name} is read when the node starts: restart it with the new value` : '';
    return { successful: fixed === undefined, reason };
  });
  return Object.fromEntries(values) as ParameterValues<S>;
}

function declare(rcl: Rcl, node: RclNode, name: string, spec: ParameterSpec): unknown {
  const type = TYPES[spec.type];
  const range = rangeOf(rcl, spec);
  // rclnodejs 2.2.0 enforces ranges but does not describe them.
  const description = `${spec.description}${limits(spec)}`;
  const descriptor = new rcl.ParameterDescriptor(name, type, description, READ_ONLY, range);
  let declared: RclParameter;
  try {
    const value = spec.type === 'integer' ? BigInt(spec.value) : spec.value;
    declared = node.declareParameter(new rcl.Parameter(name, type, value), descriptor);
  } catch (cause) {
    throw new InputError(`parameter ${name}: ${errorMessage(cause)}; expected ${expected(spec)}`, { cause });
  }
  return checked(name, spec, declared);
}

function rangeOf(rcl: Rcl, spec: ParameterSpec): object | undefined {
  if (spec.type === 'double') return new rcl.FloatingPointRange(...spec.range, CONTINUOUS_STEP);
  return spec.type === 'integer' ? new rcl.IntegerRange(BigInt(spec.range[0]), BigInt(spec.range[1])) : undefined;
}

function checked(name: string, spec: ParameterSpec, { value: given }: RclParameter): unknown {
  const value = typeof given === 'bigint' ? Number(given) : given;
  const refuse = (): never => {
    throw new InputError(`parameter ${name}: ${JSON.stringify(value)}, expected ${expected(spec)}`);
  };
  switch (spec.type) {
    case 'bool':
      return typeof value === 'boolean' ? value : refuse();
    case 'integer':
    case 'double':
      return typeof value === 'number' && value >= spec.range[0] && value <= spec.range[1] ? value : refuse();
    case 'string':
      return typeof value === 'string' && (!spec.oneOf || spec.oneOf.includes(value)) ? value : refuse();
    case 'double[]': {
      const numbers = Array.from((value ?? []) as ArrayLike<unknown>);
      return numbers.every((each) => typeof each === 'number') ? numbers : refuse();
    }
    case 'string[]':
      return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : refuse();
  }
}

function limits(spec: ParameterSpec): string {
  if ('range' in spec) return ` From ${spec.range[0]} to ${spec.range[1]}.`;
  return spec.type === 'string' && spec.oneOf ? ` One of: ${spec.oneOf.join(', ')}.` : '';
}

function expected(spec: ParameterSpec): string {
  if (spec.type === 'integer' || spec.type === 'double')
    return `${spec.type} from ${spec.range[0]} to ${spec.range[1]}`;
  return spec.type === 'string' && spec.oneOf ? `one of ${spec.oneOf.join(', ')}` : spec.type;
}
