"""Publishes a WAV file (16 bits, one channel) like a microphone: audio_common_msgs/AudioData on audio, in blocks of 32 ms.

    python3 ros-speak.py FILE
"""

import sys
import time
import wave

import rclpy
from audio_common_msgs.msg import AudioData, AudioInfo

BLOCK_S = 0.032
SILENCE_S = 2.0


def main(path):
    with wave.open(path) as file:
        rate = file.getframerate()
        sound = file.readframes(file.getnframes())
    silence = bytes(2 * int(SILENCE_S * rate))
    sound = silence + sound + silence
    rclpy.init()
    node = rclpy.create_node('microphone')
    audio = node.create_publisher(AudioData, 'audio', 10)
    info = node.create_publisher(AudioInfo, 'audio_info', 1)
    end = time.monotonic() + 10
    while audio.get_subscription_count() == 0 and time.monotonic() < end:
        time.sleep(0.05)
    info.publish(AudioInfo(channels=1, sample_rate=rate, sample_format='S16LE', coding_format='wave'))
    size = 2 * int(BLOCK_S * rate)
    begin = time.monotonic()
    for i, at in enumerate(range(0, len(sound), size)):
        time.sleep(max(0.0, begin + i * BLOCK_S - time.monotonic()))
        audio.publish(AudioData(data=sound[at:at + size]))
    print(f'spoken after {time.monotonic() - begin:.1f} s')
    time.sleep(0.5)
    rclpy.shutdown()


if __name__ == '__main__':
    main(sys.argv[1])
