/**
 * The messages that a robot's nodes exchange, field by field as ROS 2 has them. What is read from the wire has all fields; what is
 * written may leave out what is zero.
 */

export interface Time {
  /** Seconds since the clock's epoch. */
  readonly sec: number;
  readonly nanosec: number;
}

export interface Header {
  readonly stamp: Time;
  readonly frame_id: string;
}

export interface Vector3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface Quaternion extends Vector3 {
  readonly w: number;
}

export interface Image {
  readonly header: Header;
  readonly height: number;
  readonly width: number;
  readonly encoding: string;
  readonly is_bigendian: number;
  /** Bytes of a row. */
  readonly step: number;
  readonly data: Uint8Array;
}

export interface CompressedImage {
  readonly header: Header;
  /** Begins with or ends in the name of the coding, as `jpeg`, `png`, `rgb8; jpeg compressed bgr8`. */
  readonly format: string;
  readonly data: Uint8Array;
}

export interface CameraInfo {
  readonly header: Header;
  readonly height: number;
  readonly width: number;
  readonly distortion_model: string;
  readonly d: Float64Array;
  /** 3x3, 3x3 and 3x4, row-major. */
  readonly k: Float64Array;
  readonly r: Float64Array;
  readonly p: Float64Array;
}

export interface JointStateMessage {
  readonly header: Header;
  readonly name: readonly string[];
  /** Each as long as `name`, or empty for what is not measured. */
  readonly position: Float64Array;
  readonly velocity: Float64Array;
  readonly effort: Float64Array;
}

export interface WrenchStamped {
  readonly header: Header;
  readonly wrench: { readonly force: Vector3; readonly torque: Vector3 };
}

export interface TwistStamped {
  readonly header: Header;
  readonly twist: { readonly linear: Vector3; readonly angular: Vector3 };
}

export interface PoseStamped {
  readonly header: Header;
  readonly pose: { readonly position: Vector3; readonly orientation: Quaternion };
}

export interface StringMessage {
  readonly data: string;
}

export interface JointTrajectoryPoint {
  readonly positions: Float64Array;
  readonly velocities: Float64Array;
  readonly accelerations: Float64Array;
  readonly effort: Float64Array;
  readonly time_from_start: Time;
}

export interface JointTrajectory {
  readonly header: Header;
  readonly joint_names: readonly string[];
  readonly points: readonly JointTrajectoryPoint[];
}

export interface Float64MultiArray {
  readonly layout: {
    readonly dim: readonly { readonly label: string; readonly size: number; readonly stride: number }[];
    readonly data_offset: number;
  };
  readonly data: Float64Array;
}

export interface JointJog {
  readonly header: Header;
  readonly joint_names: readonly string[];
  readonly displacements: Float64Array;
  readonly velocities: Float64Array;
  readonly duration: number;
}

export interface GripperCommand {
  /** Gap between the fingers (m), or what the gripper's driver takes it for. */
  readonly position: number;
  /** N. */
  readonly max_effort: number;
}

export interface DiagnosticStatus {
  /** 0 ok, 1 warning, 2 error, 3 stale. */
  readonly level: number;
  readonly name: string;
  readonly message: string;
  readonly hardware_id: string;
  readonly values: readonly { readonly key: string; readonly value: string }[];
}

export interface DiagnosticArray {
  readonly header: Header;
  readonly status: readonly DiagnosticStatus[];
}

export interface AudioData {
  readonly data: Uint8Array;
}

export interface AudioDataStamped {
  readonly header: Header;
  readonly audio: AudioData;
}

export interface AudioInfo {
  readonly channels: number;
  readonly sample_rate: number;
  readonly sample_format: string;
  readonly bitrate: number;
  readonly coding_format: string;
}

export interface LiveSpeech {
  readonly header: Header;
  readonly incremental: string;
  readonly final: string;
  readonly confidence: number;
}

export interface TransformStamped {
  readonly header: Header;
  readonly child_frame_id: string;
  readonly transform: { readonly translation: Vector3; readonly rotation: Quaternion };
}

/** The messages by the names of their types. */
export interface MessageOf {
  'sensor_msgs/msg/Image': Image;
  'sensor_msgs/msg/CompressedImage': CompressedImage;
  'sensor_msgs/msg/CameraInfo': CameraInfo;
  'sensor_msgs/msg/JointState': JointStateMessage;
  'geometry_msgs/msg/WrenchStamped': WrenchStamped;
  'geometry_msgs/msg/TwistStamped': TwistStamped;
  'geometry_msgs/msg/PoseStamped': PoseStamped;
  'std_msgs/msg/String': StringMessage;
  'std_msgs/msg/Bool': { readonly data: boolean };
  'std_msgs/msg/Float64MultiArray': Float64MultiArray;
  'trajectory_msgs/msg/JointTrajectory': JointTrajectory;
  'control_msgs/msg/JointJog': JointJog;
  'control_msgs/msg/GripperCommand': GripperCommand;
  'diagnostic_msgs/msg/DiagnosticArray': DiagnosticArray;
  'diagnostic_msgs/msg/DiagnosticStatus': DiagnosticStatus;
  'audio_common_msgs/msg/AudioData': AudioData;
  'audio_common_msgs/msg/AudioDataStamped': AudioDataStamped;
  'audio_common_msgs/msg/AudioInfo': AudioInfo;
  'hri_msgs/msg/LiveSpeech': LiveSpeech;
  'rosgraph_msgs/msg/Clock': { readonly clock: Time };
  'tf2_msgs/msg/TFMessage': { readonly transforms: readonly TransformStamped[] };
}

export type MessageType = keyof MessageOf;
