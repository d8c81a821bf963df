import { parentPort } from 'node:worker_threads';
import { DatasetError } from '../lerobot/format/error.ts';
import { TableReader } from '../lerobot/parquet/table-reader.ts';
import { bytesSource } from '../mcap/byte-source.ts';

/** Reads tables that it gets as bytes and answers with the message of the error, or with the number of rows. */
parentPort?.on('message', async (bytes: Uint8Array) => {
  try {
    const table = await TableReader.open(bytesSource('table', bytes));
    const rows = await table.read(table.columns);
    parentPort?.postMessage(`${rows.length} rows`);
  } catch (error) {
    parentPort?.postMessage(error instanceof DatasetError ? error.message : `another error: ${(error as Error).stack}`);
  }
});
