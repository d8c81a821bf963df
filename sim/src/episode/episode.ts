import { type ChunkScheduler, ControlLoop, InputError, type Policy, type PolicySpec, type Robot } from '@praxis/core';
import { ExpertPolicy } from '../experts/expert-policy.ts';
import type { Fault } from '../faults/fault.ts';
import { findFault } from '../faults/index.ts';
import type { World } from '../mujoco/world.ts';
import type { SimScene } from '../render/sim-scene.ts';
import { HOME } from '../robot/arm.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import { drawConditions } from '../tasks/conditions.ts';
import { findTask } from '../tasks/index.ts';
import type { Task, TaskInstance, Verdict, WordingSet } from '../tasks/task.ts';
import { ActionTrace } from './action-trace.ts';
import { FaultRig } from './fault-rig.ts';
import type { EpisodeResult } from './result.ts';
import { buildScene } from './scene.ts';
import { taskState } from './task-state.ts';

export interface EpisodeOptions {
  /** One of `TASK_NAMES`, or a task of one's own. */
  readonly task: string | Task;
  /** 0 .. 2^31 - 1; decides everything that is random. */
  readonly seed: number;
  /** The arm's URDF, as text. */
  readonly urdf: string;
  readonly policy: Policy | 'expert' | ((expert: ExpertPolicy) => Policy);
  readonly scheduler: ChunkScheduler;
  /** Modalities that the policy does not see. */
  readonly mask?: readonly string[];
  /** Default `report`. */
  readonly wordings?: WordingSet;
  /** Says this in place of the task's own words; the goal stays the task's. */
  readonly instruction?: string;
  /** Names another thing of the same scene. */
  readonly swap?: boolean;
  /** Inputs that the expert asks for, for recording. */
  readonly inputs?: PolicySpec['inputs'];
  /** What the loop is bound to in place of the simulated arm: the arm with a sensor of one's own, for example. */
  readonly wrap?: (arm: SimRobot) => Robot;
  /** Something goes wrong in mid-episode: one of `FAULT_NAMES`, or a fault of one's own. */
  readonly fault?: string | Fault;
}

/** Judged every so many control periods. */
const JUDGE_EVERY = 10;
const LARGEST_SEED = 2 ** 31 - 1;
/** The task is told after this many seconds (the wrist sensor finds its zero meanwhile). */
const SAY_AT = 0.02;

/** One episode in lock step: a function of task, seed and policy alone. */
export class Episode {
  readonly robot: SimRobot;
  readonly loop: ControlLoop;
  readonly world: World;
  readonly scene: SimScene;
  readonly instance: TaskInstance;
  readonly expert: ExpertPolicy;
  /** The robot as the loop sees it. */
  readonly #bound: Robot;
  readonly #rig: FaultRig | undefined;
  readonly #seed: number;
  readonly #trace = new ActionTrace();
  readonly #wall = performance.now();
  #instruction: string;
  #verdict: Verdict = 'running';
  #steps = 0;
  #peakForce = 0;
  #said = false;

  /** @throws {InputError} for an unknown task or a seed out of range; {BindError} when the policy does not fit the robot. */
  static async create(options: EpisodeOptions): Promise<Episode> {
    const { task, seed, urdf, wordings = 'report', swap = false } = options;
    if (!Number.isInteger(seed) || seed < 0 || seed > LARGEST_SEED) {
      throw new InputError(`seed ${seed}: expected a whole number from 0 to ${LARGEST_SEED}`);
    }
    const instance = (typeof task === 'string' ? findTask(task) : task).draw({ seed, wordings, swap });
    const conditions = drawConditions(seed);
    const fault = typeof options.fault === 'string' ? findFault(options.fault) : options.fault;
    const scene = await buildScene(urdf, instance, conditions, seed, fault?.strike);
    try {
      return new Episode(options, instance, scene, conditions.inferenceDelay, fault);
    } catch (error) {
      scene.world.close();
      throw error;
    }
  }

  private constructor(
    { seed, policy, scheduler, mask, instruction, inputs, wrap }: EpisodeOptions,
    instance: TaskInstance,
    { world, scene, robot, kinematics, tool }: Awaited<ReturnType<typeof buildScene>>,
    inferenceDelay: number,
    fault: Fault | undefined,
  ) {
    this.#seed = seed;
    this.instance = instance;
    this.world = world;
    this.scene = scene;
    this.robot = robot;
    this.#instruction = instruction ?? instance.instruction;
    this.expert = new ExpertPolicy(instance, () => taskState(world, robot), inputs);
    const driver = policy === 'expert' ? this.expert : typeof policy === 'function' ? policy(this.expert) : policy;
    driver.reset();
    scheduler.reset();
    const bare = wrap?.(robot) ?? robot;
    this.#rig = fault && new FaultRig({ fault, seed, world, robot: bare, policy: driver, inferenceDelay });
    this.#bound = this.#rig?.bind(this.#rig.robot) ?? bare;
    this.loop = new ControlLoop({
      robot: this.#bound,
      policy: this.#rig?.policy ?? driver,
      kinematics,
      scheduler,
      tool,
      mask,
      inference: { kind: 'simulated', delay: inferenceDelay },
      controller: { ik: { posture: Float64Array.from(HOME) } },
    });
    this.loop.chunks$.subscribe((chunk) => this.#trace.add(chunk.actions));
    this.loop.derived.stream('wrench.contact').subscribe(({ value }) => {
      const f = value as Float64Array;
      this.#peakForce = Math.max(this.#peakForce, Math.sqrt(f[0] * f[0] + f[1] * f[1] + f[2] * f[2]));
    });
    this.loop.start();
    void this.#bound.start();
  }

  /** What was put between the parts for a fault; undefined without one. */
  get rig(): FaultRig | undefined {
    return this.#rig;
  }

  get instruction(): string {
    return this.#instruction;
  }

  get verdict(): Verdict {
    return this.#verdict;
  }

  /** Simulated seconds since the start. */
  get time(): number {
    return this.world.time;
  }

  /** One control period. False once the episode is over: success, failure or time limit. */
  async step(): Promise<boolean> {
    if (this.#verdict !== 'running') return false;
    this.robot.step();
    if (!this.#said && this.time >= SAY_AT) {
      this.#said = true;
      this.robot.say(this.#instruction);
    }
    this.#rig?.update(this.loop.lastChunk !== undefined);
    if (!this.#rig?.link.blocked(this.time)) await this.#think();
    this.#steps++;
    if (this.#steps % JUDGE_EVERY === 0) {
      this.#verdict = this.instance.judge(taskState(this.world, this.robot));
      if (this.#verdict === 'running' && this.time >= this.instance.timeLimit) this.#verdict = 'failure';
    }
    return this.#verdict === 'running';
  }

  /** One period of the loop, and whatever the policy computes meanwhile. */
  async #think(): Promise<void> {
    const rig = this.#rig;
    // What the policy's process answers at this very time is to be there when the loop looks.
    if (rig?.policy.release(rig.robot.clock.now())) await this.loop.pending;
    this.loop.tick();
    // The result counts only when it is due; waiting for it here keeps physics and pictures off the policy's clock.
    const computing = rig ? rig.policy.computing : this.loop.pending;
    if (computing) await computing;
  }

  /** Steps to the end. */
  async run(): Promise<EpisodeResult> {
    while (await this.step());
    return this.result();
  }

  /** A new instruction while it runs; the judge keeps to the task's own goal. */
  say(text: string): void {
    this.#instruction = text;
    this.robot.say(text);
  }

  /** Poses of the scene's bodies, 7 numbers each (x y z qx qy qz qw), in the order of `scene.bodies`. */
  bodyPoses(out: Float32Array): void {
    this.robot.placeBodies();
    this.scene.bodies.forEach((name, i) => {
      const { position: p, quaternion: q } = this.scene.scene.getObjectByName(name)!;
      out.set([p.x, p.y, p.z, q.x, q.y, q.z, q.w], 7 * i);
    });
  }

  result(): EpisodeResult {
    const { inferenceMilliseconds, missedDeadlines, emptyQueueTicks } = this.loop.stats;
    const success = this.#verdict === 'success';
    return {
      task: this.instance.task,
      seed: this.#seed,
      success,
      instruction: this.#instruction,
      instructionFollowed: this.instance.followed() ?? false,
      timeS: this.time,
      peakForceN: this.#peakForce,
      policyMs: [...inferenceMilliseconds],
      missedDeadlines,
      emptyQueueTicks,
      steps: this.#steps,
      wallS: (performance.now() - this.#wall) / 1000,
      actionsSha256: this.#trace.digest(),
      ...(success ? {} : { failure: this.time >= this.instance.timeLimit ? 'time limit' : 'wrong outcome' }),
    };
  }

  /** Stops the loop and frees the simulator. Safe to call twice. */
  async close(): Promise<void> {
    this.loop.stop();
    this.#rig?.close();
    await this.loop.pending;
    await this.#bound.stop();
    this.world.close();
  }
}

/** Creates, runs and closes one episode. */
export async function runEpisode(options: EpisodeOptions): Promise<EpisodeResult> {
  const episode = await Episode.create(options);
  try {
    return await episode.run();
  } finally {
    await episode.close();
  }
}
