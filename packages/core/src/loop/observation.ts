import type { Observation, ObservationInput } from '../ports/policy.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { JointState, StreamValue } from '../signals/values.ts';
import type { BoundInput } from './bind.ts';

/** Times are sums of rounded steps: an age counts as too old only beyond this. */
const ROUNDING = 1e-9;

const isJointState = (value: StreamValue): value is JointState =>
  typeof value === 'object' && !ArrayBuffer.isView(value) && 'position' in value;

const pick = (values: Float64Array, select: readonly number[]) => Float64Array.from(select, (i) => values[i]);

/** The elements that the policy names, in its order. */
function selected(value: StreamValue, { input, select }: BoundInput): StreamValue {
  if (!select) return value;
  if (ArrayBuffer.isView(value)) return pick(value as Float64Array, select);
  if (!isJointState(value)) return value;
  const joints = {
    names: input.names!,
    position: pick(value.position, select),
    velocity: pick(value.velocity, select),
  };
  return value.effort ? { ...joints, effort: pick(value.effort, select) } : joints;
}

/** The last few samples of one stream. Bounded: an old sample makes room for a new one. */
class History {
  readonly #ring: Stamped<StreamValue>[] = [];
  readonly #size: number;
  #next = 0;
  newest: Stamped<StreamValue> | undefined;
  /** Samples left out because a newer one had come before. */
  reordered = 0;

  constructor(size: number) {
    this.#size = size;
  }

  push(sample: Stamped<StreamValue>): void {
    if (this.newest && sample.stamp < this.newest.stamp) {
      this.reordered++;
      return;
    }
    this.#ring[this.#next] = sample;
    this.#next = (this.#next + 1) % this.#size;
    this.newest = sample;
  }

  /** Oldest first. */
  values(): StreamValue[] {
    const { length } = this.#ring;
    const first = length < this.#size ? 0 : this.#next;
    return this.#ring.map((_, i) => this.#ring[(first + i) % length].value);
  }
}

/** Collects samples and makes observations of them. */
export class ObservationAssembler {
  readonly #bound: readonly BoundInput[];
  readonly #histories: readonly History[];
  #mask: ReadonlySet<string>;

  /** @param mask modalities or stream names that the policy is not to see */
  constructor(bound: readonly BoundInput[], mask: ReadonlySet<string>) {
    this.#bound = bound;
    this.#histories = bound.map(({ input }) => new History(input.window));
    this.#mask = mask;
  }

  setMask(mask: ReadonlySet<string>): void {
    this.#mask = mask;
  }

  /** Takes a sample of the i-th bound input. */
  push(i: number, sample: Stamped<StreamValue>): void {
    const bound = this.#bound[i];
    this.#histories[i].push(bound.select ? { ...sample, value: selected(sample.value, bound) } : sample);
  }

  /** True when every input that is neither an event nor masked has come at least once. */
  get complete(): boolean {
    return this.#bound.every(
      ({ input }, i) => input.rateHz === 0 || this.#masked(i) || this.#histories[i].newest !== undefined,
    );
  }

  /** Samples that came after a newer one and were left out, over all inputs. */
  get reordered(): number {
    return this.#histories.reduce((sum, history) => sum + history.reordered, 0);
  }

  /** What is known at time `stamp` (s). A masked input keeps its samples and is not present. */
  observe(stamp: number): Observation {
    const inputs = new Map<string, ObservationInput>();
    this.#bound.forEach(({ input }, i) => {
      const { newest } = this.#histories[i];
      const age = newest ? stamp - newest.stamp : Number.POSITIVE_INFINITY;
      const fresh = newest !== undefined && age <= input.maximumAge + ROUNDING;
      inputs.set(input.name, {
        spec: input,
        present: fresh && !this.#masked(i),
        age,
        stamp: newest ? newest.stamp : Number.NEGATIVE_INFINITY,
        samples: this.#histories[i].values(),
      });
    });
    return { stamp, inputs };
  }

  #masked(i: number): boolean {
    const { modality, name } = this.#bound[i].input;
    return this.#mask.has(modality) || this.#mask.has(name);
  }
}
