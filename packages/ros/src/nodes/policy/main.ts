import { errorMessage, firstLine } from '@praxis/core';
import type { ProcessPolicy } from '@praxis/policy/node';
import { Diagnostics, ERROR, OK, type Report, STALE, WARN } from '../../diagnostics/diagnostics.ts';
import { topicReport } from '../../diagnostics/topic-report.ts';
import { NodeLoop, workspaceOf } from '../../loop/node-loop.ts';
import { openPolicy } from '../../loop/open-policy.ts';
import { nodePolicy, openProject } from '../../project/project.ts';
import { declareParameters, type ParameterValues } from '../../rcl/parameters.ts';
import { type RosSession, runNode } from '../../rcl/session.ts';
import { offerTriggers } from '../../rcl/triggers.ts';
import type { RclLifecycleNode } from '../../rcl/types.ts';
import { type DescribedRobot, describeRobot, type RobotDescription } from '../../robot/description.ts';
import { INSTRUCTION_TOPIC, VERDICT_TOPIC } from '../../robot/node-topics.ts';
import { neededTopics, type OwnTopic } from '../../robot/own-topics.ts';
import { descriptionOf } from '../../robot/parameters.ts';
import type { CdrPublisher } from '../../streams/cdr-publisher.ts';
import { publishText, subscribe, subscribeText } from '../../streams/session-topics.ts';
import { ACTION_TYPE, InstructAction, type InstructedNode } from './instruct-action.ts';
import { POLICY_PARAMETERS } from './parameters.ts';

/** Topic of the supervisor's state, in the same namespace. */
const STATE_TOPIC = 'supervisor_node/state';

type Session = RosSession<RclLifecycleNode>;

/** The policy and its control loop as a managed node. A configured node receives samples; an active node commands. */
class PolicyNode implements InstructedNode {
  readonly #session: Session;
  readonly #parameters: ParameterValues<typeof POLICY_PARAMETERS>;
  readonly #description: RobotDescription;
  readonly #robot: DescribedRobot;
  readonly #diagnostics: Diagnostics;
  readonly #instructions: CdrPublisher<'std_msgs/msg/String'>;
  #policy: ProcessPolicy | undefined;
  /** Topics of the user's sensors that the policy needs. */
  #own: readonly OwnTopic[] = [];
  #loop: NodeLoop | undefined;
  #supervisorState = 'unknown';
  #exitReason = '';

  constructor(session: Session) {
    const { rcl, node, onClose } = session;
    this.#session = session;
    this.#parameters = declareParameters(rcl, node, POLICY_PARAMETERS);
    this.#description = descriptionOf(this.#parameters);
    this.#robot = describeRobot(this.#description);
    subscribe(session, {
      type: 'std_msgs/msg/String',
      topic: STATE_TOPIC,
      qos: 'latched',
      read: ({ data }) => this.#setSupervisorState(data),
    });
    this.#instructions = publishText(session, INSTRUCTION_TOPIC);
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

  /** @throws {PolicyError} when the policy does not load; {InputError} when the configuration or a sensor's topic is not valid */
  async load(): Promise<void> {
    const project = await openProject(this.#parameters);
    this.#policy = await openPolicy(this.#session, {
      source: nodePolicy(this.#parameters.policy, project),
      loop: () => this.#loop,
      onExit: (reason) => {
        this.#exitReason = reason;
        this.#diagnostics.publish();
      },
    });
    this.#own = neededTopics(this.#policy.spec, this.#robot.spec, project.registry.modalities.values);
  }

  /** Configures and activates the node when the parameter `auto_start` is set. */
  autoStart(): void {
    const { node } = this.#session;
    if (!this.#parameters.auto_start) return;
    node.configure();
    if (node.currentState.label === 'inactive') node.activate();
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
    let action: InstructAction;
    try {
      action = new InstructAction(this.#session, this, { timeout, restTime });
    } catch (error) {
      const reason = firstLine(error);
      log.info(
        `the action ~/instruct is not offered: ${ACTION_TYPE} comes with the ament package, colcon build (${reason})`,
      );
      return;
    }
    subscribeText(this.#session, VERDICT_TOPIC, (verdict) => action.reportVerdict(verdict));
  }

  get supervisor(): string {
    return this.#supervisorState;
  }

  get toolPose(): Float64Array | undefined {
    return this.#loop?.toolPose;
  }

  get baseFrame(): string {
    return this.#description.baseFrame;
  }

  refusal(): string | undefined {
    if (this.#exitReason) return this.#exitReason;
    if (!this.#loop?.active) return `the node is ${this.#session.node.currentState.label}, not active`;
    return this.#supervisorState === 'running' ? undefined : `the supervisor is ${this.#supervisorState}, not running`;
  }

  /** Publishes the instruction on the public topic, so that other subscribers receive it as well. */
  instruct(data: string): void {
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
    node.registerOnCleanup(transition(() => void this.#closeLoop()));
    node.registerOnShutdown(transition(() => void this.#closeLoop()));
  }

  #openLoop(): NodeLoop {
    return new NodeLoop({
      session: this.#session,
      description: this.#description,
      robot: this.#robot,
      policy: this.#policy!,
      own: this.#own,
      mask: this.#parameters.mask.filter((name) => name !== ''),
      workspace: workspaceOf(this.#parameters),
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
    nodeLoop.loop.events$.subscribe(({ kind, data }) => {
      if (kind === 'started' || kind === 'stopped' || kind === 'missed_deadline') return;
      const { message = '' } = data as { message?: string };
      log.warn(`loop: ${kind.replaceAll('_', ' ')} ${message}`);
    });
    nodeLoop.robot.stream(INSTRUCTION_TOPIC).subscribe(({ value }) => {
      log.info(`instruction: "${String(value)}"`);
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
    if (this.#exitReason) return { level: ERROR, message: this.#exitReason };
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
      'bad samples': stats.badSamples,
    };
    if (this.#loop.commands.listeners === 0)
      return { level: ERROR, message: 'no supervisor subscribes to the commands', values };
    if (this.#supervisorState !== 'running')
      return { level: WARN, message: `waiting: the supervisor is ${this.#supervisorState}`, values };
    return { level: OK, message: this.#loop.loop.controller.state, values };
  }
}

/** Runs the policy node until it is shut down. */
export const main = (): Promise<void> =>
  runNode('policy_node', 'lifecycle', async (session) => {
    const node = new PolicyNode(session);
    await node.load();
    node.autoStart();
  });
