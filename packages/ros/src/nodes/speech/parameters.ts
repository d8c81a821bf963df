import { POLICY_SOURCE_PARAMETERS } from '../../project/parameters.ts';
import type { ParameterSpec } from '../../rcl/parameters.ts';
import { REAL_TIME_PARAMETER } from '../../rcl/real-time.ts';
import { RATE_RANGE_HZ, SAMPLE_FORMATS } from './audio-format.ts';

/** Parameters of the speech node. */
export const SPEECH_PARAMETERS = {
  ...POLICY_SOURCE_PARAMETERS,
  policy: {
    ...POLICY_SOURCE_PARAMETERS.policy,
    description: `Policy whose words extend the vocabulary. ${POLICY_SOURCE_PARAMETERS.policy.description}`,
  },
  ...REAL_TIME_PARAMETER,
  model: {
    type: 'string',
    value: '',
    description: 'Folder of a sherpa-onnx speech model that recognises the commands. Empty: PocketSphinx.',
  },
  wake_word: {
    type: 'string',
    value: '',
    description:
      'Only utterances that begin with this word or soon follow it are commands; stop words need none. Empty: no wake word.',
  },
  planner: {
    type: 'string',
    value: '',
    description:
      'Planner of the action ~/execute of teleop_node. Any text adds the requests that only a planner understands, such as ' +
      '"take the red cube instead of the green brick", to the sentences that are recognised. Empty: the command language alone.',
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
    description: 'Sample rate (Hz) until the first message on audio_info.',
  },
  channels: {
    type: 'integer',
    value: 1,
    range: [1, 16],
    description: 'Number of channels until the first message on audio_info.',
  },
  sample_format: {
    type: 'string',
    value: 'S16LE',
    oneOf: SAMPLE_FORMATS,
    description: 'Sample format until the first message on audio_info.',
  },
  supervisor: {
    type: 'string',
    value: 'supervisor_node',
    description: 'Node that gets a request for a protective stop after a stop word. Empty: no request is sent.',
  },
} as const satisfies Record<string, ParameterSpec>;
