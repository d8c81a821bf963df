"""Starts the simulated robot, its supervisor and the policy; an arm performs a task autonomously.

    ros2 launch praxis sim.launch.py
    ros2 launch praxis sim.launch.py task:=sort seed:=2000004
    ros2 launch praxis sim.launch.py config:=praxis.config.ts task:=motor policy:=vibration
    ros2 launch praxis sim.launch.py robot:=arm6 policy:=my-policy.ts
    ros2 launch praxis sim.launch.py robot:=two_arms policy:=examples/two-arms/policy.ts
    ros2 launch praxis sim.launch.py robot:=base policy:=examples/driven-base/policy.ts
    ros2 launch praxis sim.launch.py namespace:=left
    ros2 launch praxis sim.launch.py display:=true
    ros2 launch praxis sim.launch.py record:=recordings keep:=60
"""

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, GroupAction, IncludeLaunchDescription
from launch.conditions import IfCondition
from launch.substitutions import LaunchConfiguration, PathJoinSubstitution, PythonExpression
from launch_ros.actions import Node, PushRosNamespace, SetRemap
from launch_ros.parameter_descriptions import ParameterValue
from launch_ros.substitutions import FindPackageShare

# Time (s) in which the other nodes notice the end of a node.
RESPAWN_DELAY_S = 2.0

ARGUMENTS = {
    'namespace': ('', 'Namespace of the nodes and their topics; /tf and /clock go into it as well.'),
    'robot': ('', 'Folder with a robot.yaml, or the name of a robot that comes with Praxis, such as arm6, two_arms or base; empty: the Praxis arm.'),
    'config': ('', 'Configuration file with tasks, sensors and policies of your own; empty: praxis.config.ts in the working directory, if any.'),
    'task': ('pick', 'Task: pick, sort, free, or a name of the configuration; a robot with several arms or a base has free in place of pick.'),
    'seed': ('2000000', 'Decides everything that is random.'),
    'policy': ('', 'Policy: a folder, a name of the configuration, or a module; empty: the policy that comes with Praxis.'),
    'accept_robot': ('', 'Name of the robot that the policy may drive although it was trained for another one.'),
    'use_stamped_vel': ('true', 'true: commands to a driven base are geometry_msgs/TwistStamped, as diff_drive_controller takes them since Jazzy; false: geometry_msgs/Twist.'),
    'auto_start': ('true', 'true starts the arm as soon as the policy sends heartbeats.'),
    'respawn': ('false', 'true starts a node again, after two seconds, when its process has ended.'),
    'realtime': ('auto', 'Real-time scheduling of the nodes: auto, required or never.'),
    'record': ('', 'Folder for recordings of all topics as MCAP, by record_node; empty: no recording.'),
    'keep': ('0', 'With record: keeps only the last seconds, in memory, and writes them when a stop latches; 0: everything is written as it comes.'),
    'use_sim_time': ('false', 'true: the stamps are of the clock on /clock, which sim_node publishes.'),
    'log_level': ('info', 'Level of the log: debug, info, warn or error.'),
    'prefix': ('', 'Command before each node, such as "nice -n -10" or "taskset -c 2,3".'),
    'display': ('false', 'true starts robot_state_publisher and RViz.'),
    'params_file': ('', 'Parameter file; its values override the other arguments.'),
}


def generate_launch_description():
    value = {name: LaunchConfiguration(name) for name in ARGUMENTS}
    file = [value['params_file']]
    named = PythonExpression(["'", value['namespace'], "' != ''"])
    recorded = ["'", value['record'], "' != '' and "]

    def node(name, condition=(), **parameters):
        def node_if(equals, files):
            return Node(
                package='praxis', executable=name, name=name, output='screen', parameters=[parameters, *files],
                respawn=value['respawn'], respawn_delay=RESPAWN_DELAY_S,
                prefix=value['prefix'], ros_arguments=['--log-level', value['log_level']],
                condition=IfCondition(PythonExpression([*condition, "'", value['params_file'], f"' {equals} ''"])))
        return [node_if('!=', file), node_if('==', [])]

    def typed(name, kind):
        return ParameterValue(value[name], value_type=kind)

    realtime = {'realtime': typed('realtime', str)}
    robot = {'robot': typed('robot', str), 'config': typed('config', str)}
    twists = {'use_stamped_vel': typed('use_stamped_vel', bool)}
    # The clock of sim_node itself is the system's.
    sim_time = {'use_sim_time': typed('use_sim_time', bool)}

    return LaunchDescription([
        *[DeclareLaunchArgument(name, default_value=default, description=text)
          for name, (default, text) in ARGUMENTS.items()],
        GroupAction([
            PushRosNamespace(value['namespace'], condition=IfCondition(named)),
            SetRemap('/tf', 'tf', condition=IfCondition(named)),
            SetRemap('/tf_static', 'tf_static', condition=IfCondition(named)),
            SetRemap('/clock', 'clock', condition=IfCondition(named)),
            *node('sim_node', **realtime, **robot, **twists, task=typed('task', str), seed=typed('seed', int), publish_tf=ParameterValue(
                PythonExpression(["'", value['display'], "' != 'true'"]), value_type=bool)),
            *node('supervisor_node', **realtime, **sim_time, **robot, **twists, safety_config='sim', auto_start=typed('auto_start', bool)),
            *node('policy_node', **realtime, **sim_time, **robot, policy=typed('policy', str),
                  accept_robot=typed('accept_robot', str)),
            *node('record_node', recorded, **sim_time, **robot, **twists, output=typed('record', str), keep=typed('keep', int)),
            IncludeLaunchDescription(
                PathJoinSubstitution([FindPackageShare('praxis'), 'launch', 'display.launch.py']),
                launch_arguments={key: value[key] for key in ('robot', 'use_sim_time')}.items(),
                condition=IfCondition(value['display'])),
        ]),
    ])
