import type { Emit, Stamped, StreamValue } from '@praxis/core';
import { isStop, SupervisorHost } from '@praxis/safety';
import { armModelOf, type BuiltScene, buildScene } from '../episode/scene.ts';
import { ContactGroundTruth } from '../safety/contact-ground-truth.ts';
import { MotionGroundTruth } from '../safety/motion-ground-truth.ts';
import { SupervisedArm } from '../safety/supervised-arm.ts';
import { drawConditions } from '../tasks/conditions.ts';
import { findTask } from '../tasks/index.ts';
import type { PlantReport, PlantSample, PlantService, PlantSetup } from './messages.ts';

/**
 * Physics, sensors and supervisor, one period after the other, with the control loop elsewhere. Whoever owns it calls
 * {@link tick} at the pace of the wall clock and hands it the calls; it needs no event loop and nothing of Node's.
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
   * @param wall seconds of a monotonic clock
   * @throws {InputError} for an unknown task or a URDF that is none.
   */
  static async create(setup: PlantSetup, wall: () => number, emit: Emit<PlantService>): Promise<Plant> {
    const { task, seed, urdf, wordings } = setup;
    const instance = findTask(task).draw({ seed, wordings, swap: false });
    const scene = await buildScene(urdf, instance, drawConditions(seed), seed);
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
      robot.stream(name).subscribe((sample) => this.#samples.push({ stream: name, sample: withOwnBuffers(sample) }));
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

  /** Simulated seconds since the start. */
  get time(): number {
    return this.#scene.world.time;
  }

  /** One period of physics, sensors and supervisor. */
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

  setInstruction(text: string): void {
    this.#scene.robot.publishInstruction(text);
  }

  /** What {@link report} tells counts from here. */
  startMeasurement(): void {
    this.#motion.start();
    this.#contact.start();
  }

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

/** The same with buffers of its own: a message takes the whole of a buffer along, however little of it a view shows. */
function withOwnBuffers({ value, stamp, received }: Stamped<StreamValue>): Stamped<StreamValue> {
  if (typeof value === 'string' || 'data' in value) return { value, stamp, received };
  if (ArrayBuffer.isView(value)) return { value: (value as Float64Array).slice(), stamp, received };
  return { value: { ...value, position: value.position.slice(), velocity: value.velocity.slice() }, stamp, received };
}
