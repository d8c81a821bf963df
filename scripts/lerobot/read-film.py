"""Decodes a film with PyAV, which is FFmpeg, and prints what it finds as one line of JSON.

    python scripts/lerobot/read-film.py FILE.mp4
"""

from __future__ import annotations

import json
import sys

import av


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: read-film.py FILE.mp4", file=sys.stderr)
        return 2
    with av.open(sys.argv[1]) as film:
        stream = film.streams.video[0]
        frames = [
            (frame.time, frame.key_frame, frame.to_ndarray(format="rgb24").mean()) for frame in film.decode(stream)
        ]
        found = {
            "codec": stream.codec_context.name,
            "pixels": stream.codec_context.pix_fmt,
            "size": [stream.width, stream.height],
            "fps": float(stream.average_rate),
            "pictures": stream.frames,
            "times": [float(time) for time, _, _ in frames],
            "key_frames": all(bool(key) for _, key, _ in frames),
            "means": [float(mean) for _, _, mean in frames],
        }
        # A decoder that seeks needs the index: the picture at the middle, alone.
        film.seek(int(stream.duration // 2), stream=stream)
        found["sought"] = float(next(film.decode(stream)).time)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
