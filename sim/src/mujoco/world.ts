import loadModule, { type MainModule } from '@mujoco/mujoco';
import { InputError, type Pose } from '@praxis/core';
import type { Vector3 } from '@praxis/model';
import type { Contact, RayHit } from './world-view.ts';

/**
 * MuJoCo's WebAssembly module, for {@link World}. Its own type stays inside this file: the declarations of `@mujoco/mujoco` name a
 * type that does not exist, which a user's check of all declarations reports.
 */
export interface Mujoco {
  readonly MjModel: unknown;
}

let loaded: Promise<Mujoco> | undefined;

/**
 * Loads MuJoCo's WebAssembly module, once for each thread.
 * @param wasmUrl address of `mujoco.wasm` for browsers; Node finds the file in the package.
 */
export function loadMujoco({ wasmUrl }: { wasmUrl?: string } = {}): Promise<Mujoco> {
  loaded ??= (loadModule as (options?: object) => Promise<Mujoco>)(wasmUrl ? { locateFile: () => wasmUrl } : {});
  return loaded;
}

type Model = InstanceType<MainModule['MjModel']>;
type Data = InstanceType<MainModule['MjData']>;

/** Object kinds of `mj_name2id` (mjtObj). */
const OBJECT_KIND = { body: 1, joint: 3, equality: 17, actuator: 19, sensor: 20 } as const;

/** Geometry groups that rays see: all six. */
const ALL_GROUPS = [1, 1, 1, 1, 1, 1];

/** Names of the state arrays that the simulator reads or writes, all float64. */
export type ArrayName =
  | 'qpos'
  | 'qvel'
  | 'ctrl'
  | 'xpos'
  | 'xquat'
  | 'sensordata'
  | 'actuator_force'
  | 'qfrc_constraint'
  | 'qfrc_applied'
  | 'xfrc_applied'
  | 'mocap_pos'
  | 'mocap_quat';

/** First index of a joint in the arrays `qpos` and `qvel`. */
export interface JointAddress {
  readonly qpos: number;
  readonly qvel: number;
}

/**
 * Owns one MuJoCo model and its state. Growth of the WebAssembly heap detaches every view, and {@link view} then makes a new
 * one: never keep a view across a step.
 */
export class World {
  readonly #mujoco: MainModule;
  readonly #model: Model;
  readonly #data: Data;
  readonly #views = new Map<ArrayName, Float64Array>();
  /** What was looked up by name: MuJoCo takes some microseconds for each look-up, and mechanisms ask in every step. */
  readonly #ids = new Map<string, number>();
  readonly #joints = new Map<string, JointAddress>();
  #time = 0;
  #closed = false;
  /** Runs before each physics step, such as the mechanism of a task. Default: nothing. */
  beforeStep: (() => void) | undefined;

  /** @throws {InputError} with MuJoCo's own first line when the model does not compile. */
  constructor(module: Mujoco, mjcf: string) {
    const mujoco = module as MainModule;
    this.#mujoco = mujoco;
    try {
      this.#model = mujoco.MjModel.from_xml_string(mjcf);
    } catch (cause) {
      const line = String((cause as Error).message)
        .split('\n')
        .slice(0, 2)
        .join(': ');
      throw new InputError(`the scene does not compile: ${line}`, { cause });
    }
    this.#data = new mujoco.MjData(this.#model);
    mujoco.mj_forward(this.#model, this.#data);
  }

  /** Simulated time since the start (s). */
  get time(): number {
    return this.#time;
  }

  /** Duration of one {@link step} (s). */
  get timestep(): number {
    return this.#model.opt.timestep;
  }

  /**
   * Runs one physics step.
   * @throws {InputError} when the state diverged. MuJoCo itself resets to time 0 and only writes a log file.
   */
  step(): void {
    this.beforeStep?.();
    this.#mujoco.mj_step(this.#model, this.#data);
    const time = this.#data.time;
    if (!(time > this.#time))
      throw new InputError(`physics diverged after ${this.#time} s: a control or state was not finite or too large`);
    this.#time = time;
  }

  /** Recomputes all derived state without advancing time. */
  forward(): void {
    this.#mujoco.mj_forward(this.#model, this.#data);
  }

  /** Returns a live view of one state array, in SI units and MuJoCo's layout. */
  view(name: ArrayName): Float64Array {
    let view = this.#views.get(name);
    if (!view || view.length === 0) {
      view = this.#data[name] as Float64Array;
      this.#views.set(name, view);
    }
    return view;
  }

  /** Returns the index of a body. @throws {InputError} for an unknown name */
  body(name: string): number {
    return this.#id('body', name);
  }

  /** Returns the row of a mocap body in `mocap_pos` and `mocap_quat`. @throws {InputError} for any other body */
  mocap(name: string): number {
    const row = (this.#model.body_mocapid as Int32Array)[this.body(name)];
    if (row < 0) throw new InputError(`body "${name}" is moved by physics, expected a mocap body`);
    return row;
  }

  /** Returns the index of an actuator in `ctrl`. @throws {InputError} for an unknown name */
  actuator(name: string): number {
    return this.#id('actuator', name);
  }

  /** Returns the first index of a joint in `qpos` and in `qvel`. @throws {InputError} for an unknown name */
  joint(name: string): JointAddress {
    let address = this.#joints.get(name);
    if (!address) {
      const id = this.#id('joint', name);
      const [qpos, qvel] = [this.#model.jnt_qposadr as Int32Array, this.#model.jnt_dofadr as Int32Array];
      address = { qpos: qpos[id], qvel: qvel[id] };
      this.#joints.set(name, address);
    }
    return address;
  }

  /** Sets a joint's viscous damping (Nms/rad or Ns/m) and returns the previous one. @throws {InputError} for an unknown name */
  setDamping(joint: string, damping: number): number {
    const all = this.#model.dof_damping as Float64Array;
    const { qvel } = this.joint(joint);
    const before = all[qvel];
    all[qvel] = damping;
    return before;
  }

  /** Lets go of what an equality constraint holds, for good. @throws {InputError} for an unknown name */
  endEquality(name: string): void {
    const id = this.#id('equality', name);
    // The module cannot show `eq_active`. A constraint without stiffness, damping and impedance does nothing.
    (this.#model.eq_solref as Float64Array).fill(-Number.MIN_VALUE, 2 * id, 2 * id + 2);
    (this.#model.eq_solimp as Float64Array).fill(0, 5 * id, 5 * id + 2);
  }

  /** Returns the first index of a sensor in `sensordata`. @throws {InputError} for an unknown name */
  sensor(name: string): number {
    return (this.#model.sensor_adr as Int32Array)[this.#id('sensor', name)];
  }

  /** Names of the bodies, in MuJoCo's order, without `world`. */
  get bodies(): readonly string[] {
    return Array.from({ length: this.#model.nbody - 1 }, (_, i) => this.#bodyName(i + 1));
  }

  /** Returns the pose of a body in the world frame: position (m) and quaternion x, y, z, w. @param body index of {@link body} */
  bodyPose(body: number): Pose {
    const x = this.view('xpos');
    const q = this.view('xquat');
    return Float64Array.of(
      x[3 * body],
      x[3 * body + 1],
      x[3 * body + 2],
      q[4 * body + 1],
      q[4 * body + 2],
      q[4 * body + 3],
      q[4 * body],
    );
  }

  /** Returns the velocity of a body's origin in the world frame: linear (m/s), then angular (rad/s). @throws {InputError} for an unknown name */
  bodyVelocity(name: string): Float64Array {
    const out = new this.#mujoco.DoubleBuffer(6);
    try {
      this.#mujoco.mj_objectVelocity(this.#model, this.#data, OBJECT_KIND.body, this.body(name), out, 0);
      const [wx, wy, wz, vx, vy, vz] = out.GetView() as Float64Array;
      return Float64Array.of(vx, vy, vz, wx, wy, wz);
    } finally {
      out.delete();
    }
  }

  /** Returns the contacts after the last step. */
  contacts(): readonly Contact[] {
    const found: Contact[] = [];
    const all = this.#data.contact;
    const wrench = new this.#mujoco.DoubleBuffer(6);
    try {
      for (let i = 0; i < this.#data.ncon; i++) {
        const contact = all.get(i)!;
        this.#mujoco.mj_contactForce(this.#model, this.#data, i, wrench);
        const [normal, along, across] = wrench.GetView() as Float64Array;
        const frame = contact.frame as Float64Array;
        const force = (axis: number) => normal * frame[axis] + along * frame[3 + axis] + across * frame[6 + axis];
        const [x, y, z] = contact.pos as Float64Array;
        found.push({
          bodies: [this.#bodyOfGeometry(contact.geom1), this.#bodyOfGeometry(contact.geom2)],
          position: [x, y, z],
          normal: [frame[0], frame[1], frame[2]],
          force: [force(0), force(1), force(2)],
        });
        contact.delete();
      }
    } finally {
      wrench.delete();
      all.delete();
    }
    return found;
  }

  /** Returns the first surface on a ray (m, world frame); undefined when there is none. @throws {InputError} for an unknown body */
  ray(origin: Vector3, direction: Vector3, except?: string): RayHit | undefined {
    const length = Math.sqrt(direction[0] ** 2 + direction[1] ** 2 + direction[2] ** 2);
    const excluded = except === undefined ? -1 : this.body(except);
    const geometry = new this.#mujoco.IntBuffer(1);
    try {
      const unit = direction.map((each) => each / length);
      const [model, data] = [this.#model, this.#data];
      const distance = this.#mujoco.mj_ray(model, data, [...origin], unit, ALL_GROUPS, true, excluded, geometry, null);
      if (distance < 0) return undefined;
      return { distance, body: this.#bodyOfGeometry((geometry.GetView() as Int32Array)[0]) };
    } finally {
      geometry.delete();
    }
  }

  #bodyOfGeometry(geometry: number): string {
    return this.#bodyName((this.#model.geom_bodyid as Int32Array)[geometry]);
  }

  #bodyName(id: number): string {
    return this.#mujoco.mj_id2name(this.#model, OBJECT_KIND.body, id) ?? '';
  }

  /** Frees the memory. It is safe to call twice; no other method may be called after it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#views.clear();
    this.#data.delete();
    this.#model.delete();
  }

  #id(kind: keyof typeof OBJECT_KIND, name: string): number {
    const key = `${kind} ${name}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#mujoco.mj_name2id(this.#model, OBJECT_KIND[kind], name);
      if (id < 0) throw new InputError(`the scene has no ${kind} "${name}"`);
      this.#ids.set(key, id);
    }
    return id;
  }
}
