import {
  type ActionChunk,
  checkChunk,
  type ObservationInput,
  type Policy,
  PraxisError,
  type StreamValue,
} from '@praxis/core';
import type { Finding } from '@praxis/model';
import { fault } from './finding.ts';
import { inferAnew } from './influence.ts';
import { type Probe, withInput } from './probe.ts';

/** Force, length or angle that no sensor of an arm reports (N, m, rad). */
const SATURATED = 1000;
const WHITE = 255;

/** An extreme value of one input, by name. */
type Extreme = readonly [name: string, change: Partial<ObservationInput>];

const filled = (value: StreamValue, number: number): StreamValue => {
  if (typeof value === 'string') return number === 0 ? '' : 'zzz '.repeat(200);
  if (value instanceof Float64Array) return new Float64Array(value.length).fill(number);
  if ('data' in value) return { ...value, data: new Uint8Array(value.data.length).fill(Math.min(number, WHITE)) };
  return {
    ...value,
    position: new Float64Array(value.position.length).fill(number),
    velocity: new Float64Array(value.velocity.length).fill(number),
  };
};

function extremesOf({ samples }: ObservationInput): readonly Extreme[] {
  const constant = (number: number) => ({ present: true, samples: samples.map((each) => filled(each, number)) });
  const missing: Extreme = ['missing', { present: false, samples: [], age: Number.POSITIVE_INFINITY }];
  if (samples.length === 0) return [missing];
  return [missing, ['all zero', constant(0)], ['saturated', constant(SATURATED)]];
}

/** What a policy does with one extreme input. */
export interface ExtremeOutcome {
  readonly input: string;
  readonly extreme: string;
  /** `acts`: it gives a chunk that the loop takes. `refused`: a typed error says why not. */
  readonly outcome: 'acts' | 'refused' | 'fault';
  readonly message?: string;
}

/**
 * Hands over each input missing, zero and saturated, and checks that the policy gives a chunk of finite actions or refuses in a typed
 * error.
 */
export async function probeExtremes(policy: Policy, probes: readonly Probe[]): Promise<readonly ExtremeOutcome[]> {
  const outcomes: ExtremeOutcome[] = [];
  for (const { name } of policy.spec.inputs) {
    const probe = probes.find(({ observation }) => observation.inputs.get(name)?.present) ?? probes[0];
    const input = probe?.observation.inputs.get(name);
    if (!input) continue;
    for (const [extreme, change] of extremesOf(input)) {
      outcomes.push({ input: name, extreme, ...(await outcomeOf(policy, probe, name, change)) });
    }
  }
  return outcomes;
}

async function outcomeOf(
  policy: Policy,
  { observation }: Probe,
  name: string,
  change: Partial<ObservationInput>,
): Promise<Pick<ExtremeOutcome, 'outcome' | 'message'>> {
  let chunk: ActionChunk;
  try {
    chunk = await inferAnew(policy, withInput(observation, name, change));
  } catch (error) {
    if (error instanceof PraxisError) return { outcome: 'refused', message: error.message };
    return { outcome: 'fault', message: `the policy throws ${String(error)}, expected actions or a PolicyError` };
  }
  try {
    checkChunk(policy.spec, chunk);
    return { outcome: 'acts' };
  } catch (error) {
    return { outcome: 'fault', message: (error as Error).message };
  }
}

/** Names the inputs on whose extremes the policy gives no valid action. */
export const extremeFindings = (outcomes: readonly ExtremeOutcome[]): readonly Finding[] =>
  outcomes
    .filter(({ outcome }) => outcome === 'fault')
    .map(({ input, extreme, message }) => fault(input, `when it is ${extreme}: ${message}`));
