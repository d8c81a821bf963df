import {
  type ArmCommand,
  CommandError,
  checkArmCommand,
  InputError,
  Random,
  type Robot,
  type RobotSpec,
  type SignalSpec,
  SimulatedClock,
  type Stamped,
  type StreamValue,
  UnknownStreamError,
} from '@praxis/core';
import { Subject } from 'rxjs';
import type { World } from '../mujoco/world.ts';
import type { SimScene } from '../render/sim-scene.ts';
import type { Lighting } from '../render/types.ts';
import { ARM_JOINTS, FINGER_JOINTS, ROBOT_SPEC } from './arm.ts';
import { CameraSensor, type CameraSetup } from './camera-sensor.ts';
import { BufferPool, DelayLine } from './delay-line.ts';
import { JointSensor, type JointsSetup } from './joint-sensor.ts';
import type { OwnSensor } from './own-sensor.ts';
import { WrenchSensor, type WrenchSetup } from './wrench-sensor.ts';

const JOINT_NAMES: readonly string[] = [...ARM_JOINTS, ...FINGER_JOINTS];

/** Sensor errors, lighting and delays of the arm in one episode. */
export interface RobotConditions {
  readonly lighting: Lighting;
  readonly cameras: readonly CameraSetup[];
  readonly wrench: WrenchSetup;
  readonly joints: JointsSetup;
  /** Time between a command and its effect (s). */
  readonly actionDelay: number;
}

/**
 * The simulated arm as a {@link Robot}. Its time advances only in {@link step}, which runs physics, sensors and clock for one
 * control period.
 */
export class SimRobot implements Robot {
  readonly spec: RobotSpec;
  readonly clock = new SimulatedClock();
  readonly #world: World;
  readonly #scene: SimScene;
  readonly #streams: ReadonlyMap<string, Subject<Stamped<StreamValue>>>;
  readonly #cameras: readonly { sensor: CameraSensor; body: number; out: Subject<Stamped<StreamValue>> }[];
  readonly #wrench: WrenchSensor;
  readonly #wrenchOut: Subject<Stamped<StreamValue>>;
  readonly #jointsOut: Subject<Stamped<StreamValue>>;
  /** True wrench at the sensor: force (N), then torque (Nm). */
  readonly #trueWrench = new Float64Array(6);
  readonly #commands: DelayLine<{ position: Float64Array; gripperWidth: number }>;
  readonly #joints: readonly { qpos: number; qvel: number }[];
  readonly #arm: readonly number[];
  readonly #fingers: readonly number[];
  readonly #force: number;
  readonly #torque: number;
  readonly #encoders: JointSensor;
  readonly #ownSensors: readonly OwnSensor[];
  /** True joint positions and velocities, arm first: rad and rad/s, m and m/s for the fingers. */
  readonly #position = new Float64Array(JOINT_NAMES.length);
  readonly #velocity = new Float64Array(JOINT_NAMES.length);
  readonly #pool = new BufferPool();
  readonly #bodies: readonly number[];
  #running = false;
  #stopped = false;

  /** @param ownSensors sensors beside those of the arm; their streams follow the arm's */
  constructor(
    world: World,
    scene: SimScene,
    conditions: RobotConditions,
    seed: number,
    ownSensors: readonly OwnSensor[] = [],
  ) {
    this.spec = withStreams(ROBOT_SPEC, ownSensors);
    this.#ownSensors = ownSensors;
    this.#world = world;
    this.#scene = scene;
    this.#streams = new Map([
      ...ROBOT_SPEC.streams.map(({ name }) => [name, new Subject<Stamped<StreamValue>>()] as const),
      ...ownSensors.map(({ spec, stream }) => [spec.name, stream] as const),
    ]);
    this.#cameras = conditions.cameras.map((setup) => ({
      sensor: new CameraSensor(setup, conditions.lighting),
      body: world.body(setup.frame),
      out: this.#streams.get(`images.${setup.name}`)!,
    }));
    this.#wrench = new WrenchSensor(conditions.wrench, new Random(seed, 'wrench'));
    this.#wrenchOut = this.#streams.get('wrench')!;
    this.#jointsOut = this.#streams.get('joints')!;
    this.#encoders = new JointSensor(JOINT_NAMES, conditions.joints, new Random(seed, 'encoders'));
    this.#commands = new DelayLine(conditions.actionDelay);
    this.#joints = JOINT_NAMES.map((name) => world.joint(name));
    this.#arm = ARM_JOINTS.map((name) => world.actuator(name));
    this.#fingers = FINGER_JOINTS.map((name) => world.actuator(name));
    this.#force = world.sensor('force');
    this.#torque = world.sensor('torque');
    this.#bodies = scene.bodies.map((name) => world.body(name));
    this.placeBodies();
  }

  stream(name: string) {
    const stream = this.#streams.get(name);
    if (!stream) {
      throw new UnknownStreamError(`no stream "${name}": expected one of ${[...this.#streams.keys()].join(', ')}`);
    }
    return stream.asObservable();
  }

  command(name: string, { value }: Stamped<ArmCommand>): void {
    if (name !== 'arm') throw new CommandError(`no command "${name}": expected arm`);
    checkArmCommand(name, ARM_JOINTS, value);
    if (this.#stopped) return;
    const position = this.#pool.allocate(ARM_JOINTS.length);
    position.set(value.position);
    this.#commands.enqueue(this.clock.now(), { position, gripperWidth: value.gripperWidth });
  }

  async start(): Promise<void> {
    this.#running = !this.#stopped;
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#stopped = true;
    for (const stream of this.#streams.values()) stream.complete();
  }

  /** Publishes an instruction on the stream `instruction`. */
  publishInstruction(text: string): void {
    const now = this.clock.now();
    this.#streams.get('instruction')!.next({ value: text, stamp: now, received: now });
  }

  /** Runs one control period: it applies due commands, steps physics, then samples the sensors. */
  step(): void {
    for (
      let due = this.#commands.dequeueDue(this.clock.now());
      due;
      due = this.#commands.dequeueDue(this.clock.now())
    ) {
      const ctrl = this.#world.view('ctrl');
      for (let i = 0; i < this.#arm.length; i++) ctrl[this.#arm[i]] = due.position[i];
      for (const finger of this.#fingers) ctrl[finger] = due.gripperWidth / 2;
    }
    this.#world.step();
    this.clock.advanceTo(this.#world.time);
    if (this.#running) this.#sampleSensors();
  }

  /** Returns the true distance between the fingers (m), its rate (m/s), and the commanded distance (m). */
  gripper(): { width: number; speed: number; commanded: number } {
    const qpos = this.#world.view('qpos');
    const qvel = this.#world.view('qvel');
    const ctrl = this.#world.view('ctrl');
    const [a, b] = this.#joints.slice(ARM_JOINTS.length);
    return {
      width: qpos[a.qpos] + qpos[b.qpos],
      speed: qvel[a.qvel] + qvel[b.qvel],
      commanded: ctrl[this.#fingers[0]] + ctrl[this.#fingers[1]],
    };
  }

  /** Copies the poses of the bodies from physics to the render scene. */
  placeBodies(): void {
    this.#scene.bodies.forEach((name, i) => {
      const pose = this.#world.bodyPose(this.#bodies[i]);
      this.#scene.setPose(name, pose, pose.subarray(3));
    });
  }

  /** Callback at every exposure, with the camera's name, the time (s) and its true view. */
  set onExposure(callback: CameraSensor['onExposure']) {
    for (const { sensor } of this.#cameras) sensor.onExposure = callback;
  }

  /** Returns the true view of a camera, including its mounting error. */
  cameraView(name: string) {
    const camera = this.#cameras.find(({ sensor }) => sensor.setup.name === name)!;
    return camera.sensor.view(this.#world.bodyPose(camera.body));
  }

  #sampleSensors(): void {
    const now = this.clock.now();
    this.#renderCameras(now);
    const readings = this.#world.view('sensordata');
    for (let i = 0; i < 3; i++) {
      this.#trueWrench[i] = -readings[this.#force + i];
      this.#trueWrench[3 + i] = -readings[this.#torque + i];
    }
    const wrench = this.#wrench.sample(now, this.#trueWrench);
    if (wrench) this.#wrenchOut.next({ value: wrench.value, stamp: wrench.stamp, received: now });
    this.#sampleJoints(now);
    for (const sensor of this.#ownSensors) sensor.publishDue(now);
  }

  #renderCameras(now: number): void {
    let placed = false;
    for (const { sensor, body, out } of this.#cameras) {
      const image = sensor.sample(now, this.#scene, () => {
        if (!placed) this.placeBodies();
        placed = true;
        return this.#world.bodyPose(body);
      });
      if (image) out.next({ ...image, received: now });
    }
  }

  #sampleJoints(now: number): void {
    const qpos = this.#world.view('qpos');
    const qvel = this.#world.view('qvel');
    for (let i = 0; i < this.#joints.length; i++) {
      this.#position[i] = qpos[this.#joints[i].qpos];
      this.#velocity[i] = qvel[this.#joints[i].qvel];
    }
    const reading = this.#encoders.sample(now, this.#position, this.#velocity);
    if (reading) this.#jointsOut.next({ value: reading.value, stamp: reading.stamp, received: now });
  }
}

/** Adds the streams of a user's sensors to a robot's. @throws {InputError} when two streams have one name */
function withStreams(robot: RobotSpec, sensors: readonly { readonly spec: SignalSpec }[]): RobotSpec {
  const streams = [...robot.streams];
  for (const { spec } of sensors) {
    if (streams.some(({ name }) => name === spec.name)) {
      throw new InputError(`modality ${spec.name}: ${robot.name} has a stream of that name already`);
    }
    streams.push(spec);
  }
  return { ...robot, streams };
}
