import { SPEECH_RATE } from '../../audio/audio.ts';
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
const SHORTEST = 0.1;
/** Silence at the end (s): a streaming model tells the last word only after more has come. */
const TAIL = new Float32Array(0.66 * SPEECH_RATE);

/** Opens a model. One that is broken ends the process. */
export function openModel(sherpa: Sherpa, { kind, files }: SherpaModel): Transcribe {
  const shared = { tokens: files.tokens, numThreads: 1, provider: 'cpu' } as const;
  const transcribe =
    kind === 'transducer'
      ? streaming(new sherpa.OnlineRecognizer({ modelConfig: { ...shared, transducer: files } }))
      : whole(
          new sherpa.OfflineRecognizer({
            modelConfig: { ...shared, ...(kind === 'whisper' ? { whisper: files } : { moonshine: files }) },
          }),
        );
  return (samples) => (samples.length < SHORTEST * SPEECH_RATE ? '' : transcribe(samples));
}

const streaming =
  (recogniser: InstanceType<Sherpa['OnlineRecognizer']>): Transcribe =>
  (samples) => {
    const stream = recogniser.createStream();
    stream.acceptWaveform({ samples, sampleRate: SPEECH_RATE });
    stream.acceptWaveform({ samples: TAIL, sampleRate: SPEECH_RATE });
    stream.inputFinished();
    while (recogniser.isReady(stream)) recogniser.decode(stream);
    return recogniser.getResult(stream).text;
  };

const whole =
  (recogniser: InstanceType<Sherpa['OfflineRecognizer']>): Transcribe =>
  (samples) => {
    const stream = recogniser.createStream();
    stream.acceptWaveform({ samples, sampleRate: SPEECH_RATE });
    recogniser.decode(stream);
    return recogniser.getResult(stream).text;
  };
