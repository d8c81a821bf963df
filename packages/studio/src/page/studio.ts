import { EpisodeClient } from '../client/episode-client.ts';
import {
  type EpisodeChoice,
  type FromEpisode,
  oneLine,
  type PolicyDescription,
  type RunState,
  type TelemetryFrame,
} from '../protocol/protocol.ts';
import { CameraView } from '../view/camera-view.ts';
import { Controls } from '../view/controls.ts';
import { element } from '../view/elements.ts';
import { GateBars } from '../view/gate-bars.ts';
import { SceneView } from '../view/scene-view.ts';
import type { StatusLine } from '../view/status-line.ts';
import { SupervisorPanel } from '../view/supervisor-panel.ts';
import { WrenchPlot } from '../view/wrench-plot.ts';
import { VoiceController } from '../voice/voice-controller.ts';
import { Readiness, type StudioApi } from './api.ts';
import { listenForShortcuts } from './shortcuts.ts';

/** Simulated time (s) of one press of Step: one inference period. */
const STEP_S = 0.1;

/** Options of {@link Studio}. */
export interface StudioOptions {
  readonly status: StatusLine;
  readonly modelUrl: string;
  readonly urdfUrl: string;
  /** Address of the user's configuration, as one module. */
  readonly configUrl: string;
  /** `policy`, `task`, `seed` and `driver` of the first episode; `play=0` starts paused. */
  readonly query: URLSearchParams;
}

/** Connects the workers and the views: the views display messages, and the controls send requests. */
export class Studio {
  readonly api: StudioApi;
  readonly #status: StatusLine;
  readonly #client: EpisodeClient;
  readonly #controls: Controls;
  readonly #scene: SceneView | undefined;
  readonly #cameras: ReadonlyMap<string, CameraView>;
  readonly #wrench = new WrenchPlot(element('wrench', HTMLElement));
  readonly #gates = new GateBars(element('gates', HTMLElement));
  readonly #supervisor = new SupervisorPanel((request) => this.#client.episode.notify('requestSupervisor', request));
  readonly #voiceController = new VoiceController({
    submitText: (utterance) => this.#client.episode.notify('submitText', utterance),
    requestStop: () => this.#client.episode.notify('requestSupervisor', 'stop'),
    releaseTalk: () => this.#client.episode.notify('releaseTalk'),
  });
  #state: RunState = 'loading';
  /** True: the next episode plays as soon as it is loaded. It follows the last use of the play button. */
  #playsOnLoad: boolean;
  #driver: EpisodeChoice['driver'] = 'policy';
  /** Reason why the policy did not load; undefined otherwise. */
  #policyError: string | undefined;
  readonly #ready = new Readiness(['policy', 'simulator']);

  constructor({ status, modelUrl, urdfUrl, configUrl, query }: StudioOptions) {
    this.#status = status;
    this.#playsOnLoad = query.get('play') !== '0';
    // The workers load while the views are made: their messages come after this constructor.
    this.#client = new EpisodeClient({
      modelUrl,
      policy: query.get('policy') ?? undefined,
      urdfUrl,
      configUrl,
      onReady: ({ tasks, policies }) => {
        this.#controls.tasks = tasks;
        this.#controls.policies = policies.filter((name) => name !== query.get('policy'));
        this.#ready.markReady('simulator');
        this.#controls.reload();
      },
      onEpisode: (message) => this.#handleEpisodeMessage(message),
      onPolicy: (policy) => this.#renderPolicy(policy),
      onPolicyError: (message) => this.#renderPolicyError(message),
    });
    this.#scene = this.#openScene();
    this.#cameras = new Map(
      ['front', 'wrist'].map((name) => [name, new CameraView(element(`camera-${name}`, HTMLCanvasElement))]),
    );
    this.#controls = this.#makeControls();
    listenForShortcuts(this.#controls, this.#voiceController.panel);
    this.api = {
      ready: this.#ready.promise,
      runEpisode: ({ task, seed, driver = 'policy', mask = [], instruction }) => {
        this.#status.error = '';
        return this.#client.run({ task, seed, driver, mask, instruction });
      },
    };
    this.#readQuery(query);
  }

  #openScene(): SceneView | undefined {
    try {
      return new SceneView(element('scene', HTMLCanvasElement));
    } catch (error) {
      this.#status.error = `3D view: ${oneLine(error)}; everything else works without it`;
      return undefined;
    }
  }

  #makeControls(): Controls {
    return new Controls({
      togglePlayback: () => {
        this.#playsOnLoad = this.#state !== 'playing';
        if (this.#state === 'finished') this.#controls.reload();
        else this.#client.episode.notify(this.#playsOnLoad ? 'play' : 'pause');
      },
      step: () => {
        this.#playsOnLoad = false;
        this.#client.episode.notify('step', STEP_S);
      },
      load: (choice) => {
        this.#status.error = '';
        this.#client.episode.notify('load', { ...choice, mask: this.#controls.mask });
      },
      submitText: (text) => this.#voiceController.submitTypedText(text),
      setMask: (mask) => {
        this.#renderMask(mask);
        if (this.#driver === 'policy') this.#client.episode.notify('setMask', mask);
      },
      setSpeed: (speed) => this.#client.episode.notify('setSpeed', speed),
      openPolicy: (name) => {
        const { task, seed } = this.#controls.choice;
        location.search = new URLSearchParams({ policy: name, task, seed: String(seed) }).toString();
      },
      reportError: (error) => {
        this.#status.error = oneLine(error);
      },
    });
  }

  #readQuery(query: URLSearchParams): void {
    const seed = query.get('seed');
    if (seed !== null) element('seed', HTMLInputElement).value = seed;
    if (query.get('driver') === 'expert') element('driver', HTMLSelectElement).value = 'expert';
  }

  #renderMask(mask: readonly string[]): void {
    this.#gates.setMask(mask);
    for (const camera of this.#cameras.values()) camera.masked = mask.includes('vision');
  }

  #renderPolicy({ name, modalities, extension }: PolicyDescription): void {
    this.#controls.modalities = modalities;
    this.#gates.modalities = modalities;
    this.#status.policy = `policy: ${name}`;
    this.#voiceController.extension = extension;
    this.#ready.markReady('policy');
  }

  #renderPolicyError(message: string): void {
    this.#status.policy = 'policy: none';
    this.#policyError = message;
    this.#status.error = `The policy did not load: ${message}`;
    this.#ready.fail(message);
  }

  #handleEpisodeMessage(message: FromEpisode): void {
    switch (message.kind) {
      case 'scene':
        this.#displayScene(message);
        return;
      case 'frame':
        this.#renderFrame(message);
        return;
      case 'state':
        this.#setState(message.state);
        return;
      case 'instruction':
        this.#status.instruction = message.text;
        return;
      case 'reply':
        this.#voiceController.displayReply(message);
        return;
      case 'result':
        this.#status.outcome = message.result;
        return;
      case 'error':
        this.#fail(message.message);
        return;
    }
  }

  #fail(message: string): void {
    this.#ready.fail(message);
    this.#status.error = message === this.#policyError ? `The policy did not load: ${message}` : message;
  }

  #setState(state: RunState): void {
    this.#state = state;
    if (state === 'finished') this.#playsOnLoad = false;
    this.#status.state = state;
    this.#controls.displayPlayback({ playing: state === 'playing', able: state !== 'loading' });
  }

  #displayScene({ choice, instruction, suggestions, scene, bodies }: Extract<FromEpisode, { kind: 'scene' }>): void {
    this.#driver = choice.driver;
    this.#controls.choice = choice;
    this.#status.instruction = instruction;
    this.#status.outcome = undefined;
    this.#wrench.clear();
    this.#gates.clear();
    this.#renderMask(choice.mask);
    for (const camera of this.#cameras.values()) camera.clear();
    this.#controls.suggestions = suggestions;
    this.#scene?.load(scene, bodies);
    if (this.#playsOnLoad) this.#client.episode.notify('play');
  }

  #renderFrame(frame: TelemetryFrame): void {
    this.#scene?.setPoses(frame.poses);
    this.#wrench.append(frame.wrench);
    // The scripted expert has no gates.
    if (this.#driver === 'policy') this.#gates.renderGates(frame.gates);
    this.#status.renderFrame(frame);
    this.#supervisor.renderStatus(frame.supervisor);
    for (const [name, view] of this.#cameras) {
      view.renderImage(
        frame.images.find(({ camera }) => camera === name),
        frame.grounding?.[name],
      );
    }
  }
}
