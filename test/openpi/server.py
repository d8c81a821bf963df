"""A policy behind openpi's own server class.

Usage: server.py PORT proxy ADDRESS: it hands each observation to another server, and its metadata on.
       server.py PORT hover:         a policy of ee_delta that stays where it is with an open gripper, without metadata of Praxis.
"""

import sys

import numpy as np
from openpi_client.base_policy import BasePolicy
from openpi_client.websocket_client_policy import WebsocketClientPolicy
from openpi_server import WebsocketPolicyServer


class Hover(BasePolicy):
    def infer(self, obs):
        assert obs["observation/image"].shape == (224, 224, 3), obs["observation/image"].shape
        assert obs["observation/state"].shape == (8,), obs["observation/state"].shape
        assert isinstance(obs["prompt"], str)
        actions = np.zeros((10, 7), dtype=np.float32)
        actions[:, 6] = 0.08
        return {"actions": actions}


class Proxy(BasePolicy):
    """Each observation of one connection goes to one connection of the other server."""

    def __init__(self, address):
        self.client = WebsocketClientPolicy(address)
        self.metadata = self.client.get_server_metadata()

    def infer(self, obs):
        # The array lies in the received bytes, which cannot be written.
        answer = self.client.infer(obs)
        return {"actions": answer["actions"], "praxis": answer["praxis"]}


port, kind, *rest = sys.argv[1:]
policy = Proxy(*rest) if kind == "proxy" else Hover()
metadata = policy.metadata if kind == "proxy" else {"action_horizon": 10}
WebsocketPolicyServer(policy, host="127.0.0.1", port=int(port), metadata=metadata).serve_forever()
