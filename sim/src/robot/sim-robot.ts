import {
  CommandError,
  InputError,
  type JointState,
  Random,
  type Robot,
  type RobotCommand,
  type RobotSpec,
  type SignalSpec,
  SimulatedClock,
  type Stamped,
  type StreamValue,
  UnknownStreamError,
} from '@praxis/core';
import { Subject } from 'rxjs';
import { bodyName } from '../mjcf/robot-bodies.ts';
import { wristReadings } from '../mjcf/scene.ts';
import type { World } from '../mujoco/world.ts';
import type { SimScene } from '../render/sim-scene.ts';
import type { Lighting } from '../render/types.ts';
import { CameraSensor, type CameraSetup } from './camera-sensor.ts';
import { jointNames, odometryStream, wrenchStream } from './groups-spec.ts';
import { JointSensor, type JointsSetup } from './joint-sensor.ts';
import { Odometry } from './odometry.ts';
import type { OwnSensor } from './own-sensor.ts';
import type { RobotSetup } from './setup.ts';
import { SimArm, type SimGroup } from './sim-arm.ts';
import { SimBase } from './sim-base.ts';
import { wrenchMoment } from './touch-timing.ts';
import { WrenchSensor, type WrenchSetup } from './wrench-sensor.ts';

/** Sensor errors, lighting and delays of the robot in one episode. */
export interface RobotConditions {
  readonly lighting: Lighting;
  readonly cameras: readonly CameraSetup[];
  readonly wrench: WrenchSetup;
  readonly joints: JointsSetup;
  /** Time between a command and its effect (s). */
  readonly actionDelay: number;
}

/**
 * The simulated robot as a {@link Robot}. Its time advances only in {@link step}, which runs physics, sensors and clock for one
 * control period.
 */
export class SimRobot implements Robot {
  readonly spec: RobotSpec;
  /** The robot that is simulated. */
  readonly setup: RobotSetup;
  readonly clock = new SimulatedClock();
  readonly #world: World;
  readonly #scene: SimScene;
  readonly #streams: ReadonlyMap<string, Subject<Stamped<StreamValue>>>;
  readonly #cameras: readonly { sensor: CameraSensor; body: number; out: Subject<Stamped<StreamValue>> }[];
  readonly #wrists: readonly WristSensor[];
  readonly #jointsOut: Subject<Stamped<StreamValue>>;
  readonly #arms: readonly SimArm[];
  /** Arms and bases by the names of their commands. */
  readonly #groups: ReadonlyMap<string, SimGroup>;
  readonly #odometers: readonly Odometer[];
  /** Joints that the stream `joints` has one by one: those of the arms, parallel fingers, and wheels. */
  readonly #joints: readonly { qpos: number; qvel: number; at: number }[];
  /** Grippers of which the stream `joints` has the width, and its index there. */
  readonly #widths: readonly { arm: SimArm; at: number }[];
  readonly #encoders: JointSensor;
  readonly #ownSensors: readonly OwnSensor[];
  /** True joint positions and velocities in the order of the stream: rad and rad/s, m and m/s for the fingers. */
  readonly #position: Float64Array;
  readonly #velocity: Float64Array;
  readonly #bodies: readonly number[];
  #running = false;
  #stopped = false;

  /** @param ownSensors sensors beside those of the robot; their streams follow the robot's */
  constructor(
    setup: RobotSetup,
    world: World,
    scene: SimScene,
    conditions: RobotConditions,
    seed: number,
    ownSensors: readonly OwnSensor[] = [],
  ) {
    this.setup = setup;
    const { arms, bases } = setup;
    const names = jointNames(arms, bases);
    this.spec = withStreams(setup.spec, ownSensors);
    this.#ownSensors = ownSensors;
    this.#world = world;
    this.#scene = scene;
    this.#streams = new Map([
      ...setup.spec.streams.map(({ name }) => [name, new Subject<Stamped<StreamValue>>()] as const),
      ...ownSensors.map(({ spec, stream }) => [spec.name, stream] as const),
    ]);
    this.#cameras = conditions.cameras.map((camera) => ({
      sensor: new CameraSensor(camera, conditions.lighting, new Random(seed, `camera ${camera.name}`)),
      body: world.body(bodyName(camera.frame)),
      out: this.#streams.get(`images.${camera.name}`)!,
    }));
    this.#wrists = arms.flatMap(({ name, sensorLink }) => {
      if (sensorLink === undefined) return [];
      const readings = wristReadings(sensorLink);
      return {
        sensor: wrenchSensor(conditions.wrench, seed, wrenchStream(name)),
        out: this.#streams.get(wrenchStream(name))!,
        force: world.sensor(readings.force),
        torque: world.sensor(readings.torque),
        wrench: new Float64Array(6),
      };
    });
    this.#jointsOut = this.#streams.get('joints')!;
    this.#encoders = new JointSensor(names, conditions.joints, new Random(seed, 'encoders'));
    const { actionDelay } = conditions;
    this.#arms = arms.map((arm) => new SimArm(arm, world, actionDelay));
    this.#groups = new Map<string, SimGroup>([
      ...arms.map(({ name }, i) => [name, this.#arms[i]] as const),
      ...bases.map((base) => [base.name, new SimBase(base, world, actionDelay)] as const),
    ]);
    this.#odometers = bases.map((base) => ({
      odometry: new Odometry(base),
      at: names.indexOf(base.left[0]),
      out: this.#streams.get(odometryStream(base.name, bases))!,
    }));
    this.#position = new Float64Array(names.length);
    this.#velocity = new Float64Array(names.length);
    this.#widths = arms.flatMap(({ gripper }, i) => {
      const arm = this.#arms[i];
      return !gripper || arm.streamsFingers ? [] : [{ arm, at: names.indexOf(gripper.streamNames[0]) }];
    });
    const isWidth = (at: number) => this.#widths.some((each) => each.at === at);
    this.#joints = names.flatMap((name, at) => (isWidth(at) ? [] : [{ ...world.joint(name), at }]));
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

  command(name: string, { value }: Stamped<RobotCommand>): void {
    const group = this.#groups.get(name);
    if (!group) throw new CommandError(`no command "${name}": expected ${[...this.#groups.keys()].join(', ')}`);
    if (this.#stopped) group.check(value);
    else group.accept(value, this.clock.now());
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
    const now = this.clock.now();
    for (const group of this.#groups.values()) group.apply(now);
    this.#world.step();
    this.clock.advanceTo(this.#world.time);
    if (this.#running) this.#sampleSensors();
  }

  /**
   * Returns the true distance between the fingers (m), its rate (m/s), and the commanded distance (m); all 0 without a gripper.
   * @param arm name of the arm's command. Default: the working arm
   */
  gripper(arm = this.setup.workingArm?.name): { width: number; speed: number; commanded: number } {
    const group = arm === undefined ? undefined : this.#groups.get(arm);
    const gripper = group instanceof SimArm ? group.gripper : undefined;
    return gripper?.measure() ?? { width: 0, speed: 0, commanded: 0 };
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

  /** Changes mounting errors, optics and noise of the cameras, in their order, and the light, from the next exposures on. */
  changePictures({ cameras, lighting }: Pick<RobotConditions, 'cameras' | 'lighting'>): void {
    for (const [i, { sensor }] of this.#cameras.entries()) sensor.change(cameras[i], lighting);
  }

  /** Returns the true view of a camera, including its mounting error. */
  cameraView(name: string) {
    const camera = this.#cameras.find(({ sensor }) => sensor.setup.name === name)!;
    return camera.sensor.view(this.#world.bodyPose(camera.body));
  }

  #sampleSensors(): void {
    const now = this.clock.now();
    this.#renderCameras(now);
    for (const wrist of this.#wrists) this.#sampleWrench(now, wrist);
    this.#sampleJoints(now);
    for (const sensor of this.#ownSensors) sensor.publishDue(now);
  }

  #sampleWrench(now: number, { sensor, out, force, torque, wrench }: WristSensor): void {
    const readings = this.#world.view('sensordata');
    for (let i = 0; i < 3; i++) {
      wrench[i] = -readings[force + i];
      wrench[3 + i] = -readings[torque + i];
    }
    const reading = sensor.sample(now, wrench);
    if (reading) out.next({ value: reading.value, stamp: reading.stamp, received: now });
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
      const joint = this.#joints[i];
      this.#position[joint.at] = qpos[joint.qpos];
      this.#velocity[joint.at] = qvel[joint.qvel];
    }
    for (const { arm, at } of this.#widths) {
      const measured = arm.gripper?.measure();
      this.#position[at] = measured?.width ?? 0;
      this.#velocity[at] = measured?.speed ?? 0;
    }
    const reading = this.#encoders.sample(now, this.#position, this.#velocity);
    if (!reading) return;
    const { value, stamp } = reading;
    this.#jointsOut.next({ value, stamp, received: now });
    for (const odometer of this.#odometers) publishOdometry(odometer, value, stamp, now);
  }
}

/** Odometry of one base. */
interface Odometer {
  readonly odometry: Odometry;
  /** Index of the base's first wheel in the stream `joints`. */
  readonly at: number;
  readonly out: Subject<Stamped<StreamValue>>;
}

function publishOdometry({ odometry, at, out }: Odometer, joints: JointState, stamp: number, received: number): void {
  out.next({ value: odometry.advance(joints.position, joints.velocity, at), stamp, received });
}

/** Wrist sensor of an arm that has one. */
interface WristSensor {
  readonly sensor: WrenchSensor;
  readonly out: Subject<Stamped<StreamValue>>;
  /** First index of force and of torque in the physics' readings. */
  readonly force: number;
  readonly torque: number;
  /** True wrench at the sensor: force (N), then torque (Nm). */
  readonly wrench: Float64Array;
}

/** A wrist sensor whose noise and moments depend on the seed and the name of its stream. */
function wrenchSensor(setup: WrenchSetup, seed: number, stream: string): WrenchSensor {
  const moment = setup.timing && wrenchMoment(setup.timing, new Random(seed, `${stream} moments`));
  return new WrenchSensor(setup, new Random(seed, stream), moment);
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
