import type { ParameterSpec } from '../../rcl/parameters.ts';
import { RATE_RANGE_HZ, SAMPLE_FORMATS } from './audio-format.ts';

export const SPEECH_PARAMETERS = {
  policy: {
    type: 'string',
    value: '',
    description: 'Folder of the policy, whose words people may say besides. Empty: the one that comes with Praxis.',
  },
  model: {
    type: 'string',
    value: '',
    description: 'Folder of a speech model for sherpa-onnx that hears the commands. Empty: PocketSphinx does.',
  },
  wake_word: {
    type: 'string',
    value: '',
    description:
      'What is said counts only when it begins with it, or comes soon after it; stop words always do. Empty: all counts.',
  },
  stamped: {
    type: 'bool',
    value: false,
    description:
      'Whether audio is audio_common_msgs/AudioDataStamped from audio_stamped rather than AudioData from audio.',
  },
  sample_rate: {
    type: 'integer',
    value: 16_000,
    range: RATE_RANGE_HZ,
    description: 'Samples a second (Hz), until audio_info says otherwise.',
  },
  channels: { type: 'integer', value: 1, range: [1, 16], description: 'Channels, until audio_info says otherwise.' },
  sample_format: {
    type: 'string',
    value: 'S16LE',
    oneOf: SAMPLE_FORMATS,
    description: 'How a sample is written, until audio_info says otherwise.',
  },
  supervisor: {
    type: 'string',
    value: 'supervisor_node',
    description: 'Node that is asked for a protective stop when a stop word is heard. Empty: nobody is.',
  },
} as const satisfies Record<string, ParameterSpec>;
