import { DURABLE_SCHEDULER, queueMode } from '../../../../sandbox/n8n/engines.mts';
import { missingServices } from '../../../../sandbox/n8n/services.mts';
import type { QueueServices } from '../../../../sandbox/n8n/services.mts';

/** One way to run n8n: a column of the table. */
export interface Setup {
	/** Name of folders, databases and of E2E_TORTURE_SETUPS. */
	id: string;
	title: string;
	/** Redis, PostgreSQL and a worker. */
	isQueue: boolean;
	/** n8n's durable scheduler with durable cursors. */
	isDurable: boolean;
}

export const setups: readonly Setup[] = [
	{ id: 'memory', title: 'default', isQueue: false, isDurable: false },
	{ id: 'durable', title: 'durable scheduler', isQueue: false, isDurable: true },
	{ id: 'queue', title: 'queue mode', isQueue: true, isDurable: false },
	{
		id: 'queue_durable',
		title: 'queue mode, durable scheduler',
		isQueue: true,
		isDurable: true,
	},
];

/** Variables of an n8n of this set-up. */
export function environmentOf(
	{ id, isQueue, isDurable }: Setup,
	services: QueueServices | undefined,
): Record<string, string> {
	if (isQueue && !services) throw new Error(`"${id}" needs Redis and PostgreSQL`);
	return {
		// Expressions are not what is tested, and n8n's own engine for them takes most of the time.
		N8N_EXPRESSION_ENGINE: 'legacy',
		...(isDurable && DURABLE_SCHEDULER),
		...(isQueue && services && queueMode({ ...services, name: id })),
	};
}

/** Why a set-up cannot be played on this machine, or is not wanted (E2E_TORTURE_SETUPS). */
export function whyNot({ id, isQueue }: Setup): string | undefined {
	const wanted = process.env.E2E_TORTURE_SETUPS?.split(',');
	if (wanted && !wanted.includes(id)) return 'not in E2E_TORTURE_SETUPS';
	return isQueue ? missingServices() : undefined;
}
