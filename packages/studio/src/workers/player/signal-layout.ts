import type { RobotSpec } from '@praxis/core';
import { messageCodec, odometryOf } from '@praxis/wire';
import type { ReadChannel } from '@praxis/wire/mcap';
import type { PlotLayout, ValueAxis } from '../../protocol/recording.ts';

/** A plot has at most so many curves, by their colours. */
const MAX_CURVES = 5;

/** Gets a value of a curve of a plot, which it makes known. */
export type AddValue = (plot: PlotOf, curve: string, value: number) => void;

/** A plot without its curves, which are known once they have values. */
export type PlotOf = Omit<PlotLayout, 'curves'>;

/** Reads the values of one message. @throws {MessageError} when it is damaged */
export type SignalReader = (data: Uint8Array, add: AddValue) => void;

/** Numbers of the odometry that are plotted: ahead (m/s) and turning to the left (rad/s). */
const AHEAD_AT = 7;
const TURN_AT = 12;

const around = (least: number): ValueAxis => ({ kind: 'around zero', least });

/** Name of the stream of a channel, as Praxis records it, or its topic. */
export const streamOf = ({ topic, metadata }: ReadChannel): string => metadata.stream ?? topic;

/** What a stream belongs to: `left ` of `joints.left`, and nothing of `joints`. */
const ownerOf = (channel: ReadChannel): string => {
  const stream = streamOf(channel);
  const dot = stream.indexOf('.');
  return dot < 0 ? '' : `${stream.slice(dot + 1)} `;
};

/** Position and command of a joint, in one plot. */
const jointPlot = (joint: string, unit: string): PlotOf => {
  return { id: `joint ${joint}`, label: `${joint} (${unit})`, axis: { kind: 'samples' }, decimals: 3 };
};

function wrenchReader(channel: ReadChannel): SignalReader {
  const codec = messageCodec('geometry_msgs/msg/WrenchStamped');
  const owner = ownerOf(channel);
  const force: PlotOf = { id: `force ${owner}`, label: `${owner}F (N)`, axis: around(5), decimals: 1 };
  const torque: PlotOf = { id: `torque ${owner}`, label: `${owner}T (Nm)`, axis: around(0.5), decimals: 2 };
  return (data, add) => {
    const { wrench } = codec.read(data);
    for (const axis of ['x', 'y', 'z'] as const) {
      add(force, `F${axis}`, wrench.force[axis]);
      add(torque, `T${axis}`, wrench.torque[axis]);
    }
  };
}

function jointReader(channel: ReadChannel): SignalReader {
  const codec = messageCodec('sensor_msgs/msg/JointState');
  const units = (channel.metadata.unit ?? 'rad').split(' ');
  const plots = new Map<string, PlotOf>();
  return (data, add) => {
    const { name, position } = codec.read(data);
    for (const [i, joint] of name.entries()) {
      const plot = plots.get(joint) ?? jointPlot(joint, units[i] ?? units[0]);
      plots.set(joint, plot);
      if (i < position.length) add(plot, 'position', position[i]);
    }
  };
}

function odometryReader(channel: ReadChannel): SignalReader {
  const codec = messageCodec('nav_msgs/msg/Odometry');
  const owner = ownerOf(channel);
  const ahead: PlotOf = { id: `ahead ${owner}`, label: `${owner}ahead (m/s)`, axis: around(0.5), decimals: 2 };
  const turn: PlotOf = { id: `turn ${owner}`, label: `${owner}turn (rad/s)`, axis: around(1), decimals: 2 };
  return (data, add) => {
    const numbers = odometryOf(codec.read(data));
    add(ahead, 'vx', numbers[AHEAD_AT]);
    add(turn, 'wz', numbers[TURN_AT]);
  };
}

function gatesReader(): SignalReader {
  const codec = messageCodec('praxis_msgs/msg/Gates');
  const plot: PlotOf = { id: 'gates', label: 'gates (0 to 1)', axis: { kind: 'share' }, decimals: 2 };
  return (data, add) => {
    const { modalities, weights } = codec.read(data);
    for (const [i, name] of modalities.slice(0, MAX_CURVES).entries()) add(plot, name, weights[i]);
  };
}

/** @param robot says which joints a command moves, in its order */
function commandReader(robot: Pick<RobotSpec, 'commands'> | undefined): SignalReader {
  const codec = messageCodec('praxis_msgs/msg/Command');
  const names = new Map(robot?.commands.map((each) => [each.name, each.names ?? []]));
  const plots = new Map<string, PlotOf>();
  const plotOf = (id: string, make: () => PlotOf): PlotOf => {
    const plot = plots.get(id) ?? make();
    plots.set(id, plot);
    return plot;
  };
  return (data, add) => {
    const { group, position, gripper_width: width, twist } = codec.read(data);
    for (const [i, value] of position.entries()) {
      const joint = names.get(group)?.[i] ?? `${group} ${i + 1}`;
      add(
        plotOf(joint, () => jointPlot(joint, 'rad')),
        'command',
        value,
      );
    }
    const { length } = position;
    if (length > 0) {
      const id = `gripper ${group}`;
      add(
        plotOf(id, () => ({ id, label: `${group} gripper (m)`, axis: { kind: 'samples' }, decimals: 3 })),
        'command',
        width,
      );
    }
    for (const [i, value] of twist.entries()) {
      const id = `twist ${group}`;
      add(
        plotOf(id, () => ({ id, label: `${group} command`, axis: around(0.5), decimals: 2 })),
        names.get(group)?.[i] ?? `v${i + 1}`,
        value,
      );
    }
  };
}

function vectorReader(channel: ReadChannel): SignalReader {
  const codec = messageCodec('praxis_msgs/msg/Vector');
  const stream = streamOf(channel);
  const names = channel.metadata.names?.split(' ') ?? [];
  const unit = channel.metadata.unit?.split(' ')[0] ?? '';
  const plot: PlotOf = { id: `stream ${stream}`, label: `${stream} (${unit})`, axis: { kind: 'samples' }, decimals: 2 };
  return (data, add) => {
    const { data: values } = codec.read(data);
    for (let i = 0; i < Math.min(values.length, MAX_CURVES); i++) add(plot, names[i] ?? String(i), values[i]);
  };
}

/** The topic of the commands that the supervisor sent to the robot. */
const COMMAND_TOPIC = '/praxis/robot_command';

/** What reads the signals of a channel; undefined for one that has none to plot. */
export function signalReader(
  channel: ReadChannel,
  robot: Pick<RobotSpec, 'commands'> | undefined,
): SignalReader | undefined {
  const { type, topic } = channel;
  switch (type) {
    case 'geometry_msgs/msg/WrenchStamped':
      return wrenchReader(channel);
    case 'sensor_msgs/msg/JointState':
      return jointReader(channel);
    case 'nav_msgs/msg/Odometry':
      return odometryReader(channel);
    case 'praxis_msgs/msg/Gates':
      return gatesReader();
    case 'praxis_msgs/msg/Vector':
      return vectorReader(channel);
    case 'praxis_msgs/msg/Command':
      return topic === COMMAND_TOPIC ? commandReader(robot) : undefined;
    default:
      return undefined;
  }
}

/** Kinds of plots by the beginnings of their ids, in the order in which they are shown. */
const ORDER = ['force', 'torque', 'ahead', 'turn', 'twist', 'gates', 'joint', 'gripper', 'stream'];
const rankOf = ({ id }: PlotOf): number => ORDER.indexOf(id.split(' ')[0]);

/** The plots and curves that have appeared so far. */
export class PlotTable {
  readonly #plots = new Map<string, { readonly plot: PlotOf; readonly curves: string[] }>();
  readonly #keys = new Map<string, string>();

  /** Key of a curve, which it makes known. */
  keyOf(plot: PlotOf, curve: string): string {
    const key = `${plot.id}\n${curve}`;
    if (this.#keys.has(key)) return key;
    this.#keys.set(key, plot.id);
    const known = this.#plots.get(plot.id) ?? { plot, curves: [] };
    known.curves.push(curve);
    this.#plots.set(plot.id, known);
    return key;
  }

  /** The plots with the keys of their curves, those of one kind together. */
  get plots(): readonly { readonly layout: PlotLayout; readonly keys: readonly string[] }[] {
    return [...this.#plots.values()]
      .sort((a, b) => rankOf(a.plot) - rankOf(b.plot))
      .map(({ plot, curves }) => ({
        layout: { ...plot, curves: [...curves] },
        keys: curves.map((curve) => `${plot.id}\n${curve}`),
      }));
  }
}
