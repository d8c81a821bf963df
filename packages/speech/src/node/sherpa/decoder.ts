import { SPEECH_SAMPLE_RATE_HZ } from '../../audio/audio.ts';
import type { OfflineRecognizer, OnlineRecognizer, Sherpa } from './library-types.ts';
import type { SherpaModel } from './model.ts';

/** Text of an utterance. */
export interface Transcript {
  /** Text in the model's spelling. */
  readonly text: string;
  /** Duration of the recognition (s). */
  readonly compute: number;
}

/** Interface of the process. */
export interface SherpaService {
  readonly methods: { transcribe(samples: Float32Array): Transcript };
}

/** Returns the text of one utterance of 16 kHz, in the model's spelling. */
export type Transcribe = (samples: Float32Array) => string;

/** A shorter utterance holds no word (s), but some models return one. */
const MIN_UTTERANCE_S = 0.1;
/** Silence after an utterance: a streaming model returns the last word only after more audio. */
const TRAILING_SILENCE = new Float32Array(0.66 * SPEECH_SAMPLE_RATE_HZ);

/** Opens a model. The library exits the process on an invalid model. */
export function openModel(sherpa: Sherpa, { kind, files }: SherpaModel): Transcribe {
  const shared = { tokens: files.tokens, numThreads: 1, provider: 'cpu' } as const;
  const transcribe =
    kind === 'transducer'
      ? transcribeStreaming(new sherpa.OnlineRecognizer({ modelConfig: { ...shared, transducer: files } }))
      : transcribeOffline(
          new sherpa.OfflineRecognizer({
            modelConfig: { ...shared, ...(kind === 'whisper' ? { whisper: files } : { moonshine: files }) },
          }),
        );
  return (samples) => (samples.length < MIN_UTTERANCE_S * SPEECH_SAMPLE_RATE_HZ ? '' : transcribe(samples));
}

const transcribeStreaming =
  (recogniser: OnlineRecognizer): Transcribe =>
  (samples) => {
    const stream = recogniser.createStream();
    stream.acceptWaveform({ samples, sampleRate: SPEECH_SAMPLE_RATE_HZ });
    stream.acceptWaveform({ samples: TRAILING_SILENCE, sampleRate: SPEECH_SAMPLE_RATE_HZ });
    stream.inputFinished();
    while (recogniser.isReady(stream)) recogniser.decode(stream);
    return recogniser.getResult(stream).text;
  };

const transcribeOffline =
  (recogniser: OfflineRecognizer): Transcribe =>
  (samples) => {
    const stream = recogniser.createStream();
    stream.acceptWaveform({ samples, sampleRate: SPEECH_SAMPLE_RATE_HZ });
    recogniser.decode(stream);
    return recogniser.getResult(stream).text;
  };
