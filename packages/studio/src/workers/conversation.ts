import { isStop, type OperatorRequest } from '@praxis/safety';
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
import { OVER, PAUSED, type Playback, passToSupervisor, Replies } from './replies.ts';

/** Simulated time (s) between two polls of the pilot's timeouts. */
const POLL_PERIOD_S = 0.05;

/** The dialogue with the user during one episode, as the episode's runner uses it. */
export type EpisodeDialogue = Pick<Conversation, 'handleText' | 'handleRequest' | 'releaseTalk' | 'poll' | 'close'>;

/** Options of {@link Conversation}. */
export interface ConversationOptions {
  readonly episode: Episode;
  /** The episode's policy. */
  readonly policy: SwitchedPolicy;
  readonly language: Language;
  readonly post: (message: FromEpisode) => void;
}

/** The dialogue with the user during one episode with one arm. Its clock is the episode's. */
export class Conversation {
  readonly #episode: Episode;
  readonly #policy: SwitchedPolicy;
  readonly #pilot: VoicePilot;
  readonly #replies: Replies;
  /** True once the present text asked for motion. */
  #asksForMotion = false;
  #nextPoll = 0;

  constructor({ episode, policy, language, post }: ConversationOptions) {
    this.#episode = episode;
    this.#policy = policy;
    this.#replies = new Replies(post);
    this.#pilot = new VoicePilot({
      language,
      policy,
      requestStop: () => episode.request('stop'),
      setInstruction: (text) => {
        episode.setInstruction(text);
        post({ kind: 'instruction', text });
      },
      snapshot: () => loopSnapshot(episode.loop, this.#now, policy.motion.limits.maximumWidth),
    });
    this.#pilot.events$.subscribe((event) => this.#handleEvent(event));
    // The policy follows the task's own instruction from the start.
    policy.instruct();
  }

  /** Interprets a text and posts the reply, which says what will happen. @param id id of the reply */
  handleText(id: number, text: string, playback: Playback): void {
    if (playback === 'finished') this.#replies.say(OVER);
    else {
      this.#tickPilot();
      this.#asksForMotion = false;
      this.#pilot.acceptText(text, this.#now);
      if (playback === 'paused' && this.#asksForMotion) this.#replies.say(PAUSED);
    }
    this.#postReply(id);
  }

  /** Passes a request of the page's buttons to the supervisor, and posts what it does where the state does not show it. */
  handleRequest(request: OperatorRequest, playback: Playback): void {
    if (playback === 'finished') this.#replies.say(OVER);
    else {
      const refusal = passToSupervisor(this.#episode, request);
      if (refusal !== undefined) this.#replies.say(refusal);
      else if (request === 'resetAndStart') this.#resumeMotion(playback);
    }
    this.#postReply();
  }

  /** Ends continuous motion after the release of the push-to-talk button. */
  releaseTalk(): void {
    this.#pilot.onReleased();
    this.#postReply();
  }

  /** Continues with the last instruction after the user has started the arm again. */
  #resumeMotion(playback: Playback): void {
    this.#tickPilot();
    this.#policy.resume();
    this.#replies.say(`started: the arm follows "${this.#episode.instruction}"`);
    if (playback === 'paused') this.#replies.say(PAUSED);
  }

  /** Checks timeouts and goals. Call it after each control period. */
  poll(): void {
    // A verdict is about an instruction, not about motions by hand.
    this.#episode.setDriver(this.#policy.driver === 'learned' ? 'policy' : 'operator');
    if (this.#now >= this.#nextPoll) this.#tickPilot();
  }

  close(): void {
    this.#pilot.close();
  }

  #tickPilot(): void {
    this.#nextPoll = this.#now + POLL_PERIOD_S;
    const { supervisor } = this.#episode;
    const phase = supervisionPhase(supervisor?.state ?? 'running', isStop);
    this.#pilot.tick(this.#now, phase, supervisor?.stopCause?.message);
    this.#postReply();
  }

  #handleEvent(event: PilotEvent): void {
    if (event.kind === 'hold' || event.kind === 'goal' || event.kind === 'instruct') this.#episode.liftTimeLimit();
    if (event.kind === 'goal' || event.kind === 'instruct' || event.kind === 'resume') this.#asksForMotion = true;
    if (event.kind === 'say') this.#replies.say(event.text);
    if (event.kind !== 'confirm') return;
    this.#replies.say(event.text);
    this.#replies.pending = event.text;
  }

  #postReply(id?: number): void {
    if (!this.#pilot.dialogue.state.pending) this.#replies.pending = undefined;
    this.#replies.post(id);
  }

  get #now(): number {
    return this.#episode.robot.clock.now();
  }
}
