import { PolicyError } from '@praxis/core';
import type { TensorInfo } from './session.ts';

/** A tensor as a manifest declares it. */
export interface DeclaredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Meaning of each dimension, where the manifest says it. */
  readonly axes?: readonly string[];
}

/** Checks that graph and manifest declare the same tensors with the same types and shapes. An open dimension fits every size. */
export function checkTensors(
  kind: 'input' | 'output',
  graph: readonly TensorInfo[],
  declared: readonly DeclaredTensor[],
  where: string,
) {
  for (const { name, shape, dtype, axes } of declared) {
    const info = graph.find((each) => each.name === name);
    if (!info) {
      const names = graph.map((each) => each.name).join(', ');
      throw new PolicyError(`${where}: ${kind}s are ${names}, expected one with the name ${name}`);
    }
    if (info.type !== dtype) throw new PolicyError(`${where}: ${kind} ${name} is ${info.type}, expected ${dtype}`);
    const fits =
      info.shape.length === shape.length &&
      info.shape.every((size, i) => typeof size === 'string' || size < 0 || size === shape[i]);
    const meaning = axes ? ` (${axes.join(', ')})` : '';
    if (!fits)
      throw new PolicyError(`${where}: ${kind} ${name} has shape [${info.shape}], expected [${shape}]${meaning}`);
  }
  if (kind === 'input') {
    const extra = graph.find((each) => !declared.some(({ name }) => name === each.name));
    if (extra) throw new PolicyError(`${where}: input ${extra.name} is not in the manifest`);
  }
}
