"""Drives a server with openpi's own client.

Usage: client.py ADDRESS TOKEN MESSAGES ANSWERS. MESSAGES holds packed observations, each after its length in four bytes, little endian.
ANSWERS gets one JSON line for each: the bytes of the actions in hexadecimal, their shape and dtype, and the keys of the answer; or the
error. The first line has the keys of the metadata.
"""

import json
import struct
import sys

from openpi_client import msgpack_numpy
from openpi_client.websocket_client_policy import WebsocketClientPolicy

address, token, messages, answers = sys.argv[1:]
policy = WebsocketClientPolicy(address, api_key=token or None)
data = open(messages, "rb").read()
with open(answers, "w") as out:
    print(json.dumps({"metadata": sorted(policy.get_server_metadata())}), file=out)
    at = 0
    while at < len(data):
        (size,) = struct.unpack_from("<I", data, at)
        observation = msgpack_numpy.unpackb(data[at + 4 : at + 4 + size])
        at += 4 + size
        try:
            answer = policy.infer(observation)
            actions = answer["actions"]
            line = {
                "actions": actions.tobytes().hex(),
                "shape": actions.shape,
                "dtype": actions.dtype.str,
                "keys": sorted(answer),
                "infer_ms": answer["server_timing"]["infer_ms"],
            }
        except RuntimeError as error:
            line = {"error": str(error)}
        print(json.dumps(line), file=out)
