"""Starts the supervisor and the policy for a robot whose drivers and controllers are already running.

    ros2 launch praxis robot.launch.py params_file:=my_arm.yaml
    ros2 launch praxis robot.launch.py robot_description:=arm.urdf controller:=joint_trajectory gripper:=action
    ros2 launch praxis robot.launch.py namespace:=left params_file:=left.yaml

launch/config/robot.yaml is a template for the parameter file. The arm does not move before `ros2 service call
/supervisor_node/start std_srvs/srv/Trigger`.
"""

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, GroupAction, IncludeLaunchDescription
from launch.conditions import IfCondition
from launch.substitutions import LaunchConfiguration, PathJoinSubstitution, PythonExpression
from launch_ros.actions import Node, PushRosNamespace
from launch_ros.parameter_descriptions import ParameterValue
from launch_ros.substitutions import FindPackageShare

ARGUMENTS = {
    'namespace': ('', 'Namespace of the nodes and of the topics that they subscribe to.'),
    'robot_description': ('', 'URDF of the robot, as the path of a file; empty: the Praxis arm.'),
    'controller': ('forward_position', 'forward_position, joint_trajectory, servo_twist or servo_jog.'),
    'gripper': ('forward_position', 'forward_position, action or none.'),
    'safety_config': ('', 'JSON file of limits and reactions; empty: the defaults.'),
    'config': ('', 'Configuration file with tasks, sensors and policies of your own; empty: praxis.config.ts in the working directory, if any.'),
    'policy': ('', 'Policy: a folder, a name of the configuration, or a module; empty: the policy that comes with Praxis.'),
    'joint_states': ('joint_states', 'Topic of joint states.'),
    'wrench': ('wrench', 'Topic of the force/torque sensor.'),
    'camera_front': ('camera_front/image_raw', 'Topic of the front camera; compressed images are on its /compressed.'),
    'camera_wrist': ('camera_wrist/image_raw', 'Topic of the wrist camera.'),
    'display': ('false', 'true starts robot_state_publisher and RViz; leave it false when the driver starts them.'),
}


def generate_launch_description():
    value = {name: LaunchConfiguration(name) for name in [*ARGUMENTS, 'params_file']}
    robot = {'robot_description': ParameterValue(value['robot_description'], value_type=str)}
    remappings = [('joint_states', value['joint_states']), ('wrench', value['wrench'])]
    for camera in ('camera_front', 'camera_wrist'):
        remappings += [(f'{camera}/image_raw', value[camera]),
                       (f'{camera}/image_raw/compressed', [value[camera], '/compressed'])]

    def node(name, *keys):
        strings = {key: ParameterValue(value[key], value_type=str) for key in keys}
        return Node(package='praxis', executable=name, name=name, output='screen', remappings=remappings,
                    parameters=[value['params_file'], {**robot, **strings}])

    return LaunchDescription([
        *[DeclareLaunchArgument(name, default_value=default, description=text)
          for name, (default, text) in ARGUMENTS.items()],
        DeclareLaunchArgument(
            'params_file', default_value=PathJoinSubstitution([FindPackageShare('praxis'), 'launch', 'config', 'robot.yaml']),
            description='Parameter file: joints, frames, cameras, rates.'),
        GroupAction([
            PushRosNamespace(
                value['namespace'], condition=IfCondition(PythonExpression(["'", value['namespace'], "' != ''"]))),
            node('supervisor_node', 'controller', 'gripper', 'safety_config'),
            node('policy_node', 'config', 'policy'),
            IncludeLaunchDescription(
                PathJoinSubstitution([FindPackageShare('praxis'), 'launch', 'display.launch.py']),
                launch_arguments={'robot_description': value['robot_description']}.items(),
                condition=IfCondition(value['display'])),
        ]),
    ])
