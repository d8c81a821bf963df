import { errorMessage } from '@praxis/core';
import { Concatenator, decodePcm, type Listener, type ListenerState } from '@praxis/speech';
import { openListener } from '@praxis/speech/node';
import { admitIntent, Language, WakeWindow } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import type { Message } from '@praxis/wire';
import { Diagnostics, ERROR, OK, type Report, WARN } from '../../diagnostics/diagnostics.ts';
import { nodePolicy, openProject } from '../../project/project.ts';
import { RosMissingError } from '../../rcl/load.ts';
import { declareParameters, type ParameterValues } from '../../rcl/parameters.ts';
import { REAL_TIME_PRIORITY, setUpRealTime } from '../../rcl/real-time.ts';
import { type RosSession, runNode } from '../../rcl/session.ts';
import { stampAt } from '../../rcl/stamp-clock.ts';
import { TriggerClient } from '../../rcl/triggers.ts';
import { TRANSCRIPT_TOPIC } from '../../robot/node-topics.ts';
import type { CdrPublisher } from '../../streams/cdr-publisher.ts';
import { publish, publishText, subscribe } from '../../streams/session-topics.ts';
import type { TopicStatus } from '../../streams/topic.ts';
import { type AudioFormat, audioFormatOf } from './audio-format.ts';
import { SPEECH_PARAMETERS } from './parameters.ts';
import { heardVocabulary } from './vocabulary.ts';

const LIVE_SPEECH = 'hri_msgs/msg/LiveSpeech';

/**
 * Recognises speech near the robot. It subscribes to audio and publishes transcripts and intents; stop words go directly to
 * the supervisor.
 */
async function run(session: RosSession): Promise<void> {
  const { rcl, node, clock, stampClock, log } = session;
  const parameters = declareParameters(rcl, node, SPEECH_PARAMETERS);
  const { vocabulary } = nodePolicy(parameters.policy, await openProject(parameters));
  // Its intents are those of the command language, which holds at a prohibition; with a planner the transcript is what counts.
  const language = new Language({ ...vocabulary, wakeWord: parameters.wake_word || undefined });
  const wakeWindow = language.wakeWord && new WakeWindow(language.wakeWord);
  const listener = await openListener(clock, commandGrammar(heardVocabulary(vocabulary, parameters)), {
    model: parameters.model || undefined,
    attentionGate: wakeWindow,
  });
  session.onClose(() => listener.close());
  const transcript = publishText(session, TRANSCRIPT_TOPIC);
  const intents = publishText(session, 'intent');
  const stopWords = publishText(session, 'stop_word');
  const live = liveSpeech(session);
  const stop = parameters.supervisor === '' ? undefined : new TriggerClient(session, `${parameters.supervisor}/stop`);

  listener.stops$.subscribe(({ word, end, detected, by }) => {
    stop?.call();
    stopWords.publish({ data: word });
    log.warn(`"${word}" (${by}, ${(1000 * (detected - end)).toFixed(0)} ms after it): protective stop requested`);
  });
  listener.utterances$.subscribe(({ text, accepted, confidence, start, end }) => {
    live?.publish({
      header: { stamp: stampAt(stampClock, start), frame_id: '' },
      incremental: '',
      final: text,
      confidence,
    });
    const isCommand = accepted === 'yes';
    log.info(`${isCommand ? 'recognised' : 'not understood'}: "${text}" (${confidence.toFixed(2)})`);
    if (!isCommand) return;
    const intent = admitIntent(language, language.interpret(text));
    intents.publish({ data: JSON.stringify({ text, confidence, start, end, intent }) });
    transcript.publish({ data: text });
  });

  let audio: TopicStatus;
  try {
    audio = subscribeAudio(session, listener, parameters);
  } catch (cause) {
    const reason = errorMessage(cause);
    throw new RosMissingError(
      `no audio messages (${reason}): install ros-$ROS_DISTRO-audio-common-msgs and run "npm run ros" again`,
      { cause },
    );
  }
  addDiagnostics(session, listener, audio);
  setUpRealTime(log, parameters.realtime, REAL_TIME_PRIORITY.speech);
  log.info(`listens to ${audio.name}`);
}

/** Publishes `hri_msgs/msg/LiveSpeech` when hri_msgs is installed; not every ROS 2 distribution has it. */
function liveSpeech(session: RosSession): CdrPublisher<typeof LIVE_SPEECH> | undefined {
  try {
    return publish(session, LIVE_SPEECH, 'speech', 'event');
  } catch {
    session.log.info(`${LIVE_SPEECH} is not installed: the topic speech is not published`);
    return undefined;
  }
}

function subscribeAudio(
  session: RosSession,
  listener: Listener,
  { stamped, channels, sample_rate, sample_format }: ParameterValues<typeof SPEECH_PARAMETERS>,
): TopicStatus {
  let format: AudioFormat = audioFormatOf({ channels, sample_rate, sample_format, coding_format: 'wave' });
  const info = subscribe(session, {
    type: 'audio_common_msgs/msg/AudioInfo',
    topic: 'audio_info',
    qos: 'event',
    read: audioFormatOf,
  });
  info.stream$.subscribe(({ value }) => {
    format = value;
  });
  const concatenator = new Concatenator();
  const pushAudio = (data: Uint8Array, received: number): void => {
    const { rate } = format;
    const samples = decodePcm(data, format);
    const stamp = concatenator.nextStamp(samples.length / rate, received);
    void listener.acceptAudio({ value: { samples, rate }, stamp, received });
  };
  const open = <K extends 'audio_common_msgs/msg/AudioData' | 'audio_common_msgs/msg/AudioDataStamped'>(
    type: K,
    topic: string,
    read: (message: Message<K>) => Uint8Array,
  ): TopicStatus => {
    const source = subscribe(session, { type, topic, qos: 'sensor', stamps: 'ignored', read });
    source.stream$.subscribe(({ value, received }) => pushAudio(value, received));
    return source;
  };
  return stamped
    ? open('audio_common_msgs/msg/AudioDataStamped', 'audio_stamped', (message) => message.audio.data)
    : open('audio_common_msgs/msg/AudioData', 'audio', (message) => message.data);
}

function addDiagnostics(session: RosSession, listener: Listener, audio: TopicStatus): void {
  const { log } = session;
  let state: ListenerState = { kind: 'starting' };
  const diagnostics = new Diagnostics(session);
  listener.state$.subscribe((now) => {
    if (now.kind !== state.kind && 'reason' in now) log.error(`${now.kind}: ${now.reason}`);
    state = now;
  });
  diagnostics.add('listener', (): Report => {
    const { counters } = listener;
    const values = Object.fromEntries(Object.entries(counters));
    if ('reason' in state) return { level: ERROR, message: `${state.kind}: ${state.reason}`, values };
    if (state.kind === 'listening' || state.kind === 'speech') return { level: OK, message: state.kind, values };
    const topic = state.kind === 'no audio' ? ` on ${session.node.resolveTopicName(audio.name)}` : '';
    return { level: WARN, message: audio.fault || `${state.kind}${topic}`, values };
  });
}

/** Runs the speech node until it is shut down. */
export const main = (): Promise<void> => runNode('speech_node', 'node', run);
