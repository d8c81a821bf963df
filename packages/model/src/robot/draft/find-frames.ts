import type { RobotModel } from '../../description/robot-model.ts';
import { LinkTree } from '../analysis/rigid-groups.ts';
import type { CameraDefinition } from '../definition.ts';
import type { FoundArm } from './find-arms.ts';
import type { Guess } from './guess.ts';

const SENSOR = /(^|[_-])(ft|fts|force_?torque|wrench|ati)([_-]|$)|(^|[_-])ft_?sensor|force_?torque/i;
const CAMERA = /camera|(^|[_-])cam([_-]|\d|$)|realsense|optical/i;

/** The link of a wrist sensor: between the last joint and the gripper, by its name. */
export function findWristSensor(arm: FoundArm, tree: LinkTree): string | undefined {
  const last = arm.joints.at(-1)?.child;
  return tree.model.links
    .map(({ name }) => name)
    .find((link) => SENSOR.test(link) && last !== undefined && tree.isBelow(link, last));
}

const DEFAULT_CAMERA = { size: [640, 480], fov: 42, rate: 15, noise: 0.012 } as const;

/** Links of cameras by their names: of links that belong together the optical frame of the colour image. */
export function findCameras(model: RobotModel): {
  readonly cameras: Readonly<Record<string, CameraDefinition>>;
  readonly guesses: readonly Guess[];
} {
  const tree = new LinkTree(model);
  const links = model.links
    .map(({ name }) => name)
    .filter((link) => CAMERA.test(link) || model.cameras?.[link] !== undefined);
  const chosen = new Map<string, string>();
  const rank = (link: string): number =>
    (/optical/i.test(link) ? 4 : 0) +
    (/colou?r|rgb/i.test(link) ? 2 : 0) -
    (/depth|infra|imu|accel|gyro/i.test(link) ? 3 : 0);
  for (const link of links) {
    // One camera for each rigid group and name stem: a RealSense has a dozen frames.
    const stem = link.replace(
      /[_-]?(colou?r|rgb|depth|infra\d?|left|right|imu|accel|gyro|optical|aligned|bottom|screw|frame|link)/gi,
      '',
    );
    const key = `${tree.carrierOf(link)} ${stem}`;
    const other = chosen.get(key);
    if (other === undefined || rank(link) > rank(other)) chosen.set(key, link);
  }
  const cameras: Record<string, CameraDefinition> = {};
  const guesses: Guess[] = [];
  for (const frame of chosen.values()) {
    const stem = frame.replace(/[_-]?(optical|frame|link)/gi, '') || frame;
    const name = Object.hasOwn(cameras, stem) ? frame : stem;
    const optics = model.cameras?.[frame];
    const [width, height] = optics?.size ?? DEFAULT_CAMERA.size;
    const fov = optics?.fov ?? DEFAULT_CAMERA.fov;
    cameras[name] = { frame, ...DEFAULT_CAMERA, size: [width, height], fov };
    const value = `${frame}, ${width}x${height}, ${fov} degrees, 15 Hz`;
    if (optics) {
      const missing = optics.size ? 'rate' : 'size and rate';
      const reason = `a camera of the description, which states its field of view; set its ${missing}`;
      guesses.push({ key: `cameras.${name}`, value, reason });
      continue;
    }
    const reason = /optical/i.test(frame)
      ? 'the name is that of an optical frame; size, field of view and rate are a common webcam: set yours'
      : 'the name is that of a camera, and no optical frame is there: check that z points ahead; set size, field of view and rate';
    guesses.push({ key: `cameras.${name}`, value, reason });
  }
  return { cameras, guesses };
}
