"""Displays an arm: robot_state_publisher for its links, and RViz with its model, cameras and wrench.

    ros2 launch praxis display.launch.py
    ros2 launch praxis display.launch.py robot_description:=arm.urdf rviz:=false
    ros2 launch praxis sim.launch.py display:=true
    ros2 launch praxis robot.launch.py display:=true robot_description:=arm.urdf params_file:=my_arm.yaml
"""

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, OpaqueFunction
from launch.conditions import IfCondition
from launch.substitutions import LaunchConfiguration, PathJoinSubstitution
from launch_ros.actions import Node
from launch_ros.substitutions import FindPackageShare

ARGUMENTS = {
    'robot_description': ('', 'URDF of the robot, as the path of a file; empty: the Praxis arm.'),
    'rviz': ('true', 'true opens RViz as well.'),
}


def state_publisher(context):
    share = FindPackageShare('praxis')
    path = LaunchConfiguration('robot_description').perform(context)
    path = path or PathJoinSubstitution([share, 'urdf', 'praxis_arm.urdf']).perform(context)
    with open(path, encoding='utf-8') as file:
        description = file.read()
    return [
        Node(package='robot_state_publisher', executable='robot_state_publisher', output='screen',
             parameters=[{'robot_description': description}]),
        Node(package='rviz2', executable='rviz2', output='screen', condition=IfCondition(LaunchConfiguration('rviz')),
             arguments=['-d', PathJoinSubstitution([share, 'launch', 'config', 'display.rviz'])]),
    ]


def generate_launch_description():
    return LaunchDescription([
        *[DeclareLaunchArgument(name, default_value=default, description=text)
          for name, (default, text) in ARGUMENTS.items()],
        OpaqueFunction(function=state_publisher),
    ])
