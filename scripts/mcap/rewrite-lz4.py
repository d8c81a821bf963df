"""Writes a recording again as another recorder does: Python's mcap, with LZ4 chunks.

    python scripts/mcap/rewrite-lz4.py FROM.mcap TO.mcap

`test/recordings/corpus/lz4.mcap` is such a copy of `zstd.mcap`. `check-readers.sh` installs the package that it needs.
"""

import sys

from mcap.reader import make_reader
from mcap.writer import CompressionType, Writer

CHUNK_BYTES = 16 * 1024


def rewrite(source, target):
    reader = make_reader(source)
    writer = Writer(target, chunk_size=CHUNK_BYTES, compression=CompressionType.LZ4)
    writer.start(profile=reader.get_header().profile, library="python mcap")
    schemas, channels = {}, {}
    for schema, channel, message in reader.iter_messages(log_time_order=False):
        if schema.id not in schemas:
            schemas[schema.id] = writer.register_schema(schema.name, schema.encoding, schema.data)
        if channel.id not in channels:
            channels[channel.id] = writer.register_channel(
                channel.topic, channel.message_encoding, schemas[schema.id], channel.metadata
            )
        writer.add_message(
            channels[channel.id], message.log_time, message.data, message.publish_time, message.sequence
        )
    for metadata in reader.iter_metadata():
        writer.add_metadata(metadata.name, metadata.metadata)
    writer.finish()


with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as target:
    rewrite(source, target)
