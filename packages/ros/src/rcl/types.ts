/**
 * The part of rclnodejs that this package uses. It does not import the library's own types, so that it compiles without
 * ROS 2, where the library cannot be installed.
 */

/** Options of a publisher or subscription. */
export type EntityOptions = {
  readonly qos?: unknown;
  /** True: messages are CDR bytes instead of objects. */
  readonly isRaw?: boolean;
};

/** What the middleware says of a message; raw messages come without it. */
export interface RclMessageInfo {
  /** Time at which it was published (ns since 1970). */
  readonly sourceTimestamp: bigint;
}

/** A publisher of one topic. */
export interface RclPublisher {
  readonly topic: string;
  readonly subscriptionCount: number;
  publish(message: object): void;
}

/** A subscription to one topic. */
export interface RclSubscription {
  readonly topic: string;
}

/** A service that a node offers. */
export interface RclService {
  readonly serviceName: string;
}

/** A client of a `std_srvs/srv/Trigger` service. */
export interface RclClient {
  sendRequest(
    request: object,
    onResponse: (response: { readonly success: boolean; readonly message: string }) => void,
  ): void;
}

/** The response to a request. The template has every field. */
export interface RclResponse {
  readonly template: Record<string, unknown>;
  send(response: object): void;
}

/** The logger of a node; its messages go to `/rosout` too. */
export interface RclLogger {
  debug(message: string): boolean;
  info(message: string): boolean;
  warn(message: string): boolean;
  error(message: string): boolean;
}

/** A parameter of a node. `type` is a number of `rcl_interfaces/msg/ParameterType`. */
export interface RclParameter {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** A publisher or subscription of another node, as discovery reports it. */
export interface EndpointInfo {
  readonly node_name: string;
  readonly node_namespace: string;
  readonly topic_type: string;
  readonly qos_profile: { readonly reliability: number; readonly durability: number };
}

/** A node. */
export interface RclNode {
  name(): string;
  getFullyQualifiedName(): string;
  getLogger(): RclLogger;
  createPublisher(type: string, topic: string, options?: EntityOptions): RclPublisher;
  createSubscription(
    type: string,
    topic: string,
    options: EntityOptions,
    callback: (message: never, info: RclMessageInfo) => void,
  ): RclSubscription;
  createService(
    type: string,
    name: string,
    callback: (request: Record<string, unknown>, response: RclResponse) => void,
  ): RclService;
  createClient(type: 'std_srvs/srv/Trigger', name: string): RclClient;
  destroyClient(client: RclClient): void;
  destroySubscription(subscription: RclSubscription): void;
  destroyPublisher(publisher: RclPublisher): void;
  declareParameter(parameter: RclParameter, descriptor: object): RclParameter;
  getParameter(name: string): RclParameter;
  addOnSetParametersCallback(
    callback: (parameters: readonly RclParameter[]) => { successful: boolean; reason: string },
  ): void;
  getPublishersInfoByTopic(topic: string, noDemangle: boolean): readonly EndpointInfo[];
  getSubscriptionsInfoByTopic(topic: string, noDemangle: boolean): readonly EndpointInfo[];
  resolveTopicName(topic: string): string;
  countSubscribers(topic: string): number;
  spin(timeout?: number): void;
  stop(): void;
  destroy(): void;
}

/** The result of a lifecycle transition. */
export interface LifecycleReturn {
  readonly value: number;
}

/** A node with the life cycle of ROS 2. */
export interface RclLifecycleNode extends RclNode {
  readonly currentState: { readonly id: number; readonly label: string };
  registerOnConfigure(callback: () => number): void;
  registerOnActivate(callback: () => number): void;
  registerOnDeactivate(callback: () => number): void;
  registerOnCleanup(callback: () => number): void;
  registerOnShutdown(callback: () => number): void;
  configure(result?: LifecycleReturn): unknown;
  activate(result?: LifecycleReturn): unknown;
  deactivate(result?: LifecycleReturn): unknown;
  shutdown(result?: LifecycleReturn): unknown;
}

/** A client of an action. */
export interface RclActionClient {
  isActionServerAvailable(): boolean;
  sendGoal(goal: object): Promise<unknown>;
  destroy(): void;
}

/** A goal that an action server has accepted. */
export interface RclGoalHandle<Goal> {
  readonly request: Goal;
  readonly isCancelRequested: boolean;
  execute(): void;
  publishFeedback(feedback: object): void;
  succeed(): void;
  abort(): void;
  canceled(): void;
}

/** The classes that are generated from an action's definition. */
export interface RclAction {
  readonly Result: new () => object;
  readonly Feedback: new () => object;
}

/** The class of action servers. */
export type RclActionServerConstructor = new <Goal>(
  node: RclNode,
  type: string,
  name: string,
  execute: (handle: RclGoalHandle<Goal>) => Promise<object>,
  onGoal: (goal: Goal) => number,
  onAccepted: (handle: RclGoalHandle<Goal>) => void,
  onCancel: () => number,
) => { destroy(): void };

/** A class of nodes. */
export type RclNodeConstructor<T> = new (
  name: string,
  namespace?: string,
  context?: unknown,
  options?: { readonly enableRosout?: boolean },
) => T;

/** The library's exports. */
export interface Rcl {
  readonly Node: RclNodeConstructor<RclNode>;
  readonly lifecycle: {
    readonly LifecycleNode: RclNodeConstructor<RclLifecycleNode>;
    readonly CallbackReturnCode: { readonly SUCCESS: number; readonly FAILURE: number; readonly ERROR: number };
  };
  readonly ActionServer: RclActionServerConstructor;
  readonly GoalResponse: { readonly ACCEPT: number; readonly REJECT: number };
  readonly CancelResponse: { readonly ACCEPT: number };
  readonly ActionClient: new (node: RclNode, type: string, name: string) => RclActionClient;
  readonly QoS: new (history: number, depth: number, reliability: number, durability: number) => object;
  readonly Parameter: new (name: string, type: number, value: unknown) => RclParameter;
  readonly ParameterDescriptor: new (
    name: string,
    type: number,
    description: string,
    readOnly: boolean,
    range?: object,
  ) => object;
  readonly FloatingPointRange: new (from: number, to: number, step: number) => object;
  readonly IntegerRange: new (from: bigint, to: bigint) => object;
  /** @throws {Error} when no sourced package has this interface. */
  require(type: string): RclAction;
  init(context?: unknown, argv?: readonly string[]): Promise<void>;
  removeSignalHandlers(): void;
  shutdown(): void;
  isShutdown(): boolean;
}
