"""Starts voice teleoperation of the simulated arm, or with sim:=false of an arm whose drivers and controllers are already running.

    ros2 launch praxis voice_teleop.launch.py
    ros2 launch praxis voice_teleop.launch.py microphone:=true
    ros2 launch praxis voice_teleop.launch.py robot:=arm6 policy:=my-policy.ts
    ros2 launch praxis voice_teleop.launch.py planner:=rules
    ros2 launch praxis voice_teleop.launch.py record:=recordings keep:=60
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

# Time (s) in which the other nodes notice the end of a node.
RESPAWN_DELAY_S = 2.0

ARGUMENTS = {
    'namespace': ('', 'Namespace of the nodes and their topics.'),
    'sim': ('true', 'true starts the simulated arm.'),
    'speech': ('true', 'true starts the speech node; without it commands come only from the topic transcript.'),
    'microphone': ('false', 'true starts audio_capture on the default microphone.'),
    'audio': ('audio', 'Topic of the audio.'),
    'robot': ('', 'Folder with a robot.yaml, or the name of a robot that comes with Praxis, such as arm6; empty: the Praxis arm, or what the parameter file describes.'),
    'robot_description': ('', 'URDF of the robot, as the path of a file; empty: the topic robot_description.'),
    'controller': ('forward_position', 'forward_position, joint_trajectory, servo_twist or servo_jog.'),
    'controller_name': ('', 'Name of the controller, which its topic begins with; empty: the usual name of its kind.'),
    'gripper': ('forward_position', 'forward_position, action or none.'),
    'gripper_name': ('', 'Name of the controller of the gripper; empty: gripper_controller.'),
    'config': ('', 'Configuration file with tasks, sensors and policies of your own; empty: praxis.config.ts in the working directory, if any.'),
    'respawn': ('false', 'true starts a node again, after two seconds, when its process has ended.'),
    'record': ('', 'Folder for recordings of all topics as MCAP, by record_node; empty: no recording.'),
    'keep': ('0', 'With record: keeps only the last seconds, in memory, and writes them when a stop latches; 0: everything is written as it comes.'),
    'use_sim_time': ('false', 'true: the stamps are of the clock on /clock, as of Gazebo, Isaac Sim or a recording.'),
    'log_level': ('info', 'Level of the log: debug, info, warn or error.'),
    'prefix': ('', 'Command before each node, such as "nice -n -10" or "taskset -c 2,3".'),
    'realtime': ('auto', 'Real-time scheduling of the nodes: auto, required or never.'),
    'policy': ('', 'Policy that follows instructions: a folder, a name of the configuration, or a module; empty: the one that comes with Praxis.'),
    'planner': ('', 'Planner of the action ~/execute of teleop_node, such as rules, whose requests speech_node then recognises; empty: there is no such action.'),
    'accept_robot': ('', 'Name of the robot that the policy may drive although it was trained for another one.'),
}


def generate_launch_description():
    value = {name: LaunchConfiguration(name) for name in [*ARGUMENTS, 'params_file']}

    def text(*names):
        return {name: ParameterValue(value[name], value_type=str) for name in names}

    every = {'output': 'screen', 'respawn': value['respawn'], 'respawn_delay': RESPAWN_DELAY_S,
             'prefix': value['prefix'], 'ros_arguments': ['--log-level', value['log_level']]}
    sim_time = {'use_sim_time': ParameterValue(value['use_sim_time'], value_type=bool)}

    def node(name, parameters, condition=None, remappings=()):
        return Node(package='praxis', executable=name, name=name, condition=condition, **every,
                    parameters=[value['params_file'], {**sim_time, **parameters}], remappings=[*remappings])

    sim = PythonExpression(["'", value['sim'], "' == 'true'"])
    robot = PythonExpression(["'", value['sim'], "' != 'true'"])
    outputs = text('realtime', 'robot', 'config', 'robot_description', 'controller', 'controller_name', 'gripper', 'gripper_name')
    return LaunchDescription([
        *[DeclareLaunchArgument(name, default_value=default, description=description)
          for name, (default, description) in ARGUMENTS.items()],
        DeclareLaunchArgument(
            'params_file', default_value=PathJoinSubstitution([FindPackageShare('praxis'), 'launch', 'config', 'robot.yaml']),
            description='Parameter file: joints, frames, cameras, rates.'),
        GroupAction([
            PushRosNamespace(
                value['namespace'], condition=IfCondition(PythonExpression(["'", value['namespace'], "' != ''"]))),
            Node(package='praxis', executable='sim_node', name='sim_node', condition=IfCondition(sim), **every,
                 parameters=[{'instruct': False, **text('realtime', 'robot', 'config')}]),
            node('supervisor_node', {**outputs, 'safety_config': 'teleop', 'auto_start': True}, IfCondition(sim)),
            node('supervisor_node', outputs, IfCondition(robot)),
            node('teleop_node', text('realtime', 'robot', 'robot_description', 'config', 'policy', 'planner', 'accept_robot')),
            node('speech_node', text('realtime', 'config', 'policy', 'planner'), IfCondition(value['speech']), [('audio', value['audio'])]),
            node('record_node', {**text('robot', 'config', 'controller', 'controller_name', 'gripper', 'gripper_name'),
                                 'output': ParameterValue(value['record'], value_type=str),
                                 'keep': ParameterValue(value['keep'], value_type=int)},
                 IfCondition(PythonExpression(["'", value['record'], "' != ''"])), [('audio', value['audio'])]),
            Node(package='audio_capture', executable='audio_capture_node', name='audio_capture', **every,
                 condition=IfCondition(value['microphone']), remappings=[('audio', value['audio'])],
                 parameters=[{'format': 'wave', 'channels': 1, 'sample_rate': 16000, 'sample_format': 'S16LE'}]),
        ]),
    ])
