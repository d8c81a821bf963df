import type { Observation, PolicySpec } from '@praxis/core';
import type { WireRecord } from '../remote/message.ts';
import { NdArray } from '../remote/nd-array.ts';

/** The message of an observation as a client of another make sends it: values alone, without stamps and ages. */
export function plainMessage({ inputs: specs }: PolicySpec, { inputs }: Observation): WireRecord {
  const entries = specs.map(({ name, window, shape }) => {
    const samples = inputs.get(name)?.samples ?? [];
    const [first] = samples;
    if (typeof first === 'string') return ['prompt', first] as const;
    if ('data' in first) return [name, new NdArray(shape, first.data)] as const;
    const rows = Float64Array.from((samples as readonly Float64Array[]).flatMap((row) => [...row]));
    return [name, new NdArray(window > 1 ? [samples.length, ...shape] : shape, rows)] as const;
  });
  return Object.fromEntries(entries);
}
