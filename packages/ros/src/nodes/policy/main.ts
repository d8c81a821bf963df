import { errorMessage, firstLine } from '@praxis/core';
import type { ProcessPolicy } from '@praxis/policy/node';
import { Diagnostics, ERROR, OK, type Report, STALE, WARN } from '../../diagnostics/diagnostics.ts';
import { topicReport } from '../../diagnostics/topic-report.ts';
import { Driver, workspaceOf } from '../../loop/driver.ts';
import { openPolicy } from '../../loop/open-policy.ts';
import { declareParameters, type ParameterValues } from '../../rcl/parameters.ts';
import { type RosSession, runNode } from '../../rcl/session.ts';
import { offerTriggers } from '../../rcl/triggers.ts';
import type { RclLifecycleNode } from '../../rcl/types.ts';
import { type DescribedRobot, describe, type RobotDescription } from '../../robot/description.ts';
import { INSTRUCTION_TOPIC, VERDICT_TOPIC } from '../../robot/node-topics.ts';
import { descriptionOf, shippedPolicy } from '../../robot/parameters.ts';
import type { CdrPublisher } from '../../streams/cdr-publisher.ts';
import { publishText, subscribe, subscribeText } from '../../streams/session-topics.ts';
import { ACTION_TYPE, InstructAction, type InstructedNode } from './instruct-action.ts';
import { POLICY_PARAMETERS } from './parameters.ts';

/** Of the supervisor, in the same namespace. */
const STATE_TOPIC = 'supervisor_node/state';

type Session = RosSession<RclLifecycleNode>;

/** The policy and its control loop as a managed node: configured, it listens; active, it commands. */
class PolicyNode implements InstructedNode {
  readonly #session: Session;
  readonly #parameters: ParameterValues<typeof POLICY_PARAMETERS>;
  readonly #description: RobotDescription;
  readonly #robot: DescribedRobot;
  readonly #diagnostics: Diagnostics;
  readonly #words: CdrPublisher<'std_msgs/msg/String'>;
  #policy: ProcessPolicy | undefined;
  #driver: Driver | undefined;
  #state = 'unknown';
  #ended = '';

  constructor(session: Session) {
    const { rcl, node, onClose } = session;
    this.#session = session;
    this.#parameters = declareParameters(rcl, node, POLICY_PARAMETERS);
    this.#description = descriptionOf(this.#parameters);
    this.#robot = describe(this.#description);
    subscribe(session, {
      type: 'std_msgs/msg/String',
      topic: STATE_TOPIC,
      qos: 'latched',
      read: ({ data }) => this.#follow(data),
    });
    this.#words = publishText(session, INSTRUCTION_TOPIC);
    this.#diagnostics = new Diagnostics(session);
    this.#diagnostics.add('loop', () => this.#report());
    onClose(async () => {
      await this.#stop();
      await this.#policy?.close();
    });
    this.#register();
    this.#offerAction();
    offerTriggers(session, { tare: () => this.#tare() });
  }

  /** @throws {PolicyError} when the policy does not load. */
  async load(): Promise<void> {
    this.#policy = await openPolicy(this.#session, {
      folder: this.#parameters.policy || shippedPolicy,
      driver: () => this.#driver,
      onEnd: (why) => {
        this.#ended = why;
        this.#diagnostics.publish();
      },
    });
  }

  /** By itself, where nobody manages its life cycle. */
  begin(): void {
    const { node } = this.#session;
    if (!this.#parameters.auto_start) return;
    node.configure();
    if (node.currentState.label === 'inactive') node.activate();
  }

  #tare(): string {
    if (!this.#driver) throw new Error(`the node is ${this.#session.node.currentState.label}, not configured`);
    if (this.#state === 'running') throw new Error('the arm is running: stop it before its sensor is zeroed');
    this.#driver.loop.tare();
    return 'the force/torque sensor is zeroed: nothing may touch the tool';
  }

  /** Offers the action, where its type was built. */
  #offerAction(): void {
    const { log } = this.#session;
    const { instruct_timeout: timeout, rest_time: rest } = this.#parameters;
    let action: InstructAction;
    try {
      action = new InstructAction(this.#session, this, { timeout, rest });
    } catch (error) {
      const why = firstLine(error);
      log.info(
        `the action ~/instruct is not offered: ${ACTION_TYPE} comes with the ament package, colcon build (${why})`,
      );
      return;
    }
    subscribeText(this.#session, VERDICT_TOPIC, (verdict) => action.hear(verdict));
  }

  get supervisor(): string {
    return this.#state;
  }

  get toolPose(): Float64Array | undefined {
    return this.#driver?.toolPose;
  }

  get baseFrame(): string {
    return this.#description.baseFrame;
  }

  refusal(): string | undefined {
    if (this.#ended) return this.#ended;
    if (!this.#driver?.active) return `the node is ${this.#session.node.currentState.label}, not active`;
    return this.#state === 'running' ? undefined : `the supervisor is ${this.#state}, not running`;
  }

  /** By the topic that everybody else uses: who listens in hears it as well. */
  instruct(data: string): void {
    this.#words.publish({ data });
  }

  rest(): void {
    this.#driver?.rest();
  }

  #register(): void {
    const { node, rcl, log } = this.#session;
    const { SUCCESS, FAILURE } = rcl.lifecycle.CallbackReturnCode;
    const doing = (act: () => void) => () => {
      try {
        act();
        return SUCCESS;
      } catch (error) {
        log.error(errorMessage(error));
        return FAILURE;
      }
    };
    node.registerOnConfigure(
      doing(() => {
        if (!this.#policy) throw new Error('the policy is still being loaded');
        this.#driver = this.#open();
        this.#driver.follow(this.#state);
        this.#watch(this.#driver);
      }),
    );
    node.registerOnActivate(
      doing(() => {
        this.#driver!.active = true;
      }),
    );
    node.registerOnDeactivate(
      doing(() => {
        this.#driver!.active = false;
      }),
    );
    node.registerOnCleanup(doing(() => void this.#stop()));
    node.registerOnShutdown(doing(() => void this.#stop()));
  }

  #open(): Driver {
    return new Driver({
      session: this.#session,
      description: this.#description,
      robot: this.#robot,
      policy: this.#policy!,
      mask: this.#parameters.mask.filter((name) => name !== ''),
      workspace: workspaceOf(this.#parameters),
    });
  }

  #watch(driver: Driver): void {
    const { node, clock, log } = this.#session;
    for (const [name, topic] of driver.robot.topics) {
      const spec = this.#robot.spec.streams.find((stream) => stream.name === name)!;
      const reporter = topicReport({ node, clock, topic, rateHz: spec.rateHz });
      this.#diagnostics.add(name, () =>
        this.#driver === driver ? reporter() : { level: OK, message: 'not configured' },
      );
    }
    driver.loop.events$.subscribe(({ kind, data }) => {
      if (kind === 'started' || kind === 'stopped' || kind === 'missed_deadline') return;
      const { message = '' } = data as { message?: string };
      log.warn(`loop: ${kind.replaceAll('_', ' ')} ${message}`);
    });
    driver.robot.stream(INSTRUCTION_TOPIC).subscribe(({ value }) => {
      log.info(`instruction: "${String(value)}"`);
      driver.work();
    });
  }

  #follow(state: string): void {
    if (state !== this.#state) this.#session.log.info(`supervisor: ${state}`);
    this.#state = state;
    this.#driver?.follow(state);
  }

  async #stop(): Promise<void> {
    const driver = this.#driver;
    this.#driver = undefined;
    await driver?.close();
  }

  #report(): Report {
    const { currentState } = this.#session.node;
    if (this.#ended) return { level: ERROR, message: this.#ended };
    if (!this.#policy) return { level: STALE, message: 'the policy is being loaded' };
    if (!this.#driver?.active) return { level: OK, message: `not active: ${currentState.label}` };
    const { stats } = this.#driver.loop;
    const { inferenceMilliseconds: times } = stats;
    const values = {
      supervisor: this.#state,
      chunks: stats.chunks,
      'inference (ms)': times.at(-1)?.toFixed(1) ?? 'none yet',
      'missed deadlines': stats.missedDeadlines,
      'policy errors': stats.policyErrors,
      'bad samples': stats.badSamples,
    };
    if (this.#driver.commands.listeners === 0) return { level: ERROR, message: 'no supervisor listens', values };
    if (this.#state !== 'running') return { level: WARN, message: `waits: the supervisor is ${this.#state}`, values };
    return { level: OK, message: this.#driver.loop.controller.state, values };
  }
}

export const main = (): Promise<void> =>
  runNode('policy_node', 'lifecycle', async (session) => {
    const node = new PolicyNode(session);
    await node.load();
    node.begin();
  });
