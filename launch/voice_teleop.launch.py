"""Starts voice teleoperation of the simulated arm, or with sim:=false of an arm whose drivers and controllers are already running.

    ros2 launch praxis voice_teleop.launch.py
    ros2 launch praxis voice_teleop.launch.py microphone:=true
    ros2 launch praxis voice_teleop.launch.py sim:=false params_file:=my_arm.yaml controller:=servo_twist
    ros2 topic pub --once /transcript std_msgs/msg/String "data: move left five centimetres"

The simulated arm starts automatically; another arm waits for `ros2 service call /supervisor_node/start std_srvs/srv/Trigger`.
With microphone:=true the node of audio_capture records; without it another node must publish audio_common_msgs/AudioData on audio.
"""

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, GroupAction
from launch.conditions import IfCondition
from launch.substitutions import LaunchConfiguration, PathJoinSubstitution, PythonExpression
from launch_ros.actions import Node, PushRosNamespace
from launch_ros.parameter_descriptions import ParameterValue
from launch_ros.substitutions import FindPackageShare

ARGUMENTS = {
    'namespace': ('', 'Namespace of the nodes and their topics.'),
    'sim': ('true', 'true starts the simulated arm.'),
    'speech': ('true', 'true starts the speech node; without it commands come only from the topic transcript.'),
    'microphone': ('false', 'true starts audio_capture on the default microphone.'),
    'audio': ('audio', 'Topic of the audio.'),
    'robot_description': ('', 'URDF of the robot, as the path of a file; empty: the Praxis arm.'),
    'controller': ('forward_position', 'forward_position, joint_trajectory, servo_twist or servo_jog.'),
    'gripper': ('forward_position', 'forward_position, action or none.'),
    'config': ('', 'Configuration file with tasks, sensors and policies of your own; empty: praxis.config.ts in the working directory, if any.'),
    'policy': ('', 'Policy that follows instructions: a folder, a name of the configuration, or a module; empty: the one that comes with Praxis.'),
}


def generate_launch_description():
    value = {name: LaunchConfiguration(name) for name in [*ARGUMENTS, 'params_file']}

    def text(*names):
        return {name: ParameterValue(value[name], value_type=str) for name in names}

    def node(name, parameters, condition=None, remappings=()):
        return Node(package='praxis', executable=name, name=name, output='screen', condition=condition,
                    parameters=[value['params_file'], parameters], remappings=[*remappings])

    sim = PythonExpression(["'", value['sim'], "' == 'true'"])
    robot = PythonExpression(["'", value['sim'], "' != 'true'"])
    outputs = text('robot_description', 'controller', 'gripper')
    return LaunchDescription([
        *[DeclareLaunchArgument(name, default_value=default, description=description)
          for name, (default, description) in ARGUMENTS.items()],
        DeclareLaunchArgument(
            'params_file', default_value=PathJoinSubstitution([FindPackageShare('praxis'), 'launch', 'config', 'robot.yaml']),
            description='Parameter file: joints, frames, cameras, rates.'),
        GroupAction([
            PushRosNamespace(
                value['namespace'], condition=IfCondition(PythonExpression(["'", value['namespace'], "' != ''"]))),
            Node(package='praxis', executable='sim_node', name='sim_node', output='screen', condition=IfCondition(sim),
                 parameters=[{'instruct': False, **text('config')}]),
            node('supervisor_node', {**outputs, 'safety_config': 'teleop', 'auto_start': True}, IfCondition(sim)),
            node('supervisor_node', outputs, IfCondition(robot)),
            node('teleop_node', text('robot_description', 'config', 'policy')),
            node('speech_node', text('config', 'policy'), IfCondition(value['speech']), [('audio', value['audio'])]),
            Node(package='audio_capture', executable='audio_capture_node', name='audio_capture', output='screen',
                 condition=IfCondition(value['microphone']), remappings=[('audio', value['audio'])],
                 parameters=[{'format': 'wave', 'channels': 1, 'sample_rate': 16000, 'sample_format': 'S16LE'}]),
        ]),
    ])
