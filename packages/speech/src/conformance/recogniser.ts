import { Random, stopWordIn } from '@praxis/core';
import { ConformanceError, type ConformanceTest, claim } from '@praxis/core/conformance';
import { SPEECH_RATE } from '../audio/audio.ts';
import { pinkNoise } from '../audio/noise.ts';
import type { Recogniser, Recognition } from '../recognition/recogniser.ts';

export { ConformanceError, type ConformanceTest };

/** A recogniser under test, and somebody whom it understands. */
export interface RecogniserUnderTest {
  readonly recogniser: Recogniser;
  /** @returns the text spoken clearly, 16 kHz */
  say(text: string): Float32Array;
}

const COMMANDS = ['move left five centimeters', 'half speed', 'rotate the wrist thirty degrees clockwise'] as const;
/** Of a recogniser that hangs (ms): far more than any takes. */
const PATIENCE = 20_000;

async function inTime<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ConformanceError(`${what}: nothing came of it`)), PATIENCE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Claims that this is a recognition of so many samples. */
function check({ text, confidence, accepted, stops, compute }: Recognition, samples: number): void {
  const seconds = samples / SPEECH_RATE;
  claim(/^([a-z']+( [a-z']+)*)?$/.test(text), `text "${text}": expected words in lower case, one space between`);
  claim(confidence >= 0 && confidence <= 1, `confidence ${confidence}: expected 0 to 1`);
  claim(
    (accepted === 'yes') === (confidence >= 0.5 && text !== ''),
    `accepted ${accepted} of "${text}" with confidence ${confidence}: expected yes from 0.5 on`,
  );
  claim(Number.isFinite(compute) && compute >= 0, `compute ${compute} s: expected 0 or more`);
  for (const { word, end, detected } of stops) {
    claim(stopWordIn([word]) !== undefined, `stop "${word}": expected a stop word`);
    claim(
      end >= 0 && end <= seconds && detected >= 0 && detected <= seconds,
      `stop at ${end} s, found at ${detected} s`,
    );
  }
}

async function claimRefused(promise: Promise<unknown>, what: string): Promise<void> {
  const outcome = await inTime(
    promise.then(
      () => 'an answer',
      (error: unknown) => (error instanceof Error ? error.name : String(error)),
    ),
    what,
  );
  claim(outcome === 'InputError', `${what}: ended with ${outcome}, expected InputError`);
}

const promises: Record<string, (context: RecogniserUnderTest) => Promise<void>> = {
  'commands are understood and accepted': async ({ recogniser, say }) => {
    for (const command of COMMANDS) {
      const sound = say(command);
      const heard = await inTime(recogniser.recognise(sound), command);
      check(heard, sound.length);
      claim(
        heard.text === command && heard.accepted === 'yes',
        `"${command}": heard "${heard.text}", ${heard.accepted}`,
      );
    }
  },

  'what is no command is not accepted: chatter, noise, silence, a click, nothing': async ({ recogniser, say }) => {
    const noise = pinkNoise(SPEECH_RATE, SPEECH_RATE, new Random(1, 'noise')).samples;
    const sounds = {
      chatter: say('i wonder what the weather will be like tomorrow'),
      noise,
      silence: new Float32Array(SPEECH_RATE),
      'a click': Float32Array.of(0, 1, -1, 0),
      nothing: new Float32Array(0),
    };
    for (const [what, sound] of Object.entries(sounds)) {
      const heard = await inTime(recogniser.recognise(sound), what);
      check(heard, sound.length);
      claim(heard.accepted === 'no', `${what}: accepted as "${heard.text}"`);
    }
  },

  'stop words are told, accepted or not': async ({ recogniser, say }) => {
    const sound = say('stop');
    const { stops } = await inTime(recogniser.recognise(sound), 'stop');
    claim(stops[0]?.word === 'stop', `"stop": told of ${stops.map(({ word }) => word).join(', ') || 'nothing'}`);
    const { stops: none } = await inTime(recogniser.recognise(say(COMMANDS[0])), COMMANDS[0]);
    claim(none.length === 0, `"${COMMANDS[0]}": told of ${none[0]?.word}`);
  },

  'several at once are answered in their order, and their samples are not written to': async ({ recogniser, say }) => {
    const sounds = [...COMMANDS, ...COMMANDS].map((command) => say(command));
    const copies = sounds.map((sound) => sound.slice());
    const order: number[] = [];
    const answers = sounds.map(async (sound, i) => {
      const { text } = await recogniser.recognise(sound);
      order.push(i);
      return text;
    });
    const texts = await inTime(Promise.all(answers), 'six at once');
    texts.forEach((text, i) => {
      const said = COMMANDS[i % COMMANDS.length];
      claim(text === said, `"${said}": answered "${text}"`);
    });
    claim(
      order.every((index, i) => index === i),
      `answered in the order ${order.join(', ')}`,
    );
    sounds.forEach((sound, i) => {
      claim(sound.length === copies[i].length && sound.every((x, k) => x === copies[i][k]), 'samples were written to');
    });
  },

  'close ends what is going on, may be called twice, and nothing is recognised after it': async ({
    recogniser,
    say,
  }) => {
    const sound = say(COMMANDS[0]);
    const waiting = Array.from({ length: 8 }, () => recogniser.recognise(sound));
    const settled = Promise.allSettled(waiting);
    await inTime(recogniser.close(), 'close');
    await inTime(recogniser.close(), 'close again');
    await inTime(settled, 'recognitions that were going on');
    await claimRefused(waiting[waiting.length - 1], 'the last recognition that was going on');
    await claimRefused(recogniser.recognise(sound), 'a recognition after close');
    const reason = await inTime(recogniser.gone, 'gone');
    claim(typeof reason === 'string' && reason !== '', 'gone: expected a reason');
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
  return Object.entries(promises).map(([name, keep]) => ({
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
