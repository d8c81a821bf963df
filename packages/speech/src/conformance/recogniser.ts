import { Random, stopWordIn } from '@praxis/core';
import { assertHolds, ConformanceError, type ConformanceTest } from '@praxis/core/conformance';
import { SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { pinkNoise } from '../audio/noise.ts';
import type { Recogniser, RecognitionResult } from '../recognition/recogniser.ts';

export { ConformanceError, type ConformanceTest };

/** A recogniser under test, and somebody whom it understands. */
export interface RecogniserUnderTest {
  readonly recogniser: Recogniser;
  /** @returns the text spoken clearly, 16 kHz */
  synthesize(text: string): Float32Array;
}

const COMMANDS = ['move left five centimeters', 'half speed', 'rotate the wrist thirty degrees clockwise'] as const;
/** Of a recogniser that hangs (ms): far more than any takes. */
const RECOGNITION_TIMEOUT_MS = 20_000;

async function withTimeout<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ConformanceError(`${what}: nothing came of it`)), RECOGNITION_TIMEOUT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Claims that this is a recognition of so many samples. */
function checkRecognition({ text, confidence, accepted, stops, compute }: RecognitionResult, samples: number): void {
  const seconds = samples / SPEECH_SAMPLE_RATE_HZ;
  assertHolds(/^([a-z']+( [a-z']+)*)?$/.test(text), `text "${text}": expected words in lower case, one space between`);
  assertHolds(confidence >= 0 && confidence <= 1, `confidence ${confidence}: expected 0 to 1`);
  assertHolds(
    (accepted === 'yes') === (confidence >= 0.5 && text !== ''),
    `accepted ${accepted} of "${text}" with confidence ${confidence}: expected yes from 0.5 on`,
  );
  assertHolds(Number.isFinite(compute) && compute >= 0, `compute ${compute} s: expected 0 or more`);
  for (const { word, end, detected } of stops) {
    assertHolds(stopWordIn([word]) !== undefined, `stop "${word}": expected a stop word`);
    assertHolds(
      end >= 0 && end <= seconds && detected >= 0 && detected <= seconds,
      `stop at ${end} s, found at ${detected} s`,
    );
  }
}

async function claimRejected(promise: Promise<unknown>, what: string): Promise<void> {
  const outcome = await withTimeout(
    promise.then(
      () => 'an answer',
      (error: unknown) => (error instanceof Error ? error.name : String(error)),
    ),
    what,
  );
  assertHolds(outcome === 'InputError', `${what}: ended with ${outcome}, expected InputError`);
}

const requirements: Record<string, (context: RecogniserUnderTest) => Promise<void>> = {
  'commands are understood and accepted': async ({ recogniser, synthesize }) => {
    for (const command of COMMANDS) {
      const sound = synthesize(command);
      const result = await withTimeout(recogniser.recognise(sound), command);
      checkRecognition(result, sound.length);
      assertHolds(
        result.text === command && result.accepted === 'yes',
        `"${command}": heard "${result.text}", ${result.accepted}`,
      );
    }
  },

  'what is no command is not accepted: chatter, noise, silence, a click, nothing': async ({
    recogniser,
    synthesize,
  }) => {
    const noise = pinkNoise(SPEECH_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ, new Random(1, 'noise')).samples;
    const sounds = {
      chatter: synthesize('i wonder what the weather will be like tomorrow'),
      noise,
      silence: new Float32Array(SPEECH_SAMPLE_RATE_HZ),
      'a click': Float32Array.of(0, 1, -1, 0),
      nothing: new Float32Array(0),
    };
    for (const [what, sound] of Object.entries(sounds)) {
      const result = await withTimeout(recogniser.recognise(sound), what);
      checkRecognition(result, sound.length);
      assertHolds(result.accepted === 'no', `${what}: accepted as "${result.text}"`);
    }
  },

  'stop words are told, accepted or not': async ({ recogniser, synthesize }) => {
    const sound = synthesize('stop');
    const { stops } = await withTimeout(recogniser.recognise(sound), 'stop');
    assertHolds(stops[0]?.word === 'stop', `"stop": told of ${stops.map(({ word }) => word).join(', ') || 'nothing'}`);
    const { stops: none } = await withTimeout(recogniser.recognise(synthesize(COMMANDS[0])), COMMANDS[0]);
    assertHolds(none.length === 0, `"${COMMANDS[0]}": told of ${none[0]?.word}`);
  },

  'several at once are answered in their order, and their samples are not written to': async ({
    recogniser,
    synthesize,
  }) => {
    const sounds = [...COMMANDS, ...COMMANDS].map((command) => synthesize(command));
    const copies = sounds.map((sound) => sound.slice());
    const order: number[] = [];
    const answers = sounds.map(async (sound, i) => {
      const { text } = await recogniser.recognise(sound);
      order.push(i);
      return text;
    });
    const texts = await withTimeout(Promise.all(answers), 'six at once');
    texts.forEach((text, i) => {
      const command = COMMANDS[i % COMMANDS.length];
      assertHolds(text === command, `"${command}": answered "${text}"`);
    });
    assertHolds(
      order.every((index, i) => index === i),
      `answered in the order ${order.join(', ')}`,
    );
    sounds.forEach((sound, i) => {
      assertHolds(
        sound.length === copies[i].length && sound.every((x, k) => x === copies[i][k]),
        'samples were written to',
      );
    });
  },

  'close ends what is going on, may be called twice, and nothing is recognised after it': async ({
    recogniser,
    synthesize,
  }) => {
    const sound = synthesize(COMMANDS[0]);
    const waiting = Array.from({ length: 8 }, () => recogniser.recognise(sound));
    const settled = Promise.allSettled(waiting);
    await withTimeout(recogniser.close(), 'close');
    await withTimeout(recogniser.close(), 'close again');
    await withTimeout(settled, 'recognitions that were going on');
    await claimRejected(waiting[waiting.length - 1], 'the last recognition that was going on');
    await claimRejected(recogniser.recognise(sound), 'a recognition after close');
    const reason = await withTimeout(recogniser.exited, 'gone');
    assertHolds(typeof reason === 'string' && reason !== '', 'gone: expected a reason');
  },
};

/**
 * What every {@link Recogniser} must keep, to be run by any test runner on a recogniser of one's own. `make` gives a new one
 * that knows the command language.
 *
 * @example
 * for (const { name, run } of recogniserConformance(makeMine)) it(name, run);
 */
export function recogniserConformance(make: () => Promise<RecogniserUnderTest>): ConformanceTest[] {
  return Object.entries(requirements).map(([name, keep]) => ({
    name,
    run: async () => {
      const underTest = await make();
      try {
        await keep(underTest);
      } finally {
        await underTest.recogniser.close();
      }
    },
  }));
}
