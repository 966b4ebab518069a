import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { CrashOrder, HandOver } from './crashPoints.mts';
import { n8nInstallation } from './environment.mts';
import { anyFreePort } from './ports.mts';
import { startN8n } from './server.mts';
import type { N8nServer } from './server.mts';

export interface ClusterOptions {
	projectFolder: string;
	userFolder: string;
	logFolder: string;
	/** Variables of all its processes. */
	extra: Record<string, string>;
	/** Whether executions run in a worker (queue mode). */
	hasWorker: boolean;
}

/** One n8n, be it one process or a main process and a worker, that can be ended and started again. */
export class N8nCluster {
	readonly url: string;
	private main: N8nServer | undefined;
	private worker: N8nServer | undefined;
	private readonly port: number;
	private readonly workerPort: number;
	private readonly options: ClusterOptions;

	private constructor(options: ClusterOptions, port: number, workerPort: number) {
		this.options = options;
		this.port = port;
		this.workerPort = workerPort;
		this.url = `http://127.0.0.1:${port}`;
	}

	/** Starts n8n for the first time: the main process first, because it sets up the database. */
	static async open(options: ClusterOptions): Promise<N8nCluster> {
		const cluster = new N8nCluster(options, await anyFreePort(), await anyFreePort());
		await cluster.startMain();
		await cluster.startWorker();
		return cluster;
	}

	/** Starts what does not run. */
	async start(): Promise<void> {
		await Promise.all([this.startMain(), this.startWorker()]);
	}

	private async startMain(): Promise<void> {
		this.main ??= await this.launch('main');
	}

	private async startWorker(): Promise<void> {
		if (this.options.hasWorker) this.worker ??= await this.launch('worker');
	}

	/** Ends everything as an administrator would. */
	async stop(): Promise<void> {
		const [main, worker] = [this.main, this.worker];
		this.main = undefined;
		this.worker = undefined;
		await Promise.all([main?.stop(), worker?.stop()]);
	}

	/** Ends the main process like a power cut. */
	async killMain(): Promise<void> {
		await this.main?.kill();
		this.main = undefined;
	}

	/** Ends the worker like a power cut. */
	async killWorker(): Promise<void> {
		await this.worker?.kill();
		this.worker = undefined;
	}

	/** Tells the main process at which point of its work to die. */
	orderCrash(order: CrashOrder): void {
		writeFileSync(this.crashFile, JSON.stringify(order));
	}

	/** Waits until the main process has died by itself, and ends it when it does not within the time. */
	async crashed(limitMs: number): Promise<void> {
		await Promise.race([this.main?.exited(), sleep(limitMs, undefined, { ref: false })]);
		await this.killMain();
	}

	/** Takes the order back. */
	cancelCrash(): void {
		rmSync(this.crashFile, { force: true });
	}

	/** Everything that triggers have handed over to n8n so far, stored by n8n or not. */
	handOvers(): HandOver[] {
		if (!existsSync(this.handOverFile)) return [];
		const lines = readFileSync(this.handOverFile, 'utf8').split('\n');
		return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as HandOver);
	}

	private get crashFile(): string {
		return join(this.options.logFolder, 'crash.json');
	}

	private get handOverFile(): string {
		return join(this.options.logFolder, 'handOvers.jsonl');
	}

	private async launch(role: 'main' | 'worker'): Promise<N8nServer> {
		const { projectFolder, userFolder, logFolder, extra } = this.options;
		const hook = join(n8nInstallation(projectFolder), 'crashPoints.mts');
		const crash = {
			N8N_CRASH_FILE: this.crashFile,
			N8N_HANDOVER_FILE: this.handOverFile,
			NODE_OPTIONS: `--import ${pathToFileURL(hook).href}`,
		};
		return await startN8n({
			projectFolder,
			userFolder,
			role,
			port: role === 'main' ? this.port : this.workerPort,
			logFile: join(logFolder, `${role}.log`),
			extra: { ...extra, ...(role === 'main' && crash) },
		});
	}
}
