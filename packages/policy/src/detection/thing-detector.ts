import { errorMessage, type ImageFrame, PolicyError } from '@praxis/core';
import type { DetectionManifest, EncoderManifest, Manifest } from '../manifest/manifest.ts';
import { isGraphManifest, type PolicyManifest } from '../manifest/parse.ts';
import { checkTensors } from '../onnx/check-tensors.ts';
import { openSession, type PolicySource, placeOf } from '../onnx/files.ts';
import { type OnnxFeeds, type OnnxSession, zeroTensors } from '../onnx/session.ts';
import { processorOf } from '../processors/processor-of.ts';
import { type Detection, detectionsIn } from './peaks.ts';

/** Finds what is in one picture of a camera. */
type PictureDetector = (picture: ImageFrame) => Promise<readonly Detection[]>;

/**
 * Finds every thing that a policy can name in the pictures of its cameras, by the policy's own vision encoder and a graph on its
 * output. It has sessions of its own, so that it may run beside the policy.
 */
export class ThingDetector {
  /** Names of the cameras whose pictures it reads. */
  readonly cameras: readonly string[];
  /** Groups of words of which each thing gets one, such as colours and shapes. */
  readonly words: readonly (readonly string[])[];
  readonly #detectors: ReadonlyMap<string, PictureDetector>;
  readonly #sessions: readonly OnnxSession[];

  /** @internal {@link loadThingDetector} makes one. */
  constructor(
    { words }: DetectionManifest,
    detectors: ReadonlyMap<string, PictureDetector>,
    sessions: readonly OnnxSession[],
  ) {
    this.words = words;
    this.cameras = [...detectors.keys()];
    this.#detectors = detectors;
    this.#sessions = sessions;
  }

  /**
   * Finds the things in a picture. Callers must await each call before the next.
   * @throws {PolicyError} when the camera is unknown or the picture has another size
   */
  find(camera: string, picture: ImageFrame): Promise<readonly Detection[]> {
    const detect = this.#detectors.get(camera);
    if (!detect) throw new PolicyError(`detection: no camera ${camera}, expected one of ${this.cameras.join(', ')}`);
    return detect(picture);
  }

  /** Frees the graphs. */
  async close(): Promise<void> {
    for (const session of this.#sessions) await session.release();
  }
}

/**
 * Loads the detection of a policy.
 * @param manifest manifest of the policy
 * @returns undefined when the policy has none
 * @throws {PolicyError} with the file, the value and the expected value
 */
export async function loadThingDetector(
  manifest: PolicyManifest,
  source: PolicySource,
): Promise<ThingDetector | undefined> {
  if (isGraphManifest(manifest) || !manifest.detection) return undefined;
  const { detection, encoders, sha256 } = manifest;
  const used = detection.cameras.map((camera) => encoders.find(({ name }) => name === camera)!);
  const sessions = new Map<string, OnnxSession>();
  try {
    for (const file of new Set([detection.file, ...used.map((encoder) => encoder.file)])) {
      sessions.set(file, await openSession(source, sha256, file));
    }
    const graph = sessions.get(detection.file)!;
    const at = placeOf(source, detection.file);
    checkTensors('input', graph.inputs, detection.inputs.map(asFloat), at);
    checkTensors('output', graph.outputs, [asFloat(detection.output)], at);
    const detectors = new Map(
      used.map((encoder) => [encoder.name, pictureDetector(detection, encoder, sessions, source)] as const),
    );
    return new ThingDetector(detection, detectors, [...sessions.values()]);
  } catch (error) {
    for (const session of sessions.values()) await session.release();
    throw error;
  }
}

const asFloat = (tensor: DetectionManifest['output']) => ({ ...tensor, dtype: 'float32' as const });

function pictureDetector(
  detection: Manifest['detection'] & object,
  encoder: EncoderManifest,
  sessions: ReadonlyMap<string, OnnxSession>,
  { backend }: PolicySource,
): PictureDetector {
  const processor = processorOf(encoder);
  const image = backend.tensor(processor.data, processor.shape);
  const encoded = zeroTensors(encoder.outputs, backend);
  const found = zeroTensors([detection.output], backend);
  return async (picture) => {
    processor.write([picture]);
    try {
      const tokens = await sessions.get(encoder.file)!.run({ [encoder.input.name]: image }, encoded);
      const known: OnnxFeeds = { ...tokens, image };
      const feeds = Object.fromEntries(detection.inputs.map(({ name }) => [name, known[name]] as const));
      const outputs = await sessions.get(detection.file)!.run(feeds, found);
      return detectionsIn(outputs[detection.output.name].data as Float32Array, detection);
    } catch (error) {
      throw new PolicyError(`detection in ${encoder.name} failed: ${errorMessage(error)}`, { cause: error });
    }
  };
}
