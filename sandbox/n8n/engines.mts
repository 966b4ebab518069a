/**
 * Variables that turn on n8n's second engine for polling triggers, off by default in n8n 2.41: a
 * scheduler whose ticks, and whose place in the shop, are rows in n8n's database.
 */
export const DURABLE_SCHEDULER: Readonly<Record<string, string>> = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/** Where the processes of one n8n in queue mode meet. */
export interface QueuePlaces {
	redisPort: number;
	postgresPort: number;
	/** Name of the PostgreSQL database, and of everything in Redis. */
	name: string;
}

/** Variables that spread n8n over a main process and workers. */
export function queueMode({ redisPort, postgresPort, name }: QueuePlaces): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		QUEUE_BULL_PREFIX: `${name}-bull`,
		N8N_REDIS_KEY_PREFIX: name,
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_DATABASE: name,
		DB_POSTGRESDB_USER: 'n8n',
		// n8n's own 2 keep dozens of workflows waiting for each other until n8n gives up.
		DB_POSTGRESDB_POOL_SIZE: '10',
	};
}
