import type { EpisodeClient } from '../client/episode-client.ts';
import type { Driver, FromEpisode, RobotDisplay, TelemetryFrame } from '../protocol/protocol.ts';
import { NO_PLANNER, oneLine } from '../protocol/protocol.ts';
import { CameraViews } from '../view/camera-views.ts';
import { DriveView } from '../view/drive-view.ts';
import { element } from '../view/elements.ts';
import { GateBars } from '../view/gate-bars.ts';
import { PlanPanel } from '../view/plan-panel.ts';
import { SceneView } from '../view/scene-view.ts';
import { SignalPlots } from '../view/signal-plots.ts';
import type { StatusLine } from '../view/status-line.ts';
import { SupervisorPanel } from '../view/supervisor-panel.ts';

/** Beginning of the line about a policy that gives no actions. */
const POLICY_FAILS = 'The policy gives no actions, and the robot holds: ';
const REFUSED = 'Refused: ';

/** Displays an episode: the scene, the cameras, what was sensed, the gates, the plan, and what the supervisor does. */
export class EpisodeViews {
  readonly supervisor: SupervisorPanel;
  readonly drive: DriveView;
  readonly plan: PlanPanel;
  readonly #status: StatusLine;
  readonly #scene: SceneView | undefined;
  readonly #cameras = new CameraViews(element('cameras', HTMLElement));
  readonly #plots = new SignalPlots(element('wrench', HTMLElement), element('wrench-title', HTMLElement));
  readonly #gates = new GateBars(element('gates', HTMLElement));
  #driver: Driver = 'policy';
  /** Why the policy gives no actions at present; undefined while it does. */
  /** What the page says of a policy that gives no actions; undefined while it gives some. */
  #policyMessage: string | undefined;

  /** @param episode gets what the user requests of the supervisor, of a plan, and by hand */
  constructor(status: StatusLine, episode: EpisodeClient['episode']) {
    this.#status = status;
    this.supervisor = new SupervisorPanel((request) => episode.notify('requestSupervisor', request));
    this.drive = new DriveView({
      drive: (request) => episode.notify('drive', request),
      selectArm: (name) => episode.notify('selectArm', name),
    });
    this.plan = new PlanPanel(() => episode.notify('cancelPlan', undefined));
    this.#scene = this.#openScene();
  }

  /** What moves the robot in this episode. */
  get driver(): Driver {
    return this.#driver;
  }

  set modalities(modalities: readonly string[]) {
    this.#gates.modalities = modalities;
    this.drive.modalities = modalities;
  }

  set mask(mask: readonly string[]) {
    this.#gates.setMask(mask);
    this.#cameras.masked = mask.includes('vision');
  }

  /** @param view whether the first view is made for this robot; that of the page is made for the Praxis arm */
  displayRobot(robot: RobotDisplay, view: 'own' | 'usual'): void {
    this.#cameras.names = robot.cameras;
    this.#plots.sensors = robot.plots;
    this.#status.sensors = robot.plots;
    this.drive.groups = robot.groups;
    if (view === 'own' && this.#scene) this.#scene.robot = robot;
  }

  displayScene({ choice, instruction, scene, bodies }: Extract<FromEpisode, { kind: 'scene' }>): void {
    this.#driver = choice.driver;
    this.drive.driver = choice.driver;
    this.#status.instruction = instruction;
    this.#status.outcome = undefined;
    this.#plots.clear();
    this.#status.clearSensed();
    this.#gates.clear();
    this.mask = choice.mask;
    this.#cameras.clear();
    this.plan.clear((choice.planner ?? NO_PLANNER) === NO_PLANNER ? 'absent' : 'present');
    this.#scene?.load(scene, bodies);
  }

  renderFrame(frame: TelemetryFrame): void {
    this.#scene?.setPoses(frame.poses);
    this.#plots.append(frame.signals);
    // The scripted expert has no gates.
    if (this.#driver === 'policy') this.#gates.renderGates(frame.gates);
    this.#status.renderFrame(frame);
    this.supervisor.renderStatus(frame.supervisor);
    this.drive.supervisor = frame.supervisor.state;
    this.#cameras.render(frame);
    this.#renderPolicyMessage(frame);
  }

  /** A policy may refuse one instruction and follow the next; that of a server may fail and come back. The arm holds meanwhile. */
  #renderPolicyMessage({ policyFault: fault, refusal }: TelemetryFrame): void {
    const refused = refusal === undefined ? undefined : `${REFUSED}${refusal}`;
    const message = fault === undefined ? refused : `${POLICY_FAILS}${fault}`;
    if (message === this.#policyMessage) return;
    const shown = this.#policyMessage;
    this.#policyMessage = message;
    if (message !== undefined) this.#status.error = message;
    else if (this.#status.errorText === shown) this.#status.error = '';
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
}
