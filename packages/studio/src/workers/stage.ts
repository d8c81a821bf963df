import { InputError, PolicyError } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, findTask, loadMujoco, TASK_NAMES, teleoperation } from '@praxis/sim';
import { wordingsOf } from '@praxis/sim/seeds';
import { Language, MotionPolicy, SwitchedPolicy } from '@praxis/teleop';
import { type EpisodeChoice, type FromEpisode, oneLine, type Speed, type ToEpisode } from '../protocol/protocol.ts';
import { Conversation } from './conversation.ts';
import { Player } from './player.ts';
import { RemotePolicy } from './remote-policy.ts';

async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new InputError(`${new URL(url).pathname}: the server answers ${response.status}`);
  return response.text();
}

/** Holds the one episode that the page shows. Messages are taken in order; playing goes on between them. */
export class Stage {
  readonly #post: (message: FromEpisode) => void;
  #urdf: Promise<string> | undefined;
  #policy: Promise<RemotePolicy> | undefined;
  #player: Player | undefined;
  #speed: Speed = 1;

  constructor(post: (message: FromEpisode) => void) {
    this.#post = post;
  }

  /** @throws what the message asked for and could not be had; the page shows it. */
  async take(message: ToEpisode): Promise<void> {
    const player = this.#player;
    switch (message.kind) {
      case 'init':
        return this.#init(message.urdfUrl, message.policy);
      case 'load':
        await this.#load(message.choice);
        return;
      case 'run':
        return this.#run(message.id, message.choice);
      case 'play':
        if (player) this.#play(player, Number.POSITIVE_INFINITY);
        return;
      case 'step':
        await player?.pause();
        if (player) this.#play(player, message.seconds);
        return;
      case 'pause':
        return player?.pause();
      case 'speed':
        this.#speed = message.speed;
        player?.setSpeed(message.speed);
        return;
      case 'say':
        if (player) player.conversation.hear(message.id, message.text);
        else this.#post({ kind: 'reply', id: message.id, words: ['there is no episode yet'], pending: undefined });
        return;
      case 'released':
        player?.conversation.released();
        return;
      case 'supervisor':
        player?.request(message.request);
        return;
      case 'mask':
        player?.episode.loop.setMask(message.mask);
        return;
      default:
        throw new InputError(`episode worker: unknown message ${(message as { kind: string }).kind}`);
    }
  }

  async #init(urdfUrl: string, port: MessagePort): Promise<void> {
    this.#policy = RemotePolicy.open(port);
    // Reported by the policy's worker already, and again by whoever asks for an episode with it.
    this.#policy.catch(() => undefined);
    this.#urdf = textOf(urdfUrl);
    try {
      await Promise.all([this.#urdf, loadMujoco()]);
    } catch (error) {
      throw new InputError(`The simulator did not load: ${oneLine(error)}`, { cause: error });
    }
    this.#post({ kind: 'ready', tasks: TASK_NAMES });
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

  /** Loads, and leaves the rest to itself: other messages get their turn while the episode runs. */
  async #run(id: number, choice: EpisodeChoice): Promise<void> {
    const fail = (error: unknown): void => this.#post({ kind: 'error', id, message: oneLine(error) });
    try {
      const player = await this.#load(choice, 'max');
      player.finish().then((result) => this.#post({ kind: 'result', id, result }), fail);
    } catch (error) {
      fail(error);
    }
  }

  #play(player: Player, seconds: number): void {
    if (player.over || player.playing) return;
    player.play(seconds);
    player.driving.then(
      () => {
        if (player.over) this.#post({ kind: 'result', result: player.episode.result() });
      },
      (error) => this.#post({ kind: 'error', message: oneLine(error) }),
    );
  }
}
