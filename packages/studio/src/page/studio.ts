import { InputError } from '@praxis/core';
import type { EpisodeResult } from '@praxis/sim';
import { EpisodeClient } from '../client/episode-client.ts';
import {
  type Driver,
  type EpisodeChoice,
  type EpisodeNames,
  type FromEpisode,
  oneLine,
  type PolicyDescription,
  type RobotDisplay,
  type RunState,
  type TelemetryFrame,
} from '../protocol/protocol.ts';
import { DRIVERS, type PageAddress, seedFrom, unknownName } from '../view/address.ts';
import { CameraViews } from '../view/camera-views.ts';
import { type Choice, Controls } from '../view/controls.ts';
import { DriveView } from '../view/drive-view.ts';
import { element } from '../view/elements.ts';
import { GateBars } from '../view/gate-bars.ts';
import { LoadingView } from '../view/loading-view.ts';
import { RobotPanel } from '../view/robot-panel.ts';
import { SceneView } from '../view/scene-view.ts';
import { SignalPlots } from '../view/signal-plots.ts';
import type { StatusLine } from '../view/status-line.ts';
import { SupervisorPanel } from '../view/supervisor-panel.ts';
import { VoiceController } from '../voice/voice-controller.ts';
import { AddressBar } from './address-bar.ts';
import { Readiness, type StudioApi } from './api.ts';
import { EpisodeSequence } from './episode-sequence.ts';
import { listenForShortcuts } from './shortcuts.ts';

/** Simulated time (s) of one press of Step: one inference period. */
const STEP_S = 0.1;

/** Beginning of the line about a policy that gives no actions. */
const POLICY_FAILS = 'The policy gives no actions, and the robot holds: ';

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
  readonly #scene: SceneView | undefined;
  readonly #cameras = new CameraViews(element('cameras', HTMLElement));
  readonly #robot = new RobotPanel((name) => this.#address.openRobot(name, this.#controls));
  readonly #plots = new SignalPlots(element('wrench', HTMLElement), element('wrench-title', HTMLElement));
  readonly #gates = new GateBars(element('gates', HTMLElement));
  readonly #supervisor = new SupervisorPanel((request) => this.#client.episode.notify('requestSupervisor', request));
  readonly #drive = new DriveView({
    drive: (request) => this.#client.episode.notify('drive', request),
    selectArm: (name) => this.#client.episode.notify('selectArm', name),
  });
  readonly #voiceController = new VoiceController({
    submitText: (utterance) => this.#client.episode.notify('submitText', utterance),
    requestStop: () => this.#client.episode.notify('requestSupervisor', 'stop'),
    releaseTalk: () => this.#client.episode.notify('releaseTalk'),
  });
  readonly #address: AddressBar;
  readonly #loading = new LoadingView();
  readonly #sequence = new EpisodeSequence({
    startNext: () => this.#startNext(),
    mayStart: () => !this.#supervisor.stopped && !this.#controls.editing && !document.hidden,
  });
  #state: RunState = 'loading';
  /** True: the next episode plays as soon as it is loaded. It follows the last use of the play button. */
  #playsOnLoad: boolean;
  /** Number of episodes that scripts run at present; no other episode follows those. */
  #scripted = 0;
  #shown: Choice | undefined;
  #driver: EpisodeChoice['driver'] = 'policy';
  /** Reason why the policy did not load; undefined otherwise. */
  #policyError: string | undefined;
  /** Why the policy gives no actions at present; undefined while it does. */
  #policyFault: string | undefined;
  readonly #ready = new Readiness(['policy', 'simulator']);

  constructor({ status, modelUrl, urdfUrl, robotsUrl, configUrl, address }: StudioOptions) {
    this.#status = status;
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
      onPolicyError: (message) => this.#renderPolicyError(message),
    });
    this.#scene = this.#openScene();
    this.#controls = this.#makeControls();
    listenForShortcuts(this.#controls, this.#voiceController.panel, this.#drive.pad);
    this.api = {
      ready: this.#ready.promise,
      runEpisode: (choice) => this.#runEpisode(choice),
    };
    this.#controls.speed = address.speed;
    this.#client.episode.notify('setSpeed', address.speed);
    this.#address.reportProblems();
  }

  #openScene(): SceneView | undefined {
    try {
      return new SceneView({
        canvas: element('scene', HTMLCanvasElement),
        hint: element('zoom-hint', HTMLElement),
        resetView: element('reset-view', HTMLButtonElement),
      });
    } catch (error) {
      this.#status.error = `3D view: ${oneLine(error)}; everything else works without it`;
      return undefined;
    }
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
        this.#renderMask(mask);
        if (this.#driver === 'policy') this.#client.episode.notify('setMask', mask);
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
  #startFirst({ tasks, policies, robot, robots }: EpisodeNames): void {
    this.#displayRobot(robot, robots);
    const { seed, mask, policy } = this.#address.opened;
    const { drivers } = this.#address;
    this.#controls.drivers = DRIVERS.filter((each) => drivers.includes(each));
    this.#controls.tasks = tasks;
    this.#controls.policies = policies.filter((name) => name !== policy);
    const driver = this.#address.chooseDriver();
    this.#controls.choice = { task: this.#address.chooseTask(tasks), seed, driver };
    this.#loading.markLoaded('simulator');
    this.#ready.markReady('simulator');
    const start = () => this.#load(this.#controls.choice);
    if (mask.length === 0) start();
    else this.#ready.promise.then(start, start);
  }

  #displayRobot(robot: RobotDisplay, names: readonly string[]): void {
    const { opened, namesPolicy } = this.#address;
    this.#robot.display(robot, names, opened.robot);
    this.#cameras.names = robot.cameras;
    this.#plots.sensors = robot.plots;
    this.#status.sensors = robot.plots;
    this.#drive.groups = robot.groups;
    const kind = robot.groups.length > 0 ? 'groups' : 'one arm';
    this.#address.kind = kind;
    // The first view is made for the Praxis arm.
    if (opened.robot !== undefined && this.#scene) this.#scene.robot = robot;
    // The shipped policy moves one arm: without a policy of the user's there is none to wait for.
    if (kind === 'groups' && !namesPolicy) this.#renderNoPolicy();
    else this.#client.openPolicy();
  }

  #load(choice: Choice): void {
    this.#sequence.cancel();
    this.#client.episode.notify('load', { ...choice, mask: this.#controls.mask });
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
    const scripted: readonly Driver[] = this.#address.drivers.filter((each) => each !== 'hand');
    if (!scripted.includes(driver)) throw new InputError(unknownName('driver', driver, scripted));
    this.#status.error = '';
    this.#sequence.cancel();
    this.#scripted++;
    try {
      return await this.#client.run({ task, seed, driver, mask, instruction });
    } finally {
      this.#scripted--;
    }
  }

  /** Lets the address of the page open this choice again. */
  #keepAddress(): void {
    if (this.#shown) this.#address.keep(this.#shown, this.#controls);
  }

  #renderMask(mask: readonly string[]): void {
    this.#gates.setMask(mask);
    this.#cameras.masked = mask.includes('vision');
  }

  #renderPolicy({ name, modalities, extension }: PolicyDescription): void {
    this.#controls.modalities = modalities;
    this.#controls.mask = this.#address.chooseMask(modalities);
    this.#loading.markLoaded('policy');
    this.#gates.modalities = modalities;
    this.#drive.modalities = modalities;
    this.#status.policy = `policy: ${name}`;
    this.#voiceController.extension = extension;
    this.#ready.markReady('policy');
  }

  #renderNoPolicy(): void {
    this.#loading.markLoaded('policy');
    this.#status.policy = 'driven by hand';
    this.#ready.markReady('policy');
  }

  #renderPolicyError(message: string): void {
    this.#status.policy = 'policy: none';
    this.#policyError = message;
    this.#fail(message);
  }

  /** The policy of a server may fail and come back: the arm holds meanwhile. */
  #renderPolicyFault(fault: string | undefined): void {
    if (fault === this.#policyFault) return;
    const shown = this.#policyFault === undefined ? undefined : `${POLICY_FAILS}${this.#policyFault}`;
    this.#policyFault = fault;
    if (fault !== undefined) this.#status.error = `${POLICY_FAILS}${fault}`;
    else if (this.#status.errorText === shown) this.#status.error = '';
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
        if (this.#playsOnLoad && this.#scripted === 0) this.#sequence.onEpisodeEnd();
        this.#renderState();
        return;
      case 'error':
        this.#fail(message.message);
        return;
    }
  }

  #fail(message: string): void {
    this.#ready.fail(message);
    this.#sequence.cancel();
    this.#loading.fail();
    this.#status.error = message === this.#policyError ? `The policy did not load: ${message}` : message;
  }

  #setState(state: RunState): void {
    this.#state = state;
    this.#status.state = state;
    this.#drive.state = state;
    this.#renderState();
  }

  #renderState(): void {
    const playing = this.#state === 'playing' || this.#sequence.pending;
    this.#controls.displayPlayback({ playing, able: this.#state !== 'loading' });
  }

  #displayScene({ choice, instruction, suggestions, scene, bodies }: Extract<FromEpisode, { kind: 'scene' }>): void {
    this.#loading.hide();
    this.#driver = choice.driver;
    this.#drive.driver = choice.driver;
    this.#shown = { task: choice.task, seed: choice.seed, driver: choice.driver };
    this.#controls.choice = this.#shown;
    this.#keepAddress();
    this.#status.instruction = instruction;
    this.#status.outcome = undefined;
    this.#plots.clear();
    this.#status.clearSensed();
    this.#gates.clear();
    this.#renderMask(choice.mask);
    this.#cameras.clear();
    this.#controls.suggestions = suggestions;
    this.#scene?.load(scene, bodies);
    if (this.#playsOnLoad) this.#client.episode.notify('play');
  }

  #renderFrame(frame: TelemetryFrame): void {
    this.#scene?.setPoses(frame.poses);
    this.#plots.append(frame.signals);
    // The scripted expert has no gates.
    if (this.#driver === 'policy') this.#gates.renderGates(frame.gates);
    this.#status.renderFrame(frame);
    this.#supervisor.renderStatus(frame.supervisor);
    this.#drive.supervisor = frame.supervisor.state;
    this.#cameras.render(frame);
    this.#renderPolicyFault(frame.policyFault);
  }
}
