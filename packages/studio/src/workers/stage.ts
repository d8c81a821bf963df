import { type CallContext, type Handlers, InputError, PolicyError } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, type EpisodeResult, findTask, loadMujoco, TASK_NAMES, teleoperation } from '@praxis/sim';
import { wordingsOf } from '@praxis/sim/seeds';
import { Language, MotionPolicy, SwitchedPolicy } from '@praxis/teleop';
import {
  type EpisodeChoice,
  type EpisodeService,
  type FromEpisode,
  oneLine,
  type Speed,
} from '../protocol/protocol.ts';
import { Conversation } from './conversation.ts';
import { Player } from './player.ts';
import { RemotePolicy } from './remote-policy.ts';

async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new InputError(`${new URL(url).pathname}: the server answers ${response.status}`);
  return response.text();
}

/** Holds the one episode that the page shows. Calls are taken in order; playing goes on between them. */
export class Stage {
  readonly #post: (message: FromEpisode) => void;
  #urdf: Promise<string> | undefined;
  #policy: Promise<RemotePolicy> | undefined;
  #player: Player | undefined;
  #speed: Speed = 1;

  constructor(post: (message: FromEpisode) => void) {
    this.#post = post;
  }

  /** They reject with what was asked for and could not be had; the page shows it. */
  readonly methods: Handlers<EpisodeService> = {
    init: ({ urdfUrl, policy }) => this.#init(urdfUrl, policy),
    load: async (choice) => void (await this.#load(choice)),
    run: (choice, context) => this.#run(choice, context),
    play: () => this.#play(Number.POSITIVE_INFINITY),
    pause: () => this.#player?.pause(),
    step: async (seconds) => {
      await this.#player?.pause();
      this.#play(seconds);
    },
    speed: (speed) => {
      this.#speed = speed;
      this.#player?.setSpeed(speed);
    },
    say: ({ id, text }) => {
      if (this.#player) this.#player.conversation.hear(id, text);
      else this.#post({ kind: 'reply', id, words: ['there is no episode yet'], pending: undefined });
    },
    released: () => this.#player?.conversation.released(),
    supervisor: (request) => this.#player?.request(request),
    mask: (mask) => this.#player?.episode.loop.setMask(mask),
  };

  async #init(urdfUrl: string, port: MessagePort): Promise<readonly string[]> {
    this.#policy = RemotePolicy.open(port);
    // Reported by the policy's worker already, and again by whoever asks for an episode with it.
    this.#policy.catch(() => undefined);
    this.#urdf = textOf(urdfUrl);
    try {
      await Promise.all([this.#urdf, loadMujoco()]);
    } catch (error) {
      throw new InputError(`The simulator did not load: ${oneLine(error)}`, { cause: error });
    }
    return TASK_NAMES;
  }

  async #load(choice: EpisodeChoice, speed = this.#speed): Promise<Player> {
    await this.#player?.close();
    this.#player = undefined;
    this.#post({ kind: 'state', state: 'loading' });
    if (!this.#urdf || !this.#policy) throw new PolicyError('episode worker: asked before init');
    const { task, seed, driver, mask, instruction } = choice;
    const policy = driver === 'expert' ? undefined : await this.#policy;
    const urdf = await this.#urdf;
    let switched: SwitchedPolicy | undefined;
    const episode = await Episode.create({
      task,
      seed,
      urdf,
      policy: (expert) => {
        const learned = policy ?? expert;
        switched = new SwitchedPolicy(learned, new MotionPolicy({ ...teleoperation(urdf), timing: learned.spec }));
        return switched;
      },
      scheduler: new RecedingHorizon(),
      mask: policy ? mask : [],
      wordings: wordingsOf(seed),
      instruction,
      afterStop: 'wait',
    });
    const inferenceMs = () => policy?.milliseconds ?? episode.loop.stats.inferenceMilliseconds.at(-1) ?? 0;
    const conversation = new Conversation({
      episode,
      policy: switched!,
      language: new Language(policy?.extension),
      post: this.#post,
    });
    const player = new Player(episode, { speed, inferenceMs, conversation, post: this.#post });
    this.#player = player;
    const { bodies, scene } = episode.scene;
    // three writes each part's matrix, which nobody has computed where nothing is drawn by three itself.
    scene.updateMatrixWorld(true);
    this.#post({
      kind: 'scene',
      choice,
      instruction: episode.instruction,
      suggestions: findTask(task)
        .goals(wordingsOf(seed))
        .map(({ texts }) => texts[0]),
      scene: scene.toJSON(),
      bodies,
    });
    player.show();
    return player;
  }

  /** Loads, and leaves the rest to itself: other calls get their turn while the episode runs. */
  async #run(choice: EpisodeChoice, context: CallContext): Promise<EpisodeResult> {
    const player = await this.#load(choice, 'max');
    context.letNextBegin();
    const result = await player.finish();
    this.#post({ kind: 'result', result });
    return result;
  }

  #play(seconds: number): void {
    const player = this.#player;
    if (!player || player.over || player.playing) return;
    player.play(seconds);
    player.driving.then(
      () => {
        if (player.over) this.#post({ kind: 'result', result: player.episode.result() });
      },
      (error) => this.#post({ kind: 'error', message: oneLine(error) }),
    );
  }
}
