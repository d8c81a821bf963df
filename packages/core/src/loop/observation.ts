import { Subscription } from 'rxjs';
import type { Observation, ObservationInput, PolicyInputSpec, PolicySpec } from '../ports/policy.ts';
import type { Robot } from '../ports/robot.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { JointState, StreamValue } from '../signals/values.ts';
import { SampleOrder } from '../streams/sample-order.ts';
import { SampleWindow } from '../streams/sample-window.ts';
import { isStale } from '../streams/staleness.ts';
import type { BoundInput } from './bind.ts';
import { bindInputs, checkMask } from './bind.ts';
import { type DerivedStreams, EE_STATE } from './derived.ts';
import type { StreamFaultHandler } from './subscribe-checked.ts';
import { subscribeChecked } from './subscribe-checked.ts';

const isJointState = (value: StreamValue): value is JointState =>
  typeof value === 'object' && !ArrayBuffer.isView(value) && 'position' in value;

const selectElements = (values: Float64Array, select: readonly number[]) => Float64Array.from(select, (i) => values[i]);

/** Selects the elements that the policy names, in its order. */
function selected(value: StreamValue, { input, select }: BoundInput): StreamValue {
  if (!select) return value;
  if (ArrayBuffer.isView(value)) return selectElements(value as Float64Array, select);
  if (!isJointState(value)) return value;
  const joints = {
    names: input.names!,
    position: selectElements(value.position, select),
    velocity: selectElements(value.velocity, select),
  };
  return value.effort ? { ...joints, effort: selectElements(value.effort, select) } : joints;
}

/** Reserve of a history that spans a time, for streams that are faster than their spec says. */
const RATE_RESERVE = 1.25;

/**
 * The last samples of one stream in order of their stamps. A sample older than the newest is ignored; after a jump of the
 * clock the history starts anew.
 */
class SampleHistory {
  readonly window: SampleWindow<Stamped<StreamValue>>;
  readonly #order = new SampleOrder();
  /** Samples ignored because a newer one had arrived before. */
  reordered = 0;
  readonly #input: PolicyInputSpec;

  constructor({ input, stream }: BoundInput) {
    const { window, spacing } = input;
    const spanned = spacing === undefined ? 0 : Math.ceil((window - 1) * spacing * stream.rateHz * RATE_RESERVE) + 1;
    this.window = new SampleWindow(Math.max(window, spanned));
    this.#input = input;
  }

  /** The samples of one observation, oldest first; empty before the first sample. */
  samples(): StreamValue[] {
    const { window, spacing } = this.#input;
    if (spacing === undefined) return this.window.map(({ value }) => value);
    const { newest, length } = this.window;
    if (!newest) return [];
    const values: StreamValue[] = [];
    let at = 0;
    for (let k = 0; k < window; k++) {
      const due = newest.stamp - (window - 1 - k) * spacing;
      while (at + 1 < length && this.#distance(at + 1, due) <= this.#distance(at, due)) at++;
      values.push((this.window.at(at) ?? newest).value);
    }
    return values;
  }

  /** Time between the i-th sample and a time (s). */
  #distance(i: number, time: number): number {
    return Math.abs((this.window.at(i)?.stamp ?? Number.POSITIVE_INFINITY) - time);
  }

  /** @returns the step of the stamps (s) if the stream starts anew with this sample after a jump of the clock, else 0 */
  append(sample: Stamped<StreamValue>): number {
    const verdict = this.#order.judge(sample.stamp, sample.received);
    if (verdict === 'reordered') {
      this.reordered++;
      return 0;
    }
    const step = verdict === 'restarted' ? sample.stamp - this.#order.newest : 0;
    if (step !== 0) this.window.clear();
    this.#order.accept(sample.stamp);
    this.window.push(sample);
    return step;
  }
}

/** Collects samples and builds observations from them. */
export class ObservationAssembler {
  readonly #bound: readonly BoundInput[];
  readonly #histories: readonly SampleHistory[];
  /** Index of the input from which relative actions count; -1 without one. */
  readonly #reference: number;
  #mask: ReadonlySet<string>;

  /** @param mask modalities or stream names hidden from the policy */
  constructor(bound: readonly BoundInput[], mask: ReadonlySet<string>) {
    this.#bound = bound;
    this.#histories = bound.map((each) => new SampleHistory(each));
    this.#reference = bound.findIndex(({ input }) => input.name === EE_STATE);
    this.#mask = mask;
  }

  setMask(mask: ReadonlySet<string>): void {
    this.#mask = mask;
  }

  /**
   * Adds a sample of the i-th bound input.
   * @returns the step of the stamps (s) if the stream starts anew with this sample after a jump of the clock, else 0
   */
  addSample(i: number, sample: Stamped<StreamValue>): number {
    const bound = this.#bound[i];
    return this.#histories[i].append(bound.select ? { ...sample, value: selected(sample.value, bound) } : sample);
  }

  /** True once every input that is neither an event nor masked has a sample, and the reference has one. */
  get complete(): boolean {
    return this.#bound.every(
      // The stream says whether it is an event: a policy may leave its rate open.
      ({ stream }, i) =>
        stream.rateHz === 0 || (this.#masked(i) && i !== this.#reference) || this.#histories[i].window.length > 0,
    );
  }

  /** Names of the inputs that are not masked. */
  get unmasked(): readonly string[] {
    return this.#bound.filter((_, i) => !this.#masked(i)).map(({ input }) => input.name);
  }

  /** Samples of all inputs that were ignored because a newer one had arrived before. */
  get reordered(): number {
    return this.#histories.reduce((sum, history) => sum + history.reordered, 0);
  }

  /** The observation at time `stamp` (s). A stale input hands over no samples, and a masked one nothing at all. */
  observe(stamp: number): Observation {
    const inputs = new Map<string, ObservationInput>();
    this.#bound.forEach(({ input }, i) => {
      const { window } = this.#histories[i];
      const newest = this.#masked(i) ? undefined : window.newest;
      const age = newest ? stamp - newest.stamp : Number.POSITIVE_INFINITY;
      const present = newest !== undefined && !isStale(age, input.maximumAge);
      inputs.set(input.name, {
        spec: input,
        present,
        age,
        stamp: newest ? newest.stamp : Number.NEGATIVE_INFINITY,
        samples: present ? this.#histories[i].samples() : [],
      });
    });
    const reference = this.#histories[this.#reference]?.window.newest;
    if (!(reference?.value instanceof Float64Array)) return { stamp, inputs };
    return { stamp, inputs, reference: { state: reference.value, age: stamp - reference.stamp } };
  }

  #masked(i: number): boolean {
    const { modality, name } = this.#bound[i].input;
    return this.#mask.has(modality) || this.#mask.has(name);
  }
}

/**
 * Binds a policy's inputs to the streams of a robot and to the derived ones. A robot's stream takes precedence over a
 * derived one of the same name.
 */
export class PolicyInputs {
  readonly #robot: Robot;
  readonly #policy: PolicySpec;
  readonly #derived: DerivedStreams;
  readonly #bound: readonly BoundInput[];
  readonly #assembler: ObservationAssembler;

  /** @throws {BindError} when an input has no matching stream, or the mask has a name that the policy lacks. */
  constructor(robot: Robot, policy: PolicySpec, derived: DerivedStreams, mask: Iterable<string>) {
    this.#robot = robot;
    this.#policy = policy;
    this.#derived = derived;
    const own = robot.spec.streams;
    const others = derived.specs.filter(({ name }) => own.every((stream) => stream.name !== name));
    this.#bound = bindInputs(policy, [...own, ...others]);
    this.#assembler = new ObservationAssembler(this.#bound, checkMask(policy, mask));
  }

  get inputs(): readonly string[] {
    return this.#bound.map(({ input }) => input.name);
  }

  /** Names of the inputs that are not masked. */
  get unmasked(): readonly string[] {
    return this.#assembler.unmasked;
  }

  /** True once every input that is neither an event nor masked has a sample. */
  get complete(): boolean {
    return this.#assembler.complete;
  }

  /** Samples that were ignored because a newer one had arrived before. */
  get reordered(): number {
    return this.#assembler.reordered;
  }

  subscribe(faults: StreamFaultHandler): Subscription {
    const subscription = new Subscription();
    const own = new Map(this.#robot.spec.streams.map((spec) => [spec.name, spec]));
    this.#bound.forEach(({ input: { name } }, i) => {
      const addSample = (sample: Stamped<StreamValue>) => {
        const step = this.#assembler.addSample(i, sample);
        if (step !== 0) faults.onClockJump?.(name, step);
      };
      const spec = own.get(name);
      subscription.add(
        spec ? subscribeChecked(this.#robot, spec, faults, addSample) : this.#derived.stream(name).subscribe(addSample),
      );
    });
    // The derived streams connect last, so that their first sample has a subscriber.
    subscription.add(this.#derived.connect(faults));
    return subscription;
  }

  observe(now: number): Observation {
    return this.#assembler.observe(now);
  }

  /** @throws {BindError} when the policy has no such modality or stream. */
  setMask(mask: Iterable<string>): readonly string[] {
    const names = checkMask(this.#policy, mask);
    this.#assembler.setMask(names);
    return [...names];
  }
}
