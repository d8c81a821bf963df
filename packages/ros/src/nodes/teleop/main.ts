import { loadExtension } from '@praxis/policy/node';
import { isStop, type SafetyState } from '@praxis/safety';
import {
  Language,
  loopSnapshot,
  type PilotEvent,
  type SupervisionPhase,
  SwitchedPolicy,
  VoicePilot,
} from '@praxis/teleop';
import { Diagnostics, OK, type Report, WARN } from '../../diagnostics/diagnostics.ts';
import { NodeLoop, workspaceOf } from '../../loop/node-loop.ts';
import { openPolicy } from '../../loop/open-policy.ts';
import { catchErrors } from '../../rcl/catch-errors.ts';
import { declareParameters } from '../../rcl/parameters.ts';
import { type RosSession, runNode } from '../../rcl/session.ts';
import { ServerTransport } from '../../rcl/triggers.ts';
import { describeRobot } from '../../robot/description.ts';
import { INSTRUCTION_TOPIC, TRANSCRIPT_TOPIC } from '../../robot/node-topics.ts';
import { descriptionOf, shippedPolicy } from '../../robot/parameters.ts';
import { publishText, subscribeText } from '../../streams/session-topics.ts';
import { motionPolicy, TELEOP_PARAMETERS } from './motion.ts';

/** ms between two looks of the dialogue. */
const POLL_PERIOD_MS = 50;

/** Obeys words, spoken or typed: supervised motion of its own, and the policy's for everything else. */
async function run(session: RosSession): Promise<void> {
  const { rcl, node, clock, log } = session;
  const parameters = declareParameters(rcl, node, TELEOP_PARAMETERS);
  const description = descriptionOf(parameters);
  const robot = describeRobot(description);
  const workspace = workspaceOf(parameters);
  const folder = parameters.policy || shippedPolicy;
  const words = publishText(session, INSTRUCTION_TOPIC);
  const say = publishText(session, 'say');
  const events = publishText(session, '~/event');
  let driver: NodeLoop | undefined;
  const learned = await openPolicy(session, { folder, loop: () => driver });
  const { kinematics } = robot;
  const motion = motionPolicy({ description, kinematics, workspace, home: parameters.home, timing: learned.spec });
  const policy = new SwitchedPolicy(learned, motion);
  const mask = parameters.mask.filter((name) => name !== '');
  const driven = new NodeLoop({ session, description, robot, policy, mask, workspace });
  driver = driven;
  driven.active = true;
  // Without an instruction it is the words that move the arm.
  driven.resumePolicy();
  const stop = new ServerTransport(session, `${parameters.supervisor}/stop`);
  const pilot = new VoicePilot({
    language: new Language(loadExtension(folder)),
    policy,
    requestStop: () => stop.ask(),
    // By the topic that everybody else uses: who listens in hears it as well.
    setInstruction: (data) => words.publish({ data }),
    snapshot: () => loopSnapshot(driven.loop, clock.now()),
  });
  pilot.events$.subscribe((event) => {
    events.publish({ data: JSON.stringify(event) });
    const text = spokenTextOf(event);
    if (text === undefined) return;
    log.info(text);
    say.publish({ data: text });
  });

  let state: SafetyState | 'unknown' = 'unknown';
  const follow = (now: string): void => {
    if (now !== state) log.info(`supervisor: ${now}`);
    state = now as SafetyState;
    driven.setSupervisorState(state);
  };
  subscribeText(session, `${parameters.supervisor}/state`, follow, 'latched');
  subscribeText(session, TRANSCRIPT_TOPIC, (text) => {
    log.info(`transcript: "${text}"`);
    pilot.acceptText(text, clock.now());
  });
  const timer = setInterval(
    catchErrors(log, 'dialogue', () => pilot.tick(clock.now(), supervisorStatusOf(state), state)),
    POLL_PERIOD_MS,
  );
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
    await driven.close();
    await policy.close();
  });
  log.info(`obeys ${TRANSCRIPT_TOPIC}`);
}

const supervisorStatusOf = (state: SafetyState | 'unknown'): SupervisionPhase => {
  if (state === 'running') return 'running';
  return state !== 'unknown' && isStop(state) ? 'stopped' : 'waiting';
};

/** What is said aloud of it. */
const spokenTextOf = (event: PilotEvent): string | undefined =>
  event.kind === 'say' || event.kind === 'confirm' ? event.text : undefined;

export const main = (): Promise<void> => runNode('teleop_node', 'node', run);
