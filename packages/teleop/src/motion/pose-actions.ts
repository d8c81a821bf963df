import {
  ACTION_SPACES,
  type ActionBlock,
  type ActionChunk,
  type ActionSpec,
  ARM_POSE,
  actionsOf,
  FORCE_BLOCK,
  GRIPPER_WIDTH,
  InputError,
  isOpening,
  type PolicySpec,
  referenceOf,
  STIFFNESS_BLOCK,
  stiffTool,
} from '@praxis/core';

/**
 * The actions of a learned policy, as a program gives them that knows poses of the tool and widths of the gripper: they take the place
 * of the learned policy's motion of the arm and opening of the gripper, and the control loop converts them.
 */
export class PoseActions {
  /** The learned policy's actions, which also accept poses of the tool. */
  readonly specs: readonly ActionSpec[];
  readonly #arm: ActionSpec;
  readonly #gripper: ActionSpec | undefined;
  /** Stiffness and force of the tool, of a policy with a compliant one. */
  readonly #compliance: readonly ActionSpec[];

  /**
   * @param purpose what gives the poses, for messages, such as `motion by words`
   * @throws {InputError} when poses and widths cannot give one of the actions; the message names it
   */
  constructor(learned: PolicySpec, purpose: string) {
    const actions = actionsOf(learned);
    const find = (commands: string) => actions.filter(({ space }) => ACTION_SPACES[space].commands === commands);
    const [[arm, other], [gripper, second]] = [find('motion'), find('gripper')];
    const compliance = [...find('stiffness'), ...find('wrench')];
    const known = [arm, gripper, ...compliance];
    const extra = other ?? second ?? actions.find((action) => !known.includes(action));
    if (!arm) throw new InputError(`policy ${learned.name}: no action moves an arm, which ${purpose} needs`);
    if (extra) {
      throw new InputError(
        `policy ${learned.name}: action ${extra.name} (${extra.space}), expected one arm and its gripper for ${purpose}`,
      );
    }
    if (arm.space === 'ee_twist' || arm.space === 'joint_velocity') {
      const expected = `ee_pose, ee_delta, joint_position or joint_delta for ${purpose}`;
      throw new InputError(`policy ${learned.name}: action ${arm.name} is a ${arm.space}, expected ${expected}`);
    }
    if (gripper && referenceOf(gripper) !== 'absolute') {
      const given = `action ${gripper.name} is relative`;
      throw new InputError(`policy ${learned.name}: ${given}, expected an absolute gripper for ${purpose}`);
    }
    this.#arm = arm;
    this.#gripper = gripper;
    this.#compliance = compliance;
    this.specs = actions.map((action) =>
      action === arm && arm.space !== 'ee_pose' ? { ...action, alternative: 'ee_pose' } : action,
    );
  }

  /**
   * A chunk of `arm` and `gripper` under the names of the learned policy's actions. A compliant tool is stiff unless the chunk has its
   * `stiffness` and `force` too.
   */
  translate(chunk: ActionChunk): ActionChunk {
    const { [ARM_POSE.name]: poses, [GRIPPER_WIDTH.name]: widths } = chunk.blocks;
    const blocks: Record<string, ActionBlock> = { [this.#arm.name]: poses };
    const gripper = this.#gripper;
    if (gripper) blocks[gripper.name] = isOpening(gripper) ? { ...widths, unit: 'm' } : widths;
    const tool = { ...stiffTool(chunk.horizon), ...chunk.blocks };
    for (const { name, space } of this.#compliance) {
      blocks[name] = tool[space === 'wrench' ? FORCE_BLOCK : STIFFNESS_BLOCK];
    }
    return { ...chunk, blocks };
  }

  /** A chunk of the learned policy along whose poses the tool can brake; undefined where it has none. */
  pathOf(chunk: ActionChunk | undefined): ActionChunk | undefined {
    if (!chunk || this.#arm.space !== 'ee_pose') return undefined;
    if (!this.#gripper || !isOpening(this.#gripper)) return chunk;
    // Openings are no widths: the fingers keep the width that is measured.
    return { ...chunk, blocks: { [this.#arm.name]: chunk.blocks[this.#arm.name] } };
  }
}
