import { Random, stopWordIn } from '@praxis/core';
import { assertHolds, ConformanceError, type ConformanceTest } from '@praxis/core/conformance';
import { SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { pinkNoise } from '../audio/noise.ts';
import type { Recogniser, RecognitionResult } from '../recognition/recogniser.ts';

export { ConformanceError, type ConformanceTest };

/** A recogniser under test, with a speech synthesizer that it understands. */
export interface RecogniserUnderTest {
  readonly recogniser: Recogniser;
  /** @returns clear speech of the text, 16 kHz */
  synthesize(text: string): Float32Array;
}

const COMMANDS = ['move left five centimeters', 'half speed', 'rotate the wrist thirty degrees clockwise'] as const;
/** A call that takes longer hangs (ms): far more than any recogniser needs, also on a busy machine. */
const RECOGNITION_TIMEOUT_MS = 100_000;

async function withTimeout<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ConformanceError(`${what}: no result within ${RECOGNITION_TIMEOUT_MS / 1000} s`)),
      RECOGNITION_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Checks the fields of the result for an utterance of this many samples. */
function checkResult({ text, confidence, accepted, stops, compute }: RecognitionResult, samples: number): void {
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
      `stop at ${end} s, detected at ${detected} s: expected times within the ${seconds} s of the utterance`,
    );
  }
}

async function checkRejected(promise: Promise<unknown>, what: string): Promise<void> {
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
  'recognises and accepts commands': async ({ recogniser, synthesize }) => {
    for (const command of COMMANDS) {
      const sound = synthesize(command);
      const result = await withTimeout(recogniser.recognise(sound), command);
      checkResult(result, sound.length);
      assertHolds(
        result.text === command && result.accepted === 'yes',
        `"${command}": recognised "${result.text}", accepted ${result.accepted}`,
      );
    }
  },

  'rejects conversation, noise, silence, a click and an empty utterance': async ({ recogniser, synthesize }) => {
    const noise = pinkNoise(SPEECH_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ, new Random(1, 'noise')).samples;
    const sounds = {
      conversation: synthesize('i wonder what the weather will be like tomorrow'),
      noise,
      silence: new Float32Array(SPEECH_SAMPLE_RATE_HZ),
      'a click': Float32Array.of(0, 1, -1, 0),
      'an empty utterance': new Float32Array(0),
    };
    for (const [what, sound] of Object.entries(sounds)) {
      const result = await withTimeout(recogniser.recognise(sound), what);
      checkResult(result, sound.length);
      assertHolds(result.accepted === 'no', `${what}: accepted as "${result.text}"`);
    }
  },

  'reports stop words in accepted and rejected utterances': async ({ recogniser, synthesize }) => {
    const sound = synthesize('stop');
    const { stops } = await withTimeout(recogniser.recognise(sound), 'stop');
    assertHolds(
      stops[0]?.word === 'stop',
      `"stop": reported ${stops.map(({ word }) => word).join(', ') || 'no stop word'}`,
    );
    const { stops: none } = await withTimeout(recogniser.recognise(synthesize(COMMANDS[0])), COMMANDS[0]);
    assertHolds(none.length === 0, `"${COMMANDS[0]}": reported ${none[0]?.word}`);
  },

  'answers concurrent calls in their order, and does not modify their samples': async ({ recogniser, synthesize }) => {
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
        'the recogniser modified its samples',
      );
    });
  },

  'ends pending recognitions on close, allows a second close, and rejects later calls': async ({
    recogniser,
    synthesize,
  }) => {
    const sound = synthesize(COMMANDS[0]);
    const waiting = Array.from({ length: 8 }, () => recogniser.recognise(sound));
    const settled = Promise.allSettled(waiting);
    await withTimeout(recogniser.close(), 'close');
    await withTimeout(recogniser.close(), 'close again');
    await withTimeout(settled, 'pending recognitions');
    await checkRejected(waiting[waiting.length - 1], 'the last pending recognition');
    await checkRejected(recogniser.recognise(sound), 'a recognition after close');
    const reason = await withTimeout(recogniser.exited, 'exited');
    assertHolds(typeof reason === 'string' && reason !== '', 'exited: expected a reason');
  },
};

/**
 * The contract of {@link Recogniser} as tests for any test runner.
 * @param create starts a new recogniser of the command language for each test
 * @throws {ConformanceError} from a test, with the violated requirement
 *
 * @example
 * for (const { name, run } of recogniserConformance(createRecogniser)) it(name, run);
 */
export function recogniserConformance(create: () => Promise<RecogniserUnderTest>): ConformanceTest[] {
  return Object.entries(requirements).map(([name, check]) => ({
    name,
    run: async () => {
      const underTest = await create();
      try {
        await check(underTest);
      } finally {
        await underTest.recogniser.close();
      }
    },
  }));
}
