import { type Observable, Subject } from 'rxjs';
import { BindError } from '../errors/errors.ts';
import { type Kinematics, NO_ARM } from '../ports/kinematics.ts';
import type { Robot } from '../ports/robot.ts';
import { jointStateFault } from '../signals/sample-fault.ts';
import type { SignalSpec } from '../signals/specs.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { JointState, StreamValue, Wrench } from '../signals/values.ts';
import { ContactWrench, type ToolLoad } from './contact-wrench.ts';
import { EndEffectorState } from './end-effector-state.ts';
import type { ArmOptions } from './options.ts';
import { IGNORE_STREAM_FAULTS, type StreamFaultHandler, subscribeChecked } from './subscribe-checked.ts';

/** Name of the stream with the end effector's state. */
export const EE_STATE = 'ee_state';
/** Name of the stream with the contact wrench. */
export const CONTACT_WRENCH = 'wrench.contact';

/** The robot, kinematics and tool from which {@link DerivedStreams} computes its streams. */
export interface DerivedStreamsOptions {
  readonly robot: Robot;
  /** Chain of the main arm. Default: none, and then there is no `ee_state`. */
  readonly kinematics?: Kinematics;
  /** Load of the force/torque sensor. Without it there is no `wrench.contact`: gravity would look like contact. */
  readonly tool?: ToolLoad;
  /** Base frame of the kinematics. Default `base_link`. */
  readonly baseFrame?: string;
  /** Joints whose positions add up to the gripper width (m). Default `finger_joint1`, `finger_joint2`. */
  readonly fingerJoints?: readonly string[];
  /** Other arms by the names of their commands. */
  readonly arms?: Readonly<Record<string, Pick<ArmOptions, 'kinematics' | 'baseFrame' | 'fingerJoints' | 'tool'>>>;
}

/**
 * Streams computed from a robot's streams: `ee_state` (`[x, y, z, rx, ry, rz, width, width velocity]`, tool in the base
 * frame) at the rate of `joints`, `ee_state.NAME` of each other arm, `wrench.contact.NAME` of those with a sensor `wrench.NAME`, and `wrench.contact` (gravity-compensated, tared, averaged) at 100 Hz from `wrench`.
 * Each sample is emitted synchronously with its source.
 */
export class DerivedStreams {
  readonly specs: readonly SignalSpec[];
  /** State of the main arm; a tool at the base without one. */
  readonly endEffector: EndEffectorState;
  /** States of the other arms by the names of their commands. */
  readonly endEffectors: ReadonlyMap<string, EndEffectorState>;
  /** Contact wrenches of the other arms by the names of their commands, of those with a sensor and a known load. */
  readonly contacts: ReadonlyMap<string, ContactWrench>;
  /** Undefined if the robot has no `wrench` stream or the tool's load is unknown. */
  readonly contact: ContactWrench | undefined;
  readonly #robot: Robot;
  readonly #jointsSpec: SignalSpec;
  /** Spec of the `wrench` stream; undefined if `contact` is. */
  readonly #wrenchSpec: SignalSpec | undefined;
  /** Specs of the `wrench.NAME` streams of the other arms in `contacts`. */
  readonly #sensors = new Map<string, SignalSpec>();
  readonly #subjects = new Map<string, Subject<Stamped<StreamValue>>>();

  /** @throws {BindError} when the robot lacks a needed joint. */
  constructor({ robot, kinematics, tool, baseFrame = 'base_link', fingerJoints, arms = {} }: DerivedStreamsOptions) {
    this.#robot = robot;
    const joints = robot.spec.streams.find((stream) => stream.name === 'joints');
    if (!joints) throw new BindError(`robot ${robot.spec.name}: no stream joints, which the control loop needs`);
    this.#jointsSpec = joints;
    this.endEffector = new EndEffectorState(kinematics ?? NO_ARM, joints, kinematics ? fingerJoints : []);
    const stateSpec = (name: string, frame: string): SignalSpec => {
      return { ...EndEffectorState.spec, name, frame, rateHz: joints.rateHz };
    };
    const specs: SignalSpec[] = kinematics ? [stateSpec(EE_STATE, baseFrame)] : [];
    const others = new Map<string, EndEffectorState>();
    const contacts = new Map<string, ContactWrench>();
    for (const [name, { kinematics, baseFrame = 'base_link', fingerJoints = [], tool }] of Object.entries(arms)) {
      others.set(name, new EndEffectorState(kinematics, joints, fingerJoints));
      specs.push(stateSpec(`${EE_STATE}.${name}`, baseFrame));
      const sensor = robot.spec.streams.find((stream) => stream.name === `wrench.${name}`);
      if (!sensor || !tool) continue;
      const contact = new ContactWrench(tool, sensor.rateHz);
      contacts.set(name, contact);
      this.#sensors.set(name, sensor);
      specs.push({ ...sensor, name: `${CONTACT_WRENCH}.${name}`, rateHz: contact.rateHz, unit: ContactWrench.unit });
    }
    this.endEffectors = others;
    this.contacts = contacts;
    const wrench = robot.spec.streams.find((stream) => stream.name === 'wrench');
    if (kinematics && wrench && tool) {
      this.#wrenchSpec = wrench;
      this.contact = new ContactWrench(tool, wrench.rateHz);
      specs.push({ ...wrench, name: CONTACT_WRENCH, rateHz: this.contact.rateHz, unit: ContactWrench.unit });
    }
    this.specs = specs;
    for (const { name } of specs) this.#subjects.set(name, new Subject());
  }

  /** Samples of a derived stream. There are none before {@link connect}. */
  stream(name: string): Observable<Stamped<StreamValue>> {
    const subject = this.#subjects.get(name);
    if (!subject) throw new BindError(`derived streams: no ${name}, only ${[...this.#subjects.keys()].join(', ')}`);
    return subject.asObservable();
  }

  /** Subscribes to the robot. The returned function unsubscribes and completes the derived streams. */
  connect(faults: StreamFaultHandler = IGNORE_STREAM_FAULTS): () => void {
    const subscription = subscribeChecked(
      this.#robot,
      this.#jointsSpec,
      faults,
      (sample) => this.#handleJoints(sample as Stamped<JointState>),
      jointStateFault,
    );
    if (this.#wrenchSpec) {
      subscription.add(
        subscribeChecked(this.#robot, this.#wrenchSpec, faults, (sample) =>
          this.#handleWrench(sample as Stamped<Wrench>),
        ),
      );
    }
    for (const [name, sensor] of this.#sensors) {
      subscription.add(
        subscribeChecked(this.#robot, sensor, faults, (sample) =>
          this.#handleOtherWrench(name, sample as Stamped<Wrench>),
        ),
      );
    }
    return () => {
      subscription.unsubscribe();
      for (const subject of this.#subjects.values()) subject.complete();
    };
  }

  #handleJoints({ value, stamp, received }: Stamped<JointState>): void {
    const state = this.endEffector.computeSample(value);
    // Every arm is measured before a listener may use one of them.
    const others = [...this.endEffectors].map(([name, each]) => [name, each.computeSample(value)] as const);
    this.#subjects.get(EE_STATE)?.next({ value: state, stamp, received });
    for (const [name, other] of others) {
      this.#subjects.get(`${EE_STATE}.${name}`)!.next({ value: other, stamp, received });
    }
  }

  #handleWrench({ value, stamp, received }: Stamped<Wrench>): void {
    const { contact, endEffector } = this;
    // The direction of gravity in the sensor frame is unknown before the first joint state.
    if (!contact || !endEffector.known) return;
    const mean = contact.addSample(value, stamp, endEffector.pose);
    if (mean) this.#subjects.get(CONTACT_WRENCH)!.next({ value: mean, stamp, received });
  }

  #handleOtherWrench(name: string, { value, stamp, received }: Stamped<Wrench>): void {
    const [contact, endEffector] = [this.contacts.get(name), this.endEffectors.get(name)];
    if (!contact || !endEffector?.known) return;
    const mean = contact.addSample(value, stamp, endEffector.pose);
    if (mean) this.#subjects.get(`${CONTACT_WRENCH}.${name}`)!.next({ value: mean, stamp, received });
  }
}
