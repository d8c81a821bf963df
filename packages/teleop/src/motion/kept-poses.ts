import type { ToolPose } from './tool-pose.ts';

/** Poses that are kept to go back to. */
const MOST = 64;

/** Where the tool was when each goal began; the oldest is forgotten when there are too many. */
export class KeptPoses {
  readonly #poses = new Map<number, ToolPose>();

  /** @param id of the goal */
  keep(id: number, pose: ToolPose): void {
    this.#poses.set(id, pose);
    if (this.#poses.size > MOST) this.#poses.delete(this.#poses.keys().next().value!);
  }

  at(id: number): ToolPose | undefined {
    return this.#poses.get(id);
  }

  clear(): void {
    this.#poses.clear();
  }
}
