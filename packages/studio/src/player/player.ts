import type { ServiceClient } from '@praxis/core';
import { oneLine } from '../protocol/protocol.ts';
import type {
  PlotData,
  ReadingProgress,
  RecordingMark,
  RecordingService,
  RecordingSummary,
} from '../protocol/recording.ts';
import { CameraViews } from '../view/camera-views.ts';
import { element, write } from '../view/elements.ts';
import { MarkList } from './mark-list.ts';
import { NewestRequest } from './newest-request.ts';
import type { OpenedRecording } from './open-recording.ts';
import { PlaybackClock } from './playback-clock.ts';
import { factsLine, factsText } from './recording-facts.ts';
import { RecordingPlots } from './recording-plots.ts';
import { inOrder, lastMark, timeOfKey, WINDOW_S, windowAround } from './time-axis.ts';
import { Timeline } from './timeline.ts';

/** What the plots show: some seconds around the time, or everything. */
type SignalSpan = 'window' | 'whole';

const wallSeconds = (): number => performance.now() / 1000;

/** True when the focused field or button uses the key itself. The slider's keys are those of the player. */
function hasOwnKeys(target: EventTarget | null, key: string): boolean {
  if (target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return target.type === 'radio';
  const presses = key === ' ' || key === 'Enter';
  return presses && target instanceof HTMLElement && target.closest('button, summary') !== null;
}

/** Shows a recording: its pictures, plots and marks at a time that plays or that the user chooses. */
export class Player {
  readonly #client: ServiceClient<RecordingService>;
  readonly #summary: RecordingSummary;
  readonly #clock: PlaybackClock;
  readonly #timeline: Timeline;
  readonly #list = new MarkList((time) => this.seek(time));
  readonly #plots: RecordingPlots;
  readonly #cameras = new CameraViews(element('player-cameras', HTMLElement), 'recorded');
  readonly #play = element('player-play', HTMLButtonElement);
  readonly #speed = element('player-speed', HTMLSelectElement);
  readonly #whole = element('player-whole', HTMLInputElement);
  readonly #around = element('player-window', HTMLInputElement);
  readonly #pictures: NewestRequest<number, Awaited<ReturnType<RecordingService['methods']['pictures']>>>;
  readonly #signals: NewestRequest<SignalSpan, { readonly span: SignalSpan; readonly data: PlotData }>;
  #marks: readonly RecordingMark[] = [];
  /** Data of the plots by what they show; undefined before the first. */
  #windowData: PlotData | undefined;
  #wholeData: PlotData | undefined;
  /** Undefined while no frame is asked for. */
  #frame: number | undefined;
  #closed = false;

  constructor({ client, summary, listen }: OpenedRecording) {
    this.#client = client;
    this.#summary = summary;
    const { duration, startNs, cameras } = summary;
    this.#clock = new PlaybackClock(duration);
    this.#timeline = new Timeline({ duration, startNs, onSeek: (time) => this.seek(time) });
    this.#plots = new RecordingPlots(element('player-plots', HTMLElement), {
      time: () => this.#time,
      span: () => (this.#whole.checked ? [0, duration] : windowAround(this.#time, duration)),
      onSeek: (time) => this.seek(time),
    });
    this.#cameras.names = cameras;
    const fail = (error: unknown): void => {
      if (!this.#closed) this.#showDamage(oneLine(error));
    };
    this.#pictures = new NewestRequest(
      (time) => client.call('pictures', time),
      (images) => {
        if (this.#closed) return;
        // A camera without a picture at this time shows none of another time.
        if (images.length < cameras.length) this.#cameras.clear();
        this.#cameras.render({ images });
      },
      fail,
    );
    this.#signals = new NewestRequest(
      async (span) => {
        const { from, to } = this.#windowSpan();
        return {
          span,
          data: await (span === 'whole' ? client.call('overview') : client.call('signals', { from, to })),
        };
      },
      ({ span, data }) => this.#onSignals(span, data),
      fail,
    );
    this.#displaySummary();
    this.#play.onclick = () => this.togglePlayback();
    this.#speed.onchange = () => this.#clock.setSpeed(Number(this.#speed.value), wallSeconds());
    this.#clock.setSpeed(Number(this.#speed.value), wallSeconds());
    for (const choice of [this.#whole, this.#around]) choice.onchange = () => this.#showSignals();
    this.#show();
    listen((progress) => this.#onProgress(progress));
  }

  togglePlayback(): void {
    if (this.#clock.playing) this.#clock.pause(wallSeconds());
    else this.#clock.play(wallSeconds());
    this.#show();
  }

  /** Goes to a time of the recording (s). */
  seek(time: number): void {
    this.#clock.seek(time, wallSeconds());
    this.#show();
  }

  /** Handles a key, unless the focused field uses it. It returns false for a key of others. */
  handleKey({ key, shiftKey, target }: KeyboardEvent): boolean {
    if (hasOwnKeys(target, key)) return false;
    if (key === ' ') {
      this.togglePlayback();
      return true;
    }
    const { duration } = this.#summary;
    const time = timeOfKey(key, shiftKey, { time: this.#time, duration, marks: this.#marks });
    if (time === undefined) return false;
    this.seek(time);
    return true;
  }

  close(): void {
    this.#closed = true;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#plots.close();
    this.#cameras.clear();
    this.#list.marks = [];
    this.#timeline.marks = [];
    write(element('player-name', HTMLElement), '');
    void this.#client.close();
  }

  get #time(): number {
    return this.#clock.now(wallSeconds());
  }

  /** Shows the present time, and the next one while it plays. */
  #show(): void {
    const time = this.#time;
    this.#timeline.time = time;
    const { playing } = this.#clock;
    write(this.#play, playing ? 'Pause' : 'Play');
    this.#showMoment(time);
    this.#pictures.request(time);
    this.#showSignals();
    if (!playing || this.#frame !== undefined) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      if (!this.#closed) this.#show();
    });
  }

  /** Shows what was asked and what state the supervisor had. */
  #showMoment(time: number): void {
    this.#list.current = lastMark(this.#marks, time);
    const instruction = this.#marks[lastMark(this.#marks, time, ({ kind }) => kind === 'instruction')];
    write(element('player-instruction', HTMLElement), instruction?.text ?? '');
    const { state } = this.#marks[lastMark(this.#marks, time, ({ kind }) => kind === 'safety')] ?? {};
    const chip = element('player-safety', HTMLElement);
    chip.hidden = state === undefined;
    if (state !== undefined) chip.dataset.state = state;
    write(chip, state?.replaceAll('_', ' ') ?? '');
  }

  #showSignals(): void {
    if (this.#whole.checked) {
      if (this.#wholeData) this.#plots.data = this.#wholeData;
      else this.#signals.request('whole');
      return;
    }
    const [from, to] = windowAround(this.#time, this.#summary.duration);
    const data = this.#windowData;
    if (data) this.#plots.data = data;
    if (!data || data.from > from || data.to < Math.min(to, this.#summary.duration)) this.#signals.request('window');
  }

  #onSignals(span: SignalSpan, data: PlotData): void {
    if (this.#closed) return;
    if (span === 'whole') this.#wholeData = data;
    else this.#windowData = data;
    this.#showSignals();
  }

  /** The window with as much on either side, so that the next ones need no reading. */
  #windowSpan(): { readonly from: number; readonly to: number } {
    const [from, to] = windowAround(this.#time, this.#summary.duration);
    return { from: Math.max(0, from - WINDOW_S / 2), to: Math.min(this.#summary.duration, to + WINDOW_S / 2) };
  }

  #onProgress({ fraction, marks, unlistedMarks, damage }: ReadingProgress): void {
    if (this.#closed) return;
    write(element('player-reading', HTMLElement), fraction < 1 ? `reading ${Math.floor(100 * fraction)} %` : '');
    if (damage !== undefined) this.#showDamage(damage);
    if (marks.length > 0) {
      this.#marks = inOrder([...this.#marks, ...marks]);
      this.#list.marks = this.#marks;
      this.#timeline.marks = this.#marks;
      this.#showMoment(this.#time);
    }
    const unlisted = element('player-unlisted', HTMLElement);
    unlisted.hidden = unlistedMarks === 0;
    write(unlisted, `${unlistedMarks} further marks are not listed`);
    // More of it is known now.
    this.#wholeData = undefined;
    if (this.#whole.checked) this.#signals.request('whole');
  }

  #displaySummary(): void {
    const { name, facts, cut } = this.#summary;
    const title = element('player-name', HTMLElement);
    write(title, name);
    const line = element('player-facts', HTMLElement);
    write(line, factsLine(facts));
    line.title = factsText(facts);
    const cutLine = element('player-cut', HTMLElement);
    cutLine.hidden = cut === undefined;
    write(cutLine, cut ?? '');
    this.#showDamage('');
    write(element('player-reading', HTMLElement), '');
    element('player-unlisted', HTMLElement).hidden = true;
  }

  #showDamage(line: string): void {
    const damage = element('player-damage', HTMLElement);
    damage.hidden = line === '';
    write(damage, line);
  }
}
