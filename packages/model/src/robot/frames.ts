import { originOf } from '../description/origin.ts';
import type { Joint, RobotModel } from '../description/robot-model.ts';
import type { RobotDefinition } from './definition.ts';

type Frames = RobotDefinition['frames'];

/** Why a frame of `robot.yaml` cannot be added to the description. */
export interface FrameFault {
  /** Place in `robot.yaml`, as in `frames.grasp.link`. */
  readonly subject: string;
  readonly message: string;
}

/** Name of the joint that fixes a frame of `robot.yaml` to its link. */
const jointName = (frame: string): string => `${frame}_frame_joint`;

/** What keeps frames of `robot.yaml` from being added to a model: links that are not there, and names that are taken. */
export function frameFaults({ links, joints }: RobotModel, frames: Frames): readonly FrameFault[] {
  const names = new Set(links.map(({ name }) => name));
  const taken = new Set(joints.map(({ name }) => name));
  return Object.entries(frames).flatMap(([name, { link }]) => {
    const subject = `frames.${name}`;
    return [
      ...(names.has(name) ? [{ subject, message: 'the description has a link of this name' }] : []),
      ...(taken.has(jointName(name)) ? [{ subject, message: `the description has a joint ${jointName(name)}` }] : []),
      ...(names.has(link)
        ? []
        : [{ subject: `${subject}.link`, message: `link "${link}": the description has none of this name` }]),
    ];
  });
}

/**
 * A model with the frames of `robot.yaml` as links without mass and shape, behind those of the description. Frames that have a fault
 * are left out.
 */
export function withFrames(model: RobotModel, frames: Frames): RobotModel {
  const added = Object.entries(frames).filter(([name, frame]) => frameFaults(model, { [name]: frame }).length === 0);
  if (added.length === 0) return model;
  return {
    ...model,
    links: [...model.links, ...added.map(([name]) => ({ name, visuals: [], collisions: [] }))],
    joints: [
      ...model.joints,
      ...added.map(
        ([name, { link, xyz, rpy }]): Joint => ({
          ...{ name: jointName(name), type: 'fixed', parent: link, child: name },
          ...{ origin: originOf(xyz, rpy), axis: [1, 0, 0] },
        }),
      ),
    ],
  };
}
