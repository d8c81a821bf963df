import type { Project } from '@praxis/evaluation';
import {
  checkSeed,
  free,
  hasOneArm,
  type ModalityDefinition,
  pick,
  type RobotChoice,
  setupOf,
  type Task,
  TaskArm,
  wordingsOf,
} from '@praxis/sim';
import { Diagnostics, ERROR, OK, WARN } from '../../diagnostics/diagnostics.ts';
import { openProject } from '../../project/project.ts';
import { catchErrors } from '../../rcl/catch-errors.ts';
import { declareParameters, type ParameterValues } from '../../rcl/parameters.ts';
import { REAL_TIME_PRIORITY, setUpRealTime } from '../../rcl/real-time.ts';
import { type RosSession, runNode } from '../../rcl/session.ts';
import { everyPeriod } from '../../rcl/ticker.ts';
import { offerTriggers } from '../../rcl/triggers.ts';
import { DESCRIPTION_TOPIC } from '../../robot/description-topic.ts';
import { INSTRUCTION_TOPIC, STATE_TOPIC, VERDICT_TOPIC } from '../../robot/node-topics.ts';
import { type OwnTopic, ownTopicsOf } from '../../robot/own-topics.ts';
import type { CdrPublisher } from '../../streams/cdr-publisher.ts';
import { publishText, subscribeText } from '../../streams/session-topics.ts';
import type { TopicStatus } from '../../streams/topic.ts';
import { ArmCommands } from './arm-commands.ts';
import { subscribeCommands } from './command-topics.ts';
import { SIM_PARAMETERS } from './parameters.ts';
import { openSimRobot } from './robot.ts';
import { SensorPublishers } from './sensors.ts';

/** The robot counts as commanded for this time (s) after the last target. */
const COMMAND_TIMEOUT_S = 0.2;
/** Simulated time (s) before the node publishes: a cold simulator is slower than real time. */
const WARM_UP_S = 4;

/** The robot, the task, the noise of the images and the user's sensors: what every scene of the node has. */
interface SceneParts extends RobotChoice {
  readonly task: Task;
  readonly cameraNoise: number;
  readonly modalities: readonly ModalityDefinition[];
}

const createArm = (parts: SceneParts, seed: number): Promise<TaskArm> =>
  TaskArm.create({ ...parts, seed, wordings: wordingsOf(seed) });

/**
 * The task that the parameter `task` names. The default one is for a robot with one arm: the scene of any other robot is then free.
 * @throws {InputError} with the known names when there is none
 */
function taskOf(name: string, robot: RobotChoice, { registry }: Project, log: RosSession['log']): Task {
  const { name: robotName, arms, bases } = setupOf(robot);
  if (name === pick.name && !hasOneArm({ arms, bases })) {
    log.info(
      `robot ${robotName} has ${arms.length} arms and ${bases.length} bases: no task ${name}, the scene is free`,
    );
    return free;
  }
  return name === free.name ? free : registry.tasks.find(name);
}

async function warmUp(parts: SceneParts): Promise<void> {
  const arm = await createArm(parts, 0);
  while (arm.time < WARM_UP_S) arm.step();
  await arm.close();
}

/** The simulator as a ROS 2 robot: it publishes the sensors' topics and subscribes to the controllers' topics of every command group. */
class SimNode {
  readonly #session: RosSession;
  readonly #parameters: ParameterValues<typeof SIM_PARAMETERS>;
  readonly #parts: SceneParts;
  readonly #task: CdrPublisher<'std_msgs/msg/String'>;
  readonly #verdict: CdrPublisher<'std_msgs/msg/String'>;
  readonly #instructions: CdrPublisher<'std_msgs/msg/String'>;
  readonly #sensors: SensorPublishers;
  readonly #topics: readonly TopicStatus[];
  #arm: TaskArm;
  #seed: number;
  /** Controllers by the names of the arms' commands. */
  readonly #commands: ReadonlyMap<string, ArmCommands>;
  /** Groups whose brakes are closed. */
  readonly #braked = new Set<string>();
  /** Whether a supervisor lets the arm move; `running` without one. */
  #supervised: 'running' | 'held' = 'running';
  /** Time of the newest period (s), earlier than now when the simulator is late. Targets count from it: they move the arm, whose time it is. */
  #due = Number.NEGATIVE_INFINITY;
  /** Time of receipt of the last target for the arm (s). */
  #lastCommandTime = Number.NEGATIVE_INFINITY;
  /** Number of subscribers at the last publication of the instruction. */
  #listenerCount = 0;
  #publishedState = '';
  /** Instructions that this node published and has not received yet. */
  readonly #echoes: string[] = [];

  static async create(session: RosSession): Promise<SimNode> {
    const parameters = declareParameters(session.rcl, session.node, SIM_PARAMETERS);
    const { choice, urdf, warnings } = await openSimRobot(parameters);
    for (const line of warnings) session.log.warn(line);
    // The other nodes wait for it.
    if (parameters.publish_tf && urdf !== undefined)
      publishText(session, DESCRIPTION_TOPIC, 'latched').publish({ data: urdf });
    const project = await openProject(parameters);
    const parts = {
      ...choice,
      task: taskOf(parameters.task, choice, project, session.log),
      cameraNoise: parameters.camera_noise,
      modalities: project.registry.modalities.values,
    };
    const own = ownTopicsOf(parts.modalities);
    await warmUp(parts);
    return new SimNode(session, parameters, parts, own, await createArm(parts, parameters.seed));
  }

  private constructor(
    session: RosSession,
    parameters: ParameterValues<typeof SIM_PARAMETERS>,
    parts: SceneParts,
    own: readonly OwnTopic[],
    arm: TaskArm,
  ) {
    this.#session = session;
    this.#parameters = parameters;
    this.#parts = parts;
    this.#arm = arm;
    this.#seed = parameters.seed;
    this.#commands = new Map(arm.robot.setup.arms.map((each) => [each.name, new ArmCommands(each)]));
    this.#task = publishText(session, '~/task', 'latched');
    this.#verdict = publishText(session, VERDICT_TOPIC);
    this.#instructions = publishText(session, INSTRUCTION_TOPIC);
    this.#sensors = new SensorPublishers(session, arm, {
      clock: parameters.publish_clock,
      tf: parameters.publish_tf,
      odomTf: parameters.publish_odom_tf,
      own,
    });
    this.#attachArm(arm);
    this.#topics = this.#subscribeCommands();
    this.#subscribeTexts();
    this.#addDiagnostics();
  }

  /** Runs until the node is closed. */
  start(): void {
    const { clock, log } = this.#session;
    setUpRealTime(log, this.#parameters.realtime, REAL_TIME_PRIORITY.simulator);
    const stop = everyPeriod(
      () => clock.now(),
      this.#arm.period,
      catchErrors(log, 'simulator', (due: number) => this.#step(due)),
      // Targets are received between the missed periods too: else the arm would stop for them and then start with a jerk.
      1,
    );
    this.#session.onClose(async () => {
      stop();
      await this.#arm.close();
    });
    for (const { spec, topic } of this.#parts.modalities) {
      if (!topic) log.info(`modality ${spec.name} has no topic: its samples stay in the simulator`);
    }
    log.info(`task ${this.#parts.task.name}, seed ${this.#seed}: "${this.#arm.instance.instruction}"`);
  }

  /** Publishes the robot's samples. The controllers hold the first measured position. */
  #attachArm(arm: TaskArm): void {
    this.#sensors.attach(arm);
    for (const commands of this.#commands.values()) commands.attach(arm.robot);
  }

  #step(due: number): void {
    const arm = this.#arm;
    this.#due = due;
    this.#sensors.offset = due - arm.time - arm.period;
    for (const [name, commands] of this.#commands) {
      const value = commands.commandAt(due, Math.floor((this.#session.clock.now() - due) / arm.period));
      if (value) arm.robot.command(name, { value, stamp: arm.time, received: arm.time });
    }
    arm.step();
    this.#sensors.tick(due);
    this.#publishInstruction();
    this.#publishState();
  }

  /** Publishes the instruction in force again for each new subscriber. */
  #publishInstruction(): void {
    // A free scene has none.
    if (!this.#parameters.instruct || this.#arm.time < 0.1 || this.#arm.instruction === '') return;
    const { listeners } = this.#instructions;
    if (listeners > this.#listenerCount) {
      this.#echoes.push(this.#arm.instruction);
      this.#instructions.publish({ data: this.#arm.instruction });
    }
    this.#listenerCount = listeners;
  }

  /** Accepts an instruction for the policy, which the verdict is then about, unless this node published it. */
  #observeInstruction(text: string): void {
    const echo = this.#echoes.indexOf(text);
    if (echo >= 0) this.#echoes.splice(0, echo + 1);
    else this.#arm.setInstruction(text);
  }

  #publishState(): void {
    const { task } = this.#arm.instance;
    const { verdict, instruction } = this.#arm;
    const text = JSON.stringify({ task, seed: this.#seed, instruction, verdict });
    if (text === this.#publishedState) return;
    this.#publishedState = text;
    this.#task.publish({ data: text });
    this.#verdict.publish({ data: verdict });
    if (verdict === 'no_verdict' && instruction !== '')
      this.#session.log.info(`"${instruction}" is no goal of this scene: no verdict`);
    else if (verdict !== 'running' && verdict !== 'no_verdict')
      this.#session.log.info(`${verdict} after ${this.#arm.time.toFixed(1)} s`);
  }

  #subscribeCommands(): readonly TopicStatus[] {
    const { setup } = this.#arm.robot;
    return subscribeCommands(this.#session, {
      setup,
      arms: this.#commands,
      twists: this.#parameters.use_stamped_vel ? 'stamped' : 'unstamped',
      due: () => this.#due,
      onTwist: (group, twist) => {
        const { robot, time } = this.#arm;
        robot.command(group, { value: { twist }, stamp: time, received: time });
      },
      onCommand: () => {
        this.#lastCommandTime = this.#session.clock.now();
      },
      onPower: (group, power) => {
        if (power === !this.#braked.has(group)) return;
        if (power) this.#braked.delete(group);
        else this.#braked.add(group);
        this.#arm.setBrakes(power ? 'open' : 'closed', group);
      },
    });
  }

  #subscribeTexts(): void {
    // The verdict is about what was asked for, and no time passes for the task while a supervisor holds the arm.
    subscribeText(this.#session, INSTRUCTION_TOPIC, (text) => this.#observeInstruction(text));
    subscribeText(
      this.#session,
      STATE_TOPIC,
      (state) => {
        this.#supervised = state === 'running' ? 'running' : 'held';
        this.#arm.setSupervision(this.#supervised);
      },
      'latched',
    );
    offerTriggers(this.#session, {
      next: async () => {
        if (this.#session.clock.now() - this.#lastCommandTime < COMMAND_TIMEOUT_S) {
          throw new Error('the arm is being commanded: stop it first, for example with ~/stop of the supervisor');
        }
        await this.#changeScene(this.#seed + 1);
        return `seed ${this.#seed}: "${this.#arm.instance.instruction}"`;
      },
    });
  }

  /** Replaces the scene and puts the arm at its start. Targets for the previous arm are discarded. */
  async #changeScene(seed: number): Promise<void> {
    checkSeed(seed);
    const arm = await createArm(this.#parts, seed);
    const old = this.#arm;
    this.#listenerCount = 0;
    this.#seed = seed;
    this.#arm = arm;
    this.#attachArm(arm);
    for (const group of this.#braked) arm.setBrakes('closed', group);
    arm.setSupervision(this.#supervised);
    await old.close();
  }

  #addDiagnostics(): void {
    const diagnostics = new Diagnostics(this.#session);
    let steps = { time: this.#arm.time, at: this.#session.clock.now() };
    diagnostics.add('simulator', () => {
      const now = { time: this.#arm.time, at: this.#session.clock.now() };
      const rate = (now.time - steps.time) / Math.max(now.at - steps.at, 1e-3);
      steps = now;
      const values = {
        'real-time factor': rate.toFixed(2),
        verdict: this.#arm.verdict,
        power: String(this.#braked.size === 0),
      };
      if (rate >= 0 && rate < 0.95) return { level: WARN, message: `only ${rate.toFixed(2)} x real time`, values };
      return { level: OK, message: `${this.#parts.task.name}, seed ${this.#seed}: ${this.#arm.verdict}`, values };
    });
    for (const topic of this.#topics) {
      let refused = 0;
      diagnostics.add(topic.name, () => {
        const more = topic.counters.refused - refused;
        refused = topic.counters.refused;
        return more > 0
          ? { level: ERROR, message: `${more} commands refused: ${topic.lastFault}` }
          : { level: OK, message: `${topic.counters.passed} messages` };
      });
    }
  }
}

/** Runs the simulator node until it is shut down. */
export const main = (): Promise<void> =>
  runNode('sim_node', 'node', async (session) => (await SimNode.create(session)).start());
