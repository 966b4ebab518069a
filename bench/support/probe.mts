/**
 * Loaded into n8n's process before n8n itself (`--import`): says on a port of its own what the process has
 * needed since it was last asked. Only the main thread of the main process answers.
 */
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

/** What a process needed. */
export interface Needs {
	/** CPU, user and system, in seconds. */
	cpu: number;
	/** Memory added at the peak (resident), in MB. */
	megabytes: number;
	/** Longest time the event loop stood still, in milliseconds. */
	pause: number;
}

const LOOK_MS = 10;

const port = Number(process.env.BENCH_PROBE_PORT);

if (isMainThread && port > 0) {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const delays = monitorEventLoopDelay({ resolution: 5 });
	delays.enable();
	let peak = 0;
	let before = { rss: 0, cpu: process.cpuUsage() };
	setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), LOOK_MS).unref();
	createServer((_request, response) => {
		const { user, system } = process.cpuUsage(before.cpu);
		const needs: Needs = {
			cpu: (user + system) / 1e6,
			megabytes: (peak - before.rss) / 1e6,
			pause: delays.max / 1e6,
		};
		response.end(JSON.stringify(needs), () => {
			collect();
			peak = process.memoryUsage.rss();
			before = { rss: peak, cpu: process.cpuUsage() };
			delays.reset();
		});
	})
		// Another process with the same settings finds the port taken, and is not the one to measure.
		.on('error', () => undefined)
		.listen(port, '127.0.0.1')
		.unref();
}
