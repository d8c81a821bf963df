import { isStop } from '@praxis/safety';
import type { Episode } from '@praxis/sim';
import {
  type Language,
  loopSnapshot,
  type PilotEvent,
  type SwitchedPolicy,
  supervisionPhase,
  VoicePilot,
} from '@praxis/teleop';
import type { FromEpisode } from '../protocol/protocol.ts';

/** Simulated time (s) between two polls of the pilot's timeouts. */
const POLL_PERIOD_S = 0.05;

/** Options of {@link Conversation}. */
export interface ConversationOptions {
  readonly episode: Episode;
  /** The episode's policy. */
  readonly policy: SwitchedPolicy;
  readonly language: Language;
  readonly post: (message: FromEpisode) => void;
}

/** The dialogue with the user during one episode. Its clock is the episode's. */
export class Conversation {
  readonly #episode: Episode;
  readonly #policy: SwitchedPolicy;
  readonly #pilot: VoicePilot;
  readonly #post: (message: FromEpisode) => void;
  #words: string[] = [];
  #pending: string | undefined;
  #nextPoll = 0;

  constructor({ episode, policy, language, post }: ConversationOptions) {
    this.#episode = episode;
    this.#policy = policy;
    this.#post = post;
    this.#pilot = new VoicePilot({
      language,
      policy,
      requestStop: () => episode.request('stop'),
      setInstruction: (text) => {
        episode.setInstruction(text);
        post({ kind: 'instruction', text });
      },
      snapshot: () => loopSnapshot(episode.loop, this.#now),
    });
    this.#pilot.events$.subscribe((event) => this.#handleEvent(event));
    // The policy follows the task's own instruction from the start.
    policy.instruct();
  }

  /** Interprets a text and posts the reply. @param id id of the reply */
  handleText(id: number, text: string): void {
    this.#tickPilot();
    this.#pilot.acceptText(text, this.#now);
    this.#postReply(id);
  }

  /** Ends continuous motion after the release of the push-to-talk button. */
  releaseTalk(): void {
    this.#pilot.onReleased();
    this.#postReply();
  }

  /** Continues with the last command after the user has started the arm again. */
  resumeMotion(): void {
    this.#tickPilot();
    this.#policy.resume();
  }

  /** Checks timeouts and goals. Call it after each control period. */
  poll(): void {
    if (this.#now >= this.#nextPoll) this.#tickPilot();
  }

  close(): void {
    this.#pilot.close();
  }

  #tickPilot(): void {
    this.#nextPoll = this.#now + POLL_PERIOD_S;
    this.#pilot.tick(this.#now, supervisionPhase(this.#episode.supervisor?.state ?? 'running', isStop));
    this.#postReply();
  }

  #handleEvent(event: PilotEvent): void {
    if (event.kind === 'hold' || event.kind === 'goal' || event.kind === 'instruct') this.#episode.liftTimeLimit();
    if (event.kind === 'say') this.#words.push(event.text);
    if (event.kind !== 'confirm') return;
    this.#words.push(event.text);
    this.#pending = event.text;
  }

  #postReply(id?: number): void {
    if (id === undefined && this.#words.length === 0) return;
    if (!this.#pilot.dialogue.state.pending) this.#pending = undefined;
    this.#post({ kind: 'reply', id, words: this.#words, pending: this.#pending });
    this.#words = [];
  }

  get #now(): number {
    return this.#episode.robot.clock.now();
  }
}
