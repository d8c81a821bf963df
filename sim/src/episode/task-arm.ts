import type { ModalityDefinition } from '../modalities/modality.ts';
import { Brakes } from '../robot/brakes.ts';
import type { CameraSetup } from '../robot/camera-sensor.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import { drawConditions } from '../tasks/conditions.ts';
import { checkSeed } from '../tasks/seeds.ts';
import type { Task, TaskInstance, Verdict, WordingSet } from '../tasks/task.ts';
import { armModelOf, type BuiltScene, buildScene } from './scene.ts';
import { JUDGE_INTERVAL_PERIODS, taskState } from './task-state.ts';

/** Scene of a {@link TaskArm}. */
export interface TaskArmOptions {
  readonly task: Task;
  /** Seed of the scene, 0 .. 2^31 - 1. */
  readonly seed: number;
  /** The arm's URDF, as text. */
  readonly urdf: string;
  /** Set of sentences that the instruction is drawn from. */
  readonly wordings: WordingSet;
  /** Sensors beside those of the arm. Default: none. */
  readonly modalities?: readonly ModalityDefinition[];
}

/**
 * The simulated arm in the scene of a task, without policy and supervisor, for programs that run those elsewhere.
 * Its owner calls {@link step} once a control period.
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

  /** Draws the task and builds its scene. @throws {InputError} for a seed out of range or an invalid URDF */
  static async create({ task, seed, urdf, wordings, modalities }: TaskArmOptions): Promise<TaskArm> {
    checkSeed(seed);
    const instance = task.draw({ seed, wordings, swap: false });
    const conditions = drawConditions(seed);
    const scene = await buildScene(urdf, instance, conditions, seed, { modalities });
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

  /** The arm, without a supervisor. */
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

  /** Control period (s). */
  get period(): number {
    return this.#scene.world.timestep;
  }

  /** The judge's last verdict. The first verdict other than `running` is final. */
  get verdict(): Verdict {
    return this.#verdict;
  }

  /** Closes or opens the arm's brakes. */
  setBrakes(state: 'closed' | 'open'): void {
    this.#braking = state === 'closed';
    if (this.#braking) this.#brakes.close();
    else this.#brakes.open();
  }

  /** Runs physics and sensors for one control period. */
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
