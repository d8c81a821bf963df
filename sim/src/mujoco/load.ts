import loadModule, { type MainModule } from '@mujoco/mujoco';

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
