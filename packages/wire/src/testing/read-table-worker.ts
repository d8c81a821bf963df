import { parentPort } from 'node:worker_threads';
import { DatasetError } from '../lerobot/format/error.ts';
import { TableReader } from '../lerobot/parquet/table-reader.ts';
import { bytesSource } from '../mcap/byte-source.ts';

/** Reads a table. @returns the number of rows, or the message of the error */
async function read(bytes: Uint8Array): Promise<string> {
  try {
    const table = await TableReader.open(bytesSource('table', bytes));
    const rows = await table.read(table.columns);
    return `${rows.length} rows`;
  } catch (error) {
    return error instanceof DatasetError ? error.message : `another error: ${(error as Error).stack}`;
  }
}

parentPort?.on('message', (bytes: Uint8Array) => void read(bytes).then((text) => parentPort?.postMessage(text)));
