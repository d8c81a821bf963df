import { poseInFrame, type ToolLoad } from '@praxis/core';
import { KinematicTree, type RobotModel } from '@praxis/model';
import { toChildFrame, toParentFrame } from './frames.ts';

/** Returns a link and all links below it. */
export function linksBelow(model: RobotModel, link: string): ReadonlySet<string> {
  const found = new Set([link]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { parent, child } of model.joints) {
      if (found.has(parent) && !found.has(child)) {
        found.add(child);
        grown = true;
      }
    }
  }
  return found;
}

/**
 * Computes mass (kg) and centre of mass (m, sensor frame) of every link behind the wrist sensor with the fingers at zero,
 * and the pose of the sensor in the tool frame. Links without mass mean no compensation: mass 0 at the sensor's origin.
 */
export function toolLoad(model: RobotModel, sensorLink = 'ft_sensor_link', toolLink = 'tool0'): ToolLoad {
  const tree = new KinematicTree(model);
  const sensor = tree.pose(sensorLink, {});
  const behind = linksBelow(model, sensorLink);
  let toolMass = 0;
  const moment = [0, 0, 0];
  for (const link of model.links) {
    if (!behind.has(link.name) || !link.inertial) continue;
    const pose = tree.pose(link.name, {});
    const centre = toParentFrame(pose, link.inertial.origin.xyz);
    toolMass += link.inertial.mass;
    for (let i = 0; i < 3; i++) moment[i] += link.inertial.mass * centre[i];
  }
  const tool = tree.pose(toolLink, {});
  const centre = (): [number, number, number] =>
    toChildFrame(
      sensor,
      moment.map((m) => m / toolMass),
    );
  return {
    toolMass,
    toolCentreOfMass: toolMass > 0 ? centre() : ([0, 0, 0] as [number, number, number]),
    ftInTool: poseInFrame(tool, sensor),
  };
}
