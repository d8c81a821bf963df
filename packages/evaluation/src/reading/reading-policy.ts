import {
  type ActionChunk,
  type ImageFrame,
  InputError,
  type JointState,
  type Observation,
  type ObservationInput,
  type Policy,
  type PolicyInputSpec,
  type PolicySpec,
} from '@praxis/core';
import {
  type Description,
  findThings,
  type InstructionReader,
  makeContext,
  type PlannerContext,
  type Reading,
  type Sighting,
} from '@praxis/planner';
import type { RobotSetup } from '@praxis/sim';
import { cameraViews } from '../planning/context/camera-views.ts';
import type { PictureDetector } from '../planning/context/thing-finder.ts';

/** Largest age of the joints by which a picture is placed (s). */
const JOINTS_AGE_S = 0.2;

/** Options of {@link ReadingPolicy}. */
export interface ReadingPolicyOptions {
  /** The policy that follows the plain wordings. */
  readonly policy: Policy;
  readonly reader: InstructionReader;
  /** The robot, by whose cameras things are placed. */
  readonly setup: RobotSetup;
  /** Finds things in pictures. Default: none, and what only cameras tell is refused. */
  readonly detector?: PictureDetector;
}

/**
 * A policy whose instructions are read first, once each: it gets the plain wording of what is meant, or the instruction as it is, and refuses what is
 * asked about or refused. Cameras are looked at when an instruction is new.
 */
export class ReadingPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #options: ReadingPolicyOptions;
  /** Name of the stream with the instruction. */
  readonly #stream: string;
  #text: string | undefined;
  #reading: Reading | undefined;
  #goal: Description | undefined;
  /** What "yes" means now. */
  #offered: string | undefined;

  /** @throws {InputError} for a policy that takes no instruction */
  constructor(options: ReadingPolicyOptions) {
    const { policy, setup } = options;
    this.#options = options;
    const stream = policy.spec.inputs.find(({ dtype }) => dtype === 'string')?.name;
    if (stream === undefined)
      throw new InputError(`policy ${policy.spec.name} takes no instruction that could be read`);
    this.#stream = stream;
    const joints = setup.spec.streams.find(({ name }) => name === 'joints');
    const isThere = policy.spec.inputs.some(({ name }) => name === 'joints');
    const more: readonly PolicyInputSpec[] =
      joints && !isThere ? [{ ...joints, maximumAge: JOINTS_AGE_S, window: 1 }] : [];
    this.spec = { ...policy.spec, inputs: [...policy.spec.inputs, ...more] };
  }

  /** What the last instruction was read as; undefined before the first one. */
  get reading(): Reading | undefined {
    return this.#reading;
  }

  /** The instruction that was read last; undefined before the first one. */
  get lastText(): string | undefined {
    return this.#text;
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    const { policy } = this.#options;
    const input = observation.inputs.get(this.#stream);
    const text = input?.present ? input.samples.at(-1) : undefined;
    if (!input || typeof text !== 'string') return policy.infer(observation);
    if (text !== this.#text || !this.#reading) {
      this.#reading = await this.#read(text, observation);
      this.#text = text;
    }
    const reading = this.#reading;
    if (reading.kind === 'refusal') return this.#refused(observation, reading.reason);
    if (reading.kind === 'question') return this.#refused(observation, reading.question);
    if (reading.kind === 'as it is') return policy.infer(observation);
    const told: ObservationInput = { ...input, samples: input.samples.map(() => reading.text) };
    return policy.infer({ ...observation, inputs: new Map([...observation.inputs, [this.#stream, told]]) });
  }

  reset(): void {
    this.#options.policy.reset();
    this.#text = undefined;
    this.#reading = undefined;
    this.#goal = undefined;
    this.#offered = undefined;
  }

  close(): Promise<void> {
    return this.#options.policy.close();
  }

  async #read(text: string, observation: Observation): Promise<Reading> {
    const context = await this.#look(observation);
    const reading = this.#options.reader.read(text, {
      ...(context ? { context } : {}),
      ...(this.#goal ? { previous: this.#goal } : {}),
      ...(this.#offered === undefined ? {} : { offered: this.#offered }),
    });
    if (reading.kind === 'meant') this.#goal = reading.goal;
    this.#offered = reading.kind === 'question' ? reading.ifYes : undefined;
    return reading;
  }

  /** What the cameras see; undefined without a detection, and while a camera or the joints are missing. */
  async #look({ inputs, stamp }: Observation): Promise<PlannerContext | undefined> {
    const { detector, setup } = this.#options;
    const measured = newestOf(inputs.get('joints')) as JointState | undefined;
    const names = setup.spec.streams.find(({ name }) => name === 'joints')?.names;
    if (!detector || !measured || !names) return undefined;
    const joints = Object.fromEntries(names.map((name, i) => [name, measured.position[i]]));
    const sightings: Sighting[] = [];
    for (const camera of detector.cameras) {
      const picture = newestOf(inputs.get(`images.${camera}`)) as ImageFrame | undefined;
      if (!picture) return undefined;
      for (const found of await detector.find(camera, picture)) sightings.push({ ...found, camera });
    }
    const { workspace } = setup.definition;
    const things = findThings(sightings, cameraViews(setup, joints), {
      places: [],
      ...(workspace
        ? { area: { x: [workspace.lower[0], workspace.upper[0]], y: [workspace.lower[1], workspace.upper[1]] } }
        : {}),
    });
    const reading = { time: stamp, tool: setup.tree.pose(setup.toolLink, joints) };
    return makeContext({ reading, things, places: [], supervisor: { state: 'running' } });
  }

  #refused({ stamp }: Observation, refused: string): ActionChunk {
    const { horizon, actionPeriod } = this.spec;
    return { stamp, period: actionPeriod, horizon, blocks: {}, gates: {}, refused };
  }
}

const newestOf = (input: ObservationInput | undefined): unknown => (input?.present ? input.samples.at(-1) : undefined);
