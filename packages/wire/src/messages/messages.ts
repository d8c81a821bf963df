/**
 * Messages of a robot's nodes with the fields of the ROS 2 Humble interface definitions. A decoded message has all
 * fields; a message to be encoded may omit fields that are zero. SI units, REP-103 axes.
 */

import { PraxisError } from '@praxis/core';
import type {
  ActionChunkMessage,
  CommandMessage,
  DriverMessage,
  GatesMessage,
  LoopEventMessage,
  ObservationMessage,
  OperatorInputMessage,
  PeriodMessage,
  SafetyEventMessage,
  VectorMessage,
} from './praxis-messages.ts';

/** A message does not match its type, or its content is invalid. */
export class MessageError extends PraxisError {
  override readonly name = 'MessageError';
}

/** `builtin_interfaces/Time`: a time on the sender's clock. */
export interface Time {
  /** Seconds since the clock's epoch. */
  readonly sec: number;
  readonly nanosec: number;
}

/** `std_msgs/Header`: time of validity and coordinate frame of a message. */
export interface Header {
  readonly stamp: Time;
  readonly frame_id: string;
}

/** `geometry_msgs/Vector3` or `Point`. The containing field determines the unit: m, m/s, rad/s, N or Nm. */
export interface Vector3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** `geometry_msgs/Quaternion`: a unit quaternion x, y, z, w. */
export interface Quaternion extends Vector3 {
  readonly w: number;
}

/** `sensor_msgs/Image`: an uncompressed image, rows from top to bottom; `encoding` names the pixel format. */
export interface Image {
  readonly header: Header;
  readonly height: number;
  readonly width: number;
  readonly encoding: string;
  readonly is_bigendian: number;
  /** Length of a row (bytes). */
  readonly step: number;
  readonly data: Uint8Array;
}

/**
 * `foxglove_msgs/CompressedVideo`: one picture of a video, decodable after those before it. For the format `h264` the data is an access unit in
 * Annex B form, without B-frames, with the parameter sets before each key frame.
 */
export interface CompressedVideo {
  readonly timestamp: Time;
  readonly frame_id: string;
  readonly format: string;
  readonly data: Uint8Array;
}

/** `sensor_msgs/CompressedImage`: an image as JPEG or PNG. */
export interface CompressedImage {
  readonly header: Header;
  /** Format, for example `jpeg`, `png` or `rgb8; jpeg compressed bgr8`. */
  readonly format: string;
  readonly data: Uint8Array;
}

/** `sensor_msgs/CameraInfo`: calibration of a camera (pixels). */
export interface CameraInfo {
  readonly header: Header;
  readonly height: number;
  readonly width: number;
  readonly distortion_model: string;
  readonly d: Float64Array;
  /** Camera matrix k (3x3), rectification r (3x3) and projection p (3x4), row-major. */
  readonly k: Float64Array;
  readonly r: Float64Array;
  readonly p: Float64Array;
}

/** `sensor_msgs/JointState`: rad, rad/s and Nm; m, m/s and N for prismatic joints. */
export interface JointStateMessage {
  readonly header: Header;
  readonly name: readonly string[];
  /** Positions, velocities and efforts, each as long as `name`, or empty if not measured. */
  readonly position: Float64Array;
  readonly velocity: Float64Array;
  readonly effort: Float64Array;
}

/** `geometry_msgs/WrenchStamped`: force (N) and torque (Nm) in the header's frame. */
export interface WrenchStamped {
  readonly header: Header;
  readonly wrench: { readonly force: Vector3; readonly torque: Vector3 };
}

/** `geometry_msgs/Twist`: linear (m/s) and angular velocity (rad/s). */
export interface Twist {
  readonly linear: Vector3;
  readonly angular: Vector3;
}

/** `geometry_msgs/TwistStamped`: linear (m/s) and angular velocity (rad/s) in the header's frame. */
export interface TwistStamped {
  readonly header: Header;
  readonly twist: Twist;
}

/** `geometry_msgs/Pose`: position (m) and orientation. */
export interface PoseMessage {
  readonly position: Vector3;
  readonly orientation: Quaternion;
}

/** `geometry_msgs/PoseStamped`: position (m) and orientation in the header's frame. */
export interface PoseStamped {
  readonly header: Header;
  readonly pose: PoseMessage;
}

/**
 * `nav_msgs/Odometry`: pose of `child_frame_id` in the header's frame (m, unit quaternion), and its velocity in its own axes (m/s,
 * rad/s). The covariances are 6x6, row-major: x, y, z, then rotations about x, y, z.
 */
export interface OdometryMessage {
  readonly header: Header;
  readonly child_frame_id: string;
  readonly pose: { readonly pose: PoseMessage; readonly covariance: Float64Array };
  readonly twist: { readonly twist: Twist; readonly covariance: Float64Array };
}

/** `std_msgs/String`: a text. */
export interface StringMessage {
  readonly data: string;
}

/**
 * `trajectory_msgs/JointTrajectoryPoint`: one number per joint (rad, rad/s, rad/s^2, Nm), or an empty array for an
 * omitted quantity.
 */
export interface JointTrajectoryPoint {
  readonly positions: Float64Array;
  readonly velocities: Float64Array;
  readonly accelerations: Float64Array;
  readonly effort: Float64Array;
  readonly time_from_start: Time;
}

/** `trajectory_msgs/JointTrajectory`: points in order of time, each in the order of `joint_names`. */
export interface JointTrajectoryMessage {
  readonly header: Header;
  readonly joint_names: readonly string[];
  readonly points: readonly JointTrajectoryPoint[];
}

/** `std_msgs/Float64MultiArray`: row-major numbers with the layout of their dimensions. */
export interface Float64MultiArray {
  readonly layout: {
    readonly dim: readonly { readonly label: string; readonly size: number; readonly stride: number }[];
    readonly data_offset: number;
  };
  readonly data: Float64Array;
}

/**
 * `control_msgs/JointJog`: displacements (rad, m) or velocities (rad/s, m/s) of the named joints for `duration` (s).
 */
export interface JointJog {
  readonly header: Header;
  readonly joint_names: readonly string[];
  readonly displacements: Float64Array;
  readonly velocities: Float64Array;
  readonly duration: number;
}

/** `control_msgs/GripperCommand`: target of a gripper. */
export interface GripperCommand {
  /** Distance between the fingers (m); some drivers define it differently. */
  readonly position: number;
  /** Largest gripping force (N). */
  readonly max_effort: number;
}

/** `diagnostic_msgs/DiagnosticStatus`: status of one component. */
export interface DiagnosticStatus {
  /** Severity: 0 ok, 1 warning, 2 error, 3 stale. */
  readonly level: number;
  readonly name: string;
  readonly message: string;
  readonly hardware_id: string;
  readonly values: readonly { readonly key: string; readonly value: string }[];
}

/** `diagnostic_msgs/DiagnosticArray`: status of several components. */
export interface DiagnosticArray {
  readonly header: Header;
  readonly status: readonly DiagnosticStatus[];
}

/** `audio_common_msgs/AudioData`: audio in the format of {@link AudioInfo}. */
export interface AudioData {
  readonly data: Uint8Array;
}

/** `audio_common_msgs/AudioDataStamped`: audio and the time of its first sample. */
export interface AudioDataStamped {
  readonly header: Header;
  readonly audio: AudioData;
}

/**
 * `audio_common_msgs/AudioInfo`: sample rate (Hz), format such as `S16LE`, bit rate (bit/s) and coding such as `wave`.
 */
export interface AudioInfo {
  readonly channels: number;
  readonly sample_rate: number;
  readonly sample_format: string;
  readonly bitrate: number;
  readonly coding_format: string;
}

/** `hri_msgs/LiveSpeech` (ROS4HRI): partial and final text of a recogniser; `confidence` is 0..1. */
export interface LiveSpeech {
  readonly header: Header;
  readonly incremental: string;
  readonly final: string;
  readonly confidence: number;
}

/** `geometry_msgs/TransformStamped`: pose of `child_frame_id` in the header's frame (m, unit quaternion). */
export interface TransformStamped {
  readonly header: Header;
  readonly child_frame_id: string;
  readonly transform: { readonly translation: Vector3; readonly rotation: Quaternion };
}

/** Message interfaces by type name. */
export interface MessageOf {
  'sensor_msgs/msg/Image': Image;
  'foxglove_msgs/msg/CompressedVideo': CompressedVideo;
  'sensor_msgs/msg/CompressedImage': CompressedImage;
  'sensor_msgs/msg/CameraInfo': CameraInfo;
  'sensor_msgs/msg/JointState': JointStateMessage;
  'geometry_msgs/msg/WrenchStamped': WrenchStamped;
  'geometry_msgs/msg/Twist': Twist;
  'geometry_msgs/msg/TwistStamped': TwistStamped;
  'geometry_msgs/msg/PoseStamped': PoseStamped;
  'nav_msgs/msg/Odometry': OdometryMessage;
  'std_msgs/msg/String': StringMessage;
  'std_msgs/msg/Bool': { readonly data: boolean };
  'std_msgs/msg/Float64MultiArray': Float64MultiArray;
  'trajectory_msgs/msg/JointTrajectory': JointTrajectoryMessage;
  'control_msgs/msg/JointJog': JointJog;
  'control_msgs/msg/GripperCommand': GripperCommand;
  'diagnostic_msgs/msg/DiagnosticArray': DiagnosticArray;
  'diagnostic_msgs/msg/DiagnosticStatus': DiagnosticStatus;
  'audio_common_msgs/msg/AudioData': AudioData;
  'audio_common_msgs/msg/AudioDataStamped': AudioDataStamped;
  'audio_common_msgs/msg/AudioInfo': AudioInfo;
  'hri_msgs/msg/LiveSpeech': LiveSpeech;
  'rosgraph_msgs/msg/Clock': { readonly clock: Time };
  'praxis_msgs/msg/Vector': VectorMessage;
  'praxis_msgs/msg/Command': CommandMessage;
  'praxis_msgs/msg/ActionChunk': ActionChunkMessage;
  'praxis_msgs/msg/Gates': GatesMessage;
  'praxis_msgs/msg/Observation': ObservationMessage;
  'praxis_msgs/msg/SafetyEvent': SafetyEventMessage;
  'praxis_msgs/msg/LoopEvent': LoopEventMessage;
  'praxis_msgs/msg/OperatorInput': OperatorInputMessage;
  'praxis_msgs/msg/Driver': DriverMessage;
  'praxis_msgs/msg/Period': PeriodMessage;
  'tf2_msgs/msg/TFMessage': { readonly transforms: readonly TransformStamped[] };
}

/** A type name of {@link MessageOf}, as `package/msg/Name`. */
export type MessageType = keyof MessageOf;

/** The message of a type name: its interface if {@link MessageOf} has one, else any object. */
export type Message<K extends string> = K extends MessageType ? MessageOf[K] : object;
