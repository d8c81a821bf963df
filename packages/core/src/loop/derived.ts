import { type Observable, Subject } from 'rxjs';
import { BindError } from '../errors/errors.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { Robot } from '../ports/robot.ts';
import type { SignalSpec } from '../signals/specs.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { JointState, StreamValue, Wrench } from '../signals/values.ts';
import { ContactWrench, type ToolLoad } from './contact-wrench.ts';
import { EndEffectorState } from './end-effector-state.ts';
import { IGNORE_STREAM_FAULTS, type StreamFaultHandler, subscribeChecked } from './subscribe-checked.ts';

/** Name of the stream with the end effector's state. */
export const EE_STATE = 'ee_state';
/** Name of the stream with the contact wrench. */
export const CONTACT_WRENCH = 'wrench.contact';

/** The robot, kinematics and tool from which {@link DerivedStreams} computes its streams. */
export interface DerivedStreamsOptions {
  readonly robot: Robot;
  readonly kinematics: Kinematics;
  /** Load of the force/torque sensor. Without it there is no `wrench.contact`: gravity would look like contact. */
  readonly tool?: ToolLoad;
  /** Base frame of the kinematics. Default `base_link`. */
  readonly baseFrame?: string;
  /** Joints whose positions add up to the gripper width (m). Default `finger_joint1`, `finger_joint2`. */
  readonly fingerJoints?: readonly string[];
}

/**
 * Streams computed from a robot's streams: `ee_state` (`[x, y, z, rx, ry, rz, width, width velocity]`, tool in the base
 * frame) at the rate of `joints`, and `wrench.contact` (gravity-compensated, tared, averaged) at 100 Hz from `wrench`.
 * Each sample is emitted synchronously with its source.
 */
export class DerivedStreams {
  readonly specs: readonly SignalSpec[];
  readonly endEffector: EndEffectorState;
  /** Undefined if the robot has no `wrench` stream or the tool's load is unknown. */
  readonly contact: ContactWrench | undefined;
  readonly #robot: Robot;
  readonly #jointsSpec: SignalSpec;
  /** Spec of the `wrench` stream; undefined if `contact` is. */
  readonly #wrenchSpec: SignalSpec | undefined;
  readonly #subjects = new Map<string, Subject<Stamped<StreamValue>>>();

  /** @throws {BindError} when the robot lacks a needed joint. */
  constructor({ robot, kinematics, tool, baseFrame = 'base_link', fingerJoints }: DerivedStreamsOptions) {
    this.#robot = robot;
    const joints = robot.spec.streams.find((stream) => stream.name === 'joints');
    if (!joints) throw new BindError(`robot ${robot.spec.name}: no stream joints, which the control loop needs`);
    this.#jointsSpec = joints;
    this.endEffector = new EndEffectorState(kinematics, joints, fingerJoints);
    const specs: SignalSpec[] = [{ ...EndEffectorState.spec, name: EE_STATE, frame: baseFrame, rateHz: joints.rateHz }];
    const wrench = robot.spec.streams.find((stream) => stream.name === 'wrench');
    if (wrench && tool) {
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
    const subscription = subscribeChecked(this.#robot, this.#jointsSpec, faults, (sample) =>
      this.#handleJoints(sample as Stamped<JointState>),
    );
    if (this.#wrenchSpec) {
      subscription.add(
        subscribeChecked(this.#robot, this.#wrenchSpec, faults, (sample) =>
          this.#handleWrench(sample as Stamped<Wrench>),
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
    this.#subjects.get(EE_STATE)!.next({ value: state, stamp, received });
  }

  #handleWrench({ value, stamp, received }: Stamped<Wrench>): void {
    const { contact, endEffector } = this;
    // The direction of gravity in the sensor frame is unknown before the first joint state.
    if (!contact || !endEffector.known) return;
    const mean = contact.addSample(value, stamp, endEffector.pose);
    if (mean) this.#subjects.get(CONTACT_WRENCH)!.next({ value: mean, stamp, received });
  }
}
