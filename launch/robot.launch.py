"""Starts the supervisor and the policy for a robot whose drivers and controllers are already running.

    ros2 launch praxis robot.launch.py params_file:=my_arm.yaml
    ros2 launch praxis robot.launch.py robot:=my_arm controller:=joint_trajectory
    ros2 launch praxis robot.launch.py robot_description:=arm.urdf controller:=joint_trajectory gripper:=action
    ros2 launch praxis robot.launch.py controller:=joint_trajectory controller_name:=my_controller
    ros2 launch praxis robot.launch.py robot:=my_base controller_name:=diff_drive_controller odom:=diff_drive_controller/odom
    ros2 launch praxis robot.launch.py namespace:=left params_file:=left.yaml
    ros2 launch praxis robot.launch.py robot:=my_arm record:=recordings keep:=60

A robot's folder (robot:=DIR) says what the parameter file says without one; launch/config/robot.yaml is a template for that file. The arm does not move before `ros2 service call
/supervisor_node/start std_srvs/srv/Trigger`.
"""

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, GroupAction, IncludeLaunchDescription
from launch.conditions import IfCondition
from launch.substitutions import LaunchConfiguration, PathJoinSubstitution, PythonExpression
from launch_ros.actions import Node, PushRosNamespace
from launch_ros.parameter_descriptions import ParameterValue
from launch_ros.substitutions import FindPackageShare

# Time (s) in which the other nodes notice the end of a node.
RESPAWN_DELAY_S = 2.0

ARGUMENTS = {
    'namespace': ('', 'Namespace of the nodes and of the topics that they subscribe to.'),
    'robot': ('', 'Folder with a robot.yaml, or the name of a robot that comes with Praxis, such as arm6; empty: the parameter file describes the arm.'),
    'robot_description': ('', 'URDF of the robot, as the path of a file; empty: the topic robot_description.'),
    'controller': ('forward_position', 'forward_position, joint_trajectory, servo_twist or servo_jog.'),
    'controller_name': ('', 'Name of the controller, which its topic begins with; empty: the usual name of its kind. Of one of several groups: GROUP.controller_name in params_file.'),
    'use_stamped_vel': ('true', 'true: commands to a driven base are geometry_msgs/TwistStamped, as diff_drive_controller takes them since Jazzy; false: geometry_msgs/Twist.'),
    'gripper': ('forward_position', 'forward_position, action or none.'),
    'gripper_name': ('', 'Name of the controller of the gripper; empty: gripper_controller.'),
    'safety_config': ('', 'JSON file of limits and reactions; empty: those of the robot\'s folder, else the defaults.'),
    'config': ('', 'Configuration file with tasks, sensors and policies of your own; empty: praxis.config.ts in the working directory, if any.'),
    'policy': ('', 'Policy: a folder, a name of the configuration, or a module; empty: the policy that comes with Praxis.'),
    'accept_robot': ('', 'Name of the robot that the policy may drive although it was trained for another one.'),
    'joint_states': ('joint_states', 'Topic of joint states.'),
    'wrench': ('wrench', 'Topic of the force/torque sensor.'),
    'odom': ('odom', 'Topic of the odometry of a driven base.'),
    'camera_front': ('camera_front/image_raw', 'Topic of the front camera; compressed images are on its /compressed.'),
    'camera_wrist': ('camera_wrist/image_raw', 'Topic of the wrist camera.'),
    'respawn': ('false', 'true starts a node again, after two seconds, when its process has ended.'),
    'record': ('', 'Folder for recordings of all topics as MCAP, by record_node; empty: no recording.'),
    'keep': ('0', 'With record: keeps only the last seconds, in memory, and writes them when a stop latches; 0: everything is written as it comes.'),
    'use_sim_time': ('false', 'true: the stamps are of the clock on /clock, as of Gazebo, Isaac Sim or a recording.'),
    'log_level': ('info', 'Level of the log: debug, info, warn or error.'),
    'prefix': ('', 'Command before each node, such as "nice -n -10" or "taskset -c 2,3".'),
    'realtime': ('auto', 'Real-time scheduling of the nodes: auto, required or never.'),
    'display': ('false', 'true starts RViz, and robot_state_publisher for the robot of robot or robot_description; without both the driver has to publish the description and /tf.'),
}


def generate_launch_description():
    value = {name: LaunchConfiguration(name) for name in [*ARGUMENTS, 'params_file']}
    robot = {**{key: ParameterValue(value[key], value_type=str) for key in ('robot', 'robot_description', 'config')},
             'use_sim_time': ParameterValue(value['use_sim_time'], value_type=bool)}
    remappings = [(name, value[name]) for name in ('joint_states', 'wrench', 'odom')]
    for camera in ('camera_front', 'camera_wrist'):
        remappings += [(f'{camera}/image_raw', value[camera]),
                       (f'{camera}/image_raw/compressed', [value[camera], '/compressed'])]

    def node(name, *keys, condition=None, **parameters):
        strings = {key: ParameterValue(value[key], value_type=str) for key in keys}
        return Node(package='praxis', executable=name, name=name, output='screen', remappings=remappings,
                    condition=condition, respawn=value['respawn'], respawn_delay=RESPAWN_DELAY_S,
                    prefix=value['prefix'], ros_arguments=['--log-level', value['log_level']],
                    parameters=[value['params_file'], {**robot, **strings, **parameters}])

    return LaunchDescription([
        *[DeclareLaunchArgument(name, default_value=default, description=text)
          for name, (default, text) in ARGUMENTS.items()],
        DeclareLaunchArgument(
            'params_file', default_value=PathJoinSubstitution([FindPackageShare('praxis'), 'launch', 'config', 'robot.yaml']),
            description='Parameter file: joints, frames, cameras, rates.'),
        GroupAction([
            PushRosNamespace(
                value['namespace'], condition=IfCondition(PythonExpression(["'", value['namespace'], "' != ''"]))),
            node('supervisor_node', 'realtime', 'controller', 'controller_name', 'gripper', 'gripper_name', 'safety_config',
                 use_stamped_vel=ParameterValue(value['use_stamped_vel'], value_type=bool)),
            node('policy_node', 'realtime', 'policy', 'accept_robot'),
            node('record_node', 'controller', 'controller_name', 'gripper', 'gripper_name',
                 condition=IfCondition(PythonExpression(["'", value['record'], "' != ''"])),
                 use_stamped_vel=ParameterValue(value['use_stamped_vel'], value_type=bool),
                 output=ParameterValue(value['record'], value_type=str), keep=ParameterValue(value['keep'], value_type=int)),
            IncludeLaunchDescription(
                PathJoinSubstitution([FindPackageShare('praxis'), 'launch', 'display.launch.py']),
                launch_arguments={**{key: value[key] for key in ('robot', 'robot_description', 'use_sim_time')},
                                  'default_arm': 'false'}.items(),
                condition=IfCondition(value['display'])),
        ]),
    ])
