import { errorMessage, firstLine } from '@praxis/core';
import { Diagnostics, ERROR, OK, type Report, STALE, WARN } from '../../diagnostics/diagnostics.ts';
import { topicReport } from '../../diagnostics/topic-report.ts';
import { InstructionGate } from '../../loop/instruction-gate.ts';
import { NodeLoop } from '../../loop/node-loop.ts';
import { openPolicy } from '../../loop/open-policy.ts';
import type { PolicyKeeper } from '../../loop/policy-keeper.ts';
import { workspaceOf } from '../../loop/robot-options.ts';
import { nodePolicy, openProject } from '../../project/project.ts';
import { declareParameters, type ParameterValues } from '../../rcl/parameters.ts';
import { setUpLoopRealTime } from '../../rcl/real-time.ts';
import { type RosSession, runNode } from '../../rcl/session.ts';
import { offerTriggers, TriggerClient } from '../../rcl/triggers.ts';
import type { RclLifecycleNode } from '../../rcl/types.ts';
import { type NodeRobot, openRobot } from '../../robot/node-robot.ts';
import { ANSWER_TOPIC, INSTRUCTION_TOPIC, VERDICT_TOPIC } from '../../robot/node-topics.ts';
import { neededTopics, type OwnTopic } from '../../robot/own-topics.ts';
import type { CdrPublisher } from '../../streams/cdr-publisher.ts';
import { publishText, subscribe, subscribeText } from '../../streams/session-topics.ts';
import { ACTION_TYPE, InstructAction, type InstructedNode } from './instruct-action.ts';
import { POLICY_PARAMETERS } from './parameters.ts';

/** Topic of the supervisor's state, in the same namespace. */
const STATE_TOPIC = 'supervisor_node/state';
/** Service for a protective stop, in the same namespace. */
const STOP_SERVICE = 'supervisor_node/stop';

type Session = RosSession<RclLifecycleNode>;

/** The policy and its control loop as a managed node. A configured node receives samples; an active node commands. */
class PolicyNode implements InstructedNode {
  readonly #session: Session;
  readonly #parameters: ParameterValues<typeof POLICY_PARAMETERS>;
  readonly #diagnostics: Diagnostics;
  readonly #instructions: CdrPublisher<'std_msgs/msg/String'>;
  readonly #answers: CdrPublisher<'std_msgs/msg/String'>;
  readonly #stop: TriggerClient;
  /** The robot, from {@link load} on. */
  #robot: NodeRobot | undefined;
  #policy: PolicyKeeper | undefined;
  /** Topics of the user's sensors that the policy needs. */
  #own: readonly OwnTopic[] = [];
  #loop: NodeLoop | undefined;
  #supervisorState = 'unknown';
  #gate: InstructionGate | undefined;
  #action: InstructAction | undefined;
  /** Instructions of goals that are published and not yet received again. */
  readonly #ownInstructions: string[] = [];

  constructor(session: Session) {
    const { rcl, node, onClose } = session;
    this.#session = session;
    this.#parameters = declareParameters(rcl, node, POLICY_PARAMETERS);
    subscribe(session, {
      type: 'std_msgs/msg/String',
      topic: STATE_TOPIC,
      qos: 'latched',
      read: ({ data }) => this.#setSupervisorState(data),
    });
    this.#instructions = publishText(session, INSTRUCTION_TOPIC);
    this.#answers = publishText(session, ANSWER_TOPIC);
    this.#stop = new TriggerClient(session, STOP_SERVICE);
    subscribeText(session, VERDICT_TOPIC, (verdict) => this.#acceptVerdict(verdict));
    this.#diagnostics = new Diagnostics(session);
    this.#diagnostics.add('loop', () => this.#report());
    onClose(async () => {
      await this.#closeLoop();
      await this.#policy?.close();
    });
    this.#register();
    this.#offerAction();
    offerTriggers(session, { tare: () => this.#tare() });
  }

  /**
   * Waits for the description of the robot and loads the policy.
   * @throws {PolicyError} when the policy does not load; {InputError} when the robot has no valid description, or the configuration
   * or a sensor's topic is not valid
   */
  async load(): Promise<void> {
    const robot = await openRobot(this.#session, this.#parameters);
    this.#robot = robot;
    const project = await openProject(this.#parameters);
    const source = nodePolicy(this.#parameters.policy, project);
    this.#policy = await openPolicy(this.#session, {
      source,
      loop: () => this.#loop,
      onLost: (reason) => {
        this.#action?.end(reason);
        this.#diagnostics.publish();
      },
      onBack: () => this.#requestRealTime(),
    });
    this.#gate = new InstructionGate(source, this.#policy.spec, {
      requestStop: () => this.#stop.call(),
      hold: () => this.#hold(),
    });
    this.#requestRealTime();
    this.#own = neededTopics(this.#policy.spec, robot.spec, project.registry.modalities.values);
  }

  /** Configures and activates the node when the parameter `auto_start` is set. */
  autoStart(): void {
    const { node } = this.#session;
    if (!this.#parameters.auto_start) return;
    node.configure();
    if (node.currentState.label === 'inactive') node.activate();
  }

  #requestRealTime(): void {
    setUpLoopRealTime(this.#session.log, this.#parameters.realtime, this.#policy?.pid);
  }

  #tare(): string {
    if (!this.#loop) throw new Error(`the node is ${this.#session.node.currentState.label}, not configured`);
    if (this.#supervisorState === 'running') throw new Error('the arm is running: stop it before its sensor is zeroed');
    this.#loop.loop.tare();
    return 'the force/torque sensor is zeroed: nothing may touch the tool';
  }

  /** Offers the action when its generated type is installed. */
  #offerAction(): void {
    const { log } = this.#session;
    const { instruct_timeout: timeout, rest_time: restTime } = this.#parameters;
    try {
      this.#action = new InstructAction(this.#session, this, { timeout, restTime });
    } catch (error) {
      const reason = firstLine(error);
      log.info(
        `the action ~/instruct is not offered: ${ACTION_TYPE} comes with the ament package, colcon build (${reason})`,
      );
    }
  }

  /** A success ends the motion until the next instruction, whoever gave the last one. */
  #acceptVerdict(verdict: string): void {
    this.#action?.reportVerdict(verdict);
    if (verdict === 'success') this.pausePolicy();
  }

  #hold(): void {
    this.pausePolicy();
    this.#action?.end('held');
  }

  get supervisor(): string {
    return this.#supervisorState;
  }

  get toolPose(): Float64Array | undefined {
    return this.#loop?.toolPose;
  }

  get places(): readonly number[] | undefined {
    return this.#loop?.places;
  }

  get baseFrame(): string {
    return this.#robot ? (this.#robot.arms[0]?.baseFrame ?? '') : this.#parameters.base_frame;
  }

  refusal(): string | undefined {
    if (this.#policy?.fault !== undefined) return this.#policy.fault;
    if (!this.#loop?.active) return `the node is ${this.#session.node.currentState.label}, not active`;
    return this.#supervisorState === 'running' ? undefined : `the supervisor is ${this.#supervisorState}, not running`;
  }

  admit(text: string): string {
    if (!this.#gate) throw new Error('the policy is still being loaded');
    return this.#gate.admit(text);
  }

  answer(data: string): void {
    this.#answers.publish({ data });
  }

  /** Publishes the instruction on the public topic, so that other subscribers receive it as well. */
  instruct(data: string): void {
    this.#ownInstructions.push(data);
    this.#instructions.publish({ data });
  }

  pausePolicy(): void {
    this.#loop?.pausePolicy();
  }

  #register(): void {
    const { node, rcl, log } = this.#session;
    const { SUCCESS, FAILURE } = rcl.lifecycle.CallbackReturnCode;
    const transition = (action: () => void) => () => {
      try {
        action();
        return SUCCESS;
      } catch (error) {
        log.error(errorMessage(error));
        return FAILURE;
      }
    };
    node.registerOnConfigure(
      transition(() => {
        if (!this.#policy) throw new Error('the policy is still being loaded');
        if (this.#policy.fault !== undefined) throw new Error(`the policy is not ready: ${this.#policy.fault}`);
        this.#loop = this.#openLoop();
        this.#loop.setSupervisorState(this.#supervisorState);
        this.#reportOn(this.#loop);
      }),
    );
    node.registerOnActivate(
      transition(() => {
        this.#loop!.active = true;
      }),
    );
    node.registerOnDeactivate(
      transition(() => {
        this.#loop!.active = false;
      }),
    );
    node.registerOnCleanup(
      transition(() => {
        void this.#closeLoop();
        this.#policy?.endHangingProcess();
      }),
    );
    node.registerOnShutdown(transition(() => void this.#closeLoop()));
  }

  #openLoop(): NodeLoop {
    return new NodeLoop({
      session: this.#session,
      nodeRobot: this.#robot!,
      policy: this.#policy!,
      own: this.#own,
      admitText: (text) => this.#gate!.admitMessage(text, (reason) => this.answer(reason)),
      mask: this.#parameters.mask.filter((name) => name !== ''),
      acceptRobot: this.#parameters.accept_robot,
      workspace: workspaceOf(this.#robot!, this.#parameters),
    });
  }

  #reportOn(nodeLoop: NodeLoop): void {
    const { node, clock, log } = this.#session;
    for (const [name, topic] of nodeLoop.robot.topics) {
      const spec = nodeLoop.robot.spec.streams.find((stream) => stream.name === name)!;
      const reporter = topicReport({ node, clock, topic, rateHz: spec.rateHz });
      this.#diagnostics.add(name, () =>
        this.#loop === nodeLoop ? reporter() : { level: OK, message: 'not configured' },
      );
    }
    nodeLoop.robot.stream(INSTRUCTION_TOPIC).subscribe(({ value }) => {
      log.info(`instruction: "${String(value)}"`);
      // An instruction of another publisher takes the place of the goal's.
      if (this.#ownInstructions[0] === value) this.#ownInstructions.shift();
      else this.#action?.replace();
      nodeLoop.resumePolicy();
    });
  }

  #setSupervisorState(state: string): void {
    if (state !== this.#supervisorState) this.#session.log.info(`supervisor: ${state}`);
    this.#supervisorState = state;
    this.#loop?.setSupervisorState(state);
  }

  async #closeLoop(): Promise<void> {
    const nodeLoop = this.#loop;
    this.#loop = undefined;
    await nodeLoop?.close();
  }

  #report(): Report {
    const { currentState } = this.#session.node;
    if (this.#policy?.fault !== undefined) return { level: ERROR, message: `policy: ${this.#policy.fault}` };
    if (!this.#policy) return { level: STALE, message: 'the policy is being loaded' };
    if (!this.#loop?.active) return { level: OK, message: `not active: ${currentState.label}` };
    const { stats } = this.#loop.loop;
    const { inferenceMs: times } = stats;
    const values = {
      supervisor: this.#supervisorState,
      chunks: stats.chunks,
      'inference (ms)': times.at(-1)?.toFixed(1) ?? 'none yet',
      'missed deadlines': stats.missedDeadlines,
      'policy errors': stats.policyErrors,
      refusals: stats.refusals,
      'bad samples': stats.badSamples,
    };
    if (this.#loop.commands.listeners === 0)
      return { level: ERROR, message: 'no supervisor subscribes to the commands', values };
    if (this.#supervisorState !== 'running')
      return { level: WARN, message: `waiting: the supervisor is ${this.#supervisorState}`, values };
    return { level: OK, message: this.#loop.loop.controlState, values };
  }
}

/** Runs the policy node until it is shut down. */
export const main = (): Promise<void> =>
  runNode('policy_node', 'lifecycle', async (session) => {
    const node = new PolicyNode(session);
    await node.load();
    node.autoStart();
  });
