import { InputError } from '@praxis/core';
import type { ForeignImage } from './foreign-policy.ts';
import { type Inquiry, leastRate, normalisationOf } from './inquiry.ts';
import { camerasOf } from './robot-elements.ts';

/** Largest age of an image (s). */
const IMAGE_AGE_S = 0.25;

/** The input of a manifest for an image: of the camera that the user names, or that has the name of the input. */
export function imageInput(input: ForeignImage, inquiry: Inquiry): object {
  const { name, source, height, width, steps, axes, dtype } = input;
  const { answers, robot, ask, note } = inquiry;
  const cameras = camerasOf(robot);
  const known = [...cameras.keys()];
  const own = source.split('.').at(-1) ?? source;
  const camera = answers.cameras.get(name) ?? (cameras.has(own) ? own : undefined);
  const normalisation = normalisationOf(input, inquiry);
  const values =
    input.values ??
    answers.pixels ??
    ask({
      option: '--pixels',
      prefix: '',
      form: '0..1|0..255',
      text: 'range of the values of images before the normalisation',
    });
  const common = {
    ...{ type: 'image', name, height, width, values, dtype, steps, axes, normalisation },
    maximumAge: IMAGE_AGE_S,
  };
  if (camera === undefined) {
    ask({
      option: '--camera',
      prefix: `${name}=`,
      form: known.join('|') || '<camera>',
      text: `camera of ${robot.name} that takes ${source} (${width} x ${height})`,
    });
    return common;
  }
  const stream = cameras.get(camera);
  if (!stream) {
    throw new InputError(`--camera ${name}=${camera}: robot ${robot.name} has ${known.join(', ') || 'no camera'}`);
  }
  if (!answers.cameras.has(name)) note(`${name}: camera ${camera}, which has its name`);
  const [rows, columns] = stream.shape;
  const placed = { ...common, stream: stream.name, rateHz: leastRate(stream.rateHz, inquiry) };
  if (rows === height && columns === width) return placed;
  const fit =
    answers.resize ??
    ask({
      option: '--resize',
      prefix: '',
      form: 'stretch|cover|contain',
      text: `${name} is ${width} x ${height}, and the images of ${camera} are ${columns} x ${rows}`,
    });
  return { ...placed, transform: [{ type: 'resize', height, width, fit, interpolation: 'bilinear' }] };
}
