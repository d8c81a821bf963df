import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '@praxis/core';
import { concatenate, Listener, type ListenerState, resample, rms, type StopNetwork, writeWav } from '@praxis/speech';
import {
  loadFlite,
  loadStopNetwork,
  loadVad,
  POCKETSPHINX_INSTALL_COMMAND,
  PocketSphinx,
  speechSessionOpener,
  VoiceServer,
} from '@praxis/speech/node';
import { commandGrammar } from '@praxis/teleop/node';
import type { Page } from 'playwright-core';
import { BehaviorSubject, NEVER } from 'rxjs';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs, POCKETSPHINX, SHIPPED_POLICY } from './needs.ts';
import {
  openPage,
  openStudio,
  type PageLog,
  RETRY_ONCE,
  type StudioServer,
  type StudioServerOptions,
} from './studio-page.ts';

/** Gives the browser a simulated microphone that needs no permission. */
const FAKE_MICROPHONE_ARGS = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
/** A small page, at low speed too: drawing without a GPU would leave too little computing time for the audio (pixels). */
const VIEWPORT = { width: 640, height: 480 };
let studio: StudioServer | undefined;
let page: Page;
let log: PageLog;
const folder = mkdtempSync(join(tmpdir(), 'praxis-microphone-'));

/** Opens a scene whose task is to pick up the red cube. The arm holds, so that the episode does not end during the test. */
async function open(options?: StudioServerOptions): Promise<void> {
  const opened = await openStudio(options);
  studio = opened;
  const query = `?model=${opened.model.path}&task=pick&seed=2000007&play=0`;
  ({ page, log } = await openPage(opened, query, VIEWPORT));
  await page.waitForSelector('[data-state=paused]');
  await unfoldVoice();
  await page.getByTestId('speed').selectOption('0.25');
  await typeText('hold');
  await waitForLine('holding');
  await page.getByTestId('play').click();
}

const unfoldVoice = () => page.locator('#voice > summary').click();

async function close(): Promise<void> {
  const closing = studio;
  studio = undefined;
  await closing?.close();
}

/** Opens a page for each test of a suite with its own options. */
const ownPages = () => afterEach(close);

/** Opens one page for all tests of a suite, and another one after a failed test: a page takes two seconds of processor time. */
function sharedPage(options: () => StudioServerOptions | Promise<StudioServerOptions>): void {
  beforeEach(async () => {
    if (!studio) await open(await options());
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await close();
  });
  afterAll(close);
}

/** Arguments for a microphone that repeats a text, because the browser's audio has gaps on a busy machine. */
async function microphoneArgs(text: string, { after }: { readonly after: number }): Promise<readonly string[]> {
  const speech = resample((await loadFlite()).synthesize(text, { voice: 'rms', stretch: 1 }), 48_000);
  const samples = concatenate([new Float32Array(after * speech.rate), speech.samples]);
  const file = join(folder, `${text.replaceAll(' ', '-')}.wav`);
  writeFileSync(file, writeWav({ samples, rate: speech.rate }));
  return [...FAKE_MICROPHONE_ARGS, `--use-file-for-fake-audio-capture=${file}`];
}

const text = async (id: string): Promise<string> => (await page.getByTestId(id).textContent()) ?? '';
const speechInputState = (state: string) => page.waitForSelector(`#voice-state[data-state=${state}]`);
const supervisorState = (state: string) => page.waitForSelector(`#safety-state[data-state=${state}]`);
/** Releases the arm when the sound of a busy machine, which has gaps, was heard as a stop word: that stops it, and stays so. */
async function resetFalseStop(): Promise<void> {
  if ((await page.locator('#safety-state').getAttribute('data-state')) !== 'protective_stop') return;
  await page.getByTestId('reset-and-start').click();
  await supervisorState('running');
}
/** Waits for a match in the transcript, with the arm released after each false stop. */
async function waitForLineDespiteStops(pattern: string): Promise<void> {
  const found = async () => {
    await resetFalseStop();
    return new RegExp(pattern).test(await text('transcript'));
  };
  await expect.poll(found, { timeout: 60_000, interval: 250 }).toBe(true);
}
/** Waits for a match in the transcript. */
async function waitForLine(pattern: string): Promise<void> {
  try {
    await page.waitForFunction((p) => new RegExp(p).test(document.getElementById('transcript')!.textContent!), pattern);
  } catch (cause) {
    throw new Error(`no ${pattern} in: ${await text('transcript')} (${await text('voice-state')})`, { cause });
  }
}
const time = async (): Promise<number> => Number.parseFloat(await text('time'));

async function typeText(words: string): Promise<void> {
  await page.getByTestId('instruction-text').fill(words);
  await page.getByTestId('send').click();
}

/** Waits until simulated time reaches `seconds`. */
const reach = (seconds: number) =>
  page.waitForFunction((s) => Number.parseFloat(document.getElementById('time')!.textContent!) >= s, seconds);

/** The robot's answer to a question; the newest line of the transcript is the first. */
async function askRobot(question: string): Promise<string> {
  await typeText(question);
  const newest = page.getByTestId('transcript').locator('li', { hasText: question }).first();
  await newest.locator('.answer:not(:empty)').waitFor();
  return (await newest.locator('.answer').textContent()) ?? '';
}

/** Expects that the episode continues and follows instructions. */
async function expectEpisodeToContinue(): Promise<void> {
  await resetFalseStop();
  await reach((await time()) + 0.2);
  await typeText('lift the blue block');
  await page.waitForFunction(() => document.getElementById('instruction')?.textContent === 'lift the blue block');
  expect(await page.getByTestId('error').isHidden()).toBe(true);
}

describe('a studio without a server of speech', RETRY_ONCE, () => {
  sharedPage(() => ({ args: FAKE_MICROPHONE_ARGS }));

  it('executes typed commands as spoken ones: motion, questions, a stop and its reset', async () => {
    await page.getByTestId('speed').selectOption('2');
    await typeText('move up five centimetres');
    await waitForLine('moving up 5 cm');
    await waitForLine('done');
    await typeText('where are you');
    await waitForLine('the tool is .* in front of the base');
    await typeText('what is the airspeed');
    await waitForLine('I did not understand');
    await typeText('stop');
    await supervisorState('protective_stop');
    await waitForLine('stopping');
    await typeText('move up five centimetres');
    await waitForLine('stopped: reset the supervisor first');
    await page.getByTestId('reset-and-start').click();
    await supervisorState('running');
    await typeText('move down five centimetres');
    await waitForLine('moving down 5 cm');
    expect(log.lines).toEqual([]);
  });

  it('asks for a confirmation of a large motion', async () => {
    await typeText('go home');
    await page.waitForSelector('#confirm:not([hidden])');
    expect(await text('confirm-text')).toBe('going home: yes or no?');
    await page.getByTestId('no').click();
    await page.waitForSelector('#confirm', { state: 'hidden' });
    await typeText('go home');
    await page.getByTestId('yes').click();
    await page.waitForSelector('#confirm', { state: 'hidden' });
    await waitForLine('going home');
  });

  it('reports a missing server', async () => {
    await page.getByTestId('talk').click();
    await speechInputState('failed');
    expect(await text('voice-error')).toContain('no connection to the praxis server');
    await expectEpisodeToContinue();
  });
});

const withoutInput = () => new VoiceServer(speechSessionOpener(commandGrammar, 'none'));

describe('the studio with a microphone and no recogniser', RETRY_ONCE, () => {
  sharedPage(() => ({ voice: withoutInput(), args: FAKE_MICROPHONE_ARGS }));

  it('names the destination of the audio before it records, and does not ask for the microphone by itself', async () => {
    expect(await text('voice-state')).toBe('off');
    expect(await text('audio-destination')).toContain("this computer's praxis server");
    expect(await page.getByTestId('recogniser').inputValue()).toBe('server');
    await page.getByTestId('recogniser').selectOption('browser');
    expect(await text('audio-destination')).toContain("this browser's vendor");
    expect(await text('voice-state')).toBe('off');
    const permission = await page.evaluate(async () => {
      const { state } = await navigator.permissions.query({ name: 'microphone' as PermissionName });
      return state;
    });
    expect(permission).toBe('prompt');
  });

  it('reports a missing recogniser and its install command', async () => {
    await page.getByTestId('recogniser').selectOption('server');
    await page.getByTestId('armed').check();
    await speechInputState('failed');
    expect(await text('voice-error')).toContain(POCKETSPHINX_INSTALL_COMMAND);
    expect(await page.getByTestId('armed').isChecked()).toBe(false);
    await expectEpisodeToContinue();
  });
});

describe('the studio without speech input', RETRY_ONCE, () => {
  ownPages();

  it('reports a denied microphone', async () => {
    await open({
      voice: withoutInput(),
      args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream=deny'],
    });
    await page.getByTestId('talk').click();
    await speechInputState('failed');
    expect(await text('voice-error')).toContain('not allowed');
    await expectEpisodeToContinue();
  });

  it('answers with the voice of the server after the user selects it, when the browser has no voice', async () => {
    /** Listens without a result. */
    const silentServer = new VoiceServer(async () => ({
      utterances$: NEVER,
      stops$: NEVER,
      state$: new BehaviorSubject<ListenerState>({ kind: 'listening' }),
      acceptAudio() {},
      async close() {},
    }));
    await open({ voice: silentServer, args: [...FAKE_MICROPHONE_ARGS, '--autoplay-policy=user-gesture-required'] });
    expect(await page.evaluate(() => speechSynthesis.getVoices().length)).toBe(0);
    await page.evaluate(() => {
      const played: { seconds: number; loudness: number; state: string }[] = [];
      Object.assign(window, { played });
      const { start } = AudioBufferSourceNode.prototype;
      AudioBufferSourceNode.prototype.start = function (...when) {
        const samples = this.buffer!.getChannelData(0);
        const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
        played.push({ seconds: this.buffer!.duration, loudness, state: this.context.state });
        start.apply(this, when);
      };
    });
    const played = () =>
      page.evaluate(
        () => (window as unknown as { played: { seconds: number; loudness: number; state: string }[] }).played,
      );
    await page.getByTestId('armed').check();
    await speechInputState('listening');
    await typeText('move up two centimetres');
    await waitForLine('done');
    expect(await page.getByTestId('speak').isChecked()).toBe(false);
    expect(await played()).toEqual([]);
    expect(log.requests.filter((url) => url.includes('flite.wasm'))).toEqual([]);
    await page.getByTestId('speak').check();
    await typeText('move up two centimetres');
    await page.waitForFunction(() => (window as unknown as { played: unknown[] }).played.length > 0);
    const [{ seconds, loudness, state }] = await played();
    const audio = (await loadFlite()).synthesize('done');
    expect(seconds).toBeCloseTo(audio.samples.length / audio.rate, 3);
    expect(loudness).toBeCloseTo(rms(audio.samples), 3);
    expect(state).toBe('running');
    expect(log.requests.filter((url) => url.includes('flite.wasm'))).toHaveLength(1);
    expect(log.lines).toEqual([]);
  });
});

describe('speech input of the studio', { ...RETRY_ONCE, ...needs(POCKETSPHINX) }, () => {
  ownPages();

  const openVoiceServer = () => new VoiceServer(speechSessionOpener(commandGrammar));

  it('the arm follows "pick up the red cube"', needs(SHIPPED_POLICY), async () => {
    const args = await microphoneArgs('pick up the red cube', { after: 3 });
    await open({ voice: openVoiceServer(), args });
    await page.getByTestId('armed').check();
    await page.waitForFunction(() => document.getElementById('instruction')?.textContent === 'pick up the red cube');
    await waitForLine('pick up the red cube');
    await page.getByTestId('speed').selectOption('1');
    await page.waitForSelector('#outcome.success');
    expect(log.lines).toEqual([]);
  });

  it('the arm stops on "stop"', async () => {
    const voice = openVoiceServer();
    await open({ voice, args: await microphoneArgs('stop', { after: 3 }) });
    await typeText('continue');
    await waitForLine('going on');
    await page.getByTestId('armed').check();
    await supervisorState('protective_stop');
    await waitForLine('stop.*stopping');
    await reach((await time()) + 0.5);
    const place = await askRobot('where are you');
    expect(place).toContain('in front of the base');
    await reach((await time()) + 0.5);
    // The noise of the encoders is less than a millimetre.
    const centimetres = (words: string) => [...words.matchAll(/[\d.]+/g)].map(([number]) => Number(number));
    const later = centimetres(await askRobot('where are you'));
    expect(later).toHaveLength(3);
    for (const [i, number] of centimetres(place).entries()) expect(Math.abs(later[i] - number)).toBeLessThan(0.25);
    expect(await page.getAttribute('#safety-state', 'data-state')).toBe('protective_stop');
    await page.close();
    await expect.poll(() => voice.connections, { timeout: 30_000 }).toBe(0);
  });
});

describe('speech input of a repeated command', { ...RETRY_ONCE, ...needs(POCKETSPHINX) }, () => {
  const running: (PocketSphinx | StopNetwork)[] = [];
  const track = async <T extends PocketSphinx | StopNetwork>(starting: Promise<T>): Promise<T> => {
    running.push(await starting);
    return starting;
  };
  let voice: VoiceServer;
  sharedPage(async () => {
    voice = new VoiceServer(
      async (extension) =>
        new Listener({
          clock: new SystemClock(),
          vad: await loadVad(),
          recogniser: () => track(PocketSphinx.start(commandGrammar(extension))),
          stopSpotter: () => track(loadStopNetwork()),
        }),
    );
    return { voice, args: await microphoneArgs('move up two centimetres', { after: 3 }) };
  });

  it('the microphone is on only while the push-to-talk button is down', async () => {
    await page.locator('h1').click();
    await page.keyboard.down('v');
    await speechInputState('listening');
    expect(await page.getByTestId('microphone-indicator').isVisible()).toBe(true);
    await waitForLineDespiteStops('moving up 2 cm');
    await page.keyboard.up('v');
    await speechInputState('ready');
    expect(await page.getByTestId('microphone-indicator').isVisible()).toBe(false);
    expect(await page.getByTestId('armed').isChecked()).toBe(false);
  });

  it('ends for a moment when the recogniser is killed: the page says so, the episode continues, and it listens again', async () => {
    await page.getByTestId('armed').check();
    await speechInputState('listening');
    await expect.poll(() => running.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    await page.evaluate(() => {
      const states: string[] = [];
      const [state, error] = ['voice-state', 'voice-error'].map((id) => document.getElementById(id)!);
      const recordState = () => states.push(`${state.dataset.state} ${error.textContent}`);
      new MutationObserver(recordState).observe(state, { attributes: true });
      Object.assign(window, { states });
    });
    // There are more than two when one was too slow on a busy machine and was restarted.
    const killed = running.splice(0);
    await Promise.all(killed.map((each) => each.close()));
    await expectEpisodeToContinue();
    await typeText('hold');
    await expect.poll(() => running.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    await speechInputState('listening');
    const states = await page.evaluate(() => (window as unknown as { states: readonly string[] }).states);
    // Either of the two killed processes may be reported.
    expect(states).toContainEqual(
      expect.stringMatching(/^degraded the recogniser restarts: .*(thread ended|ended: closed)/),
    );
    expect(await page.getByTestId('armed').isChecked()).toBe(true);
    expect(log.lines).toEqual([]);
  });

  it('fails with the server of speech, and the episode continues', async () => {
    await page.getByTestId('armed').check();
    await speechInputState('listening');
    await voice.close();
    await speechInputState('failed');
    await expectEpisodeToContinue();
  });
});

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
