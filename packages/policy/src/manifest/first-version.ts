import { ACTION_SPACES } from '@praxis/core';
import type { ActionOutput } from '../actions/output-actions.ts';
import type { InputManifest } from './graph-inputs.ts';
import type { BlocksManifest, DisplacementManifest, EncoderManifest } from './manifest.ts';

/** The input of an encoder of the first version in the terms of the second. Its numbers stay in the unit of the stream. */
export function encoderInputOf({ modality, input }: EncoderManifest): InputManifest {
  const { name, stream, shape, frame, rateHz, names, window, maximumAge, processor } = input;
  const stacking = { steps: window, spacing: 'samples' as const };
  const sensor = { stream, modality, maximumAge, rateHz, frame };
  switch (processor.type) {
    case 'image': {
      const { mean, std } = processor;
      const [height, width] = shape;
      return {
        ...{ type: 'image', name, height, width, transform: [], channels: 'rgb', values: '0..1', dtype: 'float32' },
        ...{ ...sensor, ...stacking, normalisation: { type: 'mean_std', mean, std } },
      };
    }
    case 'vector': {
      const { mean, std } = processor;
      const part = { ...sensor, quantity: 'position' as const, unit: '1' };
      return {
        ...{ type: 'vector', name, dtype: 'float32', ...stacking, normalisation: { type: 'mean_std', mean, std } },
        parts: [names ? { ...part, names } : { ...part, size: shape[0] }],
      };
    }
    case 'tokens': {
      const { vocabulary, length } = processor;
      return {
        ...{ type: 'text', name, stream, modality, template: '{text}', length, dtype: 'int64' },
        tokenizer: { type: 'words', vocabulary, corrects: false },
        padding: { side: 'right', token: 0 },
      };
    }
  }
}

/** Output of a fusion of the first version that has the actions. */
export const ACTIONS_OUTPUT = 'actions';

/** The output with the actions in the terms of the second version: displacements of the tool and the width of the gripper, or the blocks. */
export function actionOutputOf(action: DisplacementManifest | BlocksManifest): ActionOutput {
  const common = { name: ACTIONS_OUTPUT, axes: ['batch', 'step', 'element'] as const };
  if (action.space === 'ee_delta') {
    const { names = [], unit = [] } = ACTION_SPACES.ee_delta;
    return {
      ...common,
      normalisation: { type: 'mean_std', mean: action.mean, std: action.std },
      blocks: [
        { name: 'arm', space: 'ee_delta', names, unit, frame: '' },
        { name: 'gripper', space: 'gripper', names: ['width'], unit: 'm', frame: '' },
      ],
    };
  }
  const { blocks, horizon } = action;
  const rows = (key: 'mean' | 'std'): number[][] =>
    Array.from({ length: horizon }, (_, k) => blocks.flatMap((block) => block[key][k] ?? block[key][0]));
  return {
    ...common,
    normalisation: { type: 'mean_std', mean: rows('mean'), std: rows('std') },
    blocks: blocks.map(({ mean: _, std: __, ...block }) => block),
  };
}
