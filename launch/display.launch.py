"""Displays an arm: robot_state_publisher for its links, and RViz with its model, cameras and wrench.

    ros2 launch praxis display.launch.py
    ros2 launch praxis display.launch.py robot:=arm6
    ros2 launch praxis display.launch.py robot_description:=arm.urdf rviz:=false
    ros2 launch praxis sim.launch.py display:=true
    ros2 launch praxis robot.launch.py display:=true robot_description:=arm.urdf params_file:=my_arm.yaml
"""

import os
import re

import yaml

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, OpaqueFunction
from launch.conditions import IfCondition
from launch.substitutions import LaunchConfiguration, PathJoinSubstitution
from launch_ros.actions import Node
from launch_ros.parameter_descriptions import ParameterValue
from launch_ros.substitutions import FindPackageShare

# Time (s) in which the other nodes notice the end of a node.
RESPAWN_DELAY_S = 2.0

ARGUMENTS = {
    'robot': ('', 'Folder with a robot.yaml, or the name of a robot that comes with Praxis, such as arm6.'),
    'robot_description': ('', 'URDF of the robot, as the path of a file; it takes the place of robot.'),
    'default_arm': ('true', 'true shows the Praxis arm without robot and robot_description; false then leaves the description to another node.'),
    'use_sim_time': ('false', 'true: the stamps are of the clock on /clock.'),
    'rviz': ('true', 'true opens RViz as well.'),
    'respawn': ('false', 'true starts a node again, after two seconds, when its process has ended.'),
}


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def folder_description(named, share):
    """The URDF of a robot's folder, with absolute paths of its meshes, and the base link of its first arm, or the link of its driven base."""
    folder = os.path.abspath(named) if os.path.isdir(named) else os.path.join(share, 'robots', named)
    definition_file = os.path.join(folder, 'robot.yaml')
    if not os.path.isfile(definition_file):
        raise RuntimeError(f'robot:={named}: no folder with a robot.yaml, and no robot of this name comes with Praxis')
    definition = yaml.safe_load(read(definition_file))
    path = os.path.normpath(os.path.join(folder, definition['description']))
    text = read(path)
    if re.search(r'<mujoco[\s/>]', text):
        raise RuntimeError(f'robot:={named}: {path} is MJCF, and robot_state_publisher reads URDF: display it with npx praxis studio')
    packages = definition.get('packages') or {}

    def absolute(match):
        name = match.group(2)
        package = re.match(r'package://([^/]+)/(.*)', name)
        if package and package.group(1) in packages:
            found = os.path.join(folder, packages[package.group(1)], package.group(2))
        else:
            found = os.path.join(os.path.dirname(path), name)
        return f'{match.group(1)}file://{os.path.normpath(found)}"' if os.path.isfile(found) else match.group(0)

    groups = [arm['base'] for arm in (definition.get('arms') or {}).values()]
    groups += [base['link'] for base in (definition.get('bases') or {}).values()]
    base = next(iter(groups), None)
    return re.sub(r'(<mesh[^>]*filename=")([^"]+)"', absolute, text), base


def state_publisher(context):
    share = FindPackageShare('praxis')
    path, named = (LaunchConfiguration(name).perform(context) for name in ('robot_description', 'robot'))
    description, base = None, None
    if path:
        description = read(path)
    elif named:
        description, base = folder_description(named, share.perform(context))
    elif LaunchConfiguration('default_arm').perform(context) == 'true':
        description = read(PathJoinSubstitution([share, 'urdf', 'praxis_arm.urdf']).perform(context))
    respawn = {'respawn': LaunchConfiguration('respawn'), 'respawn_delay': RESPAWN_DELAY_S}
    sim_time = {'use_sim_time': ParameterValue(LaunchConfiguration('use_sim_time'), value_type=bool)}
    publisher = [] if description is None else [
        Node(package='robot_state_publisher', executable='robot_state_publisher', output='screen',
             parameters=[{'robot_description': description, **sim_time}], **respawn),
    ]
    return [
        *publisher,
        Node(package='rviz2', executable='rviz2', output='screen', condition=IfCondition(LaunchConfiguration('rviz')),
             parameters=[sim_time],
             arguments=['-d', PathJoinSubstitution([share, 'launch', 'config', 'display.rviz']),
                        *(['-f', base] if base else [])]),
    ]


def generate_launch_description():
    return LaunchDescription([
        *[DeclareLaunchArgument(name, default_value=default, description=text)
          for name, (default, text) in ARGUMENTS.items()],
        OpaqueFunction(function=state_publisher),
    ])
