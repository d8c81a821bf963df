import { InputError } from '@praxis/core';
import type { Joint, RobotModel } from '../../description/robot-model.ts';

/** True for a joint that moves along or about one axis. */
export const hasOneAxis = ({ type }: Joint): boolean =>
  type === 'revolute' || type === 'continuous' || type === 'prismatic';

/** The tree of a robot, asked from the links upwards. */
export class LinkTree {
  readonly model: RobotModel;
  readonly #above: ReadonlyMap<string, Joint>;

  constructor(model: RobotModel) {
    this.model = model;
    this.#above = new Map(model.joints.map((joint) => [joint.child, joint]));
  }

  /** Joints from the root to a link, root first; empty for the root. */
  pathTo(link: string): readonly Joint[] {
    const path: Joint[] = [];
    for (let joint = this.#above.get(link); joint; joint = this.#above.get(joint.parent)) path.push(joint);
    return path.reverse();
  }

  /** The link that carries a link's rigid group: the child of the last moving joint above it, or the root. */
  carrierOf(link: string): string {
    let at = link;
    for (let joint = this.#above.get(at); joint?.type === 'fixed'; joint = this.#above.get(at)) at = joint.parent;
    return at;
  }

  /** All links that are rigidly connected with a link, in the order of the description. */
  groupOf(link: string): readonly string[] {
    const carrier = this.carrierOf(link);
    return this.model.links.map(({ name }) => name).filter((name) => this.carrierOf(name) === carrier);
  }

  /** True when `link` is `ancestor` or hangs below it. */
  isBelow(link: string, ancestor: string): boolean {
    return link === ancestor || this.pathTo(link).some((joint) => joint.parent === ancestor);
  }

  /**
   * Joints between two links, base first.
   * @throws {InputError} when the tool does not hang below the base
   */
  between(base: string, tool: string): readonly Joint[] {
    const path = this.pathTo(tool);
    if (base === tool) return [];
    const first = path.findIndex((joint) => joint.parent === base);
    if (first < 0) throw new InputError(`link "${tool}": does not hang below link "${base}"`);
    return path.slice(first);
  }
}
