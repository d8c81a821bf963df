import { isStop, type OperatorRequest } from '@praxis/safety';
import type { Episode } from '@praxis/sim';
import {
  type Language,
  loopSnapshot,
  type PilotEvent,
  type SwitchedPolicy,
  sentenceKind,
  supervisionPhase,
  VoicePilot,
} from '@praxis/teleop';
import type { FromEpisode } from '../protocol/protocol.ts';
import { PlanSession } from './planning/plan-session.ts';
import type { PlanningSetup } from './planning/planning-setup.ts';
import { OVER, PAUSED, type Playback, passToSupervisor, Replies } from './replies.ts';

/** Simulated time (s) between two polls of the pilot's timeouts. */
const POLL_PERIOD_S = 0.05;

/** The dialogue with the user during one episode, as the episode's runner uses it. */
export interface EpisodeDialogue extends Pick<Conversation, 'handleText' | 'handleRequest' | 'releaseTalk'> {
  /** Ends the plan that runs. */
  cancelPlan?(): void;
  /** Call it after each control period, and await what it returns before the next one. */
  poll(): void | Promise<void>;
  close(): void | Promise<void>;
}

/** Options of {@link Conversation}. */
export interface ConversationOptions {
  readonly episode: Episode;
  /** The episode's policy. */
  readonly policy: SwitchedPolicy;
  readonly language: Language;
  readonly post: (message: FromEpisode) => void;
  /** Plans the requests of the user. Default: the policy follows the task's own instruction from the start, and each instruction of the user. */
  readonly planning?: PlanningSetup;
}

/** The dialogue with the user during one episode with one arm. Its clock is the episode's. */
export class Conversation implements EpisodeDialogue {
  readonly #episode: Episode;
  readonly #policy: SwitchedPolicy;
  readonly #language: Language;
  readonly #post: (message: FromEpisode) => void;
  readonly #pilot: VoicePilot;
  readonly #replies: Replies;
  readonly #plans: PlanSession | undefined;
  /** Question of the pilot that waits for yes or no. */
  #confirm: string | undefined;
  /** True once the present text asked for motion. */
  #asksForMotion = false;
  #nextPoll = 0;

  constructor({ episode, policy, language, post, planning }: ConversationOptions) {
    this.#episode = episode;
    this.#policy = policy;
    this.#language = language;
    this.#post = post;
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
    this.#plans =
      planning &&
      new PlanSession({
        ...{ ...planning, episode, policy },
        display: (plan) => post({ kind: 'plan', plan }),
        say: (text) => {
          this.#replies.say(text);
          this.#postReply();
        },
      });
    // The policy follows the task's own instruction from the start.
    if (!planning) policy.instruct();
  }

  /** Interprets a text and posts the reply, which says what will happen. @param id id of the reply */
  handleText(id: number, text: string, playback: Playback): void {
    if (playback === 'finished') this.#replies.say(OVER);
    else {
      this.#tickPilot();
      this.#asksForMotion = false;
      if (this.#plans) this.#acceptText(text, this.#plans);
      else this.#pilot.acceptText(text, this.#now);
      if (playback === 'paused' && this.#asksForMotion) this.#replies.say(PAUSED);
    }
    this.#postReply(id);
  }

  /** Executes a sentence, or passes it to the plan that runs. A stop goes to the supervisor first, past every plan. */
  #acceptText(text: string, plans: PlanSession): void {
    const kind = sentenceKind(this.#language, text);
    const intent = this.#language.interpret(text).kind;
    if (kind === 'stop' || (kind === 'question' && !plans.isAsking)) this.#pilot.acceptText(text, this.#now);
    // A no to what was read back is an answer.
    else if (plans.isRunning && kind === 'hold' && plans.pending === undefined) this.cancelPlan();
    else if (plans.isRunning) {
      if (!plans.isAsking && kind === 'request') {
        this.#replies.say('planning again');
        this.#post({ kind: 'instruction', text });
      }
      plans.hear(text);
    } else if (kind === 'request') this.#plan(text, plans);
    // What the policy did last belongs to a plan that has ended.
    else if (intent === 'continue' && !this.#pilot.dialogue.state.pending) this.#replies.say('nothing waits for a yes');
    else this.#pilot.acceptText(text, this.#now);
    plans.onSupervisor();
  }

  #plan(request: string, plans: PlanSession): void {
    this.#asksForMotion = true;
    this.#post({ kind: 'instruction', text: request });
    this.#replies.say('planning');
    plans.begin(request);
  }

  /** Ends the plan that runs: the arm holds. */
  cancelPlan(): void {
    this.#plans?.cancel('held by the operator');
  }

  /** Passes a request of the page's buttons to the supervisor, and posts what it does where the state does not show it. */
  handleRequest(request: OperatorRequest, playback: Playback): void {
    if (playback === 'finished') this.#replies.say(OVER);
    else {
      const refusal = passToSupervisor(this.#episode, request);
      if (refusal !== undefined) this.#replies.say(refusal);
      else if (request === 'resetAndStart') this.#resumeMotion(playback);
    }
    this.#plans?.onSupervisor();
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
    if (this.#plans) this.#replies.say('started: the arm waits for a request');
    else {
      this.#policy.resume();
      this.#replies.say(`started: the arm follows "${this.#episode.instruction}"`);
    }
    if (playback === 'paused') this.#replies.say(PAUSED);
  }

  /** Checks timeouts and goals, and lets a plan go on. Call it after each control period. */
  poll(): Promise<void> | undefined {
    // A verdict is about an instruction, not about motions by hand.
    this.#episode.setDriver(this.#policy.driver === 'learned' ? 'policy' : 'operator');
    if (this.#now >= this.#nextPoll) this.#tickPilot();
    return this.#plans?.poll();
  }

  async close(): Promise<void> {
    await this.#plans?.close();
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
    this.#confirm = event.text;
  }

  #postReply(id?: number): void {
    if (!this.#pilot.dialogue.state.pending) this.#confirm = undefined;
    this.#replies.pending = this.#plans?.pending ?? this.#confirm;
    this.#replies.post(id);
  }

  get #now(): number {
    return this.#episode.robot.clock.now();
  }
}
