/** How long a poll may take, and what is said when that was not enough. */
import type { IPollFunctions } from 'n8n-workflow';

import { isOutOfTime } from '../http/errors';
import { ShopError } from '../protocol/errors';

/** Longest a poll may take, in milliseconds, and the part of n8n's budget it uses. */
const MAX_POLL_MS = 50_000;
const BUDGET_SHARE = 0.8;

/** The same for the first one, which has to look at all feeds and can keep nothing of it by halves. */
const MAX_START_MS = 4 * 60_000;

/** Requests that a message names when a shop is slow. */
const SHOWN_DURATIONS = 3;

/**
 * When a poll that begins at `now` has to end; both epoch ms.
 *
 * @param state what it goes on with, as JSON
 */
export function deadlineOf(context: IPollFunctions, state: string, now: number): number {
	// Older n8n versions have no budget.
	const budget = (context as Partial<IPollFunctions>).getPollBudgetMs?.() ?? MAX_POLL_MS;
	const most = 'feeds' in (JSON.parse(state) as object) ? MAX_POLL_MS : MAX_START_MS;
	return now + Math.min(budget * BUDGET_SHARE, most);
}

/** A failure for lack of time, saying which requests took how long (`durations`, in milliseconds). */
export function withDurations(error: unknown, durations: ReadonlyMap<string, number>): unknown {
	if (!isOutOfTime(error) || durations.size === 0) return error;
	const { failure, call, explanation } = error;
	const longest = [...durations].sort(([, a], [, b]) => b - a).slice(0, SHOWN_DURATIONS);
	const slow = longest.map(([what, ms]) => `${what} took ${Math.round(ms / 1_000)} s`);
	const reason = `${explanation.reason} In this poll ${slow.join(', ')}.`;
	return new ShopError(failure, call, { ...explanation, reason });
}
