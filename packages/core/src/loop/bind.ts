import { BindError } from '../errors/errors.ts';
import type { PolicyInputSpec, PolicySpec } from '../ports/policy.ts';
import { elementUnit, type Modality, type SignalSpec } from '../signals/specs.ts';

/** One policy input and the stream that feeds it. */
export interface BoundInput {
  readonly input: PolicyInputSpec;
  readonly stream: SignalSpec;
  /** Index in the stream's samples of each element that the policy names; undefined if the two orders are equal. */
  readonly select: readonly number[] | undefined;
}

/** Largest relative difference of two rates that count as equal. */
const RATE_TOLERANCE_RATIO = 0.01;

const text = (value: unknown) => JSON.stringify(value);

const lastDimension = (spec: SignalSpec) => spec.shape.at(-1) ?? 1;

class InputMatcher {
  readonly #input: PolicyInputSpec;
  readonly #stream: SignalSpec;
  readonly #policy: string;

  constructor(policy: string, input: PolicyInputSpec, stream: SignalSpec) {
    this.#policy = policy;
    this.#input = input;
    this.#stream = stream;
  }

  bind(): BoundInput {
    const { frame, dtype, modality, open = [] } = this.#input;
    this.#checkEqual('dtype', dtype, this.#stream.dtype);
    this.#checkEqual('modality', modality, this.#stream.modality);
    if (!open.includes('frame')) this.#checkEqual('frame', frame, this.#stream.frame);
    const select = this.#selectNames();
    this.#checkShape(select);
    this.#checkUnits(select);
    this.#checkRate();
    this.#checkWindow();
    const unchanged = select === undefined || (select.length === lastDimension(this.#stream) && select.every(inPlace));
    return { input: this.#input, stream: this.#stream, select: unchanged ? undefined : select };
  }

  #selectNames(): readonly number[] | undefined {
    const wanted = this.#input.names;
    if (!wanted) return undefined;
    const given = this.#stream.names;
    if (!given) this.#refuse('names', wanted, 'none');
    const missing = wanted.filter((name) => !given.includes(name));
    if (missing.length > 0) {
      throw new BindError(`${this.#location()}: the stream has no ${missing.join(', ')}, only ${given.join(', ')}`);
    }
    return wanted.map((name) => given.indexOf(name));
  }

  #checkShape(select: readonly number[] | undefined): void {
    const { shape, open = [] } = this.#input;
    const given = select ? [...this.#stream.shape.slice(0, -1), select.length] : this.#stream.shape;
    // Height and width are the first two dimensions of an image.
    const first = open.includes('size') ? 2 : 0;
    if (shape.length !== given.length || shape.some((size, i) => i >= first && size !== given[i])) {
      this.#refuse('shape', shape, this.#stream.shape);
    }
  }

  #checkUnits(select: readonly number[] | undefined): void {
    const size = lastDimension(this.#input);
    for (let i = 0; i < size; i++) {
      const given = elementUnit(this.#stream, select ? select[i] : i);
      if (elementUnit(this.#input, i) !== given) this.#refuse('unit', this.#input.unit, this.#stream.unit);
    }
  }

  #checkRate(): void {
    const { rateHz, window, spacing } = this.#input;
    const given = this.#stream.rateHz;
    const low = given < rateHz * (1 - RATE_TOLERANCE_RATIO);
    // A window that counts samples would span another time at another rate.
    const high = window > 1 && spacing === undefined && rateHz > 0 && given > rateHz * (1 + RATE_TOLERANCE_RATIO);
    if (low || high) this.#refuse('rate (Hz)', rateHz, given);
  }

  #checkWindow(): void {
    const { window, spacing, maximumAge } = this.#input;
    if (spacing !== undefined && !(spacing > 0)) {
      throw new BindError(`${this.#location()}: spacing of the window is ${spacing} s, expected more than 0`);
    }
    if (!Number.isInteger(window) || window < 1) {
      throw new BindError(`${this.#location()}: window is ${window}, expected an integer of at least 1`);
    }
    if (!(maximumAge > 0)) {
      throw new BindError(`${this.#location()}: maximum age is ${maximumAge} s, expected more than 0`);
    }
  }

  #checkEqual(what: string, wanted: string, given: string): void {
    if (wanted !== given) this.#refuse(what, wanted, given);
  }

  #refuse(what: string, wanted: unknown, given: unknown): never {
    throw new BindError(
      `${this.#location()}: ${what} differs: policy wants ${text(wanted)}, stream has ${text(given)}`,
    );
  }

  #location(): string {
    return `policy ${this.#policy}, input ${this.#input.name}`;
  }
}

const inPlace = (from: number, to: number) => from === to;

/**
 * Binds each input of a policy to the stream of the same name.
 * @throws {BindError} on the first missing stream, or the first difference in dtype, modality, shape, unit, frame, rate
 * or element names. The message names the input and the difference.
 */
export function bindInputs(policy: PolicySpec, streams: readonly SignalSpec[]): readonly BoundInput[] {
  const byName = new Map(streams.map((stream) => [stream.name, stream]));
  return policy.inputs.map((input) => {
    const stream = byName.get(input.name);
    if (stream) return new InputMatcher(policy.name, input, stream).bind();
    const names = [...byName.keys()].join(', ');
    throw new BindError(`policy ${policy.name}, input ${input.name}: no such stream; there are ${names}`);
  });
}

/**
 * Checks a mask: each entry must be a modality or a stream name of the policy.
 * @throws {BindError} on any other name.
 */
export function checkMask(policy: PolicySpec, mask: Iterable<Modality | string>): ReadonlySet<string> {
  const known = new Set(policy.inputs.flatMap((input) => [input.modality, input.name]));
  const names = new Set(mask);
  for (const name of names) {
    if (!known.has(name)) {
      throw new BindError(
        `mask ${name}: policy ${policy.name} has no such modality or stream, only ${[...known].join(', ')}`,
      );
    }
  }
  return names;
}
