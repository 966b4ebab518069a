import type { IDataObject } from 'n8n-workflow';

import { lean } from './answer';
import { confirmationOf } from './confirm';
import type { Step } from './perform';
import type { Work } from './tool';
import { settled } from '../protocol/settled';
import { shortened } from '../protocol/shortened';
import { InputError } from '../protocol/errors';

/** What a writing tool is about to do. */
export interface Plan {
	tool: string;
	/** What is changed, as people call it: "order 17". */
	subject: string;
	/** Uses of operations, in the order they must happen. */
	steps: readonly Step[];
	/** What the model gave to confirm. */
	confirm: string | undefined;
	/** Whether it makes something new, which a repeated call must not make twice. */
	isNew?: boolean;
	/** What the reader must know beside the values, such as whether the customer gets a mail. */
	notes?: IDataObject;
}

/** The mark of a confirmed call; the model passes it on as it got it. */
export function confirmOf(given: object): string | undefined {
	return 'confirm' in given ? String(given.confirm) : undefined;
}

/** Longest value a report repeats. */
const SHOWN = 80;

/**
 * Makes a change in one step or in two: looked at first, and made when it is confirmed and the record is
 * still as it was looked at. Both steps use the dry run of the operations, so that what is told is what
 * would happen.
 */
export async function change<R>(work: Work<R>, plan: Plan): Promise<IDataObject> {
	const { subject, steps, notes = {} } = plan;
	if (work.settings.confirmWrites) {
		const planned = await Promise.all(steps.map(async (step) => await performed(work, step, true)));
		const changes = changesIn(planned, plan);
		if (Object.keys(changes).length === 0)
			return { changed: false, reason: `${subject} is so already` };
		const mark = confirmationOf(work.key, [plan.tool, subject, steps, planned]);
		const day = new Date(work.nowMs).toISOString().slice(0, 10);
		if (plan.confirm === undefined) {
			return {
				...lean({ subject, would_change: changes, ...notes }),
				confirm: mark,
				next: 'Nothing is changed yet. When the user agrees, call again with the same values and confirm.',
			};
		}
		if (plan.confirm !== mark) {
			throw new InputError(
				`"confirm" does not fit: ${subject} or the values are not as they were shown.`,
				'Call without confirm to see what would change now.',
			);
		}
		// A model that repeats a call gives it another ID, so that the mark stands for the record.
		return await carryOut(work, plan, `${mark}-${day}`);
	}
	return await carryOut(work, plan, work.callId);
}

async function carryOut<R>(work: Work<R>, plan: Plan, externalId: string): Promise<IDataObject> {
	const { steps, notes, isNew } = plan;
	const done: IDataObject[] = [];
	for (const each of steps) {
		const step = isNew ? { ...each, options: { ...each.options, externalId } } : each;
		const result = await settled(async () => await performed(work, step, false));
		if (result.ok) {
			done.push(result.value);
			continue;
		}
		if (done.length === 0) throw result.error;
		const message = result.error instanceof Error ? result.error.message : String(result.error);
		return {
			...report(plan, done),
			warning: `Only a part was changed; the rest failed: ${message}`,
		};
	}
	return lean({ ...report(plan, done), ...notes });
}

async function performed<R>(work: Work<R>, step: Step, dryRun: boolean): Promise<IDataObject> {
	const options = { ...step.options, ...(dryRun && { dryRun }) };
	const [row = {}] = await work.perform({ ...step, options });
	return row;
}

function report(plan: Plan, results: readonly IDataObject[]): IDataObject {
	const changes = changesIn(results, plan);
	const warnings = results.flatMap((row) => [row.warning, row._warning, reportOf(row).warning]);
	return lean({
		subject: plan.subject,
		changed: Object.keys(changes).length > 0 ? changes : false,
		warning: warnings.filter((each) => each !== undefined).join(' '),
	});
}

/** The part of a result that tells what an update did. */
function reportOf(row: IDataObject): IDataObject {
	const report = row._update;
	return typeof report === 'object' && report !== null ? (report as IDataObject) : {};
}

/**
 * What operations changed or would change, as "before → after" by field. Operations tell it in pairs of
 * fields (`previousStatus`, `status`), or field by field (`changed: { price: { before, after } }`).
 */
function changesIn(results: readonly IDataObject[], { steps, isNew }: Plan): IDataObject {
	const changes: IDataObject = {};
	for (const [at, row] of results.entries()) {
		const note = (name: string, before: unknown, after: unknown) => {
			if (JSON.stringify(before) === JSON.stringify(after)) return;
			changes[steps[at]?.names?.[name] ?? name] = difference(before, after);
		};
		if (isNew) {
			const made = row.number ?? row.id;
			// A repeated call finds what the first one made.
			const isEarlier = made !== undefined && (row.created ?? row._created) === false;
			changes[isEarlier ? 'created_before' : 'created'] = made ?? 'a new record';
			continue;
		}
		for (const fields of [row.changed, row.changes, reportOf(row).changed]) {
			if (typeof fields !== 'object' || fields === null) continue;
			for (const [name, values] of Object.entries(fields as IDataObject)) {
				const { before, after, from, to } = values as IDataObject;
				note(name, before ?? from, after ?? to);
			}
		}
		for (const name of Object.keys(row)) {
			const pair = /^previous([A-Z]\w*)$/.exec(name)?.[1];
			if (pair === undefined) continue;
			const field = `${pair[0]?.toLowerCase() ?? ''}${pair.slice(1)}`;
			note(snake(field), row[name], row.planned ?? row[field]);
		}
	}
	return changes;
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Texts that come per language are told by language; other objects by their name. */
function difference(before: unknown, after: unknown): string {
	const [old, now] = [textsIn(before), textsIn(after)];
	if (!now) return `${shown(before)} → ${shown(after)}`;
	return Object.keys(now)
		.filter((language) => now[language] !== old?.[language])
		.map((language) => `${language}: ${shown(old?.[language])} → ${shown(now[language])}`)
		.join('; ');
}

/** Texts by language, as updates report them; `undefined` for anything else. */
function textsIn(value: unknown): Record<string, unknown> | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	if ('name' in value || 'title' in value) return undefined;
	return value as Record<string, unknown>;
}

function shown(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'none';
	if (typeof value !== 'object') return shortened(String(value), SHOWN);
	const { name, title } = value as { name?: unknown; title?: unknown };
	return shortened(String(name ?? title ?? JSON.stringify(value)), SHOWN);
}
