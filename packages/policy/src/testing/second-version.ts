import type * as z from 'zod';
import { actionOutputOf, encoderInputOf } from '../manifest/first-version.ts';
import type { fusionManifestSchema } from '../manifest/fusion-manifest.ts';
import type { EncoderManifest, Manifest } from '../manifest/manifest.ts';

/** A manifest of encoders of the second version as its file has it. */
export type FusionManifestFile = z.input<typeof fusionManifestSchema>;

type EncoderFile = FusionManifestFile['encoders'][number];

/** The input as a file has it: infinite ages as null, and numbers in the unit of the stream. */
function inputOf(encoder: EncoderManifest): EncoderFile['inputs'][number] {
  const { unit } = encoder.input;
  const input = encoderInputOf(encoder);
  if (input.type !== 'vector') return input;
  return { ...input, parts: input.parts.map((part) => ({ ...part, unit })) };
}

/** Writes a manifest of the first version as one of the second: the same graphs, inputs and actions. */
export function secondVersionOf(manifest: Manifest): FusionManifestFile {
  const { name, version, tasks, robots, instructions, sha256, encoders, fusion, action } = manifest;
  const { period, horizon, inferencePeriod } = action;
  const { axes, ...output } = actionOutputOf(action);
  return JSON.parse(
    JSON.stringify({
      ...{ manifestVersion: 2, name, version, tasks, robots, instructions, sha256 },
      encoders: encoders.map((encoder) => {
        const { name, file, outputs } = encoder;
        return { name, file, inputs: [inputOf(encoder)], outputs };
      }),
      fusion: {
        file: fusion.file,
        inputs: fusion.inputs.map(({ name }) => ({ name })),
        gates: 'gates',
        ...(fusion.outputs.some(({ name }) => name === 'grounding') && { grounding: 'grounding' }),
      },
      action: { period, horizon, inferencePeriod, outputs: [{ ...output, axes: [...axes] }] },
    }),
  ) as FusionManifestFile;
}
