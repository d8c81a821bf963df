import { type Clock, deadline, errorMessage, type Stamped } from '@praxis/core';
import { BehaviorSubject, interval, type Observable, Subject, type Subscription } from 'rxjs';
import { Segmenter, type SegmenterOptions, type Utterance } from '../activity/segmenter.ts';
import type { SileroActivity } from '../activity/silero.ts';
import { type Audio, durationOf, SPEECH_RATE } from '../audio/audio.ts';
import type { AttentionGate, Recogniser, Recognition } from '../recognition/recogniser.ts';
import type { StopEvent, StopSpotter } from '../recognition/stop-event.ts';
import { Backlog } from './backlog.ts';
import { foreground } from './foreground.ts';
import { Clipping, faultOf, Health } from './health.ts';
import type { HeardUtterance, Level, ListenerCounters, ListenerState } from './heard.ts';
import { type Frame, Intake } from './intake.ts';
import { Levels } from './levels.ts';
import { Recognising, type Said } from './recognising.ts';
import { Spotting } from './spotting.ts';
import { StopCandidates } from './stop-candidates.ts';
import { Timeline } from './timeline.ts';

export interface ListenerParts {
  /** That of the audio's stamps. */
  readonly clock: Clock;
  /** Closed with the listener. */
  readonly activity: SileroActivity;
  /** Called again, later each time, when the recogniser is gone. */
  readonly recogniser: () => Promise<Recogniser>;
  /** Likewise. Without it stop words are found only when an utterance is over. */
  readonly stopSpotter?: () => Promise<StopSpotter>;
  /** Without it every utterance is for the robot. */
  readonly attention?: AttentionGate;
  readonly segmenter?: Partial<SegmenterOptions>;
  /** When to look at the clock; four times a second unless given. */
  readonly ticks?: Observable<unknown>;
}

/** Sound that may wait to be worked on (s). */
const WAITING = 4;
/** Silence of the source that is no audio (s). */
const SILENT = 1;
/** What stands out of the noise by less is noise (dB). */
const LEAST_CONTRAST = 5;
/** Who is so much softer (dB) than somebody who spoke within this time (s) talks to others in the background. */
const FURTHER = 12;
const JUST_BEFORE = 3;
/** Who is silent for so long has said all (s): longer than the closures inside words. */
const HUSH = 0.1;
/** The two paths find the same word this near to each other (s). */
const SAME = 0.7;

interface Job {
  readonly block: Stamped<Audio>;
  readonly done: (followed: Promise<unknown> | undefined) => void;
}

/**
 * Listens to a microphone: pieces of sound -> 16 kHz -> noise suppression -> voice activity -> utterances -> recognition,
 * with stop words on a path of their own. Memory is bounded whatever is heard: what is too much is dropped, the oldest
 * first, and counted. Nothing throws; what is wrong is told by `state$`.
 */
export class Listener {
  readonly utterances$: Observable<HeardUtterance>;
  /** A protective stop each; hot, and not to be waited for. */
  readonly stops$: Observable<StopEvent>;
  readonly level$: Observable<Level>;
  /** The last one at once, then changes. */
  readonly state$: Observable<ListenerState>;
  readonly #utterances = new Subject<HeardUtterance>();
  readonly #stops = new Subject<StopEvent>();
  readonly #level = new Subject<Level>();
  readonly #state = new BehaviorSubject<ListenerState>({ kind: 'starting' });

  readonly #clock: Clock;
  readonly #activity: SileroActivity;
  readonly #recognising: Recognising;
  readonly #spotting: Spotting | undefined;
  readonly #attention: AttentionGate | undefined;
  readonly #health: Health;
  readonly #segmenter: Segmenter;
  readonly #intake = new Intake();
  readonly #timeline = new Timeline();
  readonly #levels = new Levels();
  readonly #clipping = new Clipping();
  readonly #candidates = new StopCandidates();
  readonly #arrivals = new Subject<void>();
  readonly #subscription: Subscription;
  readonly #sound = new Backlog<Job>(WAITING, ({ block }) => durationOf(block.value));
  #working = false;
  #lastStop = Number.NEGATIVE_INFINITY;
  /** Who spoke last: how loud (dB) and until when (s of sound). */
  #speaker = { loudness: Number.NEGATIVE_INFINITY, end: Number.NEGATIVE_INFINITY };
  #counters = { utterances: 0, droppedSeconds: 0, brokenBlocks: 0, gaps: 0 };

  constructor(parts: ListenerParts) {
    this.utterances$ = this.#utterances.asObservable();
    this.stops$ = this.#stops.asObservable();
    this.level$ = this.#level.asObservable();
    this.state$ = this.#state.asObservable();
    const { clock, ticks = interval(250) } = parts;
    this.#clock = clock;
    this.#activity = parts.activity;
    this.#attention = parts.attention;
    this.#health = new Health(clock);
    this.#segmenter = new Segmenter(parts.segmenter);
    const changed = () => this.#tell();
    this.#recognising = new Recognising(parts.recogniser, clock, (said, found) => this.#heard(said, found), changed);
    this.#spotting = parts.stopSpotter && new Spotting(parts.stopSpotter, clock, changed);
    this.#subscription = this.#arrivals.pipe(deadline(clock, SILENT, ticks)).subscribe(({ state }) => {
      this.#health.silent = state === 'stale';
      this.#tell();
    });
    this.#subscription.add(ticks.subscribe(() => this.#tick()));
  }

  get counters(): ListenerCounters {
    const restarts = this.#recognising.restarts + (this.#spotting?.restarts ?? 0);
    return { ...this.#counters, droppedUtterances: this.#recognising.dropped, restarts };
  }

  /** Stamp of the end of what was listened to. */
  get heardUntil(): number {
    return this.#timeline.end;
  }

  /** When recogniser and stop spotter have started, or failed to. */
  async started(): Promise<void> {
    await Promise.all([this.#recognising.started, this.#spotting?.started]);
  }

  /**
   * Takes the next piece of sound, of any rate and length; the samples are copied.
   * @param block stamp: of its first sample
   * @returns resolves when all that it gave rise to is done. A microphone need not wait; a file must, or sound is dropped.
   */
  push(block: Stamped<Audio>): Promise<void> {
    this.#arrivals.next();
    const fault = faultOf(block);
    if (fault !== undefined) {
      this.#counters.brokenBlocks++;
      this.#complain(fault);
      return Promise.resolve();
    }
    const { samples, rate } = block.value;
    const copy = { ...block, value: { samples: samples.slice(), rate } };
    const worked = new Promise<unknown>((done) => {
      for (const lost of this.#sound.push({ block: copy, done })) {
        this.#counters.droppedSeconds += durationOf(lost.block.value);
        this.#timeline.tear();
        lost.done(undefined);
      }
    });
    void this.#work();
    return worked.then(() => {});
  }

  /** The stream is over: what was being said counts as said. Resolves when it was recognised. */
  async end(): Promise<void> {
    // What the filters still hold comes out with what follows it.
    const silence = { samples: new Float32Array(SPEECH_RATE / 5), rate: SPEECH_RATE };
    await this.push({ value: silence, stamp: this.#timeline.end, received: this.#clock.now() });
    this.#finish();
    await this.#recognising.idle;
  }

  async close(): Promise<void> {
    this.#subscription.unsubscribe();
    for (const { done } of this.#sound.clear()) done(undefined);
    await Promise.all([this.#recognising.close(), this.#spotting?.close()]);
    await this.#activity.close();
    for (const subject of [this.#utterances, this.#stops, this.#level, this.#state]) subject.complete();
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let job = this.#sound.shift(); job; job = this.#sound.shift()) {
      try {
        const spotted = await this.#take(job.block);
        job.done(Promise.all([...spotted, this.#recognising.idle]));
      } catch (error) {
        this.#complain(errorMessage(error));
        job.done(undefined);
      }
    }
    this.#working = false;
  }

  /** @returns resolve when stop words were looked for */
  async #take(block: Stamped<Audio>): Promise<readonly Promise<void>[]> {
    if (this.#timeline.jumps(block)) {
      this.#counters.gaps++;
      this.#finish();
      this.#activity.reset();
    }
    this.#timeline.push(block);
    if (this.#timeline.rateFault !== undefined) this.#complain(this.#timeline.rateFault);
    this.#health.clipped = this.#clipping.push(block.value);
    const spotted: Promise<void>[] = [];
    for (const frame of this.#intake.push(block.value)) {
      this.#levels.push(frame.decibels);
      spotted.push(this.#spot(frame));
      const speech = await this.#activity.probability(frame.samples);
      this.#level.next({ stamp: this.#timeline.at(frame.begin), decibels: frame.decibels, speech });
      const utterance = this.#segmenter.push(frame.samples, speech, frame.plain);
      if (utterance) this.#recognise(utterance);
    }
    const heard = this.#timeline.end;
    if (this.#segmenter.silence > HUSH) {
      const end = this.#stampOf(this.#segmenter.lastSpeech);
      for (const candidate of this.#candidates.hushed(end)) this.#stop(candidate, heard);
    }
    // What belongs to no utterance that anybody will understand was some noise.
    const noise = this.#recognising.settled && !this.#segmenter.talking;
    for (const candidate of this.#candidates.overdue(heard)) if (!noise) this.#stop(candidate, heard);
    this.#tell();
    return spotted;
  }

  async #spot(frame: Frame): Promise<void> {
    for (const found of (await this.#spotting?.push(frame)) ?? []) {
      const { certainty } = found;
      // Noise suppression had to hear a little more than it gave.
      const detected = this.#timeline.at(found.detected - this.#intake.begin);
      const stop = { ...found, end: this.#timeline.at(found.end), detected };
      // Where nobody understands what is said, nobody will say otherwise.
      if (certainty === 'sure' || this.#recognising.life.kind !== 'running') this.#stop(stop, detected);
      // Where nobody is heard to speak nothing will be understood, and it was some noise.
      else if (this.#segmenter.talking) this.#candidates.push({ ...stop, certainty });
    }
  }

  /** @param detected stamp of the sound that had been heard when it was known to be a stop (s) */
  #stop(stop: StopEvent, detected: number): void {
    if (Math.abs(stop.end - this.#lastStop) <= SAME) return;
    this.#lastStop = stop.end;
    this.#stops.next({ ...stop, detected });
  }

  #finish(): void {
    const utterance = this.#segmenter.end();
    if (utterance) this.#recognise(utterance);
  }

  #recognise({ samples, plain, start, end }: Utterance): void {
    const contrast = this.#levels.contrastOver(start, end);
    if (contrast < LEAST_CONTRAST || this.#isBackground(this.#levels.loudnessOver(start, end), start, end)) return;
    const { from, to } = foreground(samples);
    this.#recognising.push({
      samples: samples.subarray(from, to),
      plain: plain.subarray(from, to),
      contrast,
      start: this.#stampOf(start + from / SPEECH_RATE),
      end: this.#stampOf(end),
      heard: this.#timeline.at(start + samples.length / SPEECH_RATE),
    });
  }

  /** @param at in seconds from the first frame */
  #stampOf(at: number): number {
    return this.#timeline.at(at + this.#intake.begin);
  }

  /** Whether somebody else spoke, further away than whoever spoke just before. */
  #isBackground(loudness: number, start: number, end: number): boolean {
    const { loudness: before, end: ended } = this.#speaker;
    if (loudness < before - FURTHER && start - ended < JUST_BEFORE) return true;
    this.#speaker = { loudness, end };
    return false;
  }

  #heard({ start, end, heard, contrast }: Said, { text, accepted, confidence, compute, stops }: Recognition): void {
    this.#counters.utterances++;
    const instead = { end, contrast, text, confidence: stops.length === 0 ? confidence : 0 };
    for (const candidate of this.#candidates.settle(instead)) this.#stop(candidate, heard);
    // A grammar finds stop words in any sound: where it is not sure itself, it takes the spotter to suspect one as well.
    const counted = accepted === 'yes' || this.#spotting?.life.kind !== 'running' ? stops : [];
    for (const stop of counted) {
      const end = start + stop.end;
      if (Math.abs(end - this.#lastStop) > SAME) this.#stops.next({ ...stop, end, detected: heard });
    }
    const meant = accepted === 'yes' ? this.#meant(text, start, end) : undefined;
    this.#utterances.next({
      text: meant ?? text,
      accepted: meant === undefined ? 'no' : 'yes',
      confidence,
      start,
      end,
      compute,
    });
  }

  /** The command in an utterance; undefined when it is for somebody else, or calls the robot only. */
  #meant(text: string, start: number, end: number): string | undefined {
    const address = this.#attention?.address(text, start, end) ?? { kind: 'command', text };
    return address.kind === 'command' ? address.text : undefined;
  }

  #tick(): void {
    this.#recognising.tick();
    this.#spotting?.tick();
    this.#tell();
  }

  #complain(reason: string): void {
    this.#health.complain(reason);
    this.#tell();
  }

  #tell(): void {
    const lives = {
      commands: this.#recognising.life,
      'stop words': this.#spotting?.life ?? { kind: 'running' as const },
    };
    const state = this.#health.state(lives, this.#segmenter.talking);
    if (JSON.stringify(state) !== JSON.stringify(this.#state.value)) this.#state.next(state);
  }
}
