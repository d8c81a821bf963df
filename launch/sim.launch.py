"""Starts the simulated arm, its supervisor and the policy; the arm performs a task autonomously.

    ros2 launch praxis sim.launch.py
    ros2 launch praxis sim.launch.py task:=sort seed:=2000004
    ros2 launch praxis sim.launch.py config:=praxis.config.ts task:=motor policy:=vibration
    ros2 launch praxis sim.launch.py namespace:=left
    ros2 launch praxis sim.launch.py display:=true
"""

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, GroupAction, IncludeLaunchDescription
from launch.conditions import IfCondition
from launch.substitutions import LaunchConfiguration, PathJoinSubstitution, PythonExpression
from launch_ros.actions import Node, PushRosNamespace, SetRemap
from launch_ros.parameter_descriptions import ParameterValue
from launch_ros.substitutions import FindPackageShare

ARGUMENTS = {
    'namespace': ('', 'Namespace of the nodes and their topics; /tf and /clock go into it as well.'),
    'config': ('', 'Configuration file with tasks, sensors and policies of your own; empty: praxis.config.ts in the working directory, if any.'),
    'task': ('pick', 'Task: pick, sort, or a name of the configuration.'),
    'seed': ('2000000', 'Decides everything that is random.'),
    'policy': ('', 'Policy: a folder, a name of the configuration, or a module; empty: the policy that comes with Praxis.'),
    'auto_start': ('true', 'true starts the arm as soon as the policy sends heartbeats.'),
    'display': ('false', 'true starts robot_state_publisher and RViz.'),
    'params_file': ('', 'Parameter file; its values override the other arguments.'),
}


def generate_launch_description():
    value = {name: LaunchConfiguration(name) for name in ARGUMENTS}
    file = [value['params_file']]
    named = PythonExpression(["'", value['namespace'], "' != ''"])

    def node(name, **parameters):
        with_file = Node(
            package='praxis', executable=name, name=name, output='screen', parameters=[parameters, *file],
            condition=IfCondition(PythonExpression(["'", value['params_file'], "' != ''"])))
        without = Node(
            package='praxis', executable=name, name=name, output='screen', parameters=[parameters],
            condition=IfCondition(PythonExpression(["'", value['params_file'], "' == ''"])))
        return [with_file, without]

    def typed(name, kind):
        return ParameterValue(value[name], value_type=kind)

    return LaunchDescription([
        *[DeclareLaunchArgument(name, default_value=default, description=text)
          for name, (default, text) in ARGUMENTS.items()],
        GroupAction([
            PushRosNamespace(value['namespace'], condition=IfCondition(named)),
            SetRemap('/tf', 'tf', condition=IfCondition(named)),
            SetRemap('/tf_static', 'tf_static', condition=IfCondition(named)),
            SetRemap('/clock', 'clock', condition=IfCondition(named)),
            *node('sim_node', config=typed('config', str), task=typed('task', str), seed=typed('seed', int), publish_tf=ParameterValue(
                PythonExpression(["'", value['display'], "' != 'true'"]), value_type=bool)),
            *node('supervisor_node', safety_config='sim', auto_start=typed('auto_start', bool)),
            *node('policy_node', config=typed('config', str), policy=typed('policy', str)),
            IncludeLaunchDescription(
                PathJoinSubstitution([FindPackageShare('praxis'), 'launch', 'display.launch.py']),
                condition=IfCondition(value['display'])),
        ]),
    ])
