import { InputError } from '@praxis/core';
import type { EpisodeResult } from '@praxis/sim';
import { EpisodeClient } from '../client/episode-client.ts';
import {
  type Driver,
  type EpisodeNames,
  type FromEpisode,
  NO_PLANNER,
  oneLine,
  type PolicyDescription,
  type RunState,
} from '../protocol/protocol.ts';
import { DRIVERS, type PageAddress, seedFrom, unknownName } from '../view/address.ts';
import { type Choice, Controls } from '../view/controls.ts';
import { RecordPanel } from '../view/record-panel.ts';
import { RobotPanel } from '../view/robot-panel.ts';
import type { StatusLine } from '../view/status-line.ts';
import { VoiceController } from '../voice/voice-controller.ts';
import { AddressBar } from './address-bar.ts';
import type { StudioApi } from './api.ts';
import { EpisodeSequence } from './episode-sequence.ts';
import { EpisodeViews } from './episode-views.ts';
import { PageLoading } from './page-loading.ts';
import { listenForShortcuts } from './shortcuts.ts';

/** Simulated time (s) of one press of Step: one inference period. */
const STEP_S = 0.1;

/** Options of {@link Studio}. */
export interface StudioOptions {
  readonly status: StatusLine;
  readonly modelUrl: string;
  readonly urdfUrl: string;
  /** Folder of the robots, with a trailing slash. */
  readonly robotsUrl: string;
  /** Address of the user's configuration, as one module. */
  readonly configUrl: string;
  /** What the address of the page asks for. */
  readonly address: PageAddress;
}

/** Connects the workers and the views: the views display messages, and the controls send requests. */
export class Studio {
  readonly api: StudioApi;
  readonly #status: StatusLine;
  readonly #client: EpisodeClient;
  readonly #controls: Controls;
  readonly #views: EpisodeViews;
  readonly #robot = new RobotPanel((name) => this.#address.openRobot(name, this.#controls));
  readonly #voiceController = new VoiceController({
    submitText: (utterance) => this.#client.episode.notify('submitText', utterance),
    requestStop: () => this.#client.episode.notify('requestSupervisor', 'stop'),
    releaseTalk: () => this.#client.episode.notify('releaseTalk'),
  });
  readonly #record = new RecordPanel({
    start: () =>
      void this.#client.episode.call('startRecording').catch((error: unknown) => {
        this.#record.fail();
        this.#status.error = oneLine(error);
      }),
    stop: () => this.#client.episode.notify('stopRecording'),
  });
  readonly #address: AddressBar;
  readonly #loading: PageLoading;
  readonly #sequence = new EpisodeSequence({
    startNext: () => this.#startNext(),
    mayStart: () => !this.#views.supervisor.stopped && !this.#controls.editing && !document.hidden,
  });
  #state: RunState = 'loading';
  /** True: the next episode plays as soon as it is loaded. It follows the last use of the play button. */
  #playsOnLoad: boolean;
  /** Number of episodes that scripts run at present; no other episode follows those. */
  #scripted = 0;
  #shown: Choice | undefined;

  constructor({ status, modelUrl, urdfUrl, robotsUrl, configUrl, address }: StudioOptions) {
    this.#status = status;
    this.#loading = new PageLoading(status);
    this.#address = new AddressBar(address, status);
    this.#playsOnLoad = address.start === 'playing';
    // The workers load while the views are made: their messages come after this constructor.
    this.#client = new EpisodeClient({
      modelUrl,
      policy: address.policy,
      namesPolicy: this.#address.namesPolicy,
      robot: address.robot,
      acceptRobot: address.acceptRobot,
      ...{ urdfUrl, robotsUrl, configUrl },
      onReady: (names) => this.#startFirst(names),
      onEpisode: (message) => this.#handleEpisodeMessage(message),
      onPolicyProgress: (progress) => {
        this.#loading.policyProgress = progress;
      },
      onPolicy: (policy) => this.#renderPolicy(policy),
      onPolicyError: (message) => {
        this.#loading.onPolicyError(message);
        this.#fail(message);
      },
    });
    this.#views = new EpisodeViews(status, this.#client.episode);
    this.#controls = this.#makeControls();
    listenForShortcuts(this.#controls, this.#voiceController.panel, this.#views.drive.pad);
    this.api = {
      ready: this.#loading.ready,
      runEpisode: (choice) => this.#runEpisode(choice),
    };
    this.#controls.speed = address.speed;
    this.#client.episode.notify('setSpeed', address.speed);
    this.#address.reportProblems();
  }

  #makeControls(): Controls {
    return new Controls({
      togglePlayback: () => this.#togglePlayback(),
      step: () => {
        this.#playsOnLoad = false;
        this.#client.episode.notify('step', STEP_S);
      },
      load: (choice) => {
        this.#status.error = '';
        this.#load(choice);
      },
      submitText: (text) => this.#voiceController.submitTypedText(text),
      setMask: (mask) => {
        this.#views.mask = mask;
        if (this.#views.driver === 'policy') this.#client.episode.notify('setMask', mask);
        this.#keepAddress();
      },
      setSpeed: (speed) => {
        this.#client.episode.notify('setSpeed', speed);
        this.#keepAddress();
      },
      openPolicy: (policy) => this.#address.openPolicy(policy, this.#controls),
      reportError: (error) => {
        this.#status.error = oneLine(error);
      },
    });
  }

  /** Loads the first episode, once the simulator is there and, for a mask, the policy whose modalities it names. */
  #startFirst(names: EpisodeNames): void {
    const { tasks, policies, planners, robot, robots } = names;
    const { seed, mask, policy, robot: named } = this.#address.opened;
    const kind = robot.groups.length > 0 ? 'groups' : 'one arm';
    this.#address.kind = kind;
    this.#address.planning = names;
    this.#robot.display(robot, robots, named);
    this.#views.displayRobot(robot, named === undefined ? 'usual' : 'own');
    // The shipped policy moves one arm: without a policy of the user's there is none to wait for.
    if (kind === 'groups' && !this.#address.namesPolicy) this.#loading.onPolicy('driven by hand');
    else this.#client.openPolicy();
    const { drivers } = this.#address;
    this.#controls.drivers = DRIVERS.filter((each) => drivers.includes(each));
    this.#controls.tasks = tasks;
    this.#controls.planners = { names: planners, defaultFor: (task) => this.#address.defaultPlanner(task) };
    this.#controls.policies = policies.filter((name) => name !== policy);
    const driver = this.#address.chooseDriver();
    const task = this.#address.chooseTask(tasks);
    this.#controls.choice = { task, seed, driver, planner: this.#address.choosePlanner(task) };
    this.#loading.onSimulator();
    const start = () => this.#load(this.#controls.choice);
    if (mask.length === 0) start();
    else this.#loading.ready.then(start, start);
  }

  #load(choice: Choice): void {
    this.#sequence.cancel();
    this.#client.episode.notify('load', { ...choice, mask: this.#controls.mask });
  }

  /** Pauses the episode, and lets no other one follow it. */
  pause(): void {
    if (this.#state === 'playing' || this.#sequence.pending) this.#togglePlayback();
    this.#playsOnLoad = false;
  }

  #togglePlayback(): void {
    const playing = this.#state === 'playing' || this.#sequence.pending;
    this.#playsOnLoad = !playing;
    this.#sequence.cancel();
    if (this.#state !== 'finished') this.#client.episode.notify(playing ? 'pause' : 'play');
    else if (!playing) this.#startNext();
    this.#renderState();
  }

  /** Loads the episode of the next seed. */
  #startNext(): void {
    if (!this.#shown) return;
    try {
      this.#load({ ...this.#shown, seed: seedFrom(String(this.#shown.seed + 1)) });
    } catch (error) {
      this.#status.error = oneLine(error);
    }
  }

  async #runEpisode(choice: Parameters<StudioApi['runEpisode']>[0]): Promise<EpisodeResult> {
    const { task, seed, driver = 'policy', mask = [], instruction } = choice;
    const { planner = this.#address.defaultPlanner(task) } = choice;
    const scripted: readonly Driver[] = this.#address.drivers.filter((each) => each !== 'hand');
    if (!scripted.includes(driver)) throw new InputError(unknownName('driver', driver, scripted));
    this.#status.error = '';
    this.#sequence.cancel();
    this.#scripted++;
    try {
      return await this.#client.run({ task, seed, driver, planner, mask, instruction });
    } finally {
      this.#scripted--;
    }
  }

  /** Lets the address of the page open this choice again. */
  #keepAddress(): void {
    if (this.#shown) this.#address.keep(this.#shown, this.#controls);
  }

  #renderPolicy({ name, modalities, extension }: PolicyDescription): void {
    this.#controls.modalities = modalities;
    this.#controls.mask = this.#address.chooseMask(modalities);
    this.#views.modalities = modalities;
    this.#voiceController.extension = extension;
    this.#loading.onPolicy(`policy: ${name}`);
  }

  #handleEpisodeMessage(message: FromEpisode): void {
    switch (message.kind) {
      case 'scene':
        this.#displayScene(message);
        return;
      case 'frame':
        this.#views.renderFrame(message);
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
      case 'recording':
        this.#record.display(message.recording);
        return;
      case 'plan':
        this.#views.plan.display(message.plan);
        return;
      case 'result':
        this.#status.outcome = message.result;
        if (this.#playsOnLoad && this.#scripted === 0) this.#sequence.onEpisodeEnd();
        this.#renderState();
        return;
      case 'error':
        this.#fail(message.message);
        return;
    }
  }

  #fail(message: string): void {
    this.#sequence.cancel();
    this.#loading.fail(message);
  }

  #setState(state: RunState): void {
    this.#state = state;
    this.#status.state = state;
    this.#views.drive.state = state;
    this.#renderState();
  }

  #renderState(): void {
    const playing = this.#state === 'playing' || this.#sequence.pending;
    this.#controls.displayPlayback({ playing, able: this.#state !== 'loading' });
  }

  #displayScene(message: Extract<FromEpisode, { kind: 'scene' }>): void {
    const { task, seed, driver, planner = NO_PLANNER } = message.choice;
    this.#loading.onScene();
    this.#shown = { task, seed, driver, planner };
    this.#controls.choice = this.#shown;
    this.#controls.suggestions = message.suggestions;
    this.#keepAddress();
    this.#views.displayScene(message);
    if (this.#playsOnLoad) this.#client.episode.notify('play');
  }
}
