import { Subscription } from 'rxjs';
import type { Observation, PolicySpec } from '../ports/policy.ts';
import type { Robot } from '../ports/robot.ts';
import { type BoundInput, bindInputs, checkMask } from './bind.ts';
import type { DerivedStreams } from './derived.ts';
import { ObservationAssembler } from './observation.ts';
import { type StreamFaultHandler, subscribeChecked } from './subscribe-checked.ts';

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
      const addSample = this.#assembler.addSample.bind(this.#assembler, i);
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
