import { InputError, SimulatedClock } from '@praxis/core';
import { createTranscriber } from '@praxis/evaluation';
import { RecedingHorizon } from '@praxis/policy';
import { pick } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { type Audio, concatenate, type Listener, resample, SPEECH_SAMPLE_RATE_HZ } from '@praxis/speech';
import { loadFlite, openListener, PocketSphinx } from '@praxis/speech/node';
import { Language, WAKE_WINDOW_S, WakeWindow, WakeWord } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DrivenArm } from '../packages/evaluation/src/teleoperation/driven-arm.ts';
import { taskState } from '../sim/src/episode/task-state.ts';
import { needs, POCKETSPHINX } from './needs.ts';
import { runMain } from './run-main.ts';

const extension = { words: [], instructions: [], wakeWord: 'robot' };

describe('an arm with a wake word', () => {
  let arm: DrivenArm;
  let replies: string[];
  beforeAll(async () => {
    arm = await DrivenArm.create({
      task: pick,
      seed: 2_000_000,
      urdf: armUrdf(),
      policy: 'expert',
      scheduler: new RecedingHorizon(),
      language: new Language(extension),
    });
    arm.pilot.events$.subscribe((event) => {
      if (event.kind === 'say' || event.kind === 'confirm') replies.push(event.text);
    });
    await run(0.3);
  });
  afterAll(() => arm.close());
  afterEach(() => {
    replies = [];
  });
  const run = async (seconds: number) => {
    replies = [];
    for (const end = arm.time + seconds; arm.time < end; ) await arm.step();
  };
  const left = () => taskState(arm.episode.world, arm.episode.robot).tool[1];

  it('accepts commands for a while after the wake word', async () => {
    arm.acceptText('half speed');
    expect(replies).toEqual([]);
    arm.acceptText('robot');
    expect(replies).toEqual(['yes?']);
    await run(WAKE_WINDOW_S / 2);
    arm.acceptText('half speed');
    expect(replies).toEqual(['speed 50 percent']);
    await run(WAKE_WINDOW_S);
    arm.acceptText('full speed');
    expect(replies).toEqual([]);
  });

  it('stops at a stop word without the wake word', async () => {
    expect(arm.acceptText('please stop')).toEqual({ kind: 'stop', word: 'stop' });
    await run(0.1);
    expect(arm.supervisionPhase).toBe('stopped');
    await run(0.5);
    arm.resetAndStart();
    await run(0.5);
  });

  it('executes commands after the wake word, and neither moves nor answers without it', async () => {
    const before = left();
    expect(arm.acceptText('left 5 cm')).toEqual({ kind: 'unknown', text: 'left 5 cm' });
    expect(arm.acceptText('what a nice day')).toMatchObject({ kind: 'unknown' });
    expect(replies).toEqual([]);
    await run(1);
    expect(left()).toBeCloseTo(before, 3);

    arm.acceptText('Robot, left 5 cm!');
    expect(replies).toEqual(['moving left 5 cm']);
    await run(3);
    expect(left() - before).toBeCloseTo(0.05, 2);
  });
});

describe('praxis interpret --wake-word', () => {
  const interpret = (text: string, word = 'robot') => runMain(['interpret', text, '--wake-word', word, '--json']);

  it('interprets commands that begin with it, and stop words', async () => {
    const intents = ['robot, half speed', 'half speed', 'please stop'].map(async (text) =>
      JSON.parse((await interpret(text)).out),
    );
    expect(await Promise.all(intents)).toEqual([
      { intent: { kind: 'speed', factor: 0.5, of: 'full' } },
      { intent: { kind: 'unknown', text: 'half speed' } },
      { intent: { kind: 'stop', word: 'stop' } },
    ]);
  });

  it('refuses a stop word in one line', async () => {
    const { status, err } = await interpret('half speed', 'halt');
    expect(status).toBe(2);
    expect(err).toBe(
      'praxis interpret: wake word "halt": expected one to 3 words, none of them a stop word or "please"\n',
    );
  });
});

describe('a listener with a wake word', needs(POCKETSPHINX), () => {
  let listener: Listener;
  let recognise: (text: string) => ReturnType<ReturnType<typeof createTranscriber>>;
  beforeAll(async () => {
    const clock = new SimulatedClock();
    const flite = await loadFlite();
    listener = await openListener(clock, commandGrammar(extension), {
      attentionGate: new WakeWindow(new WakeWord('robot')),
    });
    await listener.started();
    const play = createTranscriber(listener, clock);
    const pause = new Float32Array(SPEECH_SAMPLE_RATE_HZ / 2);
    recognise = (text) => {
      const audio: Audio = resample(flite.synthesize(text, { voice: 'rms', stretch: 1 }), SPEECH_SAMPLE_RATE_HZ);
      return play({ samples: concatenate([pause, audio.samples, pause]), rate: SPEECH_SAMPLE_RATE_HZ });
    };
  });
  afterAll(() => listener.close());

  it('accepts commands that begin with it or follow it soon, and no others', async () => {
    const recognised = async (text: string) =>
      (await recognise(text)).utterances.map((each) => [each.text, each.accepted]);
    expect(await recognised('move left five centimeters')).toEqual([['move left five centimeters', 'no']]);
    expect(await recognised('robot')).toEqual([['robot', 'no']]);
    expect(await recognised('half speed')).toEqual([['half speed', 'yes']]);
    expect(await recognised('robot, move left five centimeters')).toEqual([['move left five centimeters', 'yes']]);
  });

  it('detects stop words without it', async () => {
    const { stops } = await recognise('stop');
    expect(stops.map(({ word }) => word)).toEqual(['stop']);
  });

  it('refuses a word without a pronunciation', async () => {
    const start = PocketSphinx.start(commandGrammar({ ...extension, wakeWord: 'zorblax' }));
    await expect(start).rejects.toThrow(
      new InputError('wake word "zorblax": the dictionary has no pronunciation of it'),
    );
  });
});
