"""Sends a goal to the action ~/instruct of the policy node."""

import rclpy
from action_msgs.msg import GoalStatus
from rclpy.action import ActionClient

NAMES = {GoalStatus.STATUS_SUCCEEDED: 'succeeded', GoalStatus.STATUS_CANCELED: 'canceled', GoalStatus.STATUS_ABORTED: 'aborted'}


def instruct(node, instruction, seconds=None):
    """Sends an instruction as a goal and waits for its end; after some seconds it cancels the goal.

    Returns the goal's status, the outcome and the number of feedbacks.
    """
    # The type exists only where the ament package was built.
    from praxis.action import Instruct
    client = ActionClient(node, Instruct, '/policy_node/instruct')
    try:
        if not client.wait_for_server(timeout_sec=10):
            raise TimeoutError('/policy_node/instruct: no server within 10 s')
        feedbacks = []
        sent = client.send_goal_async(Instruct.Goal(instruction=instruction), feedbacks.append)
        rclpy.spin_until_future_complete(node, sent)
        handle = sent.result()
        if not handle.accepted:
            return {'status': 'rejected'}
        result = handle.get_result_async()
        rclpy.spin_until_future_complete(node, result, timeout_sec=seconds)
        if not result.done():
            rclpy.spin_until_future_complete(node, handle.cancel_goal_async())
            rclpy.spin_until_future_complete(node, result)
        answer = result.result()
        return {
            'status': NAMES.get(answer.status, answer.status),
            'outcome': answer.result.outcome,
            'feedbacks': len(feedbacks),
        }
    finally:
        client.destroy()
