#!/usr/bin/env node
import { startNode } from './start-node.mjs';

await startNode('record');
