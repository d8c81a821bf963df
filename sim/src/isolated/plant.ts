import type { Emit, SignalSpec, Stamped, StreamValue } from '@praxis/core';
import { isStop, SupervisorHost } from '@praxis/safety';
import { armModelOf, type BuiltScene, buildScene } from '../episode/scene.ts';
import type { ModalityDefinition } from '../modalities/modality.ts';
import { ContactGroundTruth } from '../safety/contact-ground-truth.ts';
import { MotionGroundTruth } from '../safety/motion-ground-truth.ts';
import { SupervisedArm } from '../safety/supervised-arm.ts';
import { drawConditions } from '../tasks/conditions.ts';
import type { Task } from '../tasks/task.ts';
import type { PlantReport, PlantSample, PlantService, PlantSetup } from './messages.ts';

/** The parts of a scene that are code. */
export interface PlantCode {
  readonly task: Task;
  /** Sensors beside those of the arm. */
  readonly modalities: readonly ModalityDefinition[];
}

/**
 * Physics, sensors and supervisor of an arm whose control loop runs in another thread. Its owner calls {@link tick} at the
 * pace of the wall clock. It needs neither an event loop nor Node.
 */
export class Plant {
  readonly instruction: string;
  readonly #scene: BuiltScene;
  readonly #arm: SupervisedArm;
  readonly #host: SupervisorHost;
  readonly #wallClock: () => number;
  readonly #emit: Emit<PlantService>;
  readonly #motion: MotionGroundTruth;
  readonly #contact: ContactGroundTruth;
  readonly #samples: PlantSample[] = [];
  #lastMotionWallTime: number;
  #stopWallTime: number | undefined;

  /**
   * Builds the scene of the setup.
   * @param wall monotonic clock (s)
   * @throws {InputError} for an invalid URDF
   */
  static async create(
    setup: PlantSetup,
    { task, modalities }: PlantCode,
    wall: () => number,
    emit: Emit<PlantService>,
  ): Promise<Plant> {
    const { seed, urdf, wordings } = setup;
    const instance = task.draw({ seed, wordings, swap: false });
    const scene = await buildScene(urdf, instance, drawConditions(seed), seed, { modalities });
    return new Plant(setup, scene, instance.instruction, wall, emit);
  }

  private constructor(
    { urdf, safety, shared }: PlantSetup,
    scene: BuiltScene,
    instruction: string,
    wall: () => number,
    emit: Emit<PlantService>,
  ) {
    this.instruction = instruction;
    this.#scene = scene;
    this.#wallClock = wall;
    this.#emit = emit;
    const { world, robot, tool } = scene;
    for (const { name } of robot.spec.streams) {
      robot.stream(name).subscribe((sample) => this.#samples.push({ stream: name, sample: copyBuffers(sample) }));
    }
    this.#arm = new SupervisedArm(robot, world, armModelOf(urdf), safety);
    this.#host = new SupervisorHost(this.#arm.supervisor, shared, robot.clock);
    this.#arm.supervisor.events$.subscribe((event) => {
      if (event.from === 'running' && isStop(event.to)) this.#stopWallTime = this.#wallClock();
      if (event.to === 'running') this.#stopWallTime = undefined;
      this.#emit('safety', event);
    });
    this.#motion = new MotionGroundTruth(world);
    this.#contact = new ContactGroundTruth(world, tool);
    this.#lastMotionWallTime = wall();
    void robot.start();
  }

  /** Specs of the arm's streams. */
  get streams(): readonly SignalSpec[] {
    return this.#scene.robot.spec.streams;
  }

  /** Simulated seconds since the start. */
  get time(): number {
    return this.#scene.world.time;
  }

  /** Runs physics, sensors and supervisor for one control period. */
  tick(): void {
    this.#scene.robot.step();
    this.#host.poll();
    this.#arm.tick();
    this.#host.publish(this.time, this.#arm.power === 'on');
    this.#motion.measure();
    this.#contact.measure();
    if (!this.#motion.standing) this.#lastMotionWallTime = this.#wallClock();
    this.#emit('period', { time: this.time, samples: this.#samples.splice(0) });
  }

  /** Publishes a new instruction. */
  setInstruction(text: string): void {
    this.#scene.robot.publishInstruction(text);
  }

  /** Restarts the measurements of {@link report}. */
  startMeasurement(): void {
    this.#motion.start();
    this.#contact.start();
  }

  /** Returns the measurements since the last {@link startMeasurement}. */
  report(): PlantReport {
    const { supervisor, violations } = this.#arm;
    return {
      state: supervisor.state,
      ...(this.#stopWallTime === undefined ? {} : { stopWallTime: this.#stopWallTime }),
      lastMotionWallTime: this.#lastMotionWallTime,
      distance: this.#motion.distance,
      peakForce: this.#contact.peakForce,
      standing: this.#motion.standing,
      violations,
      events: [...supervisor.log],
    };
  }

  close(): void {
    this.#scene.world.close();
  }
}

/** Copies a sample into new buffers, because a message carries the whole buffer behind a view. */
function copyBuffers({ value, stamp, received }: Stamped<StreamValue>): Stamped<StreamValue> {
  if (typeof value === 'string' || 'data' in value) return { value, stamp, received };
  if (ArrayBuffer.isView(value)) return { value: (value as Float64Array).slice(), stamp, received };
  return { value: { ...value, position: value.position.slice(), velocity: value.velocity.slice() }, stamp, received };
}
