import type { ModalityDefinition } from '../modalities/modality.ts';
import { Brakes } from '../robot/brakes.ts';
import type { CameraSetup } from '../robot/camera-sensor.ts';
import { type RobotChoice, setupOf } from '../robot/setup.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import { areaFor } from '../tasks/area.ts';
import { drawConditions } from '../tasks/conditions.ts';
import { checkSeed } from '../tasks/seeds.ts';
import type { Outcome, Task, TaskInstance } from '../tasks/task.ts';
import { TaskJudge } from '../tasks/task-judge.ts';
import type { WordingSet } from '../wordings/wordings.ts';
import { type BuiltScene, buildScene } from './scene.ts';
import { taskState } from './task-state.ts';

/** Scene of a {@link TaskArm}. */
export interface TaskArmOptions extends RobotChoice {
  readonly task: Task;
  /** Seed of the scene, 0 .. 2^31 - 1. */
  readonly seed: number;
  /** Set of sentences that the instruction is drawn from. */
  readonly wordings: WordingSet;
  /** Sensors beside those of the arm. Default: none. */
  readonly modalities?: readonly ModalityDefinition[];
  /** Noise of the camera pictures, as a standard deviation in grey levels of 255. Default: that of the robot's cameras. */
  readonly cameraNoise?: number;
}

/**
 * The simulated robot in the scene of a task, without policy and supervisor, for programs that run those elsewhere.
 * Its owner calls {@link step} once a control period.
 */
export class TaskArm {
  readonly instance: TaskInstance;
  readonly cameras: readonly CameraSetup[];
  readonly #scene: BuiltScene;
  /** Brakes by the names of the arms' commands. */
  readonly #brakes: ReadonlyMap<string, Brakes>;
  readonly #judge: TaskJudge;
  /** False for a scene that has no goal. */
  readonly #hasGoal: boolean;
  /** Arms whose brakes are closed. */
  readonly #braking = new Set<string>();
  #held = false;
  #instruction: string;

  /** Draws the task and builds its scene. @throws {InputError} for a seed out of range or an invalid URDF */
  static async create({ task, seed, wordings, modalities, cameraNoise, ...robot }: TaskArmOptions): Promise<TaskArm> {
    checkSeed(seed);
    const setup = setupOf(robot);
    const instance = task.draw({ seed, wordings, swap: false, area: areaFor(task, setup) });
    const conditions = drawConditions(seed, setup, { cameraNoise, start: task.start });
    const scene = await buildScene(setup, instance, conditions, seed, { modalities });
    return new TaskArm(scene, task, instance, conditions.cameras);
  }

  private constructor(scene: BuiltScene, task: Task, instance: TaskInstance, cameras: readonly CameraSetup[]) {
    this.instance = instance;
    this.#instruction = instance.instruction;
    this.#judge = new TaskJudge(task, instance, () => taskState(scene.world, scene.robot));
    this.cameras = cameras;
    this.#scene = scene;
    this.#hasGoal = instance.goalKeys?.length !== 0;
    if (!this.#hasGoal) this.#judge.liftTimeLimit();
    this.#brakes = new Map(scene.setup.arms.map(({ name, joints }) => [name, new Brakes(scene.world, joints)]));
    void scene.robot.start();
  }

  /** The robot, without a supervisor. */
  get robot(): SimRobot {
    return this.#scene.robot;
  }

  /** The URDF's links and joints. */
  get model() {
    return this.#scene.setup.model;
  }

  /** Simulated seconds since the start. */
  get time(): number {
    return this.#scene.world.time;
  }

  /** Control period (s). */
  get period(): number {
    return this.#scene.world.timestep;
  }

  /** The last verdict on what was asked. The first one other than `running` is final until the next instruction. */
  get verdict(): Outcome {
    return this.#hasGoal && this.#judge.canJudge ? this.#judge.outcome : 'no_verdict';
  }

  /** The instruction in force. */
  get instruction(): string {
    return this.#instruction;
  }

  /** Judges from now on what this instruction asks for. Any instruction but the task's own lifts the time limit. */
  setInstruction(text: string): void {
    this.#instruction = text;
    this.#judge.setInstruction(text);
    if (text !== this.instance.instruction) this.#judge.liftTimeLimit();
  }

  /** `held`: a supervisor lets no command move the arm, so that nothing is judged and the task's clock stands still. */
  setSupervision(state: 'running' | 'held'): void {
    this.#held = state === 'held';
  }

  /**
   * Closes or opens the brakes of an arm. A base has none.
   * @param group name of the arm's command. Default: every arm
   */
  setBrakes(state: 'closed' | 'open', group?: string): void {
    for (const [name, brakes] of this.#brakes) {
      if (group !== undefined && name !== group) continue;
      if (state === 'closed') {
        this.#braking.add(name);
        brakes.close();
      } else {
        this.#braking.delete(name);
        brakes.open();
      }
    }
  }

  /** Runs physics and sensors for one control period. */
  step(): void {
    this.robot.step();
    for (const name of this.#braking) this.#brakes.get(name)!.engage();
    this.#judge.observe(this.time, this.#braking.size > 0 || this.#held ? 'waiting' : 'working');
    if (this.#judge.isOverdue) this.#judge.close('time limit');
  }

  /** Frees the simulator. */
  async close(): Promise<void> {
    await this.robot.stop();
    this.#scene.world.close();
  }
}
