import loadModule, { type MainModule } from '@mujoco/mujoco';
import { InputError } from '@praxis/core';

/** MuJoCo's module. */
export type Mujoco = MainModule;

let loaded: Promise<Mujoco> | undefined;

/**
 * MuJoCo's WebAssembly module, instantiated once for each thread.
 * @param wasmUrl where the browser finds `mujoco.wasm`; Node finds it inside the package.
 */
export function loadMujoco({ wasmUrl }: { wasmUrl?: string } = {}): Promise<Mujoco> {
  loaded ??= (loadModule as (options?: object) => Promise<Mujoco>)(wasmUrl ? { locateFile: () => wasmUrl } : {});
  return loaded;
}

type Model = InstanceType<Mujoco['MjModel']>;
type Data = InstanceType<Mujoco['MjData']>;

/** Object kinds of `mj_name2id` (mjtObj). */
const OBJECT_KIND = { body: 1, joint: 3, actuator: 19, sensor: 20 } as const;

/** Names of the arrays that we look at, all float64. */
type ArrayName =
  | 'qpos'
  | 'qvel'
  | 'ctrl'
  | 'xpos'
  | 'xquat'
  | 'sensordata'
  | 'actuator_force'
  | 'qfrc_constraint'
  | 'xfrc_applied'
  | 'mocap_pos'
  | 'mocap_quat';

/**
 * Thin owner of one MuJoCo model and its state. Views into WebAssembly memory are fetched again when the heap has grown
 * and detached them: never keep one across a step.
 */
export class World {
  readonly #mujoco: Mujoco;
  readonly #model: Model;
  readonly #data: Data;
  readonly #views = new Map<ArrayName, Float64Array>();
  #time = 0;
  #closed = false;

  /** @throws {InputError} with MuJoCo's own first line when the model does not compile. */
  constructor(mujoco: Mujoco, mjcf: string) {
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

  /** Seconds since the start. */
  get time(): number {
    return this.#time;
  }

  /** Seconds of one {@link step}. */
  get timestep(): number {
    return this.#model.opt.timestep;
  }

  /**
   * One physics step.
   * @throws {InputError} when the state diverged. MuJoCo then starts again at time 0 and says so only in a log file.
   */
  step(): void {
    this.#mujoco.mj_step(this.#model, this.#data);
    const time = this.#data.time;
    if (!(time > this.#time))
      throw new InputError(`physics diverged after ${this.#time} s: a control or state was not finite or too large`);
    this.#time = time;
  }

  /** Recomputes everything that depends on positions, without moving time. */
  forward(): void {
    this.#mujoco.mj_forward(this.#model, this.#data);
  }

  /** Live view of one array of the state. */
  view(name: ArrayName): Float64Array {
    let view = this.#views.get(name);
    if (!view || view.length === 0) {
      view = this.#data[name] as Float64Array;
      this.#views.set(name, view);
    }
    return view;
  }

  /** Index of a named body. @throws {InputError} */
  body(name: string): number {
    return this.#id(OBJECT_KIND.body, name);
  }

  /** Where a named body that is moved by hand begins in `mocap_pos` and `mocap_quat`, as a row. @throws {InputError} */
  mocap(name: string): number {
    const row = (this.#model.body_mocapid as Int32Array)[this.body(name)];
    if (row < 0) throw new InputError(`body "${name}" is moved by physics, expected one that is moved by hand`);
    return row;
  }

  /** Index of a named actuator in `ctrl`. @throws {InputError} */
  actuator(name: string): number {
    return this.#id(OBJECT_KIND.actuator, name);
  }

  /** Where a joint's numbers begin in `qpos` and `qvel`. @throws {InputError} */
  joint(name: string): { qpos: number; qvel: number } {
    const id = this.#id(OBJECT_KIND.joint, name);
    return { qpos: (this.#model.jnt_qposadr as Int32Array)[id], qvel: (this.#model.jnt_dofadr as Int32Array)[id] };
  }

  /** Sets the viscous damping of a joint (Nms/rad or Ns/m), and says what it was. @throws {InputError} */
  setDamping(joint: string, damping: number): number {
    const all = this.#model.dof_damping as Float64Array;
    const { qvel } = this.joint(joint);
    const before = all[qvel];
    all[qvel] = damping;
    return before;
  }

  /** Where a sensor's numbers begin in `sensordata`. @throws {InputError} */
  sensor(name: string): number {
    return (this.#model.sensor_adr as Int32Array)[this.#id(OBJECT_KIND.sensor, name)];
  }

  /** Frees the memory. Safe to call twice; nothing else may be called after it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#views.clear();
    this.#data.delete();
    this.#model.delete();
  }

  #id(kind: number, name: string): number {
    const id = this.#mujoco.mj_name2id(this.#model, kind, name);
    if (id < 0) throw new InputError(`the scene has no "${name}"`);
    return id;
  }
}
