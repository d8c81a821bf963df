import { firstLine } from '@praxis/core';
import { isStop, type SafetyState } from '@praxis/safety';
import {
  Language,
  loopSnapshot,
  type PilotEvent,
  SwitchedPolicy,
  sentenceKind,
  supervisionPhase,
  VoicePilot,
} from '@praxis/teleop';
import { Diagnostics, OK, type Report, WARN } from '../../diagnostics/diagnostics.ts';
import { InstructionGate } from '../../loop/instruction-gate.ts';
import { NodeLoop } from '../../loop/node-loop.ts';
import { openPolicy } from '../../loop/open-policy.ts';
import { parameterWorkspace, workspaceOf } from '../../loop/robot-options.ts';
import { nodePolicy, openProject } from '../../project/project.ts';
import { catchErrors } from '../../rcl/catch-errors.ts';
import { RosMissingError } from '../../rcl/load.ts';
import { declareParameters } from '../../rcl/parameters.ts';
import { setUpLoopRealTime } from '../../rcl/real-time.ts';
import { type RosSession, runNode } from '../../rcl/session.ts';
import { TriggerClient } from '../../rcl/triggers.ts';
import { onlyArm, openRobot } from '../../robot/node-robot.ts';
import { ANSWER_TOPIC, INSTRUCTION_TOPIC, TRANSCRIPT_TOPIC } from '../../robot/node-topics.ts';
import { neededTopics } from '../../robot/own-topics.ts';
import { publishText, subscribeText } from '../../streams/session-topics.ts';
import { EXECUTE_TYPE, ExecuteAction, type PlanningNode } from './execute-action.ts';
import { folderMotionPolicy, motionPolicy, TELEOP_PARAMETERS } from './motion.ts';
import { openPlans } from './plans.ts';

/** Period of the dialogue's timer (ms). */
const POLL_PERIOD_MS = 50;

/**
 * Follows spoken and typed commands: motion commands drive the arm directly, other instructions go to the policy. With a planner it executes
 * requests too.
 */
async function run(session: RosSession): Promise<void> {
  const { rcl, node, clock, log } = session;
  const parameters = declareParameters(rcl, node, TELEOP_PARAMETERS);
  const robot = await openRobot(session, parameters);
  const arm = onlyArm(robot, 'commands in words move');
  const { folder } = robot;
  const workspace = workspaceOf(robot, parameters);
  const project = await openProject(parameters);
  const source = nodePolicy(parameters.policy, project);
  const instructions = publishText(session, INSTRUCTION_TOPIC);
  const answers = publishText(session, ANSWER_TOPIC);
  const events = publishText(session, '~/event');
  let nodeLoop: NodeLoop | undefined;
  const learned = await openPolicy(session, {
    source,
    loop: () => nodeLoop,
    onBack: () => {
      requestPriority();
      // Motion commands need no instruction.
      nodeLoop?.resumePolicy();
    },
  });
  const requestPriority = (): void => setUpLoopRealTime(log, parameters.realtime, learned.pid);
  const own = neededTopics(learned.spec, robot.spec, project.registry.modalities.values);
  const timing = learned.spec;
  const motion = folder
    ? folderMotionPolicy(folder, timing)
    : motionPolicy({
        ...{ arm, timing },
        workspace: parameterWorkspace(parameters),
        home: parameters.home,
      });
  const policy = new SwitchedPolicy(learned, motion);
  const mask = parameters.mask.filter((name) => name !== '');
  const acceptRobot = parameters.accept_robot;
  const gate = new InstructionGate(source, learned.spec, {
    requestStop: (word) => pilot.acceptIntent({ kind: 'stop', word }, clock.now()),
    hold: () => hold(),
  });
  const admitText = (text: string): string => gate.admitMessage(text, (data) => answers.publish({ data }));
  const activeLoop = new NodeLoop({
    session,
    nodeRobot: robot,
    policy,
    own,
    admitText,
    mask,
    acceptRobot,
    workspace,
    driver: () => (policy.driver === 'learned' ? 'policy' : 'operator'),
  });
  nodeLoop = activeLoop;
  activeLoop.active = true;
  // Motion commands move the arm without an instruction for the policy.
  activeLoop.resumePolicy();
  const stop = new TriggerClient(session, `${parameters.supervisor}/stop`);
  const language = new Language(source.vocabulary);
  const pilot = new VoicePilot({
    language,
    policy,
    requestStop: () => stop.call(),
    // The public topic lets other subscribers receive the instruction as well.
    setInstruction: (data) => instructions.publish({ data }),
    snapshot: () => loopSnapshot(activeLoop.loop, clock.now(), motion.limits.maximumWidth),
  });
  pilot.events$.subscribe((event) => {
    events.publish({ data: JSON.stringify(event) });
    const text = spokenTextOf(event);
    if (text === undefined) return;
    log.info(text);
    answers.publish({ data: text });
  });

  let state: SafetyState | 'unknown' = 'unknown';
  const pollDialogue = (): void => {
    const phase = supervisionPhase(state === 'unknown' ? undefined : state, isStop);
    pilot.tick(clock.now(), phase, state);
  };
  const setSupervisorState = (newState: string): void => {
    if (newState !== state) log.info(`supervisor: ${newState}`);
    state = newState as SafetyState;
    activeLoop.setSupervisorState(state);
    // Goals of a plan are refused until the dialogue knows that the arm runs.
    pollDialogue();
  };
  subscribeText(session, `${parameters.supervisor}/state`, setSupervisorState, 'latched');
  let action: ExecuteAction | undefined;
  const hold = (): void => {
    action?.cancel('held by the operator');
    pilot.acceptIntent({ kind: 'hold' }, clock.now());
  };
  /** A stop goes to the supervisor, past every plan. While a plan runs, a hold that names no thing cancels it, and any other sentence goes to its planner. */
  const acceptText = (text: string): void => {
    const kind = sentenceKind(language, text);
    if (!action?.isActive || kind === 'stop') pilot.acceptText(text, clock.now());
    else if (kind === 'hold') hold();
    else action.hear(text);
  };
  subscribeText(session, TRANSCRIPT_TOPIC, (text) => {
    log.info(`transcript: "${text}"`);
    acceptText(text);
  });
  if (parameters.planner !== '') {
    const plans = await openPlans(session, {
      ...{ parameters, project, nodeRobot: robot, loop: activeLoop, policy },
      supervisor: () => state,
      setInstruction: (data) => instructions.publish({ data }),
    });
    action = offerExecution(session, {
      refusal(request) {
        const kind = sentenceKind(language, request);
        if (kind === 'stop' || kind === 'hold') {
          acceptText(request);
          return `"${request.trim()}" is no request: it ${kind === 'stop' ? 'stops' : 'holds'} the arm`;
        }
        if (request.trim() === '') return 'the request is empty';
        return plans.robot.supervision().cause ?? plans.robot.blindness();
      },
      begin() {
        hold();
        return plans.execution();
      },
      hold: () => policy.hold(),
      answer: (data) => answers.publish({ data }),
    });
  }
  const timer = setInterval(catchErrors(log, 'dialogue', pollDialogue), POLL_PERIOD_MS);
  const diagnostics = new Diagnostics(session);
  diagnostics.add('dialogue', (): Report => {
    const { mode, instruction = '' } = pilot.dialogue.state;
    const values = { driver: policy.driver, instruction, supervisor: state };
    return {
      level: state === 'running' ? OK : WARN,
      message: state === 'running' ? mode : `supervisor: ${state}`,
      values,
    };
  });
  session.onClose(async () => {
    clearInterval(timer);
    pilot.close();
    await activeLoop.close();
    await policy.close();
  });
  requestPriority();
  log.info(`subscribes to ${TRANSCRIPT_TOPIC}`);
}

/** Serves the action. @throws {RosMissingError} where its type was not built */
function offerExecution(session: RosSession, node: PlanningNode): ExecuteAction {
  try {
    return new ExecuteAction(session, node);
  } catch (cause) {
    throw new RosMissingError(
      `parameter planner: ${EXECUTE_TYPE} comes with the ament package, colcon build (${firstLine(cause)})`,
      { cause },
    );
  }
}

/** The text that the robot speaks for an event; undefined for events without one. */
const spokenTextOf = (event: PilotEvent): string | undefined =>
  event.kind === 'say' || event.kind === 'confirm' ? event.text : undefined;

/** Runs the teleoperation node until it is shut down. */
export const main = (): Promise<void> => runNode('teleop_node', 'node', run);
