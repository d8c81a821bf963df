import type { Emit, SignalSpec, Stamped, StreamValue } from '@praxis/core';
import { isStop } from '@praxis/safety';
import { type BuiltScene, buildScene } from '../episode/scene.ts';
import type { ModalityDefinition } from '../modalities/modality.ts';
import { setupOf } from '../robot/setup.ts';
import { type ContactGroundTruth, contactTruth } from '../safety/contact-ground-truth.ts';
import { MotionGroundTruth } from '../safety/motion-ground-truth.ts';
import { type MachineHost, type SupervisedMachine, supervise } from '../safety/supervised-machine.ts';
import { areaFor } from '../tasks/area.ts';
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
 * Physics, sensors and supervisors of a robot whose control loop runs in another thread. Its owner calls {@link tick} at the
 * pace of the wall clock. It needs neither an event loop nor Node.
 */
export class Plant {
  readonly instruction: string;
  readonly #scene: BuiltScene;
  readonly #machine: SupervisedMachine;
  readonly #host: MachineHost;
  readonly #wallClock: () => number;
  readonly #emit: Emit<PlantService>;
  readonly #motion: MotionGroundTruth;
  readonly #contact: ContactGroundTruth | undefined;
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
    const { seed, wordings } = setup;
    const robot = setupOf(setup);
    const instance = task.draw({ seed, wordings, swap: false, area: areaFor(task, robot) });
    const scene = await buildScene(robot, instance, drawConditions(seed, robot, { start: task.start }), seed, {
      modalities,
    });
    return new Plant(setup, scene, instance.instruction, wall, emit);
  }

  private constructor(
    { safety, shared }: PlantSetup,
    scene: BuiltScene,
    instruction: string,
    wall: () => number,
    emit: Emit<PlantService>,
  ) {
    this.instruction = instruction;
    this.#scene = scene;
    this.#wallClock = wall;
    this.#emit = emit;
    const { world, robot, setup } = scene;
    for (const { name } of robot.spec.streams) {
      robot.stream(name).subscribe((sample) => this.#samples.push({ stream: name, sample: copyBuffers(sample) }));
    }
    this.#machine = supervise(robot, world, setup, safety);
    this.#host = this.#machine.hostFor(shared, robot.clock);
    this.#machine.supervisor.events$.subscribe((event) => {
      if (event.from === 'running' && isStop(event.to)) this.#stopWallTime = this.#wallClock();
      if (event.to === 'running') this.#stopWallTime = undefined;
      this.#emit('safety', event);
    });
    this.#motion = new MotionGroundTruth(world, setup);
    this.#contact = contactTruth(world, setup);
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
    this.#machine.tick();
    this.#host.publish(this.time, this.#machine.powered);
    this.#motion.measure();
    this.#contact?.measure();
    if (!this.#motion.standing) this.#lastMotionWallTime = this.#wallClock();
    this.#emit('period', { time: this.time, samples: this.#samples.splice(0) });
  }

  /** Publishes a new instruction. */
  setInstruction(text: string): void {
    this.#scene.robot.publishInstruction(text);
  }

  /** Says which streams are needed from now on; see `Supervisor.needStreams`. */
  needStreams(streams: readonly string[] | 'all'): void {
    this.#machine.supervisor.needStreams(streams);
  }

  /** Restarts the measurements of {@link report}. */
  startMeasurement(): void {
    this.#motion.start();
    this.#contact?.start();
  }

  /** Returns the measurements since the last {@link startMeasurement}. */
  report(): PlantReport {
    const { supervisor, violations } = this.#machine;
    return {
      state: supervisor.state,
      ...(this.#stopWallTime === undefined ? {} : { stopWallTime: this.#stopWallTime }),
      lastMotionWallTime: this.#lastMotionWallTime,
      distance: this.#motion.distance,
      peakForce: this.#contact?.peakForce ?? 0,
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
  if (typeof value !== 'object' || value === null || 'data' in value) return { value, stamp, received };
  if (ArrayBuffer.isView(value)) return { value: (value as Float64Array).slice(), stamp, received };
  return { value: structuredClone(value), stamp, received };
}
