/**
 * Message definitions that `@foxglove/rosmsg-msgs-common` lacks, as their packages publish them, without constants and
 * comments, which are not transmitted. Sources: ros-controls/control_msgs (humble), ros-drivers/audio_common (ros2),
 * ros4hri/hri_msgs, foxglove/foxglove-sdk. The package `praxis_msgs` is of this project: what a recording has beside the standard types.
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
  'foxglove_msgs/msg/CompressedVideo': `
builtin_interfaces/Time timestamp
string frame_id
uint8[] data
string format
`,
  'hri_msgs/msg/LiveSpeech': `
std_msgs/Header header
string incremental
string final
float64 confidence
`,
  'praxis_msgs/msg/Vector': `
std_msgs/Header header
float64[] data
`,
  'praxis_msgs/msg/Command': `
std_msgs/Header header
string group
float64[] position
float64 gripper_width
float64[] twist
`,
  'praxis_msgs/msg/ActionBlock': `
string name
string space
string unit
float64[] data
`,
  'praxis_msgs/msg/ActionChunk': `
std_msgs/Header header
float64 observed
float64 period
uint32 horizon
float64 compute_ms
praxis_msgs/ActionBlock[] blocks
`,
  'praxis_msgs/msg/Gates': `
std_msgs/Header header
string[] modalities
float64[] weights
`,
  'praxis_msgs/msg/Observation': `
std_msgs/Header header
string[] inputs
bool[] present
float64[] ages
uint32[] digests
`,
  'praxis_msgs/msg/SafetyEvent': `
std_msgs/Header header
string from_state
string to_state
string cause
string message
string data
`,
  'praxis_msgs/msg/LoopEvent': `
std_msgs/Header header
string kind
string data
`,
  'praxis_msgs/msg/OperatorInput': `
std_msgs/Header header
string kind
string text
`,
  'praxis_msgs/msg/Driver': `
std_msgs/Header header
string driver
`,
  'praxis_msgs/msg/Period': `
std_msgs/Header header
float64 time
bool loop_ticked
string safety_state
uint32 dropped
uint16[] streams
float64[] stamps
float64[] received
uint32[] digests
`,
};
