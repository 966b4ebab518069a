import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What one n8n process needs to know about itself. */
export interface N8nEnvironmentSettings {
	/** n8n keeps its database, settings and community packages in `<userFolder>/.n8n`. */
	userFolder: string;
	port: number;
	/** Port of the internal broker for Code nodes; two n8n processes may not share one. */
	brokerPort: number;
	/** Whether Code nodes get their own child process. The tests have none and save the memory. */
	runCodeNodes: boolean;
	/** Variables on top of, or instead of, the ones below. */
	extra?: Record<string, string>;
}

/** The key under which the demo and the tests encrypt credentials; nothing secret is stored. */
const ENCRYPTION_KEY = 'storefronts-sandbox-only';

/**
 * Variables that must not reach n8n: a proxy would be asked for 127.0.0.1, the options of the test
 * runner would apply to n8n as well, and settings of another n8n on this machine would leak in.
 */
const FOREIGN_VARIABLE =
	/^(?:.*_proxy|node_.*|npm_.*|jest_.*|n8n_.*|db_.*|executions_.*|queue_.*|credentials_.*|webhook_.*|generic_timezone|tz)$/i;

/**
 * Builds the environment of an n8n that is reachable from this machine only and calls nobody:
 * no telemetry, no version check, no template gallery, no list of verified packages.
 */
export function n8nEnvironment(settings: N8nEnvironmentSettings): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN_VARIABLE.test(name));
	return {
		...Object.fromEntries(inherited),
		NODE_ENV: 'production',
		NO_COLOR: '1',
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'UTC',
		N8N_USER_FOLDER: settings.userFolder,
		N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(settings.port),
		N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
		N8N_RUNNERS_MODE: settings.runCodeNodes ? 'internal' : 'external',
		N8N_RUNNERS_AUTH_TOKEN: 'sandbox',
		N8N_SECURE_COOKIE: 'false',
		N8N_LOG_LEVEL: 'info',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// The list of servers is fetched from outside; the assistant would be the page that n8n opens with.
		N8N_DISABLED_MODULES: 'mcp-registry,instance-ai',
		N8N_PYTHON_ENABLED: 'false',
		...settings.extra,
	};
}

/** The folder with the n8n installation, found from the top folder of this project. */
export function n8nInstallation(projectFolder: string): string {
	return join(projectFolder, 'sandbox', 'n8n');
}

/**
 * The Node.js that runs n8n: the one installed with this project, because n8n needs version 24 and
 * the one on the user's path may be older.
 */
export function nodeBinary(projectFolder: string): string {
	const name = process.platform === 'win32' ? 'node.exe' : 'node';
	const own = join(projectFolder, 'node_modules', 'node', 'bin', name);
	return existsSync(own) ? own : process.execPath;
}

/** The top folder of this project: the nearest one upwards that holds the sandbox's n8n. */
export function findProjectFolder(start: string): string {
	let folder = start;
	while (!existsSync(join(folder, 'sandbox', 'n8n', 'package.json'))) {
		const parent = dirname(folder);
		if (parent === folder) throw new Error(`No project folder above ${start}`);
		folder = parent;
	}
	return folder;
}
