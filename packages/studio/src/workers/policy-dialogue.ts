import type { OperatorRequest } from '@praxis/safety';
import type { Episode } from '@praxis/sim';
import { admitIntent, type Intent, type Language } from '@praxis/teleop';
import type { FromEpisode } from '../protocol/protocol.ts';
import type { EpisodeDialogue } from './conversation.ts';
import { OVER, type Playback, passToSupervisor, Replies } from './replies.ts';

/** Options of {@link PolicyDialogue}. */
export interface PolicyDialogueOptions {
  readonly episode: Episode;
  readonly language: Language;
  readonly post: (message: FromEpisode) => void;
}

/**
 * The dialogue while a policy drives a robot of several arms or a base: words stop and hold the robot, and give the policy its
 * instruction.
 */
export class PolicyDialogue implements EpisodeDialogue {
  readonly #episode: Episode;
  readonly #language: Language;
  readonly #post: (message: FromEpisode) => void;
  readonly #replies: Replies;

  constructor({ episode, language, post }: PolicyDialogueOptions) {
    this.#episode = episode;
    this.#language = language;
    this.#post = post;
    this.#replies = new Replies(post);
  }

  handleText(id: number, text: string, playback: Playback): void {
    const context = { instruction: this.#episode.instruction };
    if (playback === 'finished') this.#replies.say(OVER);
    else this.#replies.say(this.#accept(admitIntent(this.#language, this.#language.interpret(text, context))));
    this.#replies.post(id);
  }

  handleRequest(request: OperatorRequest, playback: Playback): void {
    const words = playback === 'finished' ? OVER : passToSupervisor(this.#episode, request);
    if (words !== undefined) this.#replies.say(words);
    else if (request === 'resetAndStart') this.#replies.say('started: the policy goes on');
    this.#replies.post();
  }

  releaseTalk(): void {}
  poll(): void {}
  close(): void {}

  /** Follows an intent. It returns the answer. */
  #accept(intent: Intent): string {
    switch (intent.kind) {
      case 'stop':
        return passToSupervisor(this.#episode, 'stop') ?? 'stopping';
      case 'hold':
        return passToSupervisor(this.#episode, 'hold') ?? 'holding: “Reset and start” lets the policy go on';
      case 'instruct':
        this.#episode.setInstruction(intent.text);
        this.#post({ kind: 'instruction', text: intent.text });
        return intent.text;
      case 'unknown':
        return 'I did not understand';
      case 'ask':
      case 'continue':
      case 'gripper':
      case 'home':
      case 'move':
      case 'repeat':
      case 'rotate':
      case 'speed':
      case 'undo':
        return 'the policy drives the robot: choose the driver “by hand” to move it yourself';
    }
  }
}
