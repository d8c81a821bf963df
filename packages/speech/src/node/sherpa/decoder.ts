import { SPEECH_SAMPLE_RATE_HZ } from '../../audio/audio.ts';
import type { Sherpa } from './library.ts';
import type { SherpaModel } from './model.ts';

/** To 16 kHz samples. */
export interface Transcript {
  /** As the model writes it. */
  readonly text: string;
  /** Time that it took (s). */
  readonly compute: number;
}

/** What the process offers. */
export interface SherpaService {
  readonly methods: { transcribe(samples: Float32Array): Transcript };
}

/** What was said in one utterance of 16 kHz, as the model writes it. */
export type Transcribe = (samples: Float32Array) => string;

/** Shorter is no word (s), and some models make one of it. */
const MIN_UTTERANCE_S = 0.1;
/** Silence at the end (s): a streaming model tells the last word only after more has come. */
const TRAILING_SILENCE = new Float32Array(0.66 * SPEECH_SAMPLE_RATE_HZ);

/** Opens a model. One that is broken ends the process. */
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
  (recogniser: InstanceType<Sherpa['OnlineRecognizer']>): Transcribe =>
  (samples) => {
    const stream = recogniser.createStream();
    stream.acceptWaveform({ samples, sampleRate: SPEECH_SAMPLE_RATE_HZ });
    stream.acceptWaveform({ samples: TRAILING_SILENCE, sampleRate: SPEECH_SAMPLE_RATE_HZ });
    stream.inputFinished();
    while (recogniser.isReady(stream)) recogniser.decode(stream);
    return recogniser.getResult(stream).text;
  };

const transcribeOffline =
  (recogniser: InstanceType<Sherpa['OfflineRecognizer']>): Transcribe =>
  (samples) => {
    const stream = recogniser.createStream();
    stream.acceptWaveform({ samples, sampleRate: SPEECH_SAMPLE_RATE_HZ });
    recogniser.decode(stream);
    return recogniser.getResult(stream).text;
  };
