import type { IDataObject } from 'n8n-workflow';

import { capped } from '../output/capped';
import { NOT_YOURS } from './lookUp';
import { readArguments } from './parameters';
import { performerOf } from './perform';
import type { ShopTools } from './shopTools';
import { toolsOf } from './table';
import { EMAIL, offered, parametersOf } from './tool';
import type { Settings } from './tool';
import { report } from '../http/errors';
import { openTransport } from '../http/transport';
import type { Context } from '../http/transport';
import { InputError, NotFoundError, ShopError } from '../protocol/errors';
import type { Vendor } from '../protocol/vendor';
import { withReadMemory } from '../reading/readMemory';
import { shopOver } from '../reading/shop';
import type { Shop } from '../reading/shop';
import { scopedShop } from '../reading/shopContext';
import { isTimeZone } from '../text/time';

/** A tools node, as it was set up. */
export interface ToolNode<R> {
	context: Context;
	vendor: Vendor<R>;
	tools: ShopTools<R>;
	settings: Settings;
	/** Values of the collection `options`, with the part of the shop. */
	options: IDataObject;
	/** IANA zone in which days begin; empty: the shop's. */
	timeZone: string;
}

/** A call as a model makes it. */
export interface ToolCall {
	name: string;
	arguments: Readonly<Record<string, unknown>>;
	/** The same for the same call. */
	id: string;
}

/**
 * Answers a call. A failure is an answer too: agents of some versions hear nothing of what is thrown,
 * and what can be mended by the model has to reach it.
 */
export async function answerTo<R>(node: ToolNode<R>, call: ToolCall): Promise<IDataObject> {
	const { settings } = node;
	let answer: IDataObject;
	try {
		answer = await run(node, call);
	} catch (error) {
		answer = failureOf(error, call.name, settings);
	}
	return capped(answer, settings.maxOutputCharacters);
}

async function run<R>(
	{ context, vendor, tools, settings, options, timeZone }: ToolNode<R>,
	{ name, arguments: given, id }: ToolCall,
): Promise<IDataObject> {
	const tool = offered(toolsOf(tools), settings).find((each) => each.name === name);
	if (!tool) throw new InputError(`There is no tool "${name.slice(0, 50)}".`, 'Use another one.');
	const { [EMAIL]: named, ...values } = readArguments(parametersOf(tool, settings), given);
	const email = settings.customerMode
		? emailOf(settings.customerEmail || String(named ?? ''))
		: named;
	const whole = await openForTools(context, vendor);
	const shop = scopedShop(whole, vendor.scope, { options });
	const zone = async () =>
		timeZone === '' ? ((await tools.zone(shop)) ?? context.getTimezone()) : timeZone;
	const { id: node = '', credentials } = context.getNode();
	const work = {
		shop,
		tools,
		settings,
		zone,
		nowMs: Date.now(),
		email: settings.customerMode && tool.customers === 'own' ? String(email) : undefined,
		perform: performerOf(shop, tools.resources, vendor.scope),
		callId: id,
		key: JSON.stringify([node, credentials?.[vendor.credential]?.id]),
	};
	return await tool.run(work, { ...values, ...(email !== undefined && { [EMAIL]: email }) });
}

/** The shop for the steps of one call: nothing is asked for twice, and what hardly changes seldom. */
async function openForTools<R>(context: Context, vendor: Vendor<R>): Promise<Shop<R>> {
	const transport = await openTransport(context, vendor);
	return shopOver(withReadMemory(transport));
}

function emailOf(text: string): string {
	const email = text.trim();
	if (/^[^\s@]+@[^\s@]+$/.test(email)) return email;
	throw new InputError(`"${email}" is not an e-mail address.`, 'Ask the customer for it.');
}

/** Refuses a zone nobody knows. */
export function checkedZone(zone: string): string {
	const name = zone.trim();
	if (name === '' || isTimeZone(name)) return name;
	throw new InputError(`"Time Zone" is "${zone}".`, 'Enter a name such as Europe/Warsaw.');
}

/** What owners are told to do; nothing for customers. */
const FOR_OWNERS = /back office|credential|panel|\bkey\b|\bright\b|token|plan\b/i;

/** What customers hear of failures that are not theirs. */
const NOT_NOW = {
	error: 'The shop cannot be asked now.',
	next: 'Say that a colleague will answer.',
};

/** What failed and the next step, for a model. */
function failureOf(error: unknown, tool: string, { customerMode }: Settings): IDataObject {
	if (error instanceof NotFoundError) {
		if (customerMode) return { error: NOT_YOURS };
		return {
			error: error.message,
			next: 'Ask for the order number on the confirmation mail, or search by e-mail or other words.',
		};
	}
	const isForOwners =
		error instanceof ShopError || (error instanceof Error && FOR_OWNERS.test(error.message));
	if (customerMode && isForOwners) return NOT_NOW;
	if (error instanceof InputError) {
		const { message, fix } = error;
		return {
			error: message,
			...(fix !== '' && !(customerMode && FOR_OWNERS.test(fix)) && { next: fix }),
		};
	}
	if (customerMode) return NOT_NOW;
	if (error instanceof ShopError) {
		const { reason, fix } = error.explanation;
		return { error: reason, next: fix };
	}
	return { error: report(error, tool).message };
}
