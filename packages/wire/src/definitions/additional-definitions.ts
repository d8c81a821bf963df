/**
 * Message definitions that `@foxglove/rosmsg-msgs-common` lacks, as their packages publish them, without constants and
 * comments, which are not transmitted. Sources: ros-controls/control_msgs (humble), ros-drivers/audio_common (ros2),
 * ros4hri/hri_msgs.
 */
export const ADDITIONAL_DEFINITIONS: Readonly<Record<string, string>> = {
  'control_msgs/msg/GripperCommand': `
float64 position
float64 max_effort
`,
  'control_msgs/msg/JointJog': `
std_msgs/Header header
string[] joint_names
float64[] displacements
float64[] velocities
float64 duration
`,
  'audio_common_msgs/msg/AudioData': `
uint8[] data
`,
  'audio_common_msgs/msg/AudioDataStamped': `
std_msgs/Header header
audio_common_msgs/AudioData audio
`,
  'audio_common_msgs/msg/AudioInfo': `
uint8 channels
uint32 sample_rate
string sample_format
uint32 bitrate
string coding_format
`,
  'hri_msgs/msg/LiveSpeech': `
std_msgs/Header header
string incremental
string final
float64 confidence
`,
};
