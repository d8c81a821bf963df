import { Brakes } from '../robot/brakes.ts';
import type { CameraSetup } from '../robot/camera-sensor.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import { drawConditions } from '../tasks/conditions.ts';
import { findTask } from '../tasks/index.ts';
import { checkSeed } from '../tasks/seeds.ts';
import type { TaskInstance, Verdict, WordingSet } from '../tasks/task.ts';
import { armModelOf, type BuiltScene, buildScene } from './scene.ts';
import { taskState } from './task-state.ts';

/** Judged every so many control periods. */
const JUDGE_INTERVAL_PERIODS = 10;

/** Which scene a {@link TaskArm} stands in. */
export interface TaskArmOptions {
  /** One of `TASK_NAMES`. */
  readonly task: string;
  /** 0 .. 2^31 - 1. */
  readonly seed: number;
  /** The arm's URDF, as text. */
  readonly urdf: string;
  /** Which set of sentences the instruction is drawn from. */
  readonly wordings: WordingSet;
}

/**
 * The simulated arm in the scene of a task, with nothing around it: no policy, no supervisor. For whoever puts those
 * elsewhere. Its owner steps it.
 */
export class TaskArm {
  readonly instance: TaskInstance;
  readonly cameras: readonly CameraSetup[];
  readonly #scene: BuiltScene;
  readonly #urdf: string;
  readonly #brakes: Brakes;
  #braking = false;
  #verdict: Verdict = 'running';
  #steps = 0;

  /** @throws {InputError} for an unknown task, a seed out of range or a URDF that is none. */
  static async create({ task, seed, urdf, wordings }: TaskArmOptions): Promise<TaskArm> {
    checkSeed(seed);
    const instance = findTask(task).draw({ seed, wordings, swap: false });
    const conditions = drawConditions(seed);
    const scene = await buildScene(urdf, instance, conditions, seed);
    return new TaskArm(scene, instance, conditions.cameras, urdf);
  }

  private constructor(scene: BuiltScene, instance: TaskInstance, cameras: readonly CameraSetup[], urdf: string) {
    this.#urdf = urdf;
    this.instance = instance;
    this.cameras = cameras;
    this.#scene = scene;
    this.#brakes = new Brakes(scene.world);
    void scene.robot.start();
  }

  /** The arm, without anything that guards it. */
  get robot(): SimRobot {
    return this.#scene.robot;
  }

  /** The URDF's links and joints. */
  get model() {
    return armModelOf(this.#urdf).model;
  }

  /** Simulated seconds since the start. */
  get time(): number {
    return this.#scene.world.time;
  }

  /** s. */
  get period(): number {
    return this.#scene.world.timestep;
  }

  /** What has come of the task so far; it is judged until it is decided. */
  get verdict(): Verdict {
    return this.#verdict;
  }

  /** Closes or opens the arm's brakes. */
  setBrakes(state: 'closed' | 'open'): void {
    this.#braking = state === 'closed';
    if (this.#braking) this.#brakes.close();
    else this.#brakes.open();
  }

  /** One control period of physics and sensors. */
  step(): void {
    this.robot.step();
    if (this.#braking) this.#brakes.engage();
    this.#steps++;
    if (this.#verdict !== 'running' || this.#steps % JUDGE_INTERVAL_PERIODS !== 0) return;
    this.#verdict = this.instance.judge(taskState(this.#scene.world, this.robot));
    if (this.#verdict === 'running' && this.time >= this.instance.timeLimit) this.#verdict = 'failure';
  }

  /** Frees the simulator. */
  async close(): Promise<void> {
    await this.robot.stop();
    this.#scene.world.close();
  }
}
