import { InputError } from '@praxis/core';
import { isStop, type OperatorRequest } from '@praxis/safety';
import type { Episode } from '@praxis/sim';
import {
  admitIntent,
  type HandPolicy,
  type Intent,
  type Language,
  loopSnapshot,
  type PilotEvent,
  supervisionPhase,
  VoicePilot,
} from '@praxis/teleop';
import { type DriveRequest, type FromEpisode, oneLine } from '../protocol/protocol.ts';
import type { EpisodeDialogue } from './conversation.ts';
import { HandDrive } from './hand-drive.ts';
import { OVER, PAUSED, type Playback, passToSupervisor, Replies } from './replies.ts';

const NO_POLICY = 'no policy drives the robot, so it follows no instructions: move an arm, for example “move up 5 cm”';
const NO_WORDS_FOR_BASES = 'words do not drive a base: use the buttons or the arrow keys; “stop” stops it';

/** Simulated time (s) between two polls of the pilots' timeouts. */
const POLL_PERIOD_S = 0.05;

/** Options of {@link HandDialogue}. */
export interface HandDialogueOptions {
  readonly episode: Episode;
  /** The episode's policy. */
  readonly policy: HandPolicy;
  readonly language: Language;
  readonly post: (message: FromEpisode) => void;
}

/**
 * The dialogue with a user who drives a robot of several arms or a base by hand: words move the selected arm, and buttons and keys
 * move arms and bases. A stop and a hold concern the whole robot.
 */
export class HandDialogue implements EpisodeDialogue {
  readonly #episode: Episode;
  readonly #policy: HandPolicy;
  readonly #language: Language;
  readonly #pilots: ReadonlyMap<string, VoicePilot>;
  readonly #grippers: ReadonlySet<string>;
  readonly #drive: HandDrive;
  readonly #replies: Replies;
  #selected: string | undefined;
  #stopped = false;
  #asksForMotion = false;
  /** True: the next words of a pilot are left out. */
  #quiet = false;
  #nextPoll = 0;

  constructor({ episode, policy, language, post }: HandDialogueOptions) {
    this.#episode = episode;
    this.#policy = policy;
    this.#language = language;
    this.#replies = new Replies(post);
    this.#drive = new HandDrive(policy);
    const { arms } = episode.robot.setup;
    this.#grippers = new Set(arms.flatMap(({ name, gripper }) => (gripper ? [name] : [])));
    this.#pilots = new Map(arms.map(({ name }) => [name, this.#openPilot(name)]));
    this.#selected = arms[0]?.name;
    episode.liftTimeLimit();
    // Nothing is judged, and no camera that ends stops a robot that a person moves.
    episode.setDriver('operator');
  }

  /** Selects the arm that words move. @throws {InputError} for an arm that the robot does not have */
  selectArm(name: string): void {
    if (!this.#pilots.has(name))
      throw new InputError(`arm ${name}: expected one of ${[...this.#pilots.keys()].join(', ')}`);
    this.#selected = name;
  }

  /** Moves a group by a button or a key of the page. */
  handleDrive(request: DriveRequest, playback: Playback): void {
    if (playback === 'playing' || request.kind === 'release') {
      try {
        this.#drive.handle(request);
      } catch (error) {
        this.#replies.say(oneLine(error));
      }
    } else this.#replies.say(playback === 'finished' ? OVER : PAUSED);
    this.#postReply();
  }

  handleText(id: number, text: string, playback: Playback): void {
    if (playback === 'finished') this.#replies.say(OVER);
    else {
      this.#tick();
      this.#asksForMotion = false;
      this.#accept(text);
      if (playback === 'paused' && this.#asksForMotion) this.#replies.say(PAUSED);
    }
    this.#postReply(id);
  }

  handleRequest(request: OperatorRequest, playback: Playback): void {
    const words = playback === 'finished' ? OVER : passToSupervisor(this.#episode, request);
    if (words !== undefined) this.#replies.say(words);
    else if (request === 'resetAndStart') {
      this.#tick();
      this.#replies.say('started: drive it by hand');
      if (playback === 'paused') this.#replies.say(PAUSED);
    }
    this.#postReply();
  }

  releaseTalk(): void {
    for (const pilot of this.#pilots.values()) pilot.onReleased();
    this.#postReply();
  }

  poll(): void {
    if (this.#episode.time >= this.#nextPoll) this.#tick();
  }

  close(): void {
    this.#drive.close();
    for (const pilot of this.#pilots.values()) pilot.close();
  }

  #openPilot(arm: string): VoicePilot {
    const policy = this.#policy.arm(arm);
    const { loop } = this.#episode;
    const pilot = new VoicePilot({
      ...{ language: this.#language, policy },
      requestStop: () => this.#episode.request('stop'),
      setInstruction() {},
      // Buttons and keys start goals too, and their ends at an edge are told.
      reports: 'all goals',
      snapshot: () => loopSnapshot(loop, this.#episode.time, policy.motion.limits.maximumWidth, arm),
    });
    pilot.events$.subscribe((event) => this.#handleEvent(arm, event));
    return pilot;
  }

  #accept(text: string): void {
    const { arm = this.#selected, rest } = this.#addressee(text);
    const asking = [...this.#pilots].find(([, { dialogue }]) => dialogue.state.pending);
    const intent = admitIntent(this.#language, this.#language.interpret(rest));
    if (intent.kind === 'stop' || arm === undefined) this.#acceptForAll(intent);
    else if (intent.kind === 'instruct') this.#replies.say(NO_POLICY);
    else if (intent.kind === 'gripper' && !this.#grippers.has(arm)) this.#replies.say(`${arm} has no gripper`);
    else {
      const answers = intent.kind === 'continue' || intent.kind === 'hold';
      const [, pilot] = (answers && asking) || [arm, this.#pilots.get(arm)!];
      if (intent.kind === 'hold' && !asking) this.#policy.hold();
      pilot.acceptIntent(intent, this.#episode.time);
    }
  }

  /** Words that concern the whole robot, and those that no arm can follow. */
  #acceptForAll(intent: Intent): void {
    if (intent.kind === 'stop') {
      this.#episode.request('stop');
      this.#drive.stand();
      this.#replies.say('stopping');
      this.#noteStop();
    } else if (intent.kind === 'hold') {
      this.#policy.hold();
      this.#replies.say('holding');
    } else this.#replies.say(intent.kind === 'unknown' ? 'I did not understand' : NO_WORDS_FOR_BASES);
  }

  /** The arm that a text names at its beginning, as in "left arm: up 5 cm", and the rest of it. */
  #addressee(text: string): { readonly arm?: string; readonly rest: string } {
    for (const arm of this.#pilots.keys()) {
      const named = text.toLowerCase().match(/^\s*(?:the\s+)?(\S+?)(?:\s+arm\b\s*[:,]?|\s*[:,])\s*(\S.*)$/);
      if (named?.[1] === arm.toLowerCase()) return { arm, rest: named[2] };
    }
    return { rest: text };
  }

  #tick(): void {
    const { supervisor, time } = this.#episode;
    this.#nextPoll = time + POLL_PERIOD_S;
    const phase = supervisionPhase(supervisor?.state ?? 'running', isStop);
    if (phase !== 'running') this.#drive.stand();
    if (phase === 'stopped' && !this.#stopped) {
      this.#noteStop();
      this.#replies.say(`the supervisor has stopped the robot: ${supervisor?.stopCause?.message ?? 'no cause'}`);
    }
    if (phase === 'running') this.#stopped = false;
    for (const pilot of this.#pilots.values()) pilot.tick(time, phase);
    this.#postReply();
  }

  /** The pilots do not report a stop that the user knows of. */
  #noteStop(): void {
    this.#stopped = true;
    for (const { dialogue } of this.#pilots.values()) dialogue.onSupervisorStop();
  }

  #handleEvent(arm: string, event: PilotEvent): void {
    switch (event.kind) {
      case 'goal':
        this.#asksForMotion = true;
        return;
      case 'resume':
        this.#replies.say('there is no motion to go on with');
        this.#quiet = true;
        return;
      case 'result':
        this.#quiet = this.#drive.isKnown(arm, event.result);
        return;
      case 'confirm':
        this.#replies.pending = this.#named(arm, event.text);
        this.#replies.say(this.#replies.pending);
        return;
      case 'hold':
      case 'instruct':
      case 'stop':
        return;
      case 'say':
        if (!this.#quiet) this.#replies.say(this.#named(arm, event.text));
        this.#quiet = false;
    }
  }

  /** Words about one of several arms. */
  #named(arm: string, words: string): string {
    return this.#pilots.size > 1 ? `${arm}: ${words}` : words;
  }

  #postReply(id?: number): void {
    const asks = [...this.#pilots.values()].some(({ dialogue }) => dialogue.state.pending);
    if (!asks) this.#replies.pending = undefined;
    this.#replies.post(id);
  }
}
